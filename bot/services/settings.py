"""The practice's settings and the roles of its staff, as an admin looks at them and changes them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from bot.domain.errors import ChangedMeanwhile, DirectoryUnavailable, Field
from bot.domain.folding import fold
from bot.domain.history import Act
from bot.domain.ids import StaffId
from bot.domain.settings import ChosenSettings, Display, Plan
from bot.domain.staff import Actor
from bot.domain.staff_access import Holder, HolderKind, RoleEntry, StaffGroup
from bot.domain.staff_role import Right, Roles, StaffRole
from bot.services.admins import refuse_without_admin
from bot.services.audit import entry_by
from bot.services.findings import Findings
from bot.services.in_force import InForce, Standing, standing_of
from bot.services.ports import Clock, Directory, Storage, UnitOfWork
from bot.services.rights import needs
from bot.services.settings_checks import check_group, check_member, check_practice, check_summary_days
from bot.services.settings_names import SettingsSeen, names_in
from bot.services.settings_told import told_of
from bot.services.staff import present_roles


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeGiven:
    """What the form says of the practice, as typed."""

    practice_name: str
    practice_phone: str
    zone: str
    adult_at: str
    responsible: tuple[StaffId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplayGiven:
    """What the form says of what may be shown where."""

    covered: bool
    display: Display
    names_in_windows: bool
    summary_days: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """A change of the settings under way, and what was in force before it."""

    unit: UnitOfWork
    before: Standing


class SettingsDesk:
    """Each method is one transaction; whoever saves over a change they have not seen is told.

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

    @needs(Right.CHANGE_SETTINGS)
    async def look(self, actor: Actor) -> SettingsSeen:
        """Return the settings and roles as they are stored, with the names of everybody in them."""
        async with self._storage.reading(actor.workspace_id) as unit:
            standing = await standing_of(unit)
        return SettingsSeen(standing=standing, names=await names_in(self._directory, standing))

    @needs(Right.CHANGE_SETTINGS)
    async def groups(self, actor: Actor, text: str, *, limit: int = 20) -> tuple[StaffGroup, ...]:  # noqa: ARG002 - the guard asks for the actor
        """Return the user groups whose name or handle has the words of `text` in it.

        Raises:
            DirectoryUnavailable: Slack cannot be asked.
        """
        known = await self._directory.groups() if self._directory else ()
        words = fold(text).split()
        found = (each for each in known if all(word in fold(f"{each.name} {each.handle}") for word in words))
        return tuple(found)[:limit]

    @needs(Right.CHANGE_SETTINGS)
    async def begin(self, actor: Actor, *, officer: StaffId | None, covered: bool) -> ChosenSettings:
        """Answer what is asked at the first start: who the privacy officer is, and what Slack may hold (P1).

        Whoever answers is an admin by name from then on, so that there is always one.

        Raises:
            InvalidInput: nobody was chosen, or somebody who is no full member.
            ChangedMeanwhile: somebody else has answered.
            DirectoryUnavailable: Slack cannot be asked who they are.
        """
        if self._directory is None:
            raise DirectoryUnavailable
        findings = Findings()
        members = [
            await check_member(self._directory, actor, staff_id, Field.OFFICER, findings)
            for staff_id in (actor.staff_id, officer)
        ]
        findings.refuse_if_any()
        async with self._changing(actor) as change:
            before = change.before
            if before.settings.has_begun:
                raise ChangedMeanwhile
            given = before.roles
            for member, role in zip(members, (StaffRole.ADMIN, StaffRole.PRIVACY_OFFICER), strict=True):
                if member is not None:
                    # What was already said of them, as it stands after the one before: they may be the same.
                    known = await present_roles(self._directory, given, member, before.settings)
                    holder = Holder(kind=HolderKind.PERSON, id=member.id)
                    given = given.with_entry(RoleEntry(holder=holder, roles=known | {role}))
            for entry in given.entries:
                await change.unit.settings.give(entry)
            plan = Plan.CONFIRMED if covered else Plan.NOT_COVERED
            return await _store(change, replace(before.settings, plan=plan))

    @needs(Right.CHANGE_SETTINGS)
    async def change_practice(
        self, actor: Actor, given: PracticeGiven, *, expected_version: int
    ) -> ChosenSettings:
        """Change who the practice is, and who is responsible where a client has no owner (R44).

        Raises:
            InvalidInput: something under a field.
            ChangedMeanwhile: somebody changed the settings after the form was opened.
            DirectoryUnavailable: Slack cannot be asked who the responsible are.
        """
        findings = Findings()
        checked = check_practice(
            given.practice_name,
            given.practice_phone,
            zone=given.zone,
            adult_at=given.adult_at,
            region=self._region,
            findings=findings,
        )
        for staff_id in given.responsible:
            await check_member(self._directory, actor, staff_id, Field.RESPONSIBLE, findings)
        findings.refuse_if_any()
        async with self._changing(actor, expected_version) as change:
            return await _store(
                change,
                replace(
                    change.before.settings,
                    practice_name=checked.name,
                    practice_phone=checked.phone,
                    zone=checked.zone,
                    adult_at=checked.adult_at,
                    responsible=tuple(dict.fromkeys(given.responsible)),
                ),
            )

    @needs(Right.CHANGE_SETTINGS)
    async def change_display(
        self, actor: Actor, given: DisplayGiven, *, expected_version: int
    ) -> ChosenSettings:
        """Change what may be shown where (P1, P3), and how long summaries stay.

        Raises:
            InvalidInput: something under a field.
            ChangedMeanwhile: somebody changed the settings after the form was opened.
        """
        findings = Findings()
        days = check_summary_days(given.summary_days, findings)
        findings.refuse_if_any()
        async with self._changing(actor, expected_version) as change:
            return await _store(
                change,
                replace(
                    change.before.settings,
                    plan=Plan.CONFIRMED if given.covered else Plan.NOT_COVERED,
                    display=given.display,
                    names_in_windows=given.names_in_windows,
                    summary_days=days,
                ),
            )

    @needs(Right.CHANGE_SETTINGS)
    async def change_default_role(
        self, actor: Actor, role: StaffRole | None, *, expected_version: int
    ) -> ChosenSettings:
        """Change the role of every full member of whom nothing else is said; None is none.

        Raises:
            ChangedMeanwhile: somebody changed the settings after the form was opened.
        """
        async with self._changing(actor, expected_version) as change:
            # Whoever keeps a workspace or a privacy officer's secrets is named, and not everybody.
            allowed = role if role in (StaffRole.VIEWER, StaffRole.EDITOR) else None
            return await _store(change, replace(change.before.settings, default_role=allowed))

    @needs(Right.CHANGE_SETTINGS)
    async def give_roles(
        self, actor: Actor, holder: Holder, roles: Roles, *, expected_version: int | None = None
    ) -> ChosenSettings:
        """Say which roles a person or the people of a group have; none keeps them out.

        Raises:
            InvalidInput: no full member of the workspace, or no group of it.
            LastAdmin: nobody could change the settings any more.
            ChangedMeanwhile: somebody changed the settings after the form was opened.
            DirectoryUnavailable: Slack cannot be asked.
        """
        findings = Findings()
        if roles and holder.kind is HolderKind.PERSON:
            await check_member(self._directory, actor, StaffId(holder.id), Field.HOLDER, findings)
        elif roles:
            await check_group(self._directory, holder.id, findings)
        findings.refuse_if_any()
        entry = RoleEntry(holder=holder, roles=roles)
        async with self._changing(actor, expected_version) as change:
            before = change.before
            await refuse_without_admin(
                self._directory, actor, before.roles.with_entry(entry), before.settings
            )
            if before.roles.of(holder) == entry:
                return before.settings
            await change.unit.settings.give(entry)
            return await _store(change, before.settings)

    @needs(Right.CHANGE_SETTINGS)
    async def take_roles(
        self, actor: Actor, holder: Holder, *, expected_version: int | None = None
    ) -> ChosenSettings:
        """Say nothing of a person or group any more: they have the role of everybody else.

        Raises:
            LastAdmin: nobody could change the settings any more.
            ChangedMeanwhile: somebody changed the settings after the form was opened.
            DirectoryUnavailable: Slack cannot be asked.
        """
        async with self._changing(actor, expected_version) as change:
            before = change.before
            if before.roles.of(holder) is None:
                return before.settings
            await refuse_without_admin(self._directory, actor, before.roles.without(holder), before.settings)
            await change.unit.settings.take(holder)
            return await _store(change, before.settings)

    @asynccontextmanager
    async def _changing(self, actor: Actor, expected_version: int | None = None) -> AsyncIterator[_Change]:
        """Open a unit for one change, which leaves its entry, and have everybody here read anew after it."""
        async with self._storage.writing(actor.workspace_id) as unit:
            before = await standing_of(unit)
            if expected_version is not None and before.settings.version != expected_version:
                raise ChangedMeanwhile
            yield _Change(unit=unit, before=before)
            was, now = told_of(before, await standing_of(unit))
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


async def _store(change: _Change, after: ChosenSettings) -> ChosenSettings:
    """Store settings, and count up their version: also for a change of roles, so that two wait in line."""
    known = change.before.settings
    if after == known and await change.unit.settings.roles() == change.before.roles:
        return known
    counted = replace(after, version=known.version + 1)
    await change.unit.settings.choose(counted, expected_version=known.version)
    return counted
