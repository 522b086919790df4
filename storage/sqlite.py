"""The engine for a SQLite file."""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

from sqlalchemy import URL, Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.patience import Patience
from storage.sqlite_connection import OneTripConnection, connect_in_one_trip
from storage.sqlite_journal import JournalMoving
from storage.workspace_guard import READ_ONLY

WRITING = "kinward_writing"
"""Execution option of a connection whose transaction takes the write lock when it begins."""

_PRIVATE = stat.S_IRUSR | stat.S_IWUSR


def open_sqlite(path: Path, patience: Patience, *, writes_much: bool = False) -> AsyncEngine:
    """Return an engine for a file, which is created, readable by its owner alone, where it is missing.

    Args:
        path: the file.
        patience: how long units wait.
        writes_much: whether thousands of rows come in.

    Raises:
        OSError: the file can be neither opened nor created.
    """
    _keep_private(path)
    journal = JournalMoving(path) if writes_much else None
    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=str(path)),
        async_creator=lambda: connect_in_one_trip(path, lock_seconds=patience.lock, journal=journal),
        pool_size=8,
        max_overflow=8,
        pool_timeout=patience.lock,
        # Every unit ends its transaction itself; another rollback would cost a hop to the driver's thread.
        pool_reset_on_return=None,
    )
    event.listen(engine.sync_engine, "begin", _begin)
    if journal is not None:
        event.listen(engine.sync_engine, "engine_disposed", lambda _: journal.end())
    return engine


async def empty_journal(engine: AsyncEngine) -> bool:
    """Have nothing of what was deleted stand in the journal beside the file; False where it is in use."""
    async with engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        return isinstance(driver, OneTripConnection) and await driver.empty_journal()


def _keep_private(path: Path) -> None:
    """Create the file with mode 0600, or narrow it to that; SQLite gives -wal and -shm the same mode.

    A file that is there is never opened here. Whoever closes a descriptor of a file loses all locks of their
    process on it (POSIX), those of SQLite's connections too: another process would take itself for the only
    one, and delete the journal that this one goes on to write.

    Raises:
        OSError: it can be neither opened nor created.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _PRIVATE))
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not os.access(path, os.R_OK | os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    for file in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        if file.exists() and stat.S_IMODE(file.stat().st_mode) != _PRIVATE:
            file.chmod(_PRIVATE)


def _begin(connection: Connection) -> None:
    """Begin in SQLAlchemy's stead: the driver's own transactions are off (`isolation_level=None`).

    A unit that writes takes the lock at once. With a deferred BEGIN two writers that have both read
    cannot both go on, and SQLite fails the second one without waiting. One that only reads sees the moment
    of its first statement in any case, so it begins together with that.
    """
    driver = connection.connection.driver_connection
    options = connection.get_execution_options()
    if options.get(WRITING):
        adapter = connection.connection.dbapi_connection
        adapter.run_async(OneTripConnection.begin_writing)  # type: ignore[union-attr] # asyncio adapters have it
    elif isinstance(driver, OneTripConnection):
        driver.begin_with_next(only_reads=bool(options.get(READ_ONLY)))
