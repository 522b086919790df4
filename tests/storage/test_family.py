"""The card of a client, read in two statements however many relations there are."""

import dataclasses

from sqlalchemy import Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection

from bot.domain.ids import ClientId
from bot.domain.relationship import Link
from storage.address import DatabaseAddress, Engine
from storage.database import Database
from storage.engine import open_engine
from storage.patience import PATIENCE
from storage.unit_of_work import Units
from tests.databases import WORKSPACE
from tests.storage.practice import REMOVAL, client, contact, link, person, store_family_of_four

C1 = ClientId("c1")


async def test_nobody_and_somebody_alone(database: Database) -> None:
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add(client("c1", "Ana", phones=("+12025550143",)))
        assert await unit.relations.family(ClientId("c9")) is None
        alone = await unit.relations.family(C1)
        assert alone is not None
        assert alone.client == await unit.clients.get(C1)
        assert alone.members == ()


async def test_everything_about_everybody(database: Database) -> None:
    async with database.writing(WORKSPACE) as unit:
        await store_family_of_four(unit)
        await unit.clients.update(
            client("c2", "Bela", "Reyes", phones=("+12025550101", "+12025550102"), version=2),
            expected_version=1,
        )
    async with database.reading(WORKSPACE) as unit:
        family = await unit.relations.family(C1)
        assert family is not None
        bela, carl = family.linked_clients
        assert bela.client == await unit.clients.get(ClientId("c2"))
        assert (bela.link, bela.side, bela.reverse) == (link("l2", "c1", "c2"), *link("l2", "c1", "c2").sides)
        assert carl.client.id == "c3"
        [dora] = family.contacts
        assert dora.contact == contact("k1", "c1", "p1")
        assert dora.person == person("p1", "Dora", "Diaz")
        # The same link from its other end: the sides have changed places.
        seen_from_bela = await unit.relations.family(ClientId("c2"))
        assert seen_from_bela is not None
        [ana] = seen_from_bela.linked_clients
        assert (ana.client.id, ana.link, ana.side) == ("c1", bela.link, bela.reverse)


async def test_members_stand_by_folded_name(database: Database) -> None:
    names = {"c2": ("Zoë", "Álvarez"), "c3": ("Adam", "alvarez"), "c4": ("Bo", "Ødegård"), "c5": ("", "Zhou")}
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add(client("c1"))
        for client_id, (first, last) in names.items():
            await unit.clients.add(client(client_id, first, last))
            await unit.relations.add(link(f"l{client_id}", "c1", client_id))
        for person_id, last in (("p1", "Ångström"), ("p2", "abel"), ("p3", "Zorn")):
            await unit.people.add(person(person_id, "X", last))
            await unit.relations.add(contact(f"k{person_id}", "c1", person_id))
        family = await unit.relations.family(C1)
        assert family is not None
        assert [each.client.id for each in family.linked_clients] == ["c3", "c2", "c4", "c5"]
        assert [each.person.id for each in family.contacts] == ["p2", "p1", "p3"]


async def test_two_statements_for_a_hundred_relations(database_url: str, database: Database) -> None:
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add(client("c0"))
        for number in range(1, 101):
            await unit.clients.add(client(f"c{number}", last_name=f"{number}", phones=("+12025550143",)))
            await unit.relations.add(link(f"l{number}", "c0", f"c{number}"))
        ended: Link = dataclasses.replace(link("l7", "c0", "c7"), removal=REMOVAL, version=2)
        await unit.relations.update(ended, expected_version=1)

    engine = open_engine(DatabaseAddress.parse(database_url), PATIENCE)
    statements: list[str] = []
    connections = []

    def count(_connection: Connection, _cursor: object, sql: str, *_: object) -> None:
        statements.append(sql)

    def keep(adapted: DBAPIConnection, *_: object) -> None:
        connections.append(adapted.driver_connection)

    event.listen(engine.sync_engine, "checkout", keep)
    try:
        async with Units(engine, patience=PATIENCE, trail=database.trail).open(WORKSPACE) as unit:
            if database.address.engine is Engine.SQLITE:
                # There the driver is asked directly, so that both make one trip.
                await connections[-1].set_trace_callback(statements.append)
            else:
                event.listen(engine.sync_engine, "before_cursor_execute", count)
            family = await unit.relations.family(ClientId("c0"))
    finally:
        await engine.dispose()
    assert family is not None
    assert len(family.linked_clients) == 99
    assert len([sql for sql in statements if sql.startswith("SELECT")]) == 2
