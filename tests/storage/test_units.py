"""What a unit of work promises: all or nothing, one moment, and no database that hangs the person waiting."""

import pytest

from bot.domain.client import Client, ClientDetails
from bot.domain.ids import ClientId, WorkspaceId
from bot.services.ports import Storage
from storage.database import Database
from tests.databases import WORKSPACE


async def test_the_database_is_the_storage_that_the_services_ask_for(database: Database) -> None:
    storage: Storage = database
    async with storage.writing(WORKSPACE) as unit:
        assert await unit.submissions.claim("V1") is None


async def test_the_workspaces_are_known_by_name(database: Database) -> None:
    await database.ensure_workspace(WORKSPACE, "Another name")
    await database.ensure_workspace(WorkspaceId("T0AAA"), "First")
    assert await database.workspaces() == (("T0AAA", "First"), (WORKSPACE, "Another name"))


async def test_a_unit_that_ends_well_is_kept(database: Database) -> None:
    maria = Client(id=ClientId("c1"), details=ClientDetails(first_name="Maria", last_name="Lopez"))
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add(maria)
    async with database.reading(WORKSPACE) as unit:
        assert await unit.clients.get(ClientId("c1")) == maria


async def test_a_unit_that_fails_leaves_nothing(database: Database) -> None:
    maria = Client(id=ClientId("c1"), details=ClientDetails(first_name="Maria", last_name="Lopez"))
    with pytest.raises(KeyError):  # noqa: PT012 - the unit fails after it has written
        async with database.writing(WORKSPACE) as unit:
            await unit.clients.add(maria)
            raise KeyError
    async with database.reading(WORKSPACE) as unit:
        assert await unit.clients.get(ClientId("c1")) is None
