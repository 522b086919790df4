"""Somebody else who holds the database, so that the app has to wait."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import asyncpg  # type: ignore[import-untyped]  # it has no types

from storage.address import DatabaseAddress
from storage.tables import metadata


def locked(database_url: str) -> AbstractAsyncContextManager[None]:
    """Hold the database until the block ends: SQLite against writing, PostgreSQL against everything."""
    return _locked_file(database_url) if database_url.startswith("sqlite") else _locked_tables(database_url)


@asynccontextmanager
async def _locked_file(database_url: str) -> AsyncIterator[None]:
    path = str(DatabaseAddress.parse(database_url).path)
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        # Not in the loop's thread: the app may be writing just now, and needs the loop to come to its end.
        await asyncio.to_thread(connection.execute, "BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")
    finally:
        connection.close()


@asynccontextmanager
async def _locked_tables(database_url: str) -> AsyncIterator[None]:
    connection = await asyncpg.connect(database_url)
    try:
        transaction = connection.transaction()
        await transaction.start()
        await connection.execute(f"LOCK TABLE {', '.join(metadata.tables)} IN ACCESS EXCLUSIVE MODE")
        yield
        await transaction.rollback()
    finally:
        await asyncio.shield(connection.close())
