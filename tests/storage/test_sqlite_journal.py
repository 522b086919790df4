"""What was committed moves out of SQLite's journal while the work goes on, and nothing is left of that."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from storage.database import Database
from storage.sqlite_journal import THREAD, JournalMoving
from tests.databases import WORKSPACE, WORKSPACE_NAME, opened
from tests.storage.practice import client

MARK = "Qyxanderzwobodnik"


async def test_what_was_committed_stands_in_the_file_soon(sqlite_url: str) -> None:
    path = path_of(sqlite_url)
    async with opened(sqlite_url) as database:
        async with database.writing(WORKSPACE) as unit:
            await unit.clients.add(client("c1", "Ana", MARK))
        assert MARK.encode() not in path.read_bytes()
        journal = JournalMoving(path)
        journal.tell()
        journal.end()
        assert MARK.encode() in path.read_bytes()


async def test_a_reader_is_not_waited_for(sqlite_url: str) -> None:
    path = path_of(sqlite_url)
    async with opened(sqlite_url) as database:
        with closing(sqlite3.connect(path, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM clients").fetchall()
            async with database.writing(WORKSPACE) as unit:
                await unit.clients.add(client("c1", "Ana", MARK))
            journal = JournalMoving(path)
            journal.tell()
            journal.end()
            assert reader.execute("SELECT count(*) FROM clients").fetchall() == [(0,)]
        async with database.reading(WORKSPACE) as unit:
            assert await unit.clients.get(client("c1").id)


async def test_nothing_is_left_when_much_was_written(sqlite_url: str) -> None:
    path = path_of(sqlite_url)
    database = Database.open(sqlite_url, writes_much=True)
    await database.ensure_workspace(WORKSPACE, WORKSPACE_NAME)
    for batch in range(3):
        async with database.writing(WORKSPACE) as unit:
            await unit.clients.add_all([client(f"c{batch}-{number}", "Ana", MARK) for number in range(300)])
    assert THREAD in {thread.name for thread in threading.enumerate()}
    await database.close()
    assert THREAD not in {thread.name for thread in threading.enumerate()}
    assert [each.name for each in path.parent.glob(f"{path.name}-*")] == []
    assert path.read_bytes().count(MARK.encode()) >= 900


def path_of(url: str) -> Path:
    return Path(str(make_url(url).database))
