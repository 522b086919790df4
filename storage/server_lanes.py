"""A few connections to a PostgreSQL server for what is asked at every letter that somebody types.

Each statement there is a range of one index, or a few of them one after the other, whatever is typed. The
server is told so: it plans by the values it expects, and would now and then read everybody instead.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import orjson

from storage.errors import failures_sorted
from storage.patience import Patience
from storage.postgresql import connect_to_server

_LANES = 4
"""More at once would only wait for a core."""
_SETTINGS = {
    "default_transaction_read_only": "on",
    # The order of the tables and the indices are chosen here, and rows are looked up one by one.
    "join_collapse_limit": "1",
    "enable_seqscan": "off",
    "enable_bitmapscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "enable_material": "off",
    "max_parallel_workers_per_gather": "0",
}

Result = TypeVar("Result")


class ServerLanes:
    """Carries out work on connections that cannot write, the one that was given back last taken first.

    Belongs to the event loop that first uses it.
    """

    def __init__(self, dsn: str, patience: Patience) -> None:
        self._dsn = dsn
        self._patience = patience
        self._turns = asyncio.Semaphore(_LANES)
        self._free: list[Any] = []

    async def carry_out(self, work: Callable[[Any], Awaitable[Result]]) -> Result:
        """Carry out work on a connection of asyncpg's, and return what comes of it.

        Raises:
            StorageUnavailable: the database is locked, hung or gone.
        """
        with failures_sorted():
            async with asyncio.timeout(self._patience.lock):
                await self._turns.acquire()
            try:
                lane = await self._lane()
                try:
                    result = await work(lane)
                except BaseException:
                    # Nobody can say in what state it is.
                    lane.terminate()
                    raise
                self._free.append(lane)
                return result
            finally:
                self._turns.release()

    async def close(self) -> None:
        """Close every connection, when no work is under way any more."""
        while self._free:
            await self._free.pop().close()

    async def _lane(self) -> Any:  # noqa: ANN401 - asyncpg's, which has no types
        while self._free:
            lane = self._free.pop()
            if not lane.is_closed():
                return lane
        # The statements are long, and to prepare one takes longer than to carry it out.
        lane = await connect_to_server(self._dsn, self._patience, _SETTINGS, max_cacheable_statement_size=0)
        await lane.set_type_codec("jsonb", schema="pg_catalog", encoder=str, decoder=orjson.loads)
        return lane
