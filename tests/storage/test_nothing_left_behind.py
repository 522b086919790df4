"""What was erased, dropped or replaced stands nowhere in the files any more."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import make_url

from storage.database import Database
from storage.patience import PATIENCE
from tests.databases import WORKSPACE, opened
from tests.services.practice import Practice
from tests.storage.practice import client, client_added

OPEN_FILES = Path("/proc/self/fd")
MARK, PHONE = "Qyxanderzwobodnik", "qyx.marked@example.com"


async def test_nothing_of_it_is_left_in_the_files(sqlite_url: str) -> None:
    path = Path(str(make_url(sqlite_url).database))
    async with opened(sqlite_url) as database:
        practice = Practice(database)
        mia = await practice.client("Mia", last_name=MARK, preferred_name=MARK, email=PHONE)
        # A long one has pages of its own.
        many = await practice.client("Rosa", last_name=MARK, own_id="K-1")
        for client in (mia, many):
            details = replace(client.details, last_name="Lopez", preferred_name="", email=None)
            await practice.clients.edit(practice.dana, client.id, details, expected_version=client.version)
        assert marks_in(path)
        async with database.writing(WORKSPACE) as unit:
            for client in (mia, many):
                assert await unit.audit.erase_values(client_id=client.id, person_id=None) == 2
        assert await database.sweep()
        assert marks_in(path) == {}
        assert path.with_name(f"{path.name}-wal").stat().st_size == 0
        # It goes on as before.
        await practice.client("Ben", last_name="Ruiz")
    assert marks_in(path) == {}


async def test_a_journal_that_is_read_is_left_alone(sqlite_url: str) -> None:
    async with opened(sqlite_url) as database:
        practice = Practice(database)
        await practice.client("Mia")
        hurried = Database.open(sqlite_url, patience=replace(PATIENCE, lock=0.05))
        async with database.reading(WORKSPACE) as unit:
            await unit.settings.chosen()
            await practice.client("Ben")
            assert not await hurried.sweep()
        assert await hurried.sweep()
        await hurried.close()


@pytest.mark.skipif(not OPEN_FILES.is_dir(), reason="this system does not say which files are open")
async def test_nothing_of_what_is_written_goes_through_another_file(sqlite_url: str) -> None:
    path = Path(str(make_url(sqlite_url).database))
    async with opened(sqlite_url) as database:
        practice = Practice(database)
        before = open_files()
        await practice.client("Mia")
        # While they are written, and before it is clear that they stay.
        async with database.writing(WORKSPACE) as unit:
            await unit.clients.add_all([client(f"c{number}", "Ana", "Reyes") for number in range(500)])
            await unit.history.append_all([client_added(f"c{number}") for number in range(500)])
            during = open_files()
    assert {str(path), f"{path}-wal"} <= during
    assert {name for name in during - before if not name.startswith(str(path))} == set()


def open_files() -> set[str]:
    """Return the files that this process has open, by name."""
    found = set()
    for each in OPEN_FILES.iterdir():
        # The one by which the folder itself is read is closed already.
        with suppress(FileNotFoundError):
            name = each.readlink()
            if name.is_absolute():
                found.add(str(name))
    return found


def marks_in(path: Path) -> dict[str, int]:
    """Return how often the marks stand in the database and the files beside it, by file."""
    found = {
        file.name: sum(file.read_bytes().count(mark.encode()) for mark in (MARK, MARK.casefold(), PHONE))
        for file in path.parent.glob(f"{path.name}*")
    }
    return {name: count for name, count in found.items() if count}
