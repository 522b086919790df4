"""What may be taken out of the record, by which way, and that nothing else gets through."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.audit import EVERYTHING, Fault, TrailBroken, TrailFilter, Verdict
from bot.domain.history import Act, Kind
from bot.domain.ids import ClientId, PersonId, StaffId, WorkspaceId
from storage.address import DatabaseAddress
from storage.database import Database
from storage.engine import open_engine
from storage.patience import PATIENCE
from tests.databases import WORKSPACE, opened
from tests.storage.practice import NOON, store_family_of_four
from tests.storage.trails import about_person, entry, keyed, look, tamper, verdict, write

TABLES = ("history", "history_values", "history_chain", "history_anchors", "history_heads")
REFUSED = "append-only"


@pytest.fixture
async def trail(database_url: str, tmp_path: Path) -> AsyncIterator[Database]:
    """A database with six entries, a minute apart, the oldest of which were dropped once already."""
    async with opened(database_url) as plain, plain.writing(WORKSPACE) as unit:
        await store_family_of_four(unit)
    async with keyed(database_url, tmp_path) as database:
        await write(database, entry(0), entry(1), look(2), about_person(3, "p1"), entry(4, "c2", "c1"))
        await write(database, look(5), entry(6, "c2"))
        await drop(database, until=1)
        yield database


async def drop(database: Database, *, until: int) -> None:
    """Drop what was written before a minute."""
    async with database.writing(WORKSPACE) as unit:
        prefix = await unit.audit.prefix(before=NOON + timedelta(minutes=until))
        assert prefix is not None
        await unit.audit.drop(prefix)


@asynccontextmanager
async def by_hand(url: str) -> AsyncIterator[AsyncConnection]:
    """Yield a connection past the program, whose transaction is never committed."""
    engine = open_engine(DatabaseAddress.parse(url), PATIENCE)
    try:
        async with engine.connect() as connection:
            yield connection
            await connection.rollback()
    finally:
        await engine.dispose()


async def refused(url: str, *statements: str) -> None:
    """Check that the last of some statements is refused."""
    async with by_hand(url) as connection:
        *before, last = statements
        for statement in before:
            await connection.execute(text(statement))
        with pytest.raises(DBAPIError, match=REFUSED):
            await connection.execute(text(last))


@pytest.mark.parametrize("table", TABLES)
async def test_nothing_is_deleted_by_hand(trail: Database, database_url: str, table: str) -> None:
    await refused(database_url, f"DELETE FROM {table}")  # noqa: S608 - our own names
    if database_url.startswith("postgresql"):
        await refused(database_url, f"TRUNCATE {table}")
    assert (await verdict(trail)).fault is None


@pytest.mark.parametrize("table", TABLES)
async def test_nothing_is_changed_by_hand_whatever_is_permitted(
    trail: Database, database_url: str, table: str
) -> None:
    permits = [permit("erase", 999), permit("drop", 999)]
    await refused(database_url, *permits, f"UPDATE {table} SET workspace_id = 'T0ELSEWHERE'")  # noqa: S608 - our own names
    await refused(database_url, *permits, f"UPDATE {table} SET workspace_id = workspace_id")  # noqa: S608 - our own names
    assert (await verdict(trail)).fault is None


def permit(path: str, through: int, workspace: str = WORKSPACE) -> str:
    """Return what would be written for a permit by hand."""
    columns = "workspace_id, path, through"
    return f"INSERT INTO history_permits ({columns}) VALUES ('{workspace}', '{path}', {through})"  # noqa: S608 - our own names


ERASE = "DELETE FROM history_values"
OF_LAST = "WHERE number = (SELECT max(number) FROM history)"


@pytest.mark.parametrize(
    ("permitted", "statement"),
    [
        # A permit to erase lets the values go, and nothing else.
        (permit("erase", 999), "DELETE FROM history"),
        (permit("erase", 999), "DELETE FROM history_chain"),
        (permit("erase", 999), "DELETE FROM history_heads"),
        (permit("erase", 999), "DELETE FROM history_anchors"),
        # One of another workspace lets nothing go here.
        (permit("erase", 999, "T0ELSEWHERE"), ERASE),
        (permit("drop", 999, "T0ELSEWHERE"), "DELETE FROM history"),
        # One to drop lets go what is before its place, and the chain only what is behind an anchor.
        (permit("drop", 3), f"DELETE FROM history {OF_LAST}"),  # noqa: S608 - our own names
        (permit("drop", 3), f"{ERASE} {OF_LAST}"),
        (permit("drop", 999), "DELETE FROM history_chain WHERE place = 3"),
        (permit("drop", 999), "DELETE FROM history_heads"),
        (permit("drop", 999), "DELETE FROM history_anchors"),
    ],
)
async def test_a_permit_is_for_one_thing_only(
    trail: Database, database_url: str, permitted: str, statement: str
) -> None:
    await refused(database_url, permitted, statement)
    assert (await verdict(trail)).fault is None


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("table", ["history", "history_values", "history_chain", "history_anchors"])
async def test_nothing_is_replaced_on_sqlite(trail: Database, database_url: str, table: str) -> None:
    await refused(database_url, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")  # noqa: S608 - our own names
    assert (await verdict(trail)).fault is None


async def test_no_permit_is_left_behind(trail: Database, database_url: str) -> None:
    async with trail.writing(WORKSPACE) as unit:
        await unit.audit.erase_values(client_id=ClientId("c1"), person_id=None)
        await unit.history.append(replace(entry(9), act=Act.VALUES_ERASED))
    async with by_hand(database_url) as connection:
        assert (await connection.execute(text("SELECT count(*) FROM history_permits"))).scalar() == 0


async def test_the_head_moves_forward_only(trail: Database, database_url: str) -> None:
    await refused(database_url, "UPDATE history_heads SET place = place - 1")
    await refused(database_url, "UPDATE history_heads SET place = place")
    assert (await verdict(trail)).fault is None


async def test_what_was_dropped_leaves_an_anchor_that_the_chain_hangs_on(
    trail: Database, database_url: str
) -> None:
    assert await verdict(trail) == Verdict(checked=6, dropped=1)
    await drop(trail, until=3)
    assert await verdict(trail) == Verdict(checked=4, dropped=3)
    await write(trail, entry(7))
    assert await verdict(trail) == Verdict(checked=5, dropped=3)
    async with trail.reading(WORKSPACE) as unit:
        left = await unit.audit.oldest(EVERYTHING, limit=99)
        assert [each.at for each in left] == [NOON + timedelta(minutes=minute) for minute in (3, 4, 5, 6, 7)]
    await tamper(database_url, "UPDATE history_anchors SET number = number + 1 WHERE place = 3")
    assert await verdict(trail) == Verdict(checked=0, fault=Fault.ANCHOR, place=3, number=4, dropped=3)
    await tamper(database_url, "DELETE FROM history_anchors WHERE place = 3")
    assert await verdict(trail) == Verdict(checked=0, fault=Fault.MISSING, place=2, dropped=1)
    await tamper(database_url, "DELETE FROM history_anchors")
    assert await verdict(trail) == Verdict(checked=0, fault=Fault.MISSING, place=1)


async def test_all_of_it_may_be_dropped_and_the_chain_goes_on(trail: Database) -> None:
    await drop(trail, until=100)
    assert await verdict(trail) == Verdict(checked=0, dropped=7)
    await write(trail, entry(101))
    assert await verdict(trail) == Verdict(checked=1, dropped=7)
    async with trail.writing(WORKSPACE) as unit:
        assert await unit.audit.prefix(before=NOON + timedelta(minutes=50)) is None


async def test_only_a_whole_prefix_is_dropped_and_only_a_verified_one(
    trail: Database, database_url: str
) -> None:
    # One that is younger stands in front of older ones: what is behind it stays.
    await write(trail, entry(90), entry(8))
    async with trail.reading(WORKSPACE) as unit:
        prefix = await unit.audit.prefix(before=NOON + timedelta(minutes=60))
        assert prefix is not None
        assert (prefix.entries, prefix.place) == (6, 7)
        few = await unit.audit.prefix(before=NOON + timedelta(minutes=60), limit=2)
        assert few is not None
        assert (few.entries, few.place, few.oldest, few.newest) == (
            2,
            3,
            NOON + timedelta(minutes=1),
            NOON + timedelta(minutes=2),
        )
    await tamper(database_url, "UPDATE history SET actor_name = 'X' WHERE number = 4")
    with pytest.raises(TrailBroken) as broken:
        await drop(trail, until=60)
    assert broken.value.verdict.number == 4


async def test_values_are_erased_and_the_chain_still_fits(trail: Database) -> None:
    async with trail.writing(WORKSPACE) as unit:
        assert await unit.audit.erase_values(client_id=ClientId("c1"), person_id=None) == 3
        why = replace(entry(9, "c1"), act=Act.VALUES_ERASED, before=None, after={"reason": "on request"})
        await unit.history.append(why)
    assert await verdict(trail) == Verdict(checked=7, dropped=1)
    async with trail.reading(WORKSPACE) as unit:
        of_c1 = await unit.history.of_client(ClientId("c1"), limit=9)
        assert [(each.before, each.after, each.erased) for each in of_c1] == [(None, None, True)] * 3
        (of_c2,) = (each for each in await unit.history.of_client(ClientId("c2"), limit=9) if not each.erased)
        assert of_c2.after is not None
        (kept, *_) = await unit.audit.newest(TrailFilter(client_id=ClientId("c1")), limit=1)
        assert kept.after == {"reason": "on request"}
    # Why it was done is never erased itself.
    async with trail.writing(WORKSPACE) as unit:
        assert await unit.audit.erase_values(client_id=ClientId("c1"), person_id=None) == 0


async def test_values_of_a_person_are_erased_on_whatever_account(trail: Database) -> None:
    async with trail.writing(WORKSPACE) as unit:
        assert await unit.audit.erase_values(client_id=None, person_id=PersonId("p1")) == 1
        why = replace(entry(9), act=Act.VALUES_ERASED, client_ids=(), person_id=PersonId("p1"))
        await unit.history.append(why)
    assert await verdict(trail) == Verdict(checked=7, dropped=1)


async def test_values_that_go_without_an_erasure_on_record_are_missed(trail: Database) -> None:
    async with trail.writing(WORKSPACE) as unit:
        await unit.audit.erase_values(client_id=ClientId("c1"), person_id=None)
    assert (await verdict(trail)).fault is Fault.VALUES_MISSING


async def test_the_record_is_read_by_what_is_asked(trail: Database) -> None:
    elsewhere = WorkspaceId("T0ELSEWHERE")
    await trail.ensure_workspace(elsewhere, "Elsewhere")
    await write(trail, replace(entry(7), by=StaffId("U2")))
    minute = timedelta(minutes=1)
    for asked, minutes in (
        (EVERYTHING, [7, 6, 5, 4, 3, 2, 1]),
        (TrailFilter(kinds=frozenset({Kind.LOOK})), [5, 2]),
        (TrailFilter(staff_id=StaffId("U2")), [7]),
        (TrailFilter(client_id=ClientId("c2")), [6, 4]),
        (TrailFilter(person_id=PersonId("p1")), [3]),
        (TrailFilter(since=NOON + 3 * minute, until=NOON + 5 * minute), [4, 3]),
        (
            TrailFilter(
                kinds=frozenset({Kind.CHANGE, Kind.LOOK}), client_id=ClientId("c1"), until=NOON + 4 * minute
            ),
            [3, 2, 1],
        ),
        (TrailFilter(staff_id=StaffId("nobody")), []),
    ):
        async with trail.reading(WORKSPACE) as unit:
            newest = await unit.audit.newest(asked, limit=9)
            assert [each.at for each in newest] == [NOON + each * minute for each in minutes]
            assert await unit.audit.oldest(asked, limit=9) == newest[::-1]
            if len(newest) > 1:
                assert await unit.audit.newest(asked, limit=9, before=newest[0].number) == newest[1:]
                assert await unit.audit.oldest(asked, limit=1, after=newest[-1].number) == newest[-2:-1]
        async with trail.reading(elsewhere) as unit:
            assert await unit.audit.newest(asked, limit=9) == ()
