"""What an import remembers stays within that import, whatever its size."""

from bot.domain.ids import ClientId, LinkId, PersonId, WorkspaceId
from bot.services.ports import StatedPlace
from storage.database import Database
from tests.databases import WORKSPACE
from tests.storage.practice import store_family_of_four


def place(client_id: str, relation_id: str, number: int) -> StatedPlace:
    return StatedPlace(client_id=ClientId(client_id), relation_id=LinkId(relation_id), place=number)


async def test_a_reference_means_what_was_noted_first(database: Database) -> None:
    async with database.writing(WORKSPACE) as unit:
        memory = unit.import_memory
        await memory.remember_clients("one", {"Patient/1": ClientId("c1"), "Patient/2": ClientId("c2")})
        await memory.remember_clients("one", {"Patient/1": ClientId("c3")})
        await memory.remember_people("one", {"Patient/1": PersonId("p1")})

        assert await memory.clients_named("one", ["Patient/1", "Patient/9"]) == {"Patient/1": "c1"}
        assert await memory.people_keyed("one", ["Patient/1", "Patient/2"]) == {"Patient/1": "p1"}
        assert await memory.clients_named("one", []) == {}


async def test_another_import_or_practice_knows_nothing_of_it(database: Database) -> None:
    elsewhere = WorkspaceId("T0OTHER")
    await database.ensure_workspace(elsewhere, "Another practice")
    async with database.writing(WORKSPACE) as unit:
        await unit.import_memory.remember_clients("one", {"Patient/1": ClientId("c1")})
        assert await unit.import_memory.clients_named("two", ["Patient/1"]) == {}
    async with database.reading(elsewhere) as unit:
        assert await unit.import_memory.clients_named("one", ["Patient/1"]) == {}


async def test_places_come_a_client_at_a_time_and_in_order(database: Database) -> None:
    async with database.writing(WORKSPACE) as unit:
        await store_family_of_four(unit)
        memory = unit.import_memory
        stated = [place("c2", "l2", 1), place("c1", "l3", 2), place("c1", "k1", 3), place("c1", "l2", 1)]
        await memory.remember_places("one", stated)
        await memory.remember_places("one", [place("c2", "l2", 7)])

        first = await memory.next_places("one", clients=1)
        assert first == (place("c1", "l2", 1), place("c1", "l3", 2), place("c1", "k1", 3))
        await memory.forget_places("one", [ClientId("c1")])
        assert await memory.next_places("one", clients=5) == (place("c2", "l2", 1),)
        await memory.forget_places("one", [ClientId("c2")])
        assert await memory.next_places("one", clients=5) == ()


async def test_a_row_may_state_no_place_and_is_known_all_the_same(database: Database) -> None:
    async with database.writing(WORKSPACE) as unit:
        await store_family_of_four(unit)
        memory = unit.import_memory
        await memory.remember_places("one", [place("c1", "l2", 0), place("c2", "l2", 1)])

        assert await memory.next_places("one", clients=5) == (place("c2", "l2", 1),)
        assert await memory.stated_of("one", [ClientId("c1"), ClientId("c3")]) == {("c1", "l2")}
        assert await memory.stated_of("two", [ClientId("c1")]) == frozenset()


async def test_what_is_forgotten_is_gone(database: Database) -> None:
    async with database.writing(WORKSPACE) as unit:
        await store_family_of_four(unit)
        memory = unit.import_memory
        await memory.remember_clients("one", {"Patient/1": ClientId("c1")})
        await memory.remember_places("one", [place("c1", "l2", 1)])
        await memory.remember_clients("two", {"Patient/1": ClientId("c2")})
        assert [await memory.forget("one", limit=1) for _ in range(3)] == [1, 1, 0]

        assert await memory.clients_named("one", ["Patient/1"]) == {}
        assert await memory.next_places("one", clients=5) == ()
        assert await memory.clients_named("two", ["Patient/1"]) == {"Patient/1": "c2"}
