"""A connection of aiosqlite's that carries out a whole statement in one trip to its thread.

The driver goes to its thread and back for each call on a cursor: to make it, execute, fetch and close. All
rows are fetched at once in any case, so one trip does for all four.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any, Self, TypeVar

import aiosqlite
from aiosqlite.core import _connection_worker_thread, _TxQueue

from storage.sqlite_journal import LONGEST_JOURNAL, JournalMoving
from storage.sqlite_waiting import begin_writing, carry_out_when_free

_PRAGMAS = (
    "PRAGMA synchronous = NORMAL",
    "PRAGMA foreign_keys = ON",
    # What is deleted or replaced is written over with zeros: of health information nothing stays in free
    # pages. It costs nothing that can be measured where staff and imports write, and an erasure more writes.
    "PRAGMA secure_delete = ON",
    # Nor in a file elsewhere, into which SQLite would put what it sorts, and pages that a statement changes
    # that may be broken off. It also saves an import a tenth of its time.
    "PRAGMA temp_store = MEMORY",
)
_WRITING_MUCH = (
    # In kilobytes, else it is 2,000: thousands of rows go all over the indices, which stay in memory then.
    "PRAGMA cache_size = -65536",
    f"PRAGMA wal_autocheckpoint = {LONGEST_JOURNAL}",
)
Result = TypeVar("Result")


class OneTripCursor:
    """What SQLAlchemy's adapter needs of a cursor; each instance carries out one statement."""

    arraysize = 1

    def __init__(self, connection: "OneTripConnection") -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Sequence[Any] | None = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, values: Iterable[Any] = ()) -> Self:
        """Carry out a statement and fetch all its rows."""
        await self._connection.in_thread(self._execute, sql, values)
        return self

    async def executemany(self, sql: str, rows: Iterable[Iterable[Any]]) -> Self:
        """Carry out a statement for each row of values."""
        await self._connection.in_thread(self._execute_many, sql, rows)
        return self

    async def fetchall(self) -> list[Any]:
        """Return the rows."""
        return self._rows

    async def close(self) -> None:
        """Forget the rows; the driver's own cursor was closed in the thread."""
        self._rows = []

    def _execute(self, connection: sqlite3.Connection, sql: str, values: Any) -> None:  # noqa: ANN401 - the driver's
        self._connection.begin_if_asked(connection)
        self._keep(connection.execute(sql, values))

    def _execute_many(self, connection: sqlite3.Connection, sql: str, rows: Any) -> None:  # noqa: ANN401 - the driver's
        self._connection.begin_if_asked(connection)
        self._keep(connection.executemany(sql, rows))

    def _keep(self, cursor: sqlite3.Cursor) -> None:
        self.description, self._rows = cursor.description, cursor.fetchall()
        self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        cursor.close()


class OneTripConnection(aiosqlite.Connection):
    """aiosqlite's connection, with cursors of the other kind and transactions that begin as asked."""

    journal: JournalMoving | None = None
    """What moves the journal, where SQLite is not to do it at the commits of this connection."""
    _begins = False
    """Whether a transaction is to begin with the next statement."""
    _only_reads = False
    """Whether nothing is written in the transaction: how it ends makes no difference to anybody."""

    def cursor(self) -> OneTripCursor:  # type: ignore[override] # SQLAlchemy's adapter is the only one who asks
        """Return a cursor, without a trip to the thread."""
        return OneTripCursor(self)

    async def begin_writing(self) -> None:
        """Begin a transaction that holds the write lock from now on."""
        self._begins = self._only_reads = False
        await self.in_thread(begin_writing)

    async def empty_journal(self) -> bool:
        """Move the journal into the file and cut it to nothing; False where others would not let go of it.

        To be called outside of a transaction. It waits for readers as long as a lock is waited for.
        """
        cursor = await self.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        ((busy, *_),) = await cursor.fetchall()
        return not busy

    def begin_with_next(self, *, only_reads: bool = False) -> None:
        """Begin a transaction with the next statement, in the same trip."""
        self._begins, self._only_reads = True, only_reads

    def begin_if_asked(self, connection: sqlite3.Connection) -> None:
        """Begin the transaction that was asked for; called in the thread, in front of a statement."""
        if self._begins:
            self._begins = False
            connection.execute("BEGIN").close()

    async def commit(self) -> None:
        """Commit; where there was no statement, nothing has begun."""
        if not self._is_ended_already():
            await super().commit()
            if self.journal is not None:
                self.journal.tell()

    async def rollback(self) -> None:
        """Roll back; where there was no statement, nothing has begun."""
        if not self._is_ended_already():
            await super().rollback()

    def _is_ended_already(self) -> bool:
        """Say whether nothing has begun, or only what reads, which is ended by this.

        Nobody waits for that: whatever is asked next of this connection comes behind it in its thread.
        """
        begun, only_reads = not self._begins, self._only_reads
        self._begins = self._only_reads = False
        if begun and only_reads:
            self._tx.put_nowait((None, self._conn.rollback))
        return only_reads or not begun

    async def in_thread(self, work: Callable[..., Result], *arguments: object) -> Result:
        """Carry out work on the driver's connection, in its thread, and return what comes of it."""
        result: Result = await self._execute(work, self._conn, *arguments)  # type: ignore[no-untyped-call] # it has no types
        return result

    def trip(self, work: Callable[[sqlite3.Connection], Result]) -> asyncio.Future[Result]:
        """Have work carried out in the thread, in the transaction that was asked for.

        Whoever stops waiting for it is let go at once.

        Raises:
            ValueError: the connection is closed.
        """
        answer: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._tx.put_nowait((answer, partial(self._trip, work, self._conn)))
        return answer

    def _trip(self, work: Callable[[sqlite3.Connection], Result], connection: sqlite3.Connection) -> Result:
        self.begin_if_asked(connection)
        return work(connection)


async def connect_in_one_trip(
    path: Path, *, lock_seconds: float, journal: JournalMoving | None = None
) -> OneTripConnection:
    """Open a file, with the driver's own transactions switched off.

    Args:
        path: the file.
        lock_seconds: how long others' locks are waited for.
        journal: moves the journal of a connection by which thousands of rows come in.
    """
    pragmas = _PRAGMAS if journal is None else (*_PRAGMAS, *_WRITING_MUCH)

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, timeout=lock_seconds, isolation_level=None)
        try:
            # The journal beside the file, which stays so from then on. A file that is new is locked while
            # that begins, and SQLite does not wait there as it does elsewhere: of several who open it at the
            # same time, all but one would fail.
            carry_out_when_free(connection, "PRAGMA journal_mode = WAL")
            for pragma in pragmas:
                connection.execute(pragma).close()
        except BaseException:
            connection.close()
            raise
        return connection

    connection = OneTripConnection(connect, iter_chunk_size=64)
    connection.journal = journal
    # A connection that was never closed must not keep the program from ending.
    connection._thread = Thread(target=_serve, args=(connection._tx,), daemon=True)  # noqa: SLF001 - it has no parameter for it
    await connection
    return connection


def _serve(calls: _TxQueue) -> None:
    """Carry out a connection's calls; where the loop ended before them, nobody waits for the answers."""
    with suppress(RuntimeError):
        _connection_worker_thread(calls)
