"""Moving what was committed out of SQLite's journal into the file, beside the work on what comes next."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from threading import Event, Thread

LONGEST_JOURNAL = 8_000
"""Pages, some 32 megabytes, at which whoever commits moves it all the same: the thread did not keep up."""

THREAD = "kinward-journal"


class JournalMoving:
    """Moves the journal in a thread of its own, with a connection of its own.

    Left to itself SQLite does so at the end of each commit that finds the journal longer than a thousand
    pages. That is each batch of an import, which would wait for the disk a tenth of its time.

    Args:
        path: the file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._news = Event()
        self._is_over = False
        self._thread: Thread | None = None

    def tell(self) -> None:
        """Say that something was committed."""
        if self._thread is None:
            # Nothing waits for it at the end of a program: what is not moved is safe in the journal.
            self._thread = Thread(target=self._move, name=THREAD, daemon=True)
            self._thread.start()
        self._news.set()

    def end(self) -> None:
        """Wait until what was committed so far is moved, and end the thread."""
        self._is_over = True
        self._news.set()
        if self._thread is not None:
            self._thread.join()

    def _move(self) -> None:
        # Where it cannot be done, as on a full disk, the next commit says so or the next time does it.
        with suppress(sqlite3.Error), closing(sqlite3.connect(self._path)) as connection:
            while True:
                self._news.wait()
                self._news.clear()
                is_last = self._is_over
                with suppress(sqlite3.Error):
                    # In the passive way nobody waits for it, be they reading or writing.
                    connection.execute("PRAGMA wal_checkpoint(PASSIVE)").close()
                if is_last:
                    return
