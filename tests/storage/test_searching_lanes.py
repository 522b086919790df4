"""How a server plans a search: anew for each text until it has counted the clients, and once from then on."""

import pytest

from bot.domain.sought import Sought
from storage.address import DatabaseAddress
from storage.database import Database
from storage.patience import PATIENCE
from storage.server_lanes import SearchingLanes
from tests.databases import WORKSPACE
from tests.storage.practice import client

pytestmark = pytest.mark.parametrize("engine", ["postgresql"])
"""SQLite plans by the statement alone."""

MARIAS = 150


async def test_a_search_is_planned_once_when_the_server_has_counted_the_clients(
    database: Database, database_url: str
) -> None:
    lanes = SearchingLanes(DatabaseAddress.parse(database_url).dsn, PATIENCE)

    async def plans() -> str:
        return str(await lanes.carry_out(lambda lane: lane.fetchval("SHOW plan_cache_mode")))

    async def found() -> int:
        return (await database.finding.search(WORKSPACE, Sought.read("mar"), limit=20)).total

    try:
        # Whoever had this database before may have left many.
        await database.settle()
        assert await plans() == "force_custom_plan"
        assert await found() == 0
        async with database.writing(WORKSPACE) as unit:
            await unit.clients.add_all([client(f"m{number}", "Maria", "Lopez") for number in range(MARIAS)])
        assert await found() == MARIAS
        await database.settle()
        assert await plans() == "force_generic_plan"
        assert await found() == MARIAS
    finally:
        await lanes.close()


async def test_a_statement_is_planned_before_anybody_asks(database: Database, database_url: str) -> None:
    lanes = SearchingLanes(DatabaseAddress.parse(database_url).dsn, PATIENCE)
    asked = "SELECT id FROM clients WHERE workspace_id = $1"
    planned = "SELECT sum(generic_plans) FROM pg_prepared_statements WHERE statement = $1"

    async def plans() -> int | None:
        found: int | None = await lanes.carry_out(lambda lane: lane.fetchval(planned, asked))
        return found

    try:
        await database.settle()
        await lanes.get_ready(asked, values=1)
        # A plan for an empty roster would be a bad one later on.
        assert await plans() is None
        async with database.writing(WORKSPACE) as unit:
            await unit.clients.add_all([client(f"m{number}", "Maria", "Lopez") for number in range(MARIAS)])
        await database.settle()
        await lanes.get_ready(asked, values=1)
        assert await plans() == 1
        assert len(await lanes.carry_out(lambda lane: lane.fetch(asked, WORKSPACE))) == MARIAS
    finally:
        await lanes.close()
