"""Whoever waits for SQLite's write lock gets it, however much another process writes."""

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import sleep

from sqlalchemy import make_url

from tests.databases import WORKSPACE, opened
from tests.storage.practice import client

HELD, FREE = 0.11, 0.01
"""Seconds, as an import holds the lock and lets go of it."""
SAVES = 3


class Greedy:
    """Holds the lock again and again, each time letting go of it for a moment only."""

    def __init__(self, url: str) -> None:
        self._path = Path(str(make_url(url).database))
        self.turns = 0
        self.begun = threading.Event()
        self._ended = threading.Event()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        thread = threading.Thread(target=self._hold)
        thread.start()
        try:
            yield
        finally:
            self._ended.set()
            thread.join()

    def _hold(self) -> None:
        with closing(sqlite3.connect(self._path, isolation_level=None)) as connection:
            while not self._ended.is_set():
                connection.execute("BEGIN IMMEDIATE")
                self.turns += 1
                self.begun.set()
                sleep(HELD)
                connection.execute("COMMIT")
                sleep(FREE)


async def test_a_moment_in_which_the_lock_is_free_is_enough(sqlite_url: str) -> None:
    greedy = Greedy(sqlite_url)
    async with opened(sqlite_url) as database:
        with greedy.at_work():
            for number in range(SAVES):
                # Somebody saves while the lock is held, and not in the moment that the one before found free.
                greedy.begun.clear()
                await asyncio.to_thread(greedy.begun.wait)
                async with database.writing(WORKSPACE) as unit:
                    await unit.clients.add(client(f"c{number}"))
    # Nearly always the next such moment; as SQLite itself looks for it, it is the fourth or a later one.
    assert greedy.turns <= 3 * SAVES
