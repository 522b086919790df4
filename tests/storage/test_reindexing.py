"""What clients are found by is kept right by every write; once broken, it is mended."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, inspect, select, update

from bot.checks.finding import State
from bot.checks.folding import check_folding
from bot.domain.client import Client, ClientDetails, ClientStatus
from bot.domain.folding import FOLDING
from bot.domain.ids import PersonId
from bot.domain.person import Person, PersonDetails
from bot.domain.sought import Sought
from storage.address import DatabaseAddress
from storage.database import Database
from storage.migrating import run_migrating
from storage.tables import client_phones, client_tokens, clients, person_tokens, workspaces
from tests.databases import WORKSPACE
from tests.storage.practice import client

_COMPUTED = (
    *(clients.c.id, clients.c.status_rank, clients.c.whole_name, clients.c.last_first),
    *(clients.c.other_words, clients.c.own_key, clients.c.own_compact, clients.c.own_tail, clients.c.login),
)
FULL = client(
    "c1",
    "Ann-Marie",
    "García-López",
    preferred_name="Mimi",
    own_id="K-10-42",
    birth_date=date(1990, 5, 5),
    email="Mimi@example.com",
    phones=("+12025550143",),
)


async def computed(database: Database) -> list[Sequence[Any]]:
    """Return all that is computed of clients."""
    found: list[Sequence[Any]] = []

    def look(connection: Connection) -> None:
        statements = (select(*_COMPUTED), select(client_tokens), select(client_phones), select(person_tokens))
        found.extend(sorted(map(repr, connection.execute(each))) for each in statements)

    await run_migrating(database.address, look)
    return found


async def test_a_broken_index_is_mended(database: Database) -> None:
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add_all([FULL, client("c2", "Bela", "Reyes", status=ClientStatus.ARCHIVED)])
    right = await computed(database)

    def break_it(connection: Connection) -> None:
        connection.execute(update(clients).values(whole_name="x", last_first="x", own_compact="", login=None))
        connection.execute(update(client_phones).values(digits="1", status_rank=2))
        connection.execute(client_tokens.delete())
        for index in clients.indexes:
            if index.name == "ix_clients_last_first":
                index.drop(connection)

    await run_migrating(database.address, break_it)
    told: list[int] = []
    await database.reindex(WORKSPACE, told=told.append)
    assert told == [2]
    assert await computed(database) == right
    for text in ("garcia ann", "mimi", "1042", "mimi@", "202 555", "5/5/1990", "lopez"):
        hits = await database.finding.search(WORKSPACE, Sought.read(text), limit=9)
        assert [each.id for each in hits.clients] == ["c1"], text
    assert "ix_clients_last_first" in await indices(database.address)


async def fold_otherwise(database: Database) -> None:
    """Leave the database as a version before would have: folded otherwise, and nobody is found."""

    def leave(connection: Connection) -> None:
        connection.execute(update(clients).values(whole_name="x", last_first="x"))
        connection.execute(client_tokens.delete())
        connection.execute(person_tokens.delete())
        connection.execute(update(workspaces).values(folding=FOLDING - 1))

    await run_migrating(database.address, leave)


async def test_what_an_older_version_folded_otherwise_is_folded_anew_once(
    database: Database, database_url: str
) -> None:
    rosa = Person(id=PersonId("p1"), details=PersonDetails(first_name="Rosa", last_name="मिश्रा"), version=1)
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add_all([FULL, client("c2", "Bela", "Reyes")])
        await unit.people.add_all([rosa])
    right = await computed(database)
    assert [each async for each in database.fold_anew(WORKSPACE)] == []
    await fold_otherwise(database)
    assert [each.state for each in [await check_folding(database_url)] if each] == [State.NOTE]
    # Broken off after the first step, it begins again.
    async for _ in database.fold_anew(WORKSPACE):
        break
    assert [each async for each in database.fold_anew(WORKSPACE)] == [None, None]
    assert await computed(database) == right
    assert [each async for each in database.fold_anew(WORKSPACE)] == []
    assert await check_folding(database_url) is None


async def test_a_rebuild_folds_anew_too(database: Database) -> None:
    await fold_otherwise(database)
    await database.reindex(WORKSPACE)
    assert [each async for each in database.fold_anew(WORKSPACE)] == []


async def indices(address: DatabaseAddress) -> set[str | None]:
    found: set[str | None] = set()
    await run_migrating(
        address,
        lambda connection: found.update(each["name"] for each in inspect(connection).get_indexes("clients")),
    )
    return found


async def test_a_crowd_comes_in_and_is_found(database: Database) -> None:
    before = await indices(database.address)
    async with database.first_load():
        assert await indices(database.address) < before
        async with database.writing(WORKSPACE) as unit:
            await unit.clients.add_all([FULL, *(client(f"d{number:03d}", "Bela") for number in range(300))])
    assert await indices(database.address) == before
    assert (await database.finding.search(WORKSPACE, Sought.read("bela"), limit=9)).total == 300


details = st.builds(
    replace,
    st.just(FULL.details),
    first_name=st.sampled_from(("Ana", "Jo-Ann", "María José", "")),
    last_name=st.sampled_from(("O'Brien", "Lopez", "de la Cruz")),
    preferred_name=st.sampled_from(("", "Jo", "Mia-Lu")),
    own_id=st.just(""),
    email=st.sampled_from((None, "a@example.com")),
    status=st.sampled_from(ClientStatus),
)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.lists(details, min_size=1, max_size=6), then=st.lists(details, max_size=6), one=details)
async def test_many_writes_leave_what_a_rebuild_makes(
    database: Database, first: Sequence[ClientDetails], then: Sequence[ClientDetails], one: ClientDetails
) -> None:
    run = str(abs(hash((tuple(first), tuple(then)))))
    made = [client(f"{run}-{number}") for number in range(len(first))]
    made = [replace(each, details=of_it) for each, of_it in zip(made, first, strict=True)]
    async with database.writing(WORKSPACE) as unit:
        known = await unit.clients.lock([each.id for each in made])
        new: list[Client] = [each for each in made if each.id not in known]
        await unit.clients.add_all(new)
        changed = [replace(each, details=of_it, version=2) for each, of_it in zip(new, then, strict=False)]
        await unit.clients.update_all([(each, 1) for each in changed])
        if new and not changed:
            await unit.clients.update(replace(new[0], details=one, version=2), expected_version=1)
    kept = await computed(database)
    await database.reindex(WORKSPACE)
    assert await computed(database) == kept
