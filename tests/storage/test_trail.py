"""The chain: whatever is done to it by hand is found, at the first entry that does not fit."""

import asyncio
import stat
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain.audit import EVERYTHING, Fault, Verdict
from bot.domain.ids import WorkspaceId
from storage.database import Database
from storage.tables import history_chain
from storage.trail import canonical
from storage.trail.canonical import EntryFields
from storage.trail.chaining import WrongAuditKey
from storage.trail.keys import Key
from storage.unit_of_work import SqlUnitOfWork
from storage.workspace_connection import IN_WORKSPACE
from tests.databases import WORKSPACE, opened
from tests.processes import Nursery
from tests.storage.practice import store_family_of_four
from tests.storage.trails import KEY, about_person, entry, keyed, look, tamper, verdict, write

ENTRIES = 6


@pytest.fixture
async def trail(database_url: str, tmp_path: Path) -> AsyncIterator[Database]:
    """A database with six entries, three of them written in one unit, whose heads are kept outside."""
    async with opened(database_url) as plain, plain.writing(WORKSPACE) as unit:
        await store_family_of_four(unit)
    async with keyed(database_url, tmp_path) as database:
        async with database.writing(WORKSPACE) as unit:
            await unit.history.append_all([entry(1), look(2)])
            await unit.history.append(about_person(3, "p1"))
        await write(database, entry(4, "c1", "c2"), look(5), entry(6))
        database.trail.heads.write()
        yield database


async def numbers(database: Database) -> list[int]:
    """Return the numbers of the entries in their order."""
    async with database.reading(WORKSPACE) as unit:
        return [each.number for each in await unit.audit.oldest(EVERYTHING, limit=100)]


async def test_what_was_written_fits(trail: Database) -> None:
    assert await verdict(trail) == Verdict(checked=ENTRIES)


async def test_a_workspace_without_entries_fits(database_url: str, tmp_path: Path) -> None:
    async with keyed(database_url, tmp_path) as database:
        assert await verdict(database) == Verdict(checked=0)


@pytest.mark.parametrize(
    "change",
    [
        "actor_name = 'Ines Kosta'",
        "actor_id = 'U2'",
        "act = 'client.added'",
        "kind = 'change ' || kind",
        "surface = 'import'",
        "subject_id = 'c2'",
        "client_id = 'c2'",
        "other_client_id = 'c3'",
        "person_id = 'p1'",
        "undoes = 77",
        "values_digest = NULL",
        "at = '2026-03-14 12:34:15.123457'",
    ],
)
async def test_a_byte_edited_is_found(trail: Database, database_url: str, change: str) -> None:
    fourth = (await numbers(trail))[3]
    await tamper(database_url, f"UPDATE history SET {change} WHERE number = {fourth}")  # noqa: S608 - our own names
    found = await verdict(trail)
    assert (found.fault, found.checked, found.number) == (Fault.CHANGED, 3, fourth)


async def test_values_edited_are_found(trail: Database, database_url: str) -> None:
    first, _, third, *_ = await numbers(trail)
    await tamper(
        database_url,
        f"UPDATE history_values SET after = replace(after, '0100', '0199') WHERE number = {third}",  # noqa: S608 - our own names
    )
    found = await verdict(trail)
    assert (found.fault, found.number) == (Fault.VALUES_CHANGED, third)
    await tamper(database_url, f"DELETE FROM history_values WHERE number = {first}")  # noqa: S608 - our own names
    found = await verdict(trail)
    assert (found.fault, found.number, found.checked) == (Fault.VALUES_MISSING, first, 0)


async def test_a_row_dropped_is_found(trail: Database, database_url: str) -> None:
    second = (await numbers(trail))[1]
    await tamper(database_url, f"DELETE FROM history WHERE number = {second}")  # noqa: S608 - our own names
    assert await verdict(trail) == Verdict(checked=1, fault=Fault.MISSING, place=2, number=second)


async def test_a_row_dropped_from_the_chain_too_is_found(trail: Database, database_url: str) -> None:
    second, third = (await numbers(trail))[1:3]
    await tamper(
        database_url,
        f"DELETE FROM history WHERE number = {second}",  # noqa: S608 - our own names
        f"DELETE FROM history_chain WHERE number = {second}",  # noqa: S608 - our own names
    )
    assert await verdict(trail) == Verdict(checked=1, fault=Fault.MISSING, place=2)
    # The gap closed: now the next one does not follow the one before it.
    for place in range(3, ENTRIES + 1):
        await tamper(
            database_url,
            f"UPDATE history_chain SET place = {place - 1} WHERE place = {place}",  # noqa: S608 - our own names
        )
    assert await verdict(trail) == Verdict(checked=1, fault=Fault.CHANGED, place=2, number=third)


async def test_the_first_ones_dropped_are_found(trail: Database, database_url: str) -> None:
    await tamper(
        database_url,
        "DELETE FROM history WHERE number IN (SELECT number FROM history_chain WHERE place < 3)",
        "DELETE FROM history_chain WHERE place < 3",
    )
    assert await verdict(trail) == Verdict(checked=0, fault=Fault.MISSING, place=1)


async def test_two_swapped_are_found(trail: Database, database_url: str) -> None:
    third, fourth = (await numbers(trail))[2:4]
    await tamper(
        database_url,
        f"UPDATE history_chain SET number = -1 WHERE number = {third}",  # noqa: S608 - our own names
        f"UPDATE history_chain SET number = {third} WHERE number = {fourth}",  # noqa: S608 - our own names
        f"UPDATE history_chain SET number = {fourth} WHERE number = -1",  # noqa: S608 - our own names
    )
    assert await verdict(trail) == Verdict(checked=2, fault=Fault.CHANGED, place=3, number=fourth)


async def test_an_entry_written_past_the_program_is_found(trail: Database, database_url: str) -> None:
    columns = "workspace_id, at, actor_id, actor_name, surface, act, subject_id, client_id, kind"
    await tamper(
        database_url,
        f"INSERT INTO history ({columns}) SELECT {columns} FROM history WHERE kind = 'look'",  # noqa: S608 - our own names
    )
    found = await verdict(trail)
    assert (found.fault, found.checked) == (Fault.OUTSIDE, ENTRIES)
    assert found.number not in (await numbers(trail))[:ENTRIES]


CUT = (
    "DELETE FROM history WHERE number IN (SELECT number FROM history_chain WHERE place > 4)",
    "DELETE FROM history_chain WHERE place > 4",
)


async def test_the_end_cut_off_is_found(trail: Database, database_url: str) -> None:
    await tamper(database_url, *CUT)
    assert await verdict(trail) == Verdict(checked=4, fault=Fault.CUT_OFF, place=5)


async def test_the_end_cut_off_with_its_head_is_found_by_the_one_kept_outside(
    trail: Database, database_url: str, tmp_path: Path
) -> None:
    last = "(SELECT mac FROM history_chain WHERE place = 4)"
    key = Key(KEY.encode())
    async with trail.reading(WORKSPACE) as unit:
        mac = await mac_at(unit, 4)
    # Even one who has the seal of then, from an old copy of the database.
    seal = key.code(canonical.head_bytes(workspace_id=WORKSPACE, place=4, mac=mac)).hex()
    quoted = f"X'{seal}'" if database_url.startswith("sqlite") else f"'\\x{seal}'::bytea"
    await tamper(database_url, f"UPDATE history_heads SET place = 4, mac = {last}, seal = {quoted}", *CUT)  # noqa: S608 - our own names
    assert await verdict(trail) == Verdict(checked=4, fault=Fault.CUT_OFF, place=5)
    # Without what was kept outside there is nothing that could tell.
    async with keyed(database_url, tmp_path / "elsewhere") as forgetful:
        assert await verdict(forgetful) == Verdict(checked=4)


@pytest.mark.usefixtures("trail")
async def test_a_head_that_was_only_set_back_is_found_without_the_one_kept_outside(
    database_url: str, tmp_path: Path
) -> None:
    last = "(SELECT mac FROM history_chain WHERE place = 4)"
    await tamper(database_url, f"UPDATE history_heads SET place = 4, mac = {last}", *CUT)  # noqa: S608 - our own names
    async with keyed(database_url, tmp_path / "elsewhere") as forgetful:
        assert await verdict(forgetful) == Verdict(checked=4, fault=Fault.HEAD, place=4)
    await tamper(database_url, "DELETE FROM history_heads")
    async with keyed(database_url, tmp_path / "elsewhere") as forgetful:
        assert await verdict(forgetful) == Verdict(checked=4, fault=Fault.HEAD, place=4)


async def mac_at(unit: SqlUnitOfWork, place: int) -> bytes:
    """Return the code at a place of the chain."""
    row = await unit.chaining._connection.row(  # noqa: SLF001 - no repository has a use for it
        select(history_chain.c.mac).where(
            history_chain.c.workspace_id == IN_WORKSPACE, history_chain.c.place == place
        )
    )
    assert row is not None
    return bytes(row[0])


@pytest.mark.parametrize("pretends", [True, False])
async def test_a_chain_rebuilt_without_the_key_is_found(
    trail: Database, database_url: str, *, pretends: bool
) -> None:
    first = (await numbers(trail))[0]
    forged = Key(b"another key, as long as it takes")
    id_said = Key(KEY.encode()).id if pretends else forged.id
    async with trail.reading(WORKSPACE) as unit:
        entries = await unit.audit.oldest(EVERYTHING, limit=100)
    statements, previous = [], None
    for place, each in enumerate(entries, start=1):
        client_id, other_client_id, *_ = (*each.client_ids, None, None)
        fields = EntryFields(
            number=each.number,
            at=each.at,
            actor_id=each.by,
            actor_name="Somebody Else",
            surface=each.surface,
            kind=each.kind,
            act=each.act,
            subject_id=each.subject_id,
            client_id=client_id,
            other_client_id=other_client_id,
            person_id=each.person_id,
            values_digest=None,
            undoes=None,
        )
        data = canonical.entry_bytes(fields, workspace_id=WORKSPACE, place=place, previous=previous)
        previous = forged.code(data)
        quoted = (
            f"X'{previous.hex()}'" if database_url.startswith("sqlite") else f"'\\x{previous.hex()}'::bytea"
        )
        statements.append(
            f"UPDATE history_chain SET mac = {quoted}, key_id = '{id_said}' WHERE place = {place}"  # noqa: S608 - our own names
        )
    await tamper(
        database_url,
        "UPDATE history SET actor_name = 'Somebody Else', values_digest = NULL",
        "DELETE FROM history_values",
        *statements,
    )
    fault = Fault.CHANGED if pretends else Fault.OTHER_KEY
    assert await verdict(trail) == Verdict(checked=0, fault=fault, place=1, number=first)


async def test_another_workspace_has_a_chain_of_its_own(trail: Database, database_url: str) -> None:
    elsewhere = WorkspaceId("T0ELSEWHERE")
    await trail.ensure_workspace(elsewhere, "Elsewhere")
    async with trail.writing(elsewhere) as unit:
        await unit.history.append(replace(look(1), client_ids=()))
    await tamper(database_url, "UPDATE history SET actor_name = 'X' WHERE workspace_id = 'T0ELSEWHERE'")
    assert await verdict(trail) == Verdict(checked=ENTRIES)
    async with trail.reading(elsewhere) as unit:
        assert (await unit.audit.verify()).fault is Fault.CHANGED


async def test_what_a_unit_took_back_is_not_in_the_chain(trail: Database) -> None:
    async def thought_better_of() -> None:
        async with trail.writing(WORKSPACE) as unit:
            await unit.history.append(entry(7))
            raise RuntimeError("thought better of it")

    with pytest.raises(RuntimeError, match="thought better"):
        await thought_better_of()
    await write(trail, entry(8))
    assert await verdict(trail) == Verdict(checked=ENTRIES + 1)


async def test_a_process_with_another_key_does_not_break_the_chain(
    trail: Database, database_url: str, tmp_path: Path
) -> None:
    async with keyed(database_url, tmp_path, key="quite another key, and long enough too") as other:
        with pytest.raises(WrongAuditKey):
            await write(other, entry(9))
        assert (await verdict(other)).fault is Fault.OTHER_KEY
    assert await verdict(trail) == Verdict(checked=ENTRIES)


async def test_a_key_that_was_made_is_the_owners_alone_and_counts_before_one_that_is_given(
    database_url: str, tmp_path: Path
) -> None:
    async with opened(database_url) as plain, plain.writing(WORKSPACE) as unit:
        await store_family_of_four(unit)
    async with keyed(database_url, tmp_path / "keys", key=None) as first:
        await write(first, entry(1))
        file = first.trail.files.key
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert [each.name for each in file.parent.iterdir()] == [file.name]
    async with keyed(database_url, tmp_path / "keys", key=KEY) as second:
        await write(second, entry(2))
        assert await verdict(second) == Verdict(checked=2)
    async with keyed(database_url, tmp_path / "keys", key=None) as third:
        with pytest.raises(WrongAuditKey):
            await write(third, entry(3))


_WRITERS, _EACH = 3, 40


async def write_many(url: str, folder: str) -> None:
    """Write entries as another process would: alone, and several in one unit."""
    async with keyed(url, Path(folder)) as database:
        for number in range(_EACH // 4):
            async with database.writing(WORKSPACE) as unit:
                await unit.history.append(entry(number))
            async with database.writing(WORKSPACE) as unit:
                await unit.history.append_all([entry(number), look(number), entry(number, "c2")])


async def test_several_processes_write_one_chain(
    trail: Database, database_url: str, tmp_path: Path, nursery: Nursery
) -> None:
    writing = ("tests.called", "tests.storage.test_trail", "write_many", database_url, str(tmp_path))
    for code, _, complaints in await asyncio.gather(*(nursery.run(*writing) for _ in range(_WRITERS))):
        assert code == 0, complaints
    assert await verdict(trail) == Verdict(checked=ENTRIES + _WRITERS * _EACH)
    kept = trail.trail.heads.last(WORKSPACE)
    assert kept is not None
    assert kept.place == ENTRIES + _WRITERS * _EACH


async def test_units_that_end_at_once_write_one_chain(trail: Database) -> None:
    async def one(number: int) -> None:
        async with trail.writing(WORKSPACE) as unit:
            await unit.history.append(entry(number))
            await unit.history.append(entry(number, "c3"))

    await asyncio.gather(*map(one, range(12)))
    assert await verdict(trail) == Verdict(checked=ENTRIES + 24)
