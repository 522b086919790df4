"""The storage layer of an import: clients findable at once, against rows that are only written.

python -m tests.benchmarks.taking_in
"""

import asyncio
import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing, nullcontext
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time

import asyncpg  # type: ignore[import-untyped] # it has no types
from rich.console import Console

from bot.adapters.ulids import new_ulid
from bot.domain.client import Client
from bot.playground.practice.crowd import crowd
from storage.address import DatabaseAddress
from storage.database import Database
from tests.benchmarks.figures import Finding, Target, compared
from tests.benchmarks.table import print_table
from tests.databases import (
    WORKSPACE,
    WORKSPACE_NAME,
    PostgresServer,
    copied_sqlite_url,
    migrated_sqlite_file,
    running_postgres,
)

CLIENTS = 40_000
AT_ONCE = 5_000
_COLUMNS = "id text, first_name text, last_name text, own_id text, birth_date text, email text, phone text"

TITLE = "Clients taken in by the storage layer, on SQLite and on PostgreSQL"
ON_SQLITE = Target(least=0.2)
ON_POSTGRESQL = Target(least=0.15)


async def on_both(directory: Path, server: PostgresServer) -> list[Finding]:
    """Measure on SQLite, in a directory where there is room, and on PostgreSQL."""
    found = await on_sqlite(directory)
    async with server.migrated_url() as url:
        return [*found, await on_postgresql(url)]


async def on_sqlite(directory: Path) -> list[Finding]:
    """Compare with `executemany` into tables without an index: of what a list says, and of the rows we keep.

    All of it is the time of one core, which is the same however busy the machine is.
    """
    (directory / "at-once").mkdir()
    (directory / "first-load").mkdir()
    empty = migrated_sqlite_file(directory)
    url = copied_sqlite_url(empty, directory / "at-once")
    first_url = copied_sqlite_url(empty, directory / "first-load")
    clients = _clients()
    took = await _added(url, clients, process_time)
    first = await _added(first_url, clients, process_time, is_first_load=True)
    with closing(sqlite3.connect(directory / "raw.sqlite3")) as connection:
        began = process_time()
        connection.execute(f"CREATE TABLE raw ({_COLUMNS})")
        connection.executemany("INSERT INTO raw VALUES (?, ?, ?, ?, ?, ?, ?)", map(_raw, clients))
        connection.commit()
        raw = process_time() - began
        same = _same_rows(connection, DatabaseAddress.parse(url).path)
    return [
        _compared("clients taken in, findable", took, raw, "executemany, no index", ON_SQLITE),
        _compared("the same, indices made behind", first, raw, "executemany, no index"),
        _compared("clients taken in, findable", took, same, "the same rows, no index"),
    ]


def _same_rows(connection: sqlite3.Connection, file: Path | None) -> float:
    """Write what is kept of the clients into tables without keys, and return how long it took."""
    took = 0.0
    with closing(sqlite3.connect(str(file))) as kept:
        for table in ("clients", "client_phones", "client_tokens"):
            cursor = kept.execute(f"SELECT * FROM {table}")  # noqa: S608 - our own names
            columns = [column for column, *_ in cursor.description]
            rows = cursor.fetchall()
            began = process_time()
            connection.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
            marks = ", ".join("?" * len(columns))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - our own names
            connection.commit()
            took += process_time() - began
    return took


async def on_postgresql(url: str) -> Finding:
    """Compare with COPY into a table without an index."""
    clients = _clients()
    took = await _added(url, clients, perf_counter)
    connection = await asyncpg.connect(url)
    await connection.execute(f"CREATE TABLE raw ({_COLUMNS})")
    began = perf_counter()
    await connection.copy_records_to_table("raw", records=map(_raw, clients))
    raw = perf_counter() - began
    await connection.execute("DROP TABLE raw")
    await connection.close()
    return _compared("clients taken in, findable", took, raw, "COPY, no index", ON_POSTGRESQL)


def _compared(what: str, took: float, raw: float, against: str, target: Target | None = None) -> Finding:
    return compared(
        what,
        [CLIENTS / took],
        [CLIENTS / raw],
        unit="/s",
        against=against,
        target=target,
    )


def _clients() -> list[Client]:
    return list(islice(crowd(CLIENTS, new_ulid), CLIENTS))


async def _added(
    url: str, clients: Sequence[Client], clock: Callable[[], float], *, is_first_load: bool = False
) -> float:
    database = Database.open(url, writes_much=True)
    await database.ensure_workspace(WORKSPACE, WORKSPACE_NAME)
    began = clock()
    async with database.first_load() if is_first_load else nullcontext():
        for start in range(0, len(clients), AT_ONCE):
            async with database.writing(WORKSPACE) as unit:
                await unit.clients.add_all(clients[start : start + AT_ONCE])
    took = clock() - began
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


async def _run() -> None:
    with tempfile.TemporaryDirectory(prefix="kinward-benchmarks-") as name, running_postgres() as server:
        found = await on_both(Path(name), server)
    print_table(Console(width=110), TITLE, found)


if __name__ == "__main__":
    asyncio.run(_run())
