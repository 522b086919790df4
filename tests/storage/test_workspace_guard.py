"""The guard is tested by breaches planted on purpose: each must be refused before it reaches the database."""

from collections.abc import AsyncIterator
from types import ModuleType

import pytest
from sqlalchemy import (
    Executable,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
    table,
    text,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.client import Client, ClientDetails
from bot.domain.ids import ClientId, WorkspaceId
from bot.domain.sought import Sought
from storage.address import DatabaseAddress
from storage.database import Database
from storage.engine import open_engine
from storage.patience import PATIENCE
from storage.tables import client_phones, clients, links, people, submissions, workspaces
from storage.workspace_guard import ACROSS_WORKSPACES, READ_ONLY, UNIT_WORKSPACE, guard
from storage.workspace_scope import WorkspaceBreach
from tests.databases import WORKSPACE

OTHER = WorkspaceId("T0ELSEWHERE")

mine = clients.c.workspace_id == WORKSPACE
linked = and_(links.c.workspace_id == clients.c.workspace_id, links.c.low_client_id == clients.c.id)
other = clients.alias("other")

BREACHES: dict[str, Executable] = {
    "select without": select(clients.c.id),
    "select of another workspace": select(clients.c.id).where(clients.c.workspace_id == OTHER),
    "select of no workspace": select(clients.c.id).where(clients.c.workspace_id == ""),
    "criterion in an OR": select(clients.c.id).where(or_(mine, clients.c.id == "c1")),
    "criterion not of equality": select(clients.c.id).where(clients.c.workspace_id >= WORKSPACE),
    "criterion negated": select(clients.c.id).where(~and_(mine, clients.c.id == "c1")),
    "criterion on itself": select(clients.c.id).where(clients.c.workspace_id == clients.c.workspace_id),
    "count": select(func.count()).select_from(clients),
    "alias without": select(clients.c.id, other.c.id).where(mine, clients.c.id == other.c.id),
    "join with one table uncovered": select(clients.c.id)
    .join(links, links.c.low_client_id == clients.c.id)
    .where(mine),
    "outer join that binds only the right side": select(clients.c.id).outerjoin(
        links, and_(linked, links.c.workspace_id == WORKSPACE)
    ),
    "full join": select(clients.c.id).join(
        links, and_(linked, mine, links.c.workspace_id == WORKSPACE), full=True
    ),
    "two tables bound only to each other": select(clients.c.id).join(links, linked),
    "subquery in FROM": select(select(clients.c.id).subquery().c.id),
    "subquery in WHERE": select(clients.c.id).where(
        mine, clients.c.id.in_(select(links.c.low_client_id).where(links.c.removed_at.is_(None)))
    ),
    "subquery among the columns": select(
        clients.c.id,
        select(func.count(links.c.id)).where(links.c.low_client_id == clients.c.id).scalar_subquery(),
    ).where(mine),
    "subquery of another workspace": select(clients.c.id).where(
        mine, exists().where(links.c.workspace_id == OTHER, links.c.low_client_id == clients.c.id)
    ),
    "subquery without correlation": select(clients.c.id).where(
        mine, select(func.count(links.c.id)).where(linked).correlate(None).scalar_subquery() > 0
    ),
    "subquery in ON": select(clients.c.id)
    .join(
        links,
        and_(linked, links.c.id.in_(select(submissions.c.subject_id))),
    )
    .where(mine),
    "subquery in ORDER BY": select(clients.c.id)
    .where(mine)
    .order_by(select(func.count(people.c.id)).scalar_subquery()),
    "one half of a union": union_all(select(clients.c.id).where(mine), select(people.c.id)),
    "common table expression": select(select(clients.c.id).cte("every").c.id),
    "a table only named": select(literal_column("id")).select_from(table("clients")),
    "text": text("SELECT id FROM clients"),
    "text with the criterion": text("SELECT id FROM clients WHERE workspace_id = 'T0KINWARD'"),
    "text as FROM": select(literal_column("id")).select_from(text("Clients")),
    "text as criterion": select(clients.c.id).where(mine, text("id IN (SELECT low_client_id FROM links)")),
    "text as column": select(literal_column("(SELECT count(*) FROM links)")),
    "text with columns": text("SELECT id FROM clients").columns(clients.c.id),
    "update without": update(clients).values(email=None),
    "update of another workspace": update(clients).where(clients.c.workspace_id == OTHER).values(email=None),
    "update with an uncovered table": update(clients)
    .where(mine, clients.c.id == links.c.low_client_id)
    .values(email=None),
    "update with an uncovered subquery": update(clients)
    .where(mine)
    .values(email=select(func.max(people.c.email)).scalar_subquery()),
    "update that moves rows": update(clients).where(mine).values(workspace_id=OTHER),
    "delete without": delete(client_phones),
    "delete of another workspace": delete(client_phones).where(client_phones.c.workspace_id == OTHER),
    "insert without": insert(submissions).values(key="k", subject_id="", at=func.now()),
    "insert with another workspace": insert(submissions).values(
        workspace_id=OTHER, key="k", subject_id="", at=func.now()
    ),
    "insert with an expression": insert(workspaces).values(
        workspace_id=func.lower(literal("T0ELSEWHERE")), name="x"
    ),
    "insert of several": insert(workspaces).values([{"workspace_id": OTHER, "name": "x"}]),
    "insert from select": insert(workspaces).from_select(
        ["workspace_id", "name"], select(literal(OTHER), literal("x"))
    ),
}


@pytest.fixture
async def connection(database_url: str) -> AsyncIterator[AsyncConnection]:
    engine = open_engine(DatabaseAddress.parse(database_url), PATIENCE)
    guard(engine.sync_engine)
    try:
        async with engine.connect() as connection:
            await connection.execution_options(**{UNIT_WORKSPACE: WORKSPACE})
            await connection.begin()
            yield connection
            await connection.rollback()
    finally:
        await engine.dispose()


@pytest.mark.parametrize("breach", BREACHES)
async def test_a_planted_breach_is_refused(connection: AsyncConnection, breach: str) -> None:
    with pytest.raises(WorkspaceBreach):
        await connection.execute(BREACHES[breach])


ALLOWED: dict[str, Executable] = {
    "select": select(clients.c.id).where(mine),
    "criterion the other way round": select(clients.c.id).where(literal(WORKSPACE) == clients.c.workspace_id),
    "criteria in brackets": select(clients.c.id).where(and_(and_(mine, clients.c.id == "c1").self_group())),
    "join by equality": select(clients.c.id).join(links, linked).where(mine),
    "chain of joins": select(clients.c.id)
    .outerjoin(links, linked)
    .outerjoin(
        other, and_(other.c.workspace_id == links.c.workspace_id, other.c.id == links.c.high_client_id)
    )
    .where(mine),
    "correlated subquery": select(clients.c.id).where(mine, exists().where(linked)),
    "union": union_all(
        select(clients.c.id).where(mine), select(people.c.id).where(people.c.workspace_id == WORKSPACE)
    ),
    "subquery in FROM": select(select(clients.c.id).where(mine).subquery().c.id),
    "common table expression": select(select(clients.c.id).where(mine).cte("ours").c.id),
    "update": update(clients).where(mine).values(email=None),
    "delete": delete(client_phones).where(client_phones.c.workspace_id == WORKSPACE),
    "no table": select(literal(1)),
    "text without a table": text("SELECT 1"),
    "text with a reason": text("SELECT count(*) FROM clients").execution_options(
        **{ACROSS_WORKSPACES: "a test counts"}
    ),
    "select with a reason": select(clients.c.id).execution_options(**{ACROSS_WORKSPACES: "a test counts"}),
}


@pytest.mark.parametrize("statement", ALLOWED)
async def test_a_covered_statement_is_carried_out(connection: AsyncConnection, statement: str) -> None:
    await connection.execute(ALLOWED[statement])


async def test_values_given_at_execution_count(connection: AsyncConnection) -> None:
    statement = select(clients.c.id).where(clients.c.workspace_id == bindparam("where"))
    await connection.execute(statement, {"where": WORKSPACE})
    with pytest.raises(WorkspaceBreach):
        await connection.execute(statement, {"where": OTHER})


async def test_every_inserted_row_is_looked_at(connection: AsyncConnection) -> None:
    rows = [{"workspace_id": WORKSPACE, "name": "ours"}, {"workspace_id": OTHER, "name": "theirs"}]
    with pytest.raises(WorkspaceBreach):
        await connection.execute(insert(workspaces), rows)


@pytest.mark.parametrize("dialect", [sqlite, postgresql])
async def test_an_upsert_meets_only_our_rows(connection: AsyncConnection, dialect: ModuleType) -> None:
    row = {"workspace_id": WORKSPACE, "name": "ours"}
    by_name = dialect.insert(workspaces).on_conflict_do_update(
        index_elements=[workspaces.c.name], set_={"name": "mine now"}
    )
    moving = dialect.insert(workspaces).on_conflict_do_update(
        index_elements=[workspaces.c.workspace_id], set_={"workspace_id": OTHER}
    )
    for statement in (by_name, moving):
        with pytest.raises(WorkspaceBreach):
            await connection.execute(statement, row)


@pytest.mark.parametrize("reason", ["", "  ", True])
async def test_the_reason_is_words(connection: AsyncConnection, reason: object) -> None:
    with pytest.raises(WorkspaceBreach):
        await connection.execute(select(clients.c.id).execution_options(**{ACROSS_WORKSPACES: reason}))


async def test_sql_handed_to_the_driver_is_read_too(connection: AsyncConnection) -> None:
    with pytest.raises(WorkspaceBreach):
        await connection.exec_driver_sql("SELECT id FROM clients")


@pytest.mark.parametrize(
    "statement",
    [
        update(clients).where(mine).values(email=None),
        delete(client_phones).where(client_phones.c.workspace_id == WORKSPACE),
        select(clients.c.id).where(mine).with_for_update(),
    ],
)
async def test_a_reading_unit_cannot_write(connection: AsyncConnection, statement: Executable) -> None:
    await connection.execution_options(**{READ_ONLY: True})
    with pytest.raises(WorkspaceBreach):
        await connection.execute(statement)


async def test_the_guard_stands_behind_the_units(database: Database) -> None:
    """The same id in two workspaces: neither unit sees or changes the other's client."""
    await database.ensure_workspace(OTHER, "Elsewhere")
    for workspace, name in ((WORKSPACE, "Ours"), (OTHER, "Theirs")):
        async with database.writing(workspace) as unit:
            await unit.clients.add(Client(id=ClientId("c1"), details=ClientDetails(first_name=name)))
    async with database.writing(OTHER) as unit:
        theirs = await unit.clients.get(ClientId("c1"))
        assert theirs is not None
        assert theirs.name == "Theirs"
        await unit.clients.update(
            Client(id=ClientId("c1"), details=ClientDetails(first_name="Changed"), version=2),
            expected_version=1,
        )
    found = await database.finding.search(WORKSPACE, Sought.read(""), limit=9)
    assert [client.name for client in found.clients] == ["Ours"]
    async with database.reading(WORKSPACE) as unit:
        with pytest.raises(WorkspaceBreach):
            await unit.clients.lock([ClientId("c1")])
