"""Imports that are broken off from outside: nothing is lost, and it is said how to go on."""

import asyncio
import signal
from pathlib import Path

import pytest

from storage.database import Database
from tests.cli.commands import Commands, finished
from tests.databases import WORKSPACE

ROWS = 2500


@pytest.fixture
def listed(tmp_path: Path) -> str:
    path = tmp_path / "clients.csv"
    rows = (f"K-{number},Client {number},c{number}@example.org" for number in range(ROWS))
    path.write_text("\n".join(("Client ID,Name,Email", *rows, "")))
    return str(path)


async def said(stream: asyncio.StreamReader | None, words: str) -> None:
    """Wait until a line says this."""
    assert stream is not None
    while words not in (line := (await stream.readline()).decode()):
        assert line, f"it never said {words}"


async def clients_of(url: str) -> int:
    database = Database.open(url)
    async with database.reading(WORKSPACE) as unit:
        found = await unit.clients.with_own_ids([f"K-{number}" for number in range(ROWS)])
        assert all(client.version == 1 for client in found.values())
    await database.close()
    return len(found)


@pytest.mark.parametrize("which", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
async def test_an_import_that_is_broken_off_goes_on_where_it_was(
    commands: Commands, sqlite_url: str, listed: str, which: signal.Signals
) -> None:
    settings = {"DATABASE_URL": sqlite_url}
    database = Database.open(sqlite_url)
    await database.ensure_workspace(WORKSPACE, "A practice")
    await database.close()
    process = await commands.start("clients", "import", listed, settings=settings)
    await said(process.stderr, "Taking in")
    process.send_signal(which)
    left = await finished(process)
    if which is signal.SIGKILL:
        assert left.code == -signal.SIGKILL
    else:
        assert left.code == 130
        assert f"of {ROWS:,} rows are in. Nothing is lost. Go on with it:" in left.err
    assert await clients_of(sqlite_url) < ROWS

    again = await commands.run("clients", "import", listed, settings=settings)
    assert again.code == 1
    assert "is not finished" in again.err
    assert "kinward clients import --continue" in again.err

    rest = await commands.run("clients", "import", "--continue", settings=settings)
    assert (rest.code, rest.out) == (0, f"Clients: {ROWS:,} added, 0 changed, 0 as they were.\n")
    assert await clients_of(sqlite_url) == ROWS


async def test_what_is_broken_off_while_it_is_read_has_changed_nothing(
    commands: Commands, sqlite_url: str
) -> None:
    settings = {"DATABASE_URL": sqlite_url}
    database = Database.open(sqlite_url)
    await database.ensure_workspace(WORKSPACE, "A practice")
    await database.close()
    process = await commands.start("clients", "import", "-", settings=settings, stdin=asyncio.subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.write(b"Client ID,Name\n" + b"".join(b"K-%d,Client\n" % each for each in range(ROWS)))
    await process.stdin.drain()
    await said(process.stderr, "Reading")
    process.send_signal(signal.SIGINT)
    left = await finished(process)
    assert left.code == 130
    assert left.err.endswith("Stopped. Nothing was changed; start it again as before.\n")
    assert await clients_of(sqlite_url) == 0
