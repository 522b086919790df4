"""The record of changes: read back as written, in order, and never altered, not even by hand."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.domain.history import Act, HistoryEntry
from bot.domain.ids import ClientId, PersonId, StaffId, WorkspaceId
from bot.domain.staff import Surface
from storage.address import DatabaseAddress
from storage.database import Database
from storage.engine import open_engine
from storage.patience import PATIENCE
from tests.databases import WORKSPACE
from tests.storage.practice import NOON, store_family_of_four


def entry(subject_id: str, *client_ids: str, act: Act = Act.LINK_ADDED) -> HistoryEntry:
    return HistoryEntry(
        at=NOON,
        by=StaffId("U1"),
        by_name="Ines *Costa*",
        surface=Surface.SLACK_MODAL,
        act=act,
        subject_id=subject_id,
        client_ids=tuple(ClientId(each) for each in client_ids),
        after={"label": "mère", "roles": [], "ends_on": None, "position": 2, "shared": {"a": True}},
    )


@pytest.fixture
async def family(database: Database) -> Database:
    async with database.writing(WORKSPACE) as unit:
        await store_family_of_four(unit)
    return database


async def test_entries_come_back_as_written(family: Database) -> None:
    async with family.writing(WORKSPACE) as unit:
        linked = await unit.history.append(entry("l2", "c2", "c1"))
        added = await unit.history.append(
            HistoryEntry(
                at=NOON + timedelta(microseconds=1),
                by=StaffId("U1"),
                by_name="",
                surface=Surface.IMPORT,
                act=Act.CONTACT_ADDED,
                subject_id="k1",
                client_ids=(ClientId("c1"),),
                person_id=PersonId("p1"),
                before={},
            )
        )
    assert 0 < linked.number < added.number
    async with family.reading(WORKSPACE) as unit:
        assert await unit.history.of_subject("l2") == (linked,)
        assert await unit.history.of_client(ClientId("c1"), limit=9) == (added, linked)
        assert await unit.history.of_client(ClientId("c2"), limit=9) == (linked,)
        assert await unit.history.of_client(ClientId("c3"), limit=9) == ()


async def test_entries_are_read_in_pages(family: Database) -> None:
    async with family.writing(WORKSPACE) as unit:
        numbers = [(await unit.history.append(entry("l2", "c1"))).number for _ in range(5)]
        newest = await unit.history.of_client(ClientId("c1"), limit=2)
        older = await unit.history.of_client(ClientId("c1"), limit=9, before=newest[-1].number)
        subject = await unit.history.of_subject("l2")
    assert [each.number for each in newest + older] == numbers[::-1]
    assert [each.number for each in subject] == numbers


async def test_an_entry_stands_on_two_accounts_at_most(family: Database) -> None:
    async with family.writing(WORKSPACE) as unit:
        with pytest.raises(ValueError, match="two accounts"):
            await unit.history.append(entry("l2", "c1", "c2", "c3"))


@pytest.mark.parametrize(
    "statement", ["UPDATE history SET actor_name = 'Nobody'", "DELETE FROM history", "TRUNCATE history"]
)
async def test_nobody_alters_the_record(family: Database, database_url: str, statement: str) -> None:
    async with family.writing(WORKSPACE) as unit:
        written = await unit.history.append(entry("l2", "c1"))
    engine = open_engine(DatabaseAddress.parse(database_url), PATIENCE)
    try:
        async with engine.connect() as connection:
            # SQLite has no TRUNCATE, and refuses it as the unknown word it is.
            with pytest.raises(DBAPIError, match=r"append-only|syntax error"):
                await connection.execute(text(statement))
            await connection.rollback()
    finally:
        await engine.dispose()
    async with family.reading(WORKSPACE) as unit:
        assert await unit.history.of_subject("l2") == (written,)


async def test_an_entry_says_which_one_it_undoes_and_only_one_does(family: Database) -> None:
    async with family.writing(WORKSPACE) as unit:
        removed = await unit.history.append(entry("l2", "c1", "c2", act=Act.LINK_REMOVED))
        other = await unit.history.append(entry("k1", "c1"))
        undo = replace(entry("l2", "c1", "c2", act=Act.CHANGE_UNDONE), undoes=removed.number)
        undone = await unit.history.append(undo)
    async with family.reading(WORKSPACE) as unit:
        numbers = [removed.number, other.number, undone.number]
        assert await unit.history.undoing(numbers) == {removed.number: undone}
        assert await unit.history.numbered([*numbers, 999]) == {
            each.number: each for each in (removed, other, undone)
        }
        assert await unit.history.undoing([]) == {}
    with pytest.raises(DBAPIError):
        async with family.writing(WORKSPACE) as unit:
            await unit.history.append(undo)


async def test_what_happened_since_is_about_subjects_or_a_person(family: Database) -> None:
    async with family.writing(WORKSPACE) as unit:
        first = await unit.history.append(entry("l2", "c1", "c2"))
        second = await unit.history.append(entry("c1", "c1"))
        about_person = replace(entry("k1", "c1"), person_id=PersonId("p1"))
        third = await unit.history.append(about_person)
        await unit.history.append(entry("k2", "c1"))
    async with family.reading(WORKSPACE) as unit:
        since = await unit.history.since(first.number, subject_ids={"l2", "c1"}, person_id=PersonId("p1"))
        assert since == (second, third)
        assert await unit.history.since(0, subject_ids=("l2",), person_id=None) == (first,)
        assert await unit.history.of_subjects({"l2", "c1"}, until=first.number) == (first,)
        assert await unit.history.of_client(ClientId("c1"), limit=1, skip=1) == (third,)


async def test_another_workspace_has_none_of_it(family: Database) -> None:
    elsewhere = WorkspaceId("T0ELSEWHERE")
    await family.ensure_workspace(elsewhere, "Elsewhere")
    async with family.writing(WORKSPACE) as unit:
        kept = await unit.history.append(entry("l2", "c1", "c2"))
    async with family.reading(elsewhere) as unit:
        assert await unit.history.numbered([kept.number]) == {}
        assert await unit.history.since(0, subject_ids={"l2"}, person_id=None) == ()
        assert await unit.history.of_subjects({"l2"}, until=kept.number) == ()
