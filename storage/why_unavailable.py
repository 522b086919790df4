"""Why a database is not available, as far as it says so: for whoever runs it and has to put it right."""

import errno
import sqlite3
from collections.abc import Iterator
from enum import StrEnum

import asyncpg  # type: ignore[import-untyped] # it has no types
from sqlalchemy.exc import DBAPIError

from storage.errors import driver_exception


class Why(StrEnum):
    """What is the matter with a database."""

    NO_DATABASE_FILE = "no_database_file"
    """The file is something else."""
    CANNOT_OPEN = "cannot_open"
    """The file cannot be opened, or not be made."""
    READ_ONLY = "read_only"
    """The file or its folder cannot be written to."""
    LOCKED = "locked"
    """Somebody else keeps on writing."""
    FULL = "full"
    """There is no room on the disk."""
    DAMAGED = "damaged"
    """The file is not as SQLite left it."""
    NO_SERVER = "no_server"
    """Nobody answers at the address."""
    LOG_IN = "log_in"
    """The server does not let the user in."""
    NO_DATABASE = "no_database"
    """The server has no database of that name."""


_OF_SQLITE = {
    sqlite3.SQLITE_NOTADB: Why.NO_DATABASE_FILE,
    sqlite3.SQLITE_CANTOPEN: Why.CANNOT_OPEN,
    sqlite3.SQLITE_PERM: Why.CANNOT_OPEN,
    sqlite3.SQLITE_READONLY: Why.READ_ONLY,
    sqlite3.SQLITE_BUSY: Why.LOCKED,
    sqlite3.SQLITE_LOCKED: Why.LOCKED,
    sqlite3.SQLITE_FULL: Why.FULL,
    sqlite3.SQLITE_CORRUPT: Why.DAMAGED,
}
_OF_POSTGRESQL = {"28": Why.LOG_IN, "3D": Why.NO_DATABASE, "53": Why.FULL, "55": Why.LOCKED}
_OF_DISK = {errno.ENOSPC: Why.FULL, errno.EROFS: Why.READ_ONLY}
_PRIMARY_CODE = 0xFF


def why_unavailable(failure: BaseException) -> Why | None:
    """Return what a StorageUnavailable came from, or None where that says nothing more."""
    return next((found for each in _causes(failure) if (found := _why(each)) is not None), None)


def _why(error: BaseException) -> Why | None:
    if isinstance(error, sqlite3.Error):
        return _OF_SQLITE.get(getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE)
    if isinstance(error, asyncpg.PostgresError):
        return _OF_POSTGRESQL.get((error.sqlstate or "")[:2])
    if isinstance(error, OSError) and error.filename is not None:
        return _OF_DISK.get(error.errno or 0, Why.CANNOT_OPEN)
    return Why.NO_SERVER if isinstance(error, ConnectionError) else None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and what it came from, the first cause first."""
    if error is None:
        return
    if isinstance(error, DBAPIError):
        yield from _causes(driver_exception(error))
    yield from _causes(error.__cause__)
    yield error
