"""A bot that finds people stored by an older version's folding puts that right beside its work."""

import asyncio

from sqlalchemy import Connection, update

from bot.checks.folding import check_folding
from storage.address import DatabaseAddress
from storage.database import Database
from storage.migrating import run_migrating
from storage.tables import clients, workspaces
from tests.databases import WORKSPACE
from tests.office import FRONT, open_office
from tests.storage.practice import client


async def test_after_an_update_everybody_is_found_without_anybody_doing_anything(
    database: Database, database_url: str
) -> None:
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add_all([client("c1", "Ravi", "मिश्रा", own_id="K-9")])

    def as_it_was(connection: Connection) -> None:
        connection.execute(update(clients).values(whole_name="ravi मशर", last_first="मशर ravi"))
        connection.execute(update(workspaces).values(folding=None))

    await run_migrating(DatabaseAddress.parse(database_url), as_it_was)
    async with open_office(database_url) as office:
        async with asyncio.timeout(10):
            while await check_folding(database_url) is not None:
                pass
        await office.ana.command("/family show मिश्रा ravi", channel=FRONT)
        await office.ana.sees("K-9")
