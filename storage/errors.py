"""What the database's failures mean: which are about the database itself, and which about a constraint."""

import sqlite3
from contextlib import AbstractContextManager
from types import TracebackType

import asyncpg  # type: ignore[import-untyped] # it has no types
from sqlalchemy import Index, PrimaryKeyConstraint, UniqueConstraint
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.domain.errors import StorageUnavailable
from storage.tables import metadata

_SQLITE_UNAVAILABLE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
    }
)
_PRIMARY_CODE = 0xFF
"""SQLite's extended result codes keep the primary one in their low byte."""

_POSTGRESQL_UNAVAILABLE = ("08", "28", "3D", "40", "53", "55P03", "57", "58", "25P03", "XX")
"""SQLSTATE classes and codes: connection, authorization, no such database, serialization and deadlock,
resources, lock not available, operator intervention (a cancelled statement, a shutdown), system error,
idle too long in a transaction, internal error."""

_FAILURES = (
    DBAPIError,
    PoolTimeoutError,
    TimeoutError,
    OSError,
    sqlite3.Error,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
)


class _Sorted:
    """A class and no generator: it stands around each trip to the database, and remembers nothing."""

    def __enter__(self) -> None:
        return

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        if isinstance(failure, _FAILURES) and is_unavailable(failure):
            raise StorageUnavailable("the database did not answer in time or refused") from failure


_SORTED = _Sorted()


def failures_sorted() -> AbstractContextManager[None]:
    """Turn the failures of a database that is locked, hung or gone into StorageUnavailable."""
    return _SORTED


def is_unavailable(failure: BaseException) -> bool:
    """Say whether a failure is about the state of the database, and not about what was asked of it."""
    if isinstance(failure, DBAPIError):
        return failure.connection_invalidated or is_unavailable(driver_exception(failure))
    if isinstance(failure, sqlite3.Error):
        code = getattr(failure, "sqlite_errorcode", None)
        return code is not None and code & _PRIMARY_CODE in _SQLITE_UNAVAILABLE
    if isinstance(failure, asyncpg.PostgresError):
        return (failure.sqlstate or "").startswith(_POSTGRESQL_UNAVAILABLE)
    if isinstance(failure, asyncpg.InterfaceError):
        return "closed" in str(failure) or "connection" in str(failure)
    return isinstance(failure, PoolTimeoutError | TimeoutError | OSError)


def driver_exception(error: DBAPIError) -> BaseException:
    """Return what the driver itself raised."""
    return error.driver_exception


def violated_constraint(error: IntegrityError) -> str | None:
    """Return the name of the constraint or unique index that a write broke; None for one without a name.

    PostgreSQL says the name. SQLite says it of a CHECK, and of a unique index only the columns.
    """
    cause = driver_exception(error)
    if isinstance(cause, asyncpg.PostgresError):
        return getattr(cause, "constraint_name", None)
    _, _, what = str(cause).partition(" constraint failed: ")
    return _NAME_OF_COLUMNS.get(what, what or None)


def _names_by_columns() -> dict[str, str]:
    names = {}
    for table in metadata.tables.values():
        unique: list[Index | UniqueConstraint | PrimaryKeyConstraint] = [
            *(index for index in table.indexes if index.unique),
            *(
                each
                for each in table.constraints
                if isinstance(each, UniqueConstraint | PrimaryKeyConstraint)
            ),
        ]
        for each in unique:
            if each.name is not None:
                names[", ".join(f"{table.name}.{column.name}" for column in each.columns)] = str(each.name)
    return names


_NAME_OF_COLUMNS = _names_by_columns()
