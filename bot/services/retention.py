"""How long the record is kept, and the one way in which entries ever leave it (P12, P13)."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.audit import Prefix
from bot.domain.errors import Field, InvalidInput, Problem
from bot.domain.folding import tidy
from bot.domain.history import Act
from bot.domain.staff import Actor
from bot.domain.staff_role import Right
from bot.services.audit import entry_by
from bot.services.ports import Clock, Storage
from bot.services.rights import needs

PORTION = 2000
"""Entries dropped in one transaction, so that staff keep working meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What is older than `years`; no prefix where nothing is."""

    years: int
    prefix: Prefix | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """How many entries were dropped, of those older than `years`."""

    years: int
    entries: int


class Retention:
    """Drops what is older than it has to be kept: whole, checked, from the oldest on."""

    def __init__(self, *, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    @needs(Right.CHANGE_SETTINGS)
    async def due(self, actor: Actor, *, years: int | None = None) -> Due:
        """Return what a run would drop, after checking it.

        Args:
            actor: who asks.
            years: for how many years entries are kept; None takes the practice's setting.

        Raises:
            TrailBroken: an entry does not fit, so nothing can be dropped.
        """
        async with self._storage.reading(actor.workspace_id) as unit:
            kept = years if years is not None else (await unit.settings.chosen()).record_years
            prefix = await unit.audit.prefix(before=years_before(self._clock.now(), kept))
        return Due(years=kept, prefix=prefix)

    @needs(Right.CHANGE_SETTINGS)
    async def run(self, actor: Actor, *, years: int | None = None, reason: str = "") -> Dropped:
        """Drop every entry that is older, portion by portion.

        Each portion leaves a sealed anchor, which the chain goes on from, and an entry that says so.

        Args:
            actor: who has it done.
            years: for how many years entries are kept; None takes the practice's setting.
            reason: why sooner than the setting says; it stands in the record.

        Raises:
            InvalidInput: they are kept for less than the setting says, without a reason.
            TrailBroken: an entry does not fit; what is in front of it is dropped.
        """
        async with self._storage.reading(actor.workspace_id) as unit:
            chosen = (await unit.settings.chosen()).record_years
        kept, why = chosen if years is None else years, tidy(reason)
        if kept < chosen and not why:
            raise InvalidInput(Problem(field=Field.REASON, key="reason.needed"))
        before = years_before(self._clock.now(), kept)
        dropped = 0
        while True:
            async with self._storage.writing(actor.workspace_id) as unit:
                prefix = await unit.audit.prefix(before=before, limit=PORTION)
                if prefix is None:
                    return Dropped(years=kept, entries=dropped)
                await unit.audit.drop(prefix)
                entry = entry_by(
                    actor,
                    Act.ENTRIES_DROPPED,
                    at_clock=self._clock,
                    subject_id="trail",
                    after={
                        "entries": prefix.entries,
                        "place": prefix.place,
                        "oldest": prefix.oldest.isoformat(),
                        "newest": prefix.newest.isoformat(),
                        "years_kept": kept,
                        **({"reason": why} if why else {}),
                    },
                )
                await unit.history.append(entry)
            dropped += prefix.entries


def years_before(moment: datetime, years: int) -> datetime:
    """Return the same moment so many years earlier; of 29 February, the 28th."""
    if years < 1:
        raise ValueError("the record is kept for a year at least")
    try:
        return moment.replace(year=moment.year - years)
    except ValueError:
        return moment.replace(year=moment.year - years, day=28)
