"""Entries that are written right after what they tell of, so that nobody waits for them.

A look must not wait for whoever holds the database's write lock, an import perhaps. So looks and refusals are
kept in memory for a moment, and one transaction writes all that came together. At an orderly end all of them
are written before the database is closed.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import structlog

from bot.domain.errors import StorageUnavailable
from bot.domain.history import HistoryEntry, Kind
from bot.domain.ids import WorkspaceId
from bot.services.ports import Storage, UnitOfWork

TOGETHER_SECONDS = 0.2
"""So long an entry waits for others to be written with it."""
AGAIN_SECONDS = 1.0
"""So long after it refused, the database is asked again."""
PATIENCE_SECONDS = 20.0
"""So long the end of the program waits for a database that refuses."""
MOST_AT_ONCE = 500

_log = structlog.get_logger(__name__)

_Waiting = dict[tuple[object, ...], tuple[WorkspaceId, HistoryEntry]]


class SoonWritten:
    """`bot.services.ports.LaterEntries`: in memory for a moment, then in the database."""

    def __init__(self, *, storage: Storage) -> None:
        self._storage = storage
        self._waiting: _Waiting = {}
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None

    def add(self, workspace_id: WorkspaceId, entry: HistoryEntry) -> None:
        """Take an entry; the same by the same person, within the moment that it waits, is one entry."""
        what = (workspace_id, entry.by, entry.surface, entry.act, entry.subject_id, entry.client_ids)
        self._waiting.setdefault(what, (workspace_id, entry))
        if self._timer is None and self._task is None:
            self._timer = asyncio.get_running_loop().call_later(TOGETHER_SECONDS, self._begin)

    async def drain(self) -> None:
        """Write all that waits; give up only on a database that refuses for twenty seconds."""
        if self._waiting and self._task is None:
            self._begin()
        if self._task is None:
            return
        await asyncio.wait((self._task,), timeout=PATIENCE_SECONDS)
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait((self._task,))
        if self._waiting:
            _log.error("audit.entries_lost", count=len(self._waiting))

    def _begin(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._task = asyncio.create_task(self._write_all(), name="later entries")

    async def _write_all(self) -> None:
        try:
            while self._waiting:
                workspace_id = next(iter(self._waiting.values()))[0]
                keys = [key for key in self._waiting if key[0] == workspace_id][:MOST_AT_ONCE]
                try:
                    await self._write(workspace_id, [self._waiting[key][1] for key in keys])
                except StorageUnavailable:
                    _log.warning("audit.entries_wait", count=len(self._waiting))
                    await asyncio.sleep(AGAIN_SECONDS)
                    continue
                for key in keys:
                    del self._waiting[key]
        finally:
            self._task = None

    async def _write(self, workspace_id: WorkspaceId, entries: Sequence[HistoryEntry]) -> None:
        """Write entries in one transaction; where the database takes one of them badly, each in its own."""
        try:
            async with self._storage.writing(workspace_id) as unit:
                known = [await _as_known(unit, entry) for entry in entries]
                await unit.history.append_all(known)
        except StorageUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - one bad entry must not keep the others from being written
            if len(entries) == 1:
                _log.error("audit.entry_refused", act=entries[0].act, exc_info=error)
                return
            for entry in entries:
                await self._write(workspace_id, (entry,))


async def _as_known(unit: UnitOfWork, entry: HistoryEntry) -> HistoryEntry:
    """Return an entry without clients who do not exist: a refused attempt may have named anybody."""
    if entry.kind is not Kind.REFUSAL or not entry.client_ids:
        return entry
    known = [each for each in entry.client_ids if await unit.clients.get(each) is not None]
    return replace(entry, client_ids=tuple(known))
