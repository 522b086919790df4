"""Clients: stored whole, changed under their version, held against other writers, told from one another."""

import dataclasses
from datetime import date

import pytest

from bot.domain.client import Client, ClientDetails, ClientStatus
from bot.domain.errors import ChangedMeanwhile, Field, InvalidInput
from bot.domain.ids import ClientId
from bot.domain.phone import Phone, PhoneLabel
from bot.domain.sought import Sought
from storage.database import Database
from tests.databases import WORKSPACE
from tests.storage.practice import client

FULL = Client(
    id=ClientId("c1"),
    details=ClientDetails(
        first_name="María *José*",
        last_name="García-López",
        preferred_name="Pepa",
        own_id="K-1042",
        birth_date=date(1988, 2, 29),
        email="Maria@Example.com",
        phones=(
            Phone(number="+12025550143", label=PhoneLabel.WORK),
            Phone(number="ask reception", label=PhoneLabel.OTHER),
        ),
        status=ClientStatus.DECEASED,
        deceased_on=date(2025, 12, 24),
    ),
    version=7,
)


async def test_a_client_comes_back_as_stored(database: Database) -> None:
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add(FULL)
    async with database.reading(WORKSPACE) as unit:
        assert await unit.clients.get(ClientId("c1")) == FULL
        assert await unit.clients.get(ClientId("c2")) is None


async def test_an_update_replaces_everything_under_the_new_version(database: Database) -> None:
    changed = client("c1", "Mary", "Lopes", phones=("+12025550199",), version=8)
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add(FULL)
        await unit.clients.update(changed, expected_version=7)
    async with database.reading(WORKSPACE) as unit:
        assert await unit.clients.get(ClientId("c1")) == changed
    for text, total in (("garcia", 0), ("lopes 202 555 0199", 1)):
        assert (await database.finding.search(WORKSPACE, Sought.read(text), limit=9)).total == total


async def test_an_update_of_an_older_version_is_refused(database: Database) -> None:
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add(FULL)
        with pytest.raises(ChangedMeanwhile):
            await unit.clients.update(dataclasses.replace(FULL, version=8), expected_version=6)
        with pytest.raises(ChangedMeanwhile):
            await unit.clients.update(client("c9", version=2), expected_version=1)


async def test_an_own_id_belongs_to_one_client(database: Database) -> None:
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add(client("c1", "Ana", "Reyes", own_id="K-1"))
        await unit.clients.add(client("c2", "Bela", "Reyes", own_id="K-2"))
        await unit.clients.add(client("c3"))
        await unit.clients.add(client("c4"))
        with pytest.raises(InvalidInput) as on_add:
            await unit.clients.add(client("c5", own_id="K-1"))
        with pytest.raises(InvalidInput) as on_update:
            await unit.clients.update(client("c2", own_id="K-1", version=2), expected_version=1)
        # The unit goes on: only the refused statement was undone.
        assert await unit.clients.get(ClientId("c5")) is None
    for refused in (on_add, on_update):
        [problem] = refused.value.problems
        assert (problem.field, problem.key) == (Field.OWN_ID, "own_id.taken")
        assert problem.values == {"name": "Ana Reyes"}


async def test_locking_returns_those_that_exist(database: Database) -> None:
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add(client("c1", "Ana", phones=("+12025550143",)))
        await unit.clients.add(client("c2", "Bela"))
        locked = await unit.clients.lock([ClientId("c2"), ClientId("c9"), ClientId("c1"), ClientId("c1")])
        assert list(locked) == ["c1", "c2"]
        assert locked[ClientId("c1")] == await unit.clients.get(ClientId("c1"))
        assert await unit.clients.lock([]) == {}


async def test_the_same_login_is_found_however_it_is_written(database: Database) -> None:
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add(client("c1", "Ana", email="Family@Example.com"))
        await unit.clients.add(client("c2", "Bela", email="family@example.COM"))
        await unit.clients.add(client("c3", "Carl", email="family+carl@example.com"))
        await unit.clients.add(client("c4", "Dora", email="family@example.com", status=ClientStatus.DECEASED))
    async with database.reading(WORKSPACE) as unit:
        found = await unit.clients.with_email("  FAMILY@example.com ")
        assert [each.id for each in found] == ["c1", "c2"]


async def test_candidates_for_duplicates_have_the_name_or_the_address(database: Database) -> None:
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add(client("c1", "Zoë", "O'Brien"))
        await unit.clients.add(client("c2", "Zora", "Other", email="zoe@example.com"))
        await unit.clients.add(client("c3", "O'Brien", "Zoë"))
        await unit.clients.add(client("c4", "", ""))
    async with database.reading(WORKSPACE) as unit:
        entered = ClientDetails(first_name="zoe", last_name="OBrien", email="ZOE@example.com")
        assert {each.id for each in await unit.clients.alike(entered)} == {"c1", "c2"}
        assert await unit.clients.alike(ClientDetails()) == ()
