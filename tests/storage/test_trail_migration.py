"""A history from before there was a chain: chained as it is, with its values moved, and back again."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.domain.audit import EVERYTHING, Verdict
from bot.domain.ids import ClientId, WorkspaceId
from storage.address import DatabaseAddress
from storage.database import Database
from storage.migrating import migrate, migrate_down, run_migrating
from storage.trail.trail import Trail
from tests.databases import ENGINES, WORKSPACE, PostgresServer
from tests.storage.practice import NOON
from tests.storage.trails import KEY, entry, verdict, write

BEFORE = "0006"
ENTRIES = 1005
"""More than one portion of the migration."""
ELSEWHERE = WorkspaceId("T0ELSEWHERE")
AFTER = {"id": "c1", "first_name": "Zoë", "phones": [], "version": 1, "email": None}


@pytest.fixture(params=ENGINES)
async def old_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of a database as the version before left it, with a history in two workspaces."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'old.db'}"
        await fill(url)
        yield url
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    async with server.bare_url() as url:
        await fill(url)
        yield url


async def fill(url: str) -> None:
    """Write a history as that version did."""
    address = DatabaseAddress.parse(url)
    await migrate(address, BEFORE)
    await run_migrating(address, _fill)


def _fill(connection: Connection) -> None:
    for workspace in (WORKSPACE, ELSEWHERE):
        connection.execute(text("INSERT INTO workspaces VALUES (:w, 'A practice')"), {"w": workspace})
        connection.execute(
            text(
                "INSERT INTO clients (workspace_id, id, first_name, last_name, preferred_name, own_id,"
                " status, version, status_rank, sort_last, sort_first, whole_name, own_key)"
                " VALUES (:w, 'c1', 'Zoë', '', '', '', 'active', 1, 0, '', '', '', '')"
            ),
            {"w": workspace},
        )
    on_sqlite = connection.dialect.name == "sqlite"
    document = ":{}" if on_sqlite else "CAST(:{} AS jsonb)"
    rows = [
        {
            "w": ELSEWHERE if number % 5 == 0 else WORKSPACE,
            "at": _stored(NOON + timedelta(minutes=number), naive=on_sqlite),
            "before": None if number % 3 else json.dumps(AFTER | {"version": 0}),
            "after": json.dumps(AFTER) if number != 7 else None,
        }
        for number in range(1, ENTRIES + 1)
    ]
    connection.execute(
        text(
            "INSERT INTO history"  # noqa: S608 - our own words
            " (workspace_id, at, actor_id, actor_name, surface, act, subject_id, client_id,"
            " before, after) VALUES (:w, :at, 'U1', 'Ines', 'slack_modal', 'client.edited', 'c1', 'c1',"
            f" {document.format('before')}, {document.format('after')})"
        ),
        rows,
    )


def _stored(moment: object, *, naive: bool) -> object:
    return str(moment).removesuffix("+00:00") if naive else moment


async def test_an_old_history_is_chained_as_it_is(old_url: str, tmp_path: Path) -> None:
    database = Database.open(old_url, audit_key=KEY, audit_folder=tmp_path / "files")
    try:
        await database.migrate()
        elsewhere = ENTRIES // 5
        assert await verdict(database) == Verdict(checked=ENTRIES - elsewhere)
        async with database.reading(ELSEWHERE) as unit:
            assert await unit.audit.verify() == Verdict(checked=elsewhere)
        async with database.reading(WORKSPACE) as unit:
            first, second, third, *_ = await unit.audit.oldest(EVERYTHING, limit=9)
            assert (first.at, first.before, first.after) == (NOON + timedelta(minutes=1), None, AFTER)
            assert (second.number, third.number) == (2, 3)
            assert third.before == AFTER | {"version": 0}
            (seventh,) = (await unit.history.numbered([7])).values()
            assert (seventh.before, seventh.after, seventh.erased) == (None, None, False)
            assert len(await unit.history.of_client(ClientId("c1"), limit=9999)) == ENTRIES - elsewhere
        await write(database, entry(2000))
        assert await verdict(database) == Verdict(checked=ENTRIES - elsewhere + 1)
    finally:
        await database.close()


async def test_there_is_a_way_back_that_loses_nothing(old_url: str, tmp_path: Path) -> None:
    address = DatabaseAddress.parse(old_url)
    trail = Trail(address, key=KEY, folder=tmp_path / "files")
    before = await everything(address)
    await migrate(address, trail=trail)
    await migrate_down(address, BEFORE)
    assert await everything(address) == before
    await migrate(address, trail=trail)
    database = Database.open(old_url, audit_key=KEY, audit_folder=tmp_path / "files")
    try:
        assert (await verdict(database)).fault is None
    finally:
        await database.close()


async def everything(address: DatabaseAddress) -> list[tuple[object, ...]]:
    """Return every row of the old table, its JSON read."""
    found: list[tuple[object, ...]] = []

    def read(connection: Connection) -> None:
        rows = connection.execute(
            text(
                "SELECT number, workspace_id, at, act, client_id, before, after FROM history ORDER BY number"
            )
        )
        for *plain, before, after in rows:
            found.append(
                (*plain, *(json.loads(each) if isinstance(each, str) else each for each in (before, after)))
            )

    await run_migrating(address, read)
    return found
