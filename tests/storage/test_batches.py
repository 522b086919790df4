"""Many clients and entries written at once: stored, found and refused as one by one."""

from datetime import date

import pytest

from bot.domain.client import ClientStatus
from bot.domain.errors import ChangedMeanwhile, InvalidInput
from bot.domain.history import Act, HistoryEntry
from bot.domain.ids import ClientId, StaffId
from bot.domain.sought import Sought
from bot.domain.staff import Surface
from storage.client_writing import MANY
from storage.database import Database
from tests.databases import WORKSPACE
from tests.storage.practice import NOON, client

ANA = client("c1", "Ana", "Reyes", own_id="K-1", email="ana@example.com", phones=("+12025550143", "at work"))
BELA = client("c2", "Bela", "Reyes", own_id="K-2", birth_date=date(1990, 5, 5))
CARL = client("c3", "Carl", "Diaz", status=ClientStatus.ARCHIVED)


async def names(database: Database, text: str) -> list[str]:
    found = await database.finding.search(WORKSPACE, Sought.read(text), limit=9)
    return [each.id for each in found.clients]


async def test_many_new_clients_are_stored_and_found(database: Database) -> None:
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add_all((ANA, BELA, CARL))
        await unit.clients.add_all(())
    async with database.reading(WORKSPACE) as unit:
        assert [await unit.clients.get(each.id) for each in (ANA, BELA, CARL)] == [ANA, BELA, CARL]
    assert await names(database, "reyes") == ["c1", "c2"]
    assert await names(database, "202 555 0143") == ["c1"]


async def test_hundreds_are_stored_as_one_is(database: Database) -> None:
    many = [
        client(
            f"m{number:03d}",
            "María José" if number % 3 else "Jo-Ann",
            f"Number {number}",
            own_id=f"N-{number}" if number % 7 else "",
            birth_date=date(1990, 5, 5) if number % 2 else None,
            email=f"m{number}@example.com" if number % 5 else None,
            phones=(f"+1202555{number:04d}", "at work"),
            status=ClientStatus.ARCHIVED if number % 4 == 0 else ClientStatus.ACTIVE,
        )
        for number in range(2 * MANY)
    ]
    taken = client("m999", "Too", "Late", own_id="n-1")
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add_all(many)
        with pytest.raises(InvalidInput) as refused:
            await unit.clients.add_all([*(client(f"o{number}") for number in range(MANY)), taken])
        assert await unit.clients.get(ClientId("o1")) is None
        assert [await unit.clients.get(each.id) for each in many[::20]] == many[::20]
    assert [problem.key for problem in refused.value.problems] == ["own_id.taken"]
    assert await names(database, "jose number 199") == ["m199"]
    assert await names(database, "5550101") == []
    assert await names(database, "202 555 0101") == ["m101"]
    assert await names(database, "n105") == []
    assert await names(database, "n101") == ["m101"]


async def test_many_changed_clients_are_found_by_what_they_are_now(database: Database) -> None:
    married = client("c1", "Ana", "Diaz", own_id="K-9", phones=("+12025550177",), version=2)
    back = client("c3", "Carl", "Diaz", version=2)
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add_all((ANA, BELA, CARL))
        await unit.clients.update_all(((married, 1), (back, 1)))
        await unit.clients.update_all(())
        assert [await unit.clients.get(each.id) for each in (ANA, BELA, CARL)] == [married, BELA, back]
    assert await names(database, "reyes") == ["c2"]
    assert await names(database, "diaz") == ["c1", "c3"]
    assert await names(database, "202 555 0143") == []
    assert await names(database, "k-9") == ["c1"]


async def test_one_stale_version_keeps_all_from_being_changed(database: Database) -> None:
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add_all((ANA, BELA))
        for stale in ((client("c2", version=3), 2), (client("c9", version=2), 1)):
            with pytest.raises(ChangedMeanwhile):
                await unit.clients.update_all(((client("c1", "Mary", version=2), 1), stale))
        assert await unit.clients.get(ClientId("c1")) == ANA


async def test_a_taken_own_id_keeps_all_from_being_written(database: Database) -> None:
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add_all((ANA, BELA))
        with pytest.raises(InvalidInput) as of_the_stored:
            await unit.clients.add_all((client("c4", "Dora"), client("c5", own_id="k-1")))
        with pytest.raises(InvalidInput) as of_the_batch:
            await unit.clients.add_all((client("c6", "Emil", own_id="K-7"), client("c7", own_id="k-7")))
        with pytest.raises(InvalidInput) as on_change:
            await unit.clients.update_all(((client("c2", own_id="K-1", version=2), 1),))
        assert [await unit.clients.get(ClientId(each)) for each in ("c4", "c5", "c6", "c7")] == [None] * 4
        assert await unit.clients.get(ClientId("c2")) == BELA
    for refused, name in ((of_the_stored, "Ana Reyes"), (of_the_batch, "Emil"), (on_change, "Ana Reyes")):
        assert [(each.key, each.values) for each in refused.value.problems] == [
            ("own_id.taken", {"name": name})
        ]


async def test_many_own_ids_are_looked_up_at_once(database: Database) -> None:
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add_all((ANA, BELA, CARL))
        asked = [" k-1", "K-2", "", "K-3", *(f"N-{number}" for number in range(2500))]
        assert await unit.clients.with_own_ids(asked) == {"k-1": ANA, "k-2": BELA}
        assert await unit.clients.with_own_ids(()) == {}


async def test_many_entries_are_numbered_in_their_order(database: Database) -> None:
    entries = [
        HistoryEntry(
            at=NOON,
            by=StaffId("U1"),
            by_name="Ines",
            surface=Surface.IMPORT,
            act=Act.CLIENT_ADDED,
            subject_id="c1",
            client_ids=(ClientId("c1"),),
            after={"number": number},
        )
        for number in range(30)
    ]
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add(ANA)
        await unit.history.append_all(entries)
        await unit.history.append_all(())
    async with database.reading(WORKSPACE) as unit:
        stored = await unit.history.of_subject("c1")
    assert [each.after for each in stored] == [each.after for each in entries]


async def test_the_database_settles_after_a_bulk(database: Database) -> None:
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add_all((ANA, BELA))
    await database.settle()
    assert await names(database, "ana") == ["c1"]
