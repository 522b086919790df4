"""A SQLite file that several processes have open: nobody takes it for theirs alone, and nothing is lost.

A process that closes any descriptor of a file loses all its locks on that file (POSIX), also those of
SQLite's own connections. Another then takes itself for the last one, and deletes the journal under the first.
"""

import asyncio
import sys
from pathlib import Path

from bot.domain.ids import WorkspaceId
from storage.database import Database
from tests.databases import WORKSPACE

_COUNTED = """
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as connection:
    print(connection.execute("SELECT count(*) FROM workspaces").fetchone()[0])
connection.close()
"""


async def counted_elsewhere(path: Path) -> int:
    """Return how many workspaces another process sees, which then closes the file."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _COUNTED, str(path), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    said = await process.stdout.read()
    assert await process.wait() == 0
    return int(said)


async def test_a_first_start_keeps_its_hold_on_the_file(tmp_path: Path) -> None:
    path = tmp_path / "kinward.db"
    database = Database.open(f"sqlite:///{path}")
    await database.migrate()
    await database.ensure_workspace(WORKSPACE, "A practice")
    assert await counted_elsewhere(path) == 1
    await database.ensure_workspace(WorkspaceId("T0SECOND"), "Another")
    assert await counted_elsewhere(path) == 2
    await database.close()
    assert await counted_elsewhere(path) == 2


async def test_opening_the_file_again_takes_nothing_from_who_has_it_open(sqlite_url: str) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    first = Database.open(sqlite_url)
    await first.ensure_workspace(WORKSPACE, "A practice")
    second = Database.open(sqlite_url)
    await second.ensure_workspace(WORKSPACE, "A practice")
    await second.close()
    assert await counted_elsewhere(path) == 1
    await first.ensure_workspace(WorkspaceId("T0SECOND"), "Another")
    assert await counted_elsewhere(path) == 2
    await first.close()
    assert await counted_elsewhere(path) == 2


async def test_rebuilding_the_search_keeps_the_hold_on_the_file(sqlite_url: str) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    database = Database.open(sqlite_url)
    await database.ensure_workspace(WORKSPACE, "A practice")
    await database.reindex(WORKSPACE)
    assert await counted_elsewhere(path) == 1
    await database.ensure_workspace(WorkspaceId("T0SECOND"), "Another")
    assert await counted_elsewhere(path) == 2
    await database.close()
