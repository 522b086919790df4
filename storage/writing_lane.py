"""A connection to a SQLite file for what is written again and again, each piece in one trip to its thread."""

import sqlite3
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import TypeVar

from storage.lanes import Lanes
from storage.patience import Patience
from storage.sqlite_connection import OneTripConnection, connect_in_one_trip

Result = TypeVar("Result")


class WritingLane(Lanes[OneTripConnection]):
    """Carries out work in the line of those that write; there is one connection, for there is one line."""

    def __init__(
        self, path: Path, patience: Patience, *, turn: Callable[[], AbstractAsyncContextManager[None]]
    ) -> None:
        """Prepare; nothing is opened yet.

        Args:
            path: the file.
            patience: how long to wait for other processes that write.
            turn: lets one at a time of this process write.
        """
        super().__init__(patience)
        self._path = path
        self._turn = turn

    async def carry_out(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Carry out work, which begins its transaction and ends it, and return what comes of it.

        Whoever stops waiting for it is let go at once, and the work comes to its end.

        Raises:
            StorageUnavailable: the database is locked, hung or gone.
        """
        async with self._turn(), self._lane() as lane:
            return await lane.trip(work)

    async def _opened(self) -> OneTripConnection:
        return await connect_in_one_trip(self._path, lock_seconds=self._patience.lock)

    def _is_open(self, lane: OneTripConnection) -> bool:  # noqa: ARG002 - a file does not hang up
        return True

    async def _kept_after(self, lane: OneTripConnection, error: BaseException) -> bool:
        if isinstance(error, sqlite3.Error):
            await lane.close()
            return False
        return True
