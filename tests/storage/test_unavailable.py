"""A database that is locked, hung or gone: the unit says so in time, and nothing was changed."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import StorageUnavailable
from bot.domain.ids import ClientId
from storage.address import DatabaseAddress, Engine
from storage.database import Database
from storage.engine import open_engine
from storage.patience import PATIENCE, Patience
from storage.sqlite import WRITING
from tests.databases import WORKSPACE, PostgresServer, opened
from tests.storage.practice import client

SHORT = Patience(lock=0.3, statement=1.0)
LONG = Patience(lock=3600.0, statement=3600.0)
"""So long that a test which is not let go before it never ends."""
CONNECTIONS = 16
"""As many as an engine opens."""

C1 = ClientId("c1")


@pytest.fixture
async def hasty(database_url: str) -> AsyncIterator[Database]:
    """A database whose units give up quickly, with one client in it."""
    async with opened(database_url) as patient, patient.writing(WORKSPACE) as unit:
        await unit.clients.add(client("c1", "Ana"))
    database = Database.open(database_url, patience=SHORT)
    yield database
    await database.close()


@asynccontextmanager
async def held_by_somebody_else(url: str) -> AsyncIterator[AsyncConnection]:
    """Hold the row of the one client, which on SQLite is the whole database."""
    address = DatabaseAddress.parse(url)
    engine = open_engine(address, PATIENCE)
    try:
        async with engine.execution_options(**{WRITING: True}).begin() as connection:
            if address.engine is Engine.POSTGRESQL:
                await connection.execute(text("SELECT 1 FROM clients FOR UPDATE"))
            yield connection
    finally:
        await engine.dispose()


async def edit(database: Database) -> None:
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.lock([C1])
        await unit.clients.update(client("c1", "Changed", version=2), expected_version=1)


async def name_in(database: Database) -> str:
    async with database.reading(WORKSPACE) as unit:
        found = await unit.clients.get(C1)
    assert found is not None
    return found.name


async def test_a_lock_that_is_not_given_back(hasty: Database, database_url: str) -> None:
    async with held_by_somebody_else(database_url):
        with pytest.raises(StorageUnavailable):
            await edit(hasty)
        assert await name_in(hasty) == "Ana"
    await edit(hasty)
    assert await name_in(hasty) == "Changed"


async def test_a_lock_that_is_given_back_in_time(database_url: str) -> None:
    async with opened(database_url) as database:
        async with database.writing(WORKSPACE) as unit:
            await unit.clients.add(client("c1", "Ana"))
        async with held_by_somebody_else(database_url):
            waiting = asyncio.ensure_future(edit(database))
            await asyncio.sleep(0.05)
            assert not waiting.done()
        await waiting
        assert await name_in(database) == "Changed"


async def test_who_waits_behind_a_unit_that_does_not_end(hasty: Database) -> None:
    async with hasty.writing(WORKSPACE) as unit:
        await unit.clients.lock([C1])
        with pytest.raises(StorageUnavailable):
            await edit(hasty)
    await edit(hasty)


@pytest.mark.parametrize("action", [edit, name_in])
async def test_every_connection_is_taken(
    database_url: str, action: Callable[[Database], Awaitable[object]]
) -> None:
    async with opened(database_url) as database, database.writing(WORKSPACE) as unit:
        await unit.clients.add(client("c1", "Ana"))
    database = Database.open(database_url, patience=SHORT)
    release = asyncio.Event()
    all_held = asyncio.Barrier(CONNECTIONS + 1)

    async def hold() -> None:
        async with database.reading(WORKSPACE) as unit:
            await unit.clients.get(C1)
            await all_held.wait()
            await release.wait()

    holders = [asyncio.ensure_future(hold()) for _ in range(CONNECTIONS)]
    try:
        await all_held.wait()
        with pytest.raises(StorageUnavailable):
            await action(database)
        release.set()
        await asyncio.gather(*holders)
        await action(database)
    finally:
        release.set()
        await asyncio.gather(*holders, return_exceptions=True)
        await database.close()


async def test_whoever_stops_waiting_is_let_go_at_once(database_url: str) -> None:
    """A person at the desk gets an answer within Slack's three seconds, whatever the driver is stuck in."""
    async with opened(database_url) as patient, patient.writing(WORKSPACE) as unit:
        await unit.clients.add(client("c1", "Ana"))
    database = Database.open(database_url, patience=LONG)
    async with held_by_somebody_else(database_url):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await edit(database)
    await edit(database)
    assert await name_in(database) == "Changed"
    await database.close()


async def test_a_cancelled_unit_leaves_nothing(database: Database) -> None:
    written = asyncio.Event()

    async def write() -> None:
        async with database.writing(WORKSPACE) as unit:
            await unit.clients.add(client("c1", "Ana"))
            written.set()
            await asyncio.Event().wait()

    writer = asyncio.ensure_future(write())
    await written.wait()
    writer.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writer
    async with database.writing(WORKSPACE) as unit:
        assert await unit.clients.get(C1) is None
        await unit.clients.add(client("c1", "Bela"))


async def test_a_mistake_of_ours_is_not_called_the_databases(database: Database) -> None:
    with pytest.raises(DBAPIError) as mistake:
        async with database.writing(WORKSPACE) as unit:
            await unit.clients._connection.rows(text("SELECT nothing FROM nowhere"))  # noqa: SLF001 - a mistake on purpose
    assert not isinstance(mistake.value, StorageUnavailable)


async def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "kinward.db"
    path.write_bytes(b"This is a letter, and not a database." * 100)
    database = Database.open(f"sqlite:///{path}")
    with pytest.raises(StorageUnavailable):
        await database.migrate()
    with pytest.raises(StorageUnavailable):
        await database.ensure_workspace(WORKSPACE, "Kinward")
    await database.close()


def test_a_file_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageUnavailable):
        Database.open(f"sqlite:///{tmp_path / 'file' / 'kinward.db'}")


async def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    database = Database.open(f"postgresql://postgres@/kinward?host={tmp_path}", patience=SHORT)
    with pytest.raises(StorageUnavailable):
        async with database.reading(WORKSPACE):
            pass
    await database.close()


async def test_a_server_that_cut_the_connection(postgres: PostgresServer) -> None:
    async with postgres.migrated_url() as url, opened(url) as database:
        async with database.writing(WORKSPACE) as unit:
            await unit.clients.add(client("c1", "Ana"))
        with pytest.raises(StorageUnavailable):  # noqa: PT012 - the connection is cut in the middle
            async with database.writing(WORKSPACE) as unit:
                await unit.clients.get(C1)
                await postgres.disconnect(url)
                await unit.clients.get(C1)
        await postgres.disconnect(url)
        # A connection that lay unused when it was cut is noticed before it is used.
        assert await name_in(database) == "Ana"


async def test_a_statement_that_takes_too_long(postgres: PostgresServer) -> None:
    async with postgres.migrated_url() as url:
        database = Database.open(url, patience=SHORT)
        with pytest.raises(StorageUnavailable):
            async with database.reading(WORKSPACE) as unit:
                await unit.clients._connection.rows(text("SELECT pg_sleep(5)"))  # noqa: SLF001 - a slow statement
        await database.close()


async def test_a_server_that_hangs(postgres: PostgresServer) -> None:
    """The whole server is stopped in its tracks: only our own clock can tell."""
    async with postgres.migrated_url() as url, opened(url) as patient:
        async with patient.writing(WORKSPACE) as unit:
            await unit.clients.add(client("c1", "Ana"))
        hasty, steady = Database.open(url, patience=SHORT), Database.open(url, patience=LONG)
        assert await name_in(hasty) == await name_in(steady) == "Ana"
        async with postgres.frozen(url):
            # It hangs until the block ends, so that whoever gets an answer has it from our own clock.
            with pytest.raises(StorageUnavailable):
                await name_in(hasty)
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.1):
                    await name_in(steady)
        for database in (hasty, steady):
            assert await name_in(database) == "Ana"
            await database.close()
