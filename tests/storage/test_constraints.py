"""What the database itself refuses, whoever writes, and the name under which it says so."""

from collections.abc import AsyncIterator, Mapping

import pytest
from sqlalchemy import Table, insert, update
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.address import DatabaseAddress
from storage.database import Database
from storage.engine import open_engine
from storage.errors import violated_constraint
from storage.patience import PATIENCE
from storage.tables import clients, contacts, history, links, metadata, people, sides
from tests.databases import WORKSPACE
from tests.storage.practice import NOON, store_family_of_four

OTHER = "T0ELSEWHERE"
LIFE = {"active_from": NOON, "version": 1}
SIDE = {"is_active": True, "kinship": "friend", "own_words": "", "roles": []}
CLIENT = {
    "first_name": "",
    "last_name": "",
    "preferred_name": "",
    "own_id": "",
    "own_key": "",
    "status": "active",
    "version": 1,
    "status_rank": 0,
    "whole_name": "",
    "last_first": "",
    "other_words": "",
    "own_compact": "",
    "own_tail": "",
}
ENTRY = {
    "at": NOON,
    "actor_id": "U1",
    "actor_name": "",
    "surface": "import",
    "act": "client.added",
    "subject_id": "c1",
}


def a_link(low: str, high: str, *, added_from: str | None = None) -> Mapping[str, object]:
    return {
        "id": "l9",
        "low_client_id": low,
        "high_client_id": high,
        "added_from_client_id": added_from or low,
        **LIFE,
    }


REFUSED: dict[str, tuple[Table, Mapping[str, object], str | None]] = {
    "a second active pair": (links, a_link("c1", "c2"), "uq_links_active_pair"),
    "a link to oneself": (links, a_link("c2", "c2"), "ck_links_ordered_pair"),
    "a pair the wrong way round": (links, a_link("c3", "c2"), "ck_links_ordered_pair"),
    "a link added from nowhere": (links, a_link("c2", "c3", added_from="c1"), "ck_links_added_from"),
    "half a removal": (links, {**a_link("c2", "c3"), "removed_at": NOON}, "ck_links_removal"),
    "a contact twice": (
        contacts,
        {"id": "k9", "client_id": "c1", "person_id": "p1", **LIFE},
        "uq_contacts_active_person",
    ),
    "a side of nothing": (
        sides,
        {"relation_id": "l2", "client_id": "c3", **SIDE},
        "ck_sides_one_relation",
    ),
    "a side of two relations": (
        sides,
        {"relation_id": "l2", "client_id": "c3", "link_id": "l2", "contact_id": "k1", **SIDE},
        "ck_sides_one_relation",
    ),
    "a side of another relation than it says": (
        sides,
        {"relation_id": "l3", "client_id": "c2", "link_id": "l2", **SIDE},
        "ck_sides_relation_id",
    ),
    "a second side of a contact": (
        sides,
        {"relation_id": "k1", "client_id": "c2", "contact_id": "k1", **SIDE},
        "uq_sides_contact",
    ),
    "an unknown status": (clients, {**CLIENT, "id": "c9", "status": "away"}, "ck_clients_status"),
    "a client twice": (clients, {**CLIENT, "id": "c1"}, "pk_clients"),
}

CHANGED_SIDES: dict[str, tuple[Mapping[str, object], str]] = {
    "a place before the first": ({"emergency_position": 0}, "ck_sides_emergency_position"),
    "a place that is taken": ({"emergency_position": 1}, "uq_sides_emergency_position"),
    "a place of an ended relation": (
        {"emergency_position": 2, "is_active": False},
        "ck_sides_removed_without_position",
    ),
    "sharing that nobody recorded": ({"sharing_categories": ["other"]}, "ck_sides_sharing"),
    "a basis without sharing": ({"sharing_basis": "parent_of_minor"}, "ck_sides_sharing"),
}

ACROSS: dict[str, tuple[Table, Mapping[str, object]]] = {
    "a link": (links, a_link("c1", "c2")),
    "a contact": (contacts, {"id": "k9", "client_id": "c1", "person_id": "p1", **LIFE}),
    "a side": (sides, {"relation_id": "l2", "client_id": "c1", "link_id": "l2", **SIDE}),
    "an entry of the history": (history, {"client_id": "c1", **ENTRY}),
}


@pytest.fixture
async def connection(database: Database, database_url: str) -> AsyncIterator[AsyncConnection]:
    """A connection that no guard watches, to a database with a family and another workspace in it."""
    async with database.writing(WORKSPACE) as unit:
        await store_family_of_four(unit)
    engine = open_engine(DatabaseAddress.parse(database_url), PATIENCE)
    try:
        async with engine.connect() as connection:
            yield connection
            await connection.rollback()
    finally:
        await engine.dispose()


async def refusal(connection: AsyncConnection, table: Table, row: Mapping[str, object]) -> str | None:
    with pytest.raises(IntegrityError) as refused:
        await connection.execute(insert(table), {"workspace_id": WORKSPACE, **row})
    return violated_constraint(refused.value)


@pytest.mark.parametrize("what", REFUSED)
async def test_the_database_refuses(connection: AsyncConnection, what: str) -> None:
    table, row, name = REFUSED[what]
    assert await refusal(connection, table, row) == name


@pytest.mark.parametrize("what", CHANGED_SIDES)
async def test_the_database_refuses_a_side_with(connection: AsyncConnection, what: str) -> None:
    change, name = CHANGED_SIDES[what]
    mine = update(sides).where(sides.c.client_id == "c1")
    await connection.execute(mine.where(sides.c.relation_id == "l2").values(emergency_position=1))
    with pytest.raises(IntegrityError) as refused:
        await connection.execute(mine.where(sides.c.relation_id == "l3").values(change))
    assert violated_constraint(refused.value) == name


@pytest.mark.parametrize("what", ACROSS)
async def test_nothing_refers_to_another_workspace(connection: AsyncConnection, what: str) -> None:
    table, row = ACROSS[what]
    await connection.execute(insert(metadata.tables["workspaces"]), {"workspace_id": OTHER, "name": ""})
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        await connection.execute(insert(table), {**row, "workspace_id": OTHER})


async def test_a_row_needs_a_workspace_that_exists(connection: AsyncConnection) -> None:
    row = {"id": "p9", "first_name": "", "last_name": "", "language": "", "version": 1}
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        await connection.execute(insert(people), {**row, "workspace_id": OTHER})


async def test_a_moment_without_a_zone_is_refused(connection: AsyncConnection) -> None:
    row = {**a_link("c2", "c3"), "active_from": NOON.replace(tzinfo=None), "workspace_id": WORKSPACE}
    with pytest.raises(StatementError, match="time zone"):
        await connection.execute(insert(links), row)


def test_every_table_has_its_workspace_in_its_key_and_its_references() -> None:
    for table in metadata.tables.values():
        assert "workspace_id" in table.c
        if table is not history:
            assert "workspace_id" in table.primary_key.columns
        for reference in table.foreign_key_constraints:
            assert "workspace_id" in reference.columns
        for constraint in table.constraints:
            assert constraint.name
