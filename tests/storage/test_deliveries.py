"""A delivery is taken up once, by one of however many processes, and forgotten in the end."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.domain.ids import WorkspaceId
from storage.database import Database
from tests.databases import WORKSPACE

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
OTHER = WorkspaceId("T0OTHER")


async def take_up(
    database: Database, *keys: str, at: datetime = NOON, workspace_id: WorkspaceId = WORKSPACE
) -> set[str]:
    async with database.writing(workspace_id) as unit:
        return set(await unit.deliveries.take_up(keys, at))


async def test_only_what_is_new_is_returned(database: Database) -> None:
    assert await take_up(database, "trigger:1", "trigger:2") == {"trigger:1", "trigger:2"}
    assert await take_up(database, "trigger:2", "event:3", "trigger:1") == {"event:3"}
    assert await take_up(database, "event:3") == set()


async def test_many_are_taken_up_at_once(database: Database) -> None:
    keys = [f"trigger:{number}" for number in range(3000)]
    assert len(await take_up(database, *keys)) == 3000
    assert await take_up(database, *keys, "trigger:3000") == {"trigger:3000"}


async def test_a_failed_unit_has_taken_nothing_up(database: Database) -> None:
    async def fail() -> None:
        async with database.writing(WORKSPACE) as unit:
            await unit.deliveries.take_up(["trigger:1"], NOON)
            raise KeyError

    (failed,) = await asyncio.gather(fail(), return_exceptions=True)
    assert isinstance(failed, KeyError)
    assert await take_up(database, "trigger:1") == {"trigger:1"}


async def test_workspaces_know_nothing_of_each_other(database: Database) -> None:
    await database.ensure_workspace(OTHER, "Another practice")
    assert await take_up(database, "trigger:1") == {"trigger:1"}
    assert await take_up(database, "trigger:1", workspace_id=OTHER) == {"trigger:1"}


async def test_of_two_processes_one_takes_it_up(database: Database, database_url: str) -> None:
    other = Database.open(database_url)
    try:
        taken = await asyncio.gather(
            *(
                take_up(each, f"trigger:{number}", f"event:{number}")
                for number in range(20)
                for each in (database, other)
            )
        )
    finally:
        await other.close()
    assert sorted(key for keys in taken for key in keys) == sorted(
        f"{kind}:{number}" for number in range(20) for kind in ("trigger", "event")
    )


async def test_what_is_old_is_forgotten(database: Database) -> None:
    await take_up(database, "old", at=NOON - timedelta(days=3))
    await take_up(database, "edge", at=NOON - timedelta(days=2))
    await take_up(database, "new", at=NOON)
    async with database.writing(WORKSPACE) as unit:
        assert await unit.deliveries.forget(before=NOON - timedelta(days=2)) == 1
    assert await take_up(database, "old", "edge", "new") == {"old"}
