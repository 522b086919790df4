"""Deciding about the next rows beside the work on those before."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.services.ports import ImportRecord
from bot.services.roster.taking import Decided, Numbered


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """The next rows, none behind the last; what is to become of them where that is decided ahead."""

    rows: tuple[Numbered, ...]
    decided: Decided | None = None


Foresee = Callable[[ImportRecord], Awaitable[Foreseen]]


class LookingAhead:
    """Looks at what comes behind some rows while these are carried out.

    Args:
        foresee: returns what comes behind the mark of a record.
    """

    def __init__(self, foresee: Foresee) -> None:
        self._foresee = foresee
        self._behind: ImportRecord | None = None
        self._looking: asyncio.Future[Foreseen] | None = None
        self._now_about: Decided | None = None

    def begin(self, behind: ImportRecord, now: Decided | None) -> None:
        """Begin to look at what comes behind a record's mark, while some rows in front of it come in."""
        self._behind, self._now_about = behind, now
        self._looking = asyncio.ensure_future(self._foresee(behind))

    async def next(self, record: ImportRecord) -> Foreseen:
        """Return what comes behind the mark of a record, looked at anew where what was seen holds no more."""
        behind, looking = self._behind, self._looking
        if looking is None or behind is None or (behind.kind, behind.mark) != (record.kind, record.mark):
            await self.stop()
            return await self._foresee(record)
        foreseen = await asyncio.shield(looking)
        self._looking = None
        if foreseen.decided and self._now_about and foreseen.decided.considered & self._now_about.about:
            return await self._foresee(record)
        return foreseen

    async def stop(self) -> None:
        """Forget what was seen, and look no further."""
        looking, self._looking = self._looking, None
        if looking is not None:
            looking.cancel()
            await asyncio.wait((looking,))
            if not looking.cancelled():
                # It may have failed as well; whatever stopped it says enough.
                looking.exception()
