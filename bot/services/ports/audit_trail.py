"""The record as a whole."""

from datetime import datetime
from typing import Protocol

from bot.domain.audit import Prefix, TrailFilter, Verdict
from bot.domain.history import HistoryEntry
from bot.domain.ids import ClientId, PersonId


class AuditTrail(Protocol):
    """Reads and checks the record as a whole; the only way in which anything is ever taken out of it."""

    async def newest(
        self, asked: TrailFilter, *, limit: int, before: int | None = None, skip: int = 0
    ) -> tuple[HistoryEntry, ...]:
        """Return entries of every kind, newest first, those below number `before` if given.

        `skip` leaves out so many of the newest of them: the pages before.
        """
        ...

    async def oldest(self, asked: TrailFilter, *, limit: int, after: int = 0) -> tuple[HistoryEntry, ...]:
        """Return entries of every kind, oldest first, those above number `after`."""
        ...

    async def verify(self) -> Verdict:
        """Check every entry against the chain, and the chain against the ends that were kept of it."""
        ...

    async def erase_values(self, *, client_id: ClientId | None, person_id: PersonId | None) -> int:
        """Erase what entries keep of before and after; the entries stay, and so does the chain.

        Args:
            client_id: those on this client's account, or
            person_id: those about this contact person.

        Returns:
            How many entries lost their values.
        """
        ...

    async def prefix(self, *, before: datetime, limit: int | None = None) -> Prefix | None:
        """Return the oldest entries, all written before a moment and checked; None where there are none.

        Raises:
            TrailBroken: one of them does not fit.
        """
        ...

    async def drop(self, prefix: Prefix) -> None:
        """Take the oldest entries out and leave a sealed anchor; the chain goes on from there."""
        ...
