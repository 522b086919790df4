"""A few connections to a PostgreSQL server for what is asked again and again, in one trip each.

Each statement here is a range of one index, or a few of them one after the other, whatever its values are.
The server is told so: it plans by the values it expects, and would now and then read whole tables instead.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

import orjson

from storage.lanes import Lanes
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
SEARCHING = {**_AS_WRITTEN, "default_transaction_read_only": "on"}
"""For what is asked at every letter that somebody types."""
SENDING = {**_AS_WRITTEN, "plan_cache_mode": "force_generic_plan"}
"""For what is asked between two mails: to plan it anew each time takes longer than to carry it out."""

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
        # The statements are long, and to prepare one takes longer than to carry it out.
        lane = await connect_to_server(
            self._dsn, self._patience, self._settings, max_cacheable_statement_size=0
        )
        await lane.set_type_codec("jsonb", schema="pg_catalog", encoder=str, decoder=orjson.loads)
        return lane

    def _is_open(self, lane: Any) -> bool:  # noqa: ANN401 - asyncpg's, which has no types
        return not lane.is_closed()

    async def _kept_after(self, lane: Any, error: BaseException) -> bool:  # noqa: ANN401, ARG002 - asyncpg's, which has no types; nobody can say in what state it is after any error
        lane.terminate()
        return False
