"""How long the record is kept, and the one way in which entries ever leave it (P12, P13)."""

from datetime import datetime

from bot.domain.audit import Prefix
from bot.domain.history import Act
from bot.domain.staff import Actor
from bot.domain.staff_role import Right
from bot.services.audit import entry_by
from bot.services.ports import Clock, Storage
from bot.services.rights import needs

YEARS_KEPT = 6
"""Unless the practice keeps it longer: 45 CFR 164.316(b)(2)(i) asks for six years."""

PORTION = 2000
"""Entries dropped in one transaction, so that staff keep working meanwhile."""


class Retention:
    """Drops what is older than it has to be kept: whole, checked, from the oldest on."""

    def __init__(self, *, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    @needs(Right.CHANGE_SETTINGS)
    async def due(self, actor: Actor, *, years: int = YEARS_KEPT) -> Prefix | None:
        """Return what a run would drop, after checking it; None where there is nothing.

        Raises:
            TrailBroken: an entry does not fit, so nothing can be dropped.
        """
        async with self._storage.reading(actor.workspace_id) as unit:
            return await unit.audit.prefix(before=years_before(self._clock.now(), years))

    @needs(Right.CHANGE_SETTINGS)
    async def run(self, actor: Actor, *, years: int = YEARS_KEPT) -> int:
        """Drop every entry that is older, portion by portion, and return how many they were.

        Each portion leaves a sealed anchor, which the chain goes on from, and an entry that says so.

        Raises:
            TrailBroken: an entry does not fit; what is in front of it is dropped.
        """
        before = years_before(self._clock.now(), years)
        dropped = 0
        while True:
            async with self._storage.writing(actor.workspace_id) as unit:
                prefix = await unit.audit.prefix(before=before, limit=PORTION)
                if prefix is None:
                    return dropped
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
                        "years_kept": years,
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
