"""The indices that clients are found by: left out while a crowd comes in, and made again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from sqlalchemy import Connection, Index, text
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.address import DatabaseAddress, Engine
from storage.engine import open_engine
from storage.patience import MIGRATION_PATIENCE
from storage.sqlite import WRITING
from storage.tables import client_phones, client_tokens, clients

_TABLES = (clients, client_phones, client_tokens)
SEARCH_INDICES: tuple[Index, ...] = tuple(
    index
    for table in _TABLES
    for index in sorted(table.indexes, key=lambda each: str(each.name))
    # What is unique is a rule, and not only a way.
    if not index.unique
)
_WORK_MEMORY = "PRAGMA cache_size = -65536"
"""In kilobytes: what a sort has before it goes to disk."""


@asynccontextmanager
async def without_search_indices(address: DatabaseAddress) -> AsyncIterator[None]:
    """Be without the indices inside the block: made at its end they are sorted once, and not row by row."""
    async with _patient(address) as engine, engine.begin() as connection:
        await connection.run_sync(_drop)
    yield
    async with _patient(address) as engine:
        await _make(engine)


async def rebuild_search_indices(address: DatabaseAddress) -> None:
    """Make the indices that are not there, and the others again from the rows of their tables."""
    again = "REINDEX" if address.engine is Engine.SQLITE else "REINDEX TABLE"
    async with _patient(address) as engine:
        await _make(engine)
        for table in _TABLES:
            async with engine.begin() as connection:
                await connection.execute(text(f"{again} {table.name}"))


@asynccontextmanager
async def _patient(address: DatabaseAddress) -> AsyncIterator[AsyncEngine]:
    """Open an engine of its own: an index over a large table takes longer than a unit may wait."""
    engine = open_engine(address, MIGRATION_PATIENCE)
    try:
        yield engine.execution_options(**{WRITING: True}) if address.engine is Engine.SQLITE else engine
    finally:
        await engine.dispose()


async def _make(engine: AsyncEngine) -> None:
    for index in SEARCH_INDICES:
        # Each in a transaction of its own, between which others write.
        async with engine.begin() as connection:
            if engine.dialect.name == "sqlite":
                await connection.exec_driver_sql(_WORK_MEMORY)
            await connection.run_sync(partial(index.create, checkfirst=True))


def _drop(connection: Connection) -> None:
    for index in SEARCH_INDICES:
        index.drop(connection, checkfirst=True)
