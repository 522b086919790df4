"""The storage layer of an import: clients findable at once, against rows that are only written."""

import sqlite3
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from time import perf_counter

import asyncpg  # type: ignore[import-untyped] # it has no types

from bot.adapters.ulids import new_ulid
from bot.domain.client import Client
from bot.playground.practice.crowd import crowd
from storage.database import Database
from tests.benchmarks.figures import Finding, Target, compared
from tests.databases import WORKSPACE, WORKSPACE_NAME

CLIENTS = 40_000
AT_ONCE = 5_000
_COLUMNS = "id text, first_name text, last_name text, own_id text, birth_date text, email text, phone text"

ON_SQLITE = Target(least=0.2)
ON_POSTGRESQL = Target(least=0.15)


async def on_sqlite(url: str, directory: Path) -> Finding:
    """Compare with `executemany` into a table without an index."""
    clients = _clients()
    took = await _added(url, clients)
    began = perf_counter()
    connection = sqlite3.connect(directory / "raw.sqlite3")
    connection.execute(f"CREATE TABLE raw ({_COLUMNS})")
    connection.executemany("INSERT INTO raw VALUES (?, ?, ?, ?, ?, ?, ?)", map(_raw, clients))
    connection.commit()
    raw = perf_counter() - began
    connection.close()
    return _compared(took, raw, "executemany, no index", ON_SQLITE)


async def on_postgresql(url: str) -> Finding:
    """Compare with COPY into a table without an index."""
    clients = _clients()
    took = await _added(url, clients)
    connection = await asyncpg.connect(url)
    await connection.execute(f"CREATE TABLE raw ({_COLUMNS})")
    began = perf_counter()
    await connection.copy_records_to_table("raw", records=map(_raw, clients))
    raw = perf_counter() - began
    await connection.execute("DROP TABLE raw")
    await connection.close()
    return _compared(took, raw, "COPY, no index", ON_POSTGRESQL)


def _compared(took: float, raw: float, against: str, target: Target) -> Finding:
    return compared(
        "clients taken in, findable",
        [CLIENTS / took],
        [CLIENTS / raw],
        unit="/s",
        against=against,
        target=target,
    )


def _clients() -> list[Client]:
    return list(islice(crowd(CLIENTS, new_ulid), CLIENTS))


async def _added(url: str, clients: Sequence[Client]) -> float:
    database = Database.open(url)
    await database.ensure_workspace(WORKSPACE, WORKSPACE_NAME)
    began = perf_counter()
    for start in range(0, len(clients), AT_ONCE):
        async with database.writing(WORKSPACE) as unit:
            await unit.clients.add_all(clients[start : start + AT_ONCE])
    took = perf_counter() - began
    await database.close()
    return took


def _raw(client: Client) -> tuple[object, ...]:
    details = client.details
    return (
        client.id,
        details.first_name,
        details.last_name,
        details.own_id,
        str(details.birth_date),
        details.email,
        details.phones[0].number,
    )
