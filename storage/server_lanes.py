"""A few connections to a PostgreSQL server for what is asked at every letter that somebody types.

Each statement there is a range of one index, or a few of them one after the other, whatever is typed. The
server is told so: it plans by the values it expects, and would now and then read everybody instead.
"""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import orjson

from storage.lanes import Lanes
from storage.patience import Patience
from storage.postgresql import connect_to_server

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


class ServerLanes(Lanes[Any]):
    """Carries out work on connections that cannot write."""

    def __init__(self, dsn: str, patience: Patience) -> None:
        super().__init__(patience)
        self._dsn = dsn

    async def carry_out(self, work: Callable[[Any], Awaitable[Result]]) -> Result:
        """Carry out work on a connection of asyncpg's, and return what comes of it.

        Raises:
            StorageUnavailable: the database is locked, hung or gone.
        """
        async with self._lane() as lane:
            return await work(lane)

    async def _opened(self) -> Any:  # noqa: ANN401 - asyncpg's, which has no types
        # The statements are long, and to prepare one takes longer than to carry it out.
        lane = await connect_to_server(self._dsn, self._patience, _SETTINGS, max_cacheable_statement_size=0)
        await lane.set_type_codec("jsonb", schema="pg_catalog", encoder=str, decoder=orjson.loads)
        return lane

    def _is_open(self, lane: Any) -> bool:  # noqa: ANN401 - asyncpg's, which has no types
        return not lane.is_closed()

    async def _kept_after(self, lane: Any, error: BaseException) -> bool:  # noqa: ANN401, ARG002 - asyncpg's, which has no types; nobody can say in what state it is after any error
        lane.terminate()
        return False
