"""The engine for a PostgreSQL server."""

from collections.abc import Iterable, Mapping

import asyncpg  # type: ignore[import-untyped] # it has no types
from sqlalchemy import Table, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.patience import Patience
from storage.workspace_guard import ACROSS_WORKSPACES

READING_OPTIONS = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
"""All of a reading unit is as of one moment, and the server refuses it any write."""

WRITING_OPTIONS = {"isolation_level": "READ COMMITTED", "postgresql_readonly": False}
"""A writing unit sees, behind each lock it waited for, what the one before it left."""


def open_postgresql(dsn: str, patience: Patience) -> AsyncEngine:
    """Return an engine for a server; nothing is connected yet."""

    async def connect() -> asyncpg.Connection:
        return await connect_to_server(dsn, patience)

    engine = create_async_engine(
        "postgresql+asyncpg://",
        async_creator=connect,
        pool_size=8,
        max_overflow=8,
        pool_timeout=patience.lock,
        pool_reset_on_return=None,
    )
    event.listen(engine.sync_engine, "checkout", _refuse_closed)
    return engine


async def connect_to_server(
    dsn: str, patience: Patience, settings: Mapping[str, str] | None = None, **more: int
) -> asyncpg.Connection:
    """Connect to a server, with settings besides those that every connection has.

    Args:
        dsn: where it is.
        patience: how long to wait for it.
        settings: the server's, for this connection.
        more: asyncpg's own.
    """
    return await asyncpg.connect(
        dsn,
        timeout=patience.lock,
        # The server's own limits come first; this one is for a server that does not answer at all.
        command_timeout=patience.answer,
        server_settings={
            "application_name": "kinward",
            "timezone": "UTC",
            # To compile a plan takes longer than any of ours takes to be carried out.
            "jit": "off",
            "lock_timeout": _milliseconds(patience.lock),
            "statement_timeout": _milliseconds(patience.statement),
            "idle_in_transaction_session_timeout": _milliseconds(10 * patience.answer),
            **(settings or {}),
        },
        **more,
    )


async def count_rows(engine: AsyncEngine, tables: Iterable[Table]) -> None:
    """Have the server take new statistics of tables, of the columns that are in a key or an index.

    It would read documents as well, which takes longer than all the rest, and plan nothing by them.
    """
    counted = ", ".join(f"{table.name} ({', '.join(_looked_up(table))})" for table in tables)
    options = {**WRITING_OPTIONS, ACROSS_WORKSPACES: "it counts rows and returns none"}
    async with engine.execution_options(**options).begin() as connection:
        await connection.exec_driver_sql(f"ANALYZE {counted}", execution_options=options)


def _looked_up(table: Table) -> list[str]:
    """Return the names of the columns that are in a key or an index."""
    indexed = {column.name for index in table.indexes for column in index.columns}
    keyed = {column.name for column in table.primary_key}
    return [column.name for column in table.columns if column.name in indexed | keyed]


def _milliseconds(seconds: float) -> str:
    return str(round(seconds * 1000))


def _refuse_closed(dbapi_connection: object, _record: object, _proxy: object) -> None:
    """Have the pool connect anew where the server closed the connection: known without asking the server."""
    if dbapi_connection.driver_connection.is_closed():  # type: ignore[attr-defined] # asyncio adapters have it
        raise DisconnectionError("the server has closed this connection")
