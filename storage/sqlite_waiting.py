"""Waiting for a lock on a SQLite file, of which there is one for all who write."""

import sqlite3
from time import monotonic, sleep

LOOK_SECONDS = 0.002
"""How often it is looked whether a lock is free. SQLite by itself looks less and less often, at last each
0.1 s: who writes much would have to leave the lock alone for as long, or others would wait for seconds."""

_PRIMARY = 0xFF
"""The part of SQLite's error codes that says what kind of error it is."""


def begin_writing(connection: sqlite3.Connection) -> None:
    """Begin a transaction that holds the write lock from now on.

    Raises:
        sqlite3.OperationalError: others hold it for longer than the connection waits.
    """
    carry_out_when_free(connection, "BEGIN IMMEDIATE")


def carry_out_when_free(connection: sqlite3.Connection, sql: str) -> None:
    """Carry out a statement that takes a lock, as soon as others let go of it.

    Raises:
        sqlite3.OperationalError: they hold it for longer than the connection waits.
    """
    ((milliseconds,),) = connection.execute("PRAGMA busy_timeout").fetchall()
    until = monotonic() + milliseconds / 1000
    _wait_within_sqlite(connection, 0)
    try:
        while True:
            try:
                connection.execute(sql).close()
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & _PRIMARY != sqlite3.SQLITE_BUSY or monotonic() >= until:
                    raise
                sleep(LOOK_SECONDS)
            else:
                return
    finally:
        _wait_within_sqlite(connection, milliseconds)


def _wait_within_sqlite(connection: sqlite3.Connection, milliseconds: int) -> None:
    connection.execute(f"PRAGMA busy_timeout = {milliseconds}").close()
