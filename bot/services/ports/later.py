"""Entries of the record that nobody waits for."""

from typing import Protocol

from bot.domain.history import HistoryEntry
from bot.domain.ids import WorkspaceId


class LaterEntries(Protocol):
    """Takes entries at once and writes them soon, all of them before an orderly end."""

    def add(self, workspace_id: WorkspaceId, entry: HistoryEntry) -> None:
        """Take an entry; the same by the same person, within the moment that it waits, is one entry."""
        ...

    async def drain(self) -> None:
        """Write all that waits."""
        ...
