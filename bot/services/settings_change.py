"""One change of the settings or of the roles of staff: a transaction, which leaves its entry."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from bot.domain.errors import ChangedMeanwhile
from bot.domain.history import Act
from bot.domain.settings import ChosenSettings
from bot.domain.staff import Actor
from bot.services.audit import entry_by
from bot.services.in_force import InForce, Standing, standing_of
from bot.services.ports import Clock, Directory, Storage, UnitOfWork
from bot.services.settings_told import told_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change of the settings under way, and what was in force before it."""

    unit: UnitOfWork
    before: Standing

    async def store(self, after: ChosenSettings) -> ChosenSettings:
        """Store settings, and count up their version: also for roles, so that two who change them wait."""
        known = self.before.settings
        if after == known and await self.unit.settings.roles() == self.before.roles:
            return known
        counted = replace(after, version=known.version + 1)
        await self.unit.settings.choose(counted, expected_version=known.version)
        return counted


class ChangingSettings:
    """What every change of the settings has in common.

    Args:
        storage: the database.
        clock: the time.
        in_force: hears of each change.
        directory: who people are; None at the machine itself, where nobody can be asked.
        region: the country of numbers without a country code.
    """

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        in_force: InForce,
        directory: Directory | None = None,
        region: str = "US",
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._in_force = in_force
        self._directory = directory
        self._region = region

    @asynccontextmanager
    async def _changing(
        self, actor: Actor, names: Mapping[str, str], expected_version: int | None = None
    ) -> AsyncIterator[Change]:
        """Open a unit for one change, which leaves its entry, and have everybody here read anew after it.

        Args:
            actor: who changes.
            names: what the people and groups it is about are called at this time, by Slack's id.
            expected_version: of the settings, when the form was opened.

        Raises:
            ChangedMeanwhile: somebody changed them since.
        """
        async with self._storage.writing(actor.workspace_id) as unit:
            before = await standing_of(unit)
            if expected_version is not None and before.settings.version != expected_version:
                raise ChangedMeanwhile
            yield Change(unit=unit, before=before)
            was, now = told_of(before, await standing_of(unit), names=names)
            if now:
                entry = entry_by(
                    actor,
                    Act.SETTINGS_CHANGED,
                    at_clock=self._clock,
                    subject_id="settings",
                    before=was,
                    after=now,
                )
                await unit.history.append(entry)
        self._in_force.forget(actor.workspace_id)
