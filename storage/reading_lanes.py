"""A few connections to a SQLite file for what is read at every letter that somebody types.

They are apart from those of the units, so that they find what they need in their own cache and their own
prepared statements, however many units there are. The one that was given back last is taken first.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from storage.errors import failures_sorted
from storage.patience import Patience
from storage.sqlite_connection import OneTripConnection, connect_in_one_trip

_LANES = 4
"""More at once would only wait for a core."""

Result = TypeVar("Result")


class ReadingLanes:
    """Carries out work on connections that cannot write, each piece in one trip to a thread.

    Belongs to the event loop that first uses it.
    """

    def __init__(self, path: Path, patience: Patience) -> None:
        self._path = path
        self._patience = patience
        self._turns = asyncio.Semaphore(_LANES)
        self._free: list[OneTripConnection] = []

    async def carry_out(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Carry out work in the thread of a connection, and return what comes of it.

        Raises:
            StorageUnavailable: the database is locked, hung or gone.
        """
        with failures_sorted():
            async with asyncio.timeout(self._patience.lock):
                await self._turns.acquire()
            try:
                lane = self._free.pop() if self._free else await self._opened()
                return await self._carried_out(lane, work)
            finally:
                self._turns.release()

    async def close(self) -> None:
        """Close every connection, when no work is under way any more."""
        while self._free:
            await self._free.pop().close()

    async def _opened(self) -> OneTripConnection:
        lane = await connect_in_one_trip(self._path, lock_seconds=self._patience.lock)
        await lane.in_thread(_only_read)
        return lane

    async def _carried_out(
        self, lane: OneTripConnection, work: Callable[[sqlite3.Connection], Result]
    ) -> Result:
        try:
            result = await lane.in_thread(work)
        except asyncio.CancelledError:
            # It ends in the background, and whatever it is given next comes after that.
            await lane.interrupt()
            self._free.insert(0, lane)
            raise
        except sqlite3.Error:
            await lane.close()
            raise
        except BaseException:
            self._free.append(lane)
            raise
        self._free.append(lane)
        return result


def _only_read(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA query_only = ON").close()
