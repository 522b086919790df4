"""The append-only record."""

from collections.abc import Collection, Sequence
from typing import Protocol

from bot.domain.history import HistoryEntry
from bot.domain.ids import ClientId, PersonId


class History(Protocol):
    """The one writer and reader of the append-only record."""

    async def append(self, entry: HistoryEntry) -> HistoryEntry:
        """Store an entry and return it with its number."""
        ...

    async def append_all(self, entries: Sequence[HistoryEntry]) -> None:
        """Store many entries, numbered in their order, in a few statements."""
        ...

    def prepared(self, entries: Sequence[HistoryEntry]) -> object:
        """Compute what storing entries takes, and return it for `append_prepared` of any unit."""
        ...

    async def append_prepared(self, prepared: object) -> None:
        """Store entries as `append_all` does, with everything computed already."""
        ...

    async def of_client(
        self, client_id: ClientId, *, limit: int, before: int | None = None, skip: int = 0
    ) -> tuple[HistoryEntry, ...]:
        """Return the entries about a client's account, newest first, those below number `before` if given.

        Args:
            client_id: whose account.
            limit: how many entries at most.
            before: only entries below this number.
            skip: how many of the newest of them to leave out: the pages before.
        """
        ...

    async def of_subject(self, subject_id: str) -> tuple[HistoryEntry, ...]:
        """Return the entries of one client, link or contact, oldest first."""
        ...

    async def of_subjects(self, subject_ids: Collection[str], *, until: int) -> tuple[HistoryEntry, ...]:
        """Return the entries of several clients, links or contacts up to number `until`, oldest first."""
        ...

    async def since(
        self, number: int, *, subject_ids: Collection[str], person_id: PersonId | None
    ) -> tuple[HistoryEntry, ...]:
        """Return the entries after a number about some subjects or a contact person, oldest first."""
        ...

    async def numbered(self, numbers: Collection[int]) -> dict[int, HistoryEntry]:
        """Return those of the entries that exist, by number."""
        ...

    async def undoing(self, numbers: Collection[int]) -> dict[int, HistoryEntry]:
        """Return the entries that undo some others, by the number of the undone one."""
        ...
