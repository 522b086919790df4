"""A few connections to a PostgreSQL server for what is asked again and again, in one trip each.

Each statement here is a range of one index, or a few of them one after the other, whatever its values are.
The server is told so: it plans by the values it expects, and would now and then read whole tables instead.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, TypeVar
from weakref import WeakSet

import orjson

from storage.lanes import Lanes
from storage.made_statements import STATEMENTS_KEPT
from storage.patience import Patience
from storage.postgresql import connect_to_server

_AS_WRITTEN = {
    # The order of the tables and the indices are chosen here, and rows are looked up one by one.
    "join_collapse_limit": "1",
    "enable_seqscan": "off",
    "enable_bitmapscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "enable_material": "off",
    "max_parallel_workers_per_gather": "0",
}
_SEARCHING = {
    **_AS_WRITTEN,
    "default_transaction_read_only": "on",
    # Of two indices the one that leads to fewer rows, however far apart those lie.
    "random_page_cost": "0.1",
    "plan_cache_mode": "force_custom_plan",
}
_MANY = 100
"""Of so many clients a server that has counted them knows which index leads to few."""
_HAS_COUNTED = "SELECT reltuples >= $1 FROM pg_class WHERE oid = 'clients'::regclass"
_PLAN_ONCE = "SET plan_cache_mode = force_generic_plan"
SENDING = {**_AS_WRITTEN, "plan_cache_mode": "force_generic_plan"}
"""For what is asked between two mails: to plan it anew each time takes longer than to carry it out."""

_READY = 2
"""So many connections plan what is usual before anybody asks: more are only wanted where many type."""

Result = TypeVar("Result")


class ServerLanes(Lanes[Any]):
    """Carries out work on connections with settings of the server's."""

    def __init__(self, dsn: str, patience: Patience, *, settings: Mapping[str, str]) -> None:
        """Prepare; nothing is connected yet.

        Args:
            dsn: where the server is.
            patience: how long to wait for it.
            settings: those of these connections, besides those that every connection has.
        """
        super().__init__(patience)
        self._dsn = dsn
        self._settings = settings

    async def carry_out(self, work: Callable[[Any], Awaitable[Result]]) -> Result:
        """Carry out work on a connection of asyncpg's, and return what comes of it.

        Raises:
            StorageUnavailable: the database is locked, hung or gone.
        """
        async with self._lane() as lane:
            return await work(lane)

    async def _opened(self) -> Any:  # noqa: ANN401 - asyncpg's, which has no types
        # The statements are long, and to prepare one takes longer than to carry it out: each is for good.
        lane = await connect_to_server(
            self._dsn,
            self._patience,
            self._settings,
            max_cacheable_statement_size=0,
            max_cached_statement_lifetime=0,
            statement_cache_size=STATEMENTS_KEPT,
        )
        await lane.set_type_codec("jsonb", schema="pg_catalog", encoder=str, decoder=orjson.loads)
        return lane

    def _is_open(self, lane: Any) -> bool:  # noqa: ANN401 - asyncpg's, which has no types
        return not lane.is_closed()

    async def _kept_after(self, lane: Any, error: BaseException) -> bool:  # noqa: ANN401, ARG002 - asyncpg's, which has no types; nobody can say in what state it is after any error
        lane.terminate()
        return False


class SearchingLanes(ServerLanes):
    """For what is asked at every letter that somebody types.

    To plan such a statement takes the server longer than to carry it out, so it is planned once. What it
    planned over an empty roster would lead it through everybody later on, until the clients are counted the
    next time: until it has counted many it plans anew for each text.
    """

    def __init__(self, dsn: str, patience: Patience) -> None:
        super().__init__(dsn, patience, settings=_SEARCHING)
        self._planning_once: WeakSet[Any] = WeakSet()

    async def carry_out(self, work: Callable[[Any], Awaitable[Result]]) -> Result:
        """Carry out work on a connection of asyncpg's, and return what comes of it.

        Raises:
            StorageUnavailable: the database is locked, hung or gone.
        """
        async with self._planning_lane() as lane:
            return await work(lane)

    async def get_ready(self, sql: str, *, values: int) -> None:
        """Have a statement planned that takes so many values; not before it can be planned once.

        Raises:
            StorageUnavailable: the database is locked, hung or gone.
        """
        async with AsyncExitStack() as stack:
            lanes = []
            for _ in range(_READY):
                lane = await stack.enter_async_context(self._planning_lane())
                if lane not in self._planning_once:
                    return
                lanes.append(lane)
            # What is compared with nothing finds nobody.
            await asyncio.gather(*(lane.fetch(sql, *[None] * values) for lane in lanes))

    @asynccontextmanager
    async def _planning_lane(self) -> AsyncIterator[Any]:
        async with self._lane() as lane:
            if lane not in self._planning_once and await lane.fetchval(_HAS_COUNTED, _MANY):
                await lane.execute(_PLAN_ONCE)
                self._planning_once.add(lane)
            yield lane
