"""A few connections to a SQLite file for what is read at every letter that somebody types."""

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from storage.lanes import Lanes
from storage.patience import Patience
from storage.sqlite_connection import OneTripConnection, connect_in_one_trip

Result = TypeVar("Result")


class ReadingLanes(Lanes[OneTripConnection]):
    """Carries out work on connections that cannot write, each piece in one trip to a thread."""

    def __init__(self, path: Path, patience: Patience) -> None:
        super().__init__(patience)
        self._path = path

    async def carry_out(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Carry out work in the thread of a connection, and return what comes of it.

        Raises:
            StorageUnavailable: the database is locked, hung or gone.
        """
        async with self._lane() as lane:
            return await lane.in_thread(work)

    async def _opened(self) -> OneTripConnection:
        lane = await connect_in_one_trip(self._path, lock_seconds=self._patience.lock)
        await lane.in_thread(_only_read)
        return lane

    def _is_open(self, lane: OneTripConnection) -> bool:  # noqa: ARG002 - a file does not hang up
        return True

    async def _kept_after(self, lane: OneTripConnection, error: BaseException) -> bool:
        if isinstance(error, asyncio.CancelledError):
            # It ends in the background, and whatever it is given next comes after that.
            await lane.interrupt()
        elif isinstance(error, sqlite3.Error):
            await lane.close()
            return False
        return True


def _only_read(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA query_only = ON").close()
