"""The record as a whole, for the privacy officer: read, taken out, checked (P13, R52)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.domain.audit import TrailFilter, Verdict
from bot.domain.history import Act, HistoryEntry, JsonValue
from bot.domain.staff import Actor
from bot.domain.staff_role import Right
from bot.services.audit import Audit, entry_by
from bot.services.history import HistoryRow, rows_of
from bot.services.ports import Clock, Storage
from bot.services.rights import needs

PORTION = 500
"""Entries in memory at once while the record is taken out."""

TRAIL = "trail"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailPage:
    """A part of a workspace's record, newest first, every kind of thing in it.

    `newest` is the number of the entry with which page 0 begins: pages keep their place while others write.
    """

    rows: tuple[HistoryRow, ...]
    page: int
    newest: int
    has_older: bool


class TrailReader:
    """Reads the record of a whole workspace; that it was read is in the record itself."""

    def __init__(self, *, storage: Storage, clock: Clock, audit: Audit) -> None:
        self._storage = storage
        self._clock = clock
        self._audit = audit

    @needs(Right.SEE_TRAIL)
    async def page(
        self, actor: Actor, asked: TrailFilter, *, size: int, page: int = 0, newest: int | None = None
    ) -> TrailPage:
        """Return a page of the entries asked for: changes, looks, refusals, exports and all else.

        Args:
            actor: who reads.
            asked: which entries.
            size: entries on a page.
            page: which page, 0 the newest; one beyond the end is empty.
            newest: the number with which page 0 began; None begins anew.
        """
        await self._audit.drain()
        async with self._storage.reading(actor.workspace_id) as unit:
            before = None if newest is None else newest + 1
            found = await unit.audit.newest(asked, limit=size + 1, before=before, skip=page * size)
            shown = found[:size]
            rows = await rows_of(unit, shown)
        self._audit.looked(actor, Act.TRAIL_SEEN, asked.client_id)
        return TrailPage(
            rows=rows,
            page=page,
            newest=newest if newest is not None else next((entry.number for entry in found), 0),
            has_older=len(found) > size,
        )

    @needs(Right.SEE_TRAIL)
    async def export(
        self,
        actor: Actor,
        asked: TrailFilter,
        *,
        written_as: str,
        take: Callable[[Sequence[HistoryEntry]], None],
    ) -> int:
        """Hand all entries asked for over, oldest first, portion by portion; return how many they were.

        The export is on record before the first of them is handed over, and itself not among them.

        Args:
            actor: who exports.
            asked: which entries.
            written_as: the format.
            take: is given each portion.
        """
        await self._audit.drain()
        said = described(asked) | {"format": written_as}
        entry = entry_by(actor, Act.DATA_EXPORTED, at_clock=self._clock, subject_id=TRAIL, after=said)
        async with self._storage.writing(actor.workspace_id) as unit:
            until = (await unit.history.append(entry)).number
        count, after = 0, 0
        while True:
            async with self._storage.reading(actor.workspace_id) as unit:
                found = await unit.audit.oldest(asked, limit=PORTION, after=after)
            portion = [each for each in found if each.number < until]
            if portion:
                take(portion)
                count += len(portion)
                after = portion[-1].number
            if len(portion) < PORTION:
                return count

    @needs(Right.SEE_TRAIL)
    async def verify(self, actor: Actor) -> Verdict:
        """Check every entry against the chain, and the chain against the ends that were kept of it."""
        async with self._storage.reading(actor.workspace_id) as unit:
            return await unit.audit.verify()


def described(asked: TrailFilter) -> dict[str, JsonValue]:
    """Return what was asked for as plain JSON, without what was left open."""
    kinds: list[JsonValue] = [kind.value for kind in sorted(asked.kinds)]
    said: dict[str, JsonValue] = {
        "kinds": kinds or None,
        "staff": asked.staff_id,
        "client": asked.client_id,
        "person": asked.person_id,
        "since": asked.since.isoformat() if asked.since else None,
        "until": asked.until.isoformat() if asked.until else None,
    }
    return {name: value for name, value in said.items() if value is not None}
