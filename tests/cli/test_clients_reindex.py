"""`kinward clients reindex`, run as a person runs it."""

import pytest

from bot.domain.sought import Sought
from storage.database import Database
from tests.cli.commands import Commands
from tests.databases import WORKSPACE
from tests.storage.practice import client


async def test_it_says_how_many_are_found_again(
    environment: pytest.MonkeyPatch, commands: Commands, database: Database, database_url: str
) -> None:
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add_all([client("c1", "Ana", "Reyes"), client("c2", "Bela", "Reyes")])
    environment.setenv("DATABASE_URL", database_url)
    ended = await commands.run("clients", "reindex")
    assert (ended.code, ended.out.strip()) == (0, "2 clients are found by what they are now.")
    assert (await database.finding.search(WORKSPACE, Sought.read("reyes"), limit=9)).total == 2
