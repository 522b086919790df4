"""Many families at once are the same as one at a time."""

from dataclasses import replace

from bot.domain.ids import ClientId, PersonId
from storage.database import Database
from tests.databases import WORKSPACE
from tests.storage.practice import REMOVAL, contact, ids, link, person, store_family_of_four

EVERYBODY = [ClientId("c1"), ClientId("c2"), ClientId("c3"), ClientId("nobody")]


async def test_every_relation_comes_once_and_the_removed_ones_too(database: Database) -> None:
    async with database.writing(WORKSPACE) as unit:
        await store_family_of_four(unit)
        removed = replace(link("l3", "c1", "c3"), removal=REMOVAL, version=2)
        await unit.relations.update(removed, expected_version=1)

        found = await unit.families.relations_of(EVERYBODY)

        assert found == tuple([await unit.relations.get(each) for each in ids("k1", "l2", "l3")])
        assert found[2].removal == REMOVAL
        assert await unit.families.relations_of([ClientId("c2")]) == (found[1],)
        assert await unit.families.relations_of([]) == ()


async def test_clients_come_a_page_at_a_time(database: Database) -> None:
    async with database.writing(WORKSPACE) as unit:
        await store_family_of_four(unit)

        first = await unit.families.page(after=None, limit=2)
        assert [each.id for each in first] == ["c1", "c2"]
        assert [each.id for each in await unit.families.page(after=first[-1].id, limit=2)] == ["c3"]
        assert await unit.families.page(after=ClientId("c3"), limit=2) == ()
        everybody = await unit.families.clients(EVERYBODY)
        assert sorted(everybody) == ["c1", "c2", "c3"]
        assert everybody[ClientId("c1")] == await unit.clients.get(ClientId("c1"))


async def test_many_are_written_at_once(database: Database) -> None:
    async with database.writing(WORKSPACE) as unit:
        await store_family_of_four(unit)
        people = [person(f"q{number}", f"Rosa {number}", "Vega") for number in range(1200)]
        contacts = [contact(f"m{number}", "c2", f"q{number}") for number in range(1200)]
        await unit.families.add_people(people)
        await unit.families.add_relations([*contacts, link("l9", "c2", "c3")])

        assert len(await unit.families.people([each.id for each in people])) == 1200
        assert await unit.people.get(PersonId("q7")) == people[7]
        assert len(await unit.families.relations_of([ClientId("c2")])) == 1202
        family = await unit.relations.family(ClientId("c2"))
        assert family is not None
        assert len(family.contacts) == 1200
        assert len(family.linked_clients) == 2
        assert len(await unit.people.alike(people[3].details, limit=40)) == 40
