"""Several people, and several processes, on the same family at once."""

import asyncio

import pytest

from bot.domain.errors import AlreadyLinked
from bot.domain.history import Act, HistoryEntry
from bot.domain.ids import ClientId, LinkId, StaffId
from bot.domain.staff import Surface
from storage.database import Database
from tests.databases import WORKSPACE, opened
from tests.processes import Nursery
from tests.storage.practice import NOON, client, link, store_family_of_four

C0, C1 = ClientId("c0"), ClientId("c1")


async def test_two_units_on_one_family_leave_an_order_without_gaps(database: Database) -> None:
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add(client("c0"))
        for number in range(1, 9):
            await unit.clients.add(client(f"c{number}"))
            await unit.relations.add(link(f"l{number}", "c0", f"c{number}"))

    async def append(number: int) -> None:
        async with database.writing(WORKSPACE) as unit:
            await unit.clients.lock([C0])
            order = await unit.relations.emergency_order(C0)
            await asyncio.sleep(0)
            await unit.relations.set_emergency_order(C0, [*order, LinkId(f"l{number}")])

    async def drop_first() -> None:
        async with database.writing(WORKSPACE) as unit:
            await unit.clients.lock([C0])
            order = await unit.relations.emergency_order(C0)
            await unit.relations.set_emergency_order(C0, order[1:])

    await asyncio.gather(append(1), append(2))
    await asyncio.gather(*(append(number) for number in range(3, 9)), drop_first())
    async with database.reading(WORKSPACE) as unit:
        family = await unit.relations.family(C0)
    assert family is not None
    positions = [member.side.emergency_position for member in family.emergency_contacts]
    assert positions == list(range(1, 8))


async def test_of_two_who_link_the_same_pair_one_is_told(database: Database) -> None:
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add(client("c1", "Ana"))
        await unit.clients.add(client("c2", "Bela"))

    async def join(link_id: str, added_from: str) -> str:
        async with database.writing(WORKSPACE) as unit:
            await unit.relations.add(link(link_id, "c1", "c2", added_from=added_from))
            # The other one is now inserting the same pair and waits, or waits for its turn.
            await asyncio.sleep(0.05)
        return link_id

    results = await asyncio.gather(join("l1", "c1"), join("l2", "c2"), return_exceptions=True)
    [linked] = [each for each in results if isinstance(each, str)]
    [refused] = [each for each in results if isinstance(each, BaseException)]
    assert isinstance(refused, AlreadyLinked)
    assert refused.link.id == linked
    async with database.reading(WORKSPACE) as unit:
        present = await unit.relations.active_link_between(C1, ClientId("c2"))
        assert present == refused.link


async def test_a_reading_unit_sees_one_moment(database: Database) -> None:
    async with database.writing(WORKSPACE) as unit:
        await store_family_of_four(unit)
    async with database.reading(WORKSPACE) as reader:
        before = await reader.relations.family(C1)
        async with database.writing(WORKSPACE) as writer:
            await writer.clients.update(client("c2", "Renamed", version=2), expected_version=1)
            await writer.relations.set_emergency_order(C1, [LinkId("l3")])
        assert await reader.relations.family(C1) == before
    async with database.reading(WORKSPACE) as reader:
        assert await reader.relations.family(C1) != before


async def test_crossing_pairs_do_not_wait_for_each_other_for_ever(database: Database) -> None:
    async with database.writing(WORKSPACE) as unit:
        for number in range(4):
            await unit.clients.add(client(f"c{number}"))

    async def touch(first: int, second: int) -> None:
        for _ in range(10):
            async with database.writing(WORKSPACE) as unit:
                await unit.clients.lock([ClientId(f"c{first}"), ClientId(f"c{second}")])

    await asyncio.gather(touch(0, 1), touch(1, 0), touch(2, 1), touch(1, 2))


_TRANSACTIONS = 100


async def write_many(url: str, name: str) -> None:
    """Carry out many small transactions that read before they write, as another process would."""
    database = Database.open(url)
    try:
        for number in range(_TRANSACTIONS):
            async with database.writing(WORKSPACE) as unit:
                locked = await unit.clients.lock([C1])
                changed = client("c1", name, f"{number}", version=locked[C1].version + 1)
                await unit.clients.update(changed, expected_version=locked[C1].version)
                await unit.history.append(
                    HistoryEntry(
                        at=NOON,
                        by=StaffId("U1"),
                        by_name=name,
                        surface=Surface.COMMAND_LINE,
                        act=Act.CLIENT_EDITED,
                        subject_id="c1",
                        client_ids=(C1,),
                    )
                )
    finally:
        await database.close()


async def test_two_processes_never_find_the_database_locked(database_url: str, nursery: Nursery) -> None:
    async with opened(database_url) as database, database.writing(WORKSPACE) as unit:
        await unit.clients.add(client("c1"))
    writing = ("tests.called", "tests.storage.test_concurrency", "write_many", database_url)
    for code, _, complaints in await asyncio.gather(
        *(nursery.run(*writing, name) for name in ("One", "Two"))
    ):
        assert code == 0, complaints
    async with opened(database_url) as database, database.reading(WORKSPACE) as unit:
        entries = await unit.history.of_client(C1, limit=1000)
        stored = await unit.clients.get(C1)
    assert len(entries) == 2 * _TRANSACTIONS
    assert stored is not None
    assert stored.version == 1 + 2 * _TRANSACTIONS


@pytest.mark.parametrize("tasks", [12])
async def test_many_units_of_one_process_wait_their_turn(database: Database, tasks: int) -> None:
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add(client("c1"))

    async def edit() -> None:
        async with database.writing(WORKSPACE) as unit:
            [held] = (await unit.clients.lock([C1])).values()
            await unit.clients.update(client("c1", version=held.version + 1), expected_version=held.version)

    await asyncio.gather(*(edit() for _ in range(tasks)))
    async with database.reading(WORKSPACE) as unit:
        stored = await unit.clients.get(C1)
    assert stored is not None
    assert stored.version == 1 + tasks
