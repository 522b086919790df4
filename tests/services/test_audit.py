"""Who looked, who was refused, who exported: written right after, never lost, and seen by who may see it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.adapters.later_entries import SoonWritten
from bot.domain.audit import EVERYTHING, TrailBroken, TrailFilter, Verdict
from bot.domain.errors import InvalidInput, NotFound, NotPermitted
from bot.domain.history import Act, HistoryEntry, Kind
from bot.domain.ids import ClientId, PersonId, StaffId
from bot.domain.relationship import Contact
from bot.domain.settings import ChosenSettings
from bot.domain.staff import Actor
from bot.domain.staff_role import Right, StaffRole, rights_of
from bot.services.audit import Audit
from bot.services.clients import Clients
from bot.services.erasure import Erasure
from bot.services.history import HistoryReader
from bot.services.relationships import Relationships
from bot.services.retention import Dropped, Retention, years_before
from bot.services.trail import TrailReader
from storage.database import Database
from tests.databases import WORKSPACE
from tests.services.practice import NOBODY, Practice
from tests.storage.trails import keyed, tamper


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A practice whose looks are recorded."""

    practice: Practice
    audit: Audit
    clients: Clients
    relationships: Relationships
    history: HistoryReader
    trail: TrailReader
    erasure: Erasure
    retention: Retention
    officer: Actor

    async def entries(self, asked: TrailFilter = EVERYTHING) -> list[HistoryEntry]:
        """Return what is on record, oldest first."""
        await self.audit.drain()
        async with self.practice.storage.reading(WORKSPACE) as unit:
            return list(await unit.audit.oldest(asked, limit=999))

    async def told(self, *kinds: Kind) -> list[tuple[str, str, str]]:
        """Return who did what to which subject, of some kinds."""
        found = await self.entries(TrailFilter(kinds=frozenset(kinds)))
        return [(each.by_name, each.act, each.subject_id) for each in found]


@pytest.fixture
async def database(database_url: str, tmp_path: Path) -> AsyncIterator[Database]:
    async with keyed(database_url, tmp_path) as database:
        await database.ensure_workspace(WORKSPACE, "Kinward")
        yield database


@asynccontextmanager
async def watching(database: Database) -> AsyncIterator[Watched]:
    practice = Practice(database)
    clock = practice.clock
    audit = Audit(storage=database, clock=clock, later=SoonWritten(storage=database))
    desk = {"storage": database, "clock": clock, "new_id": practice.new_id, "audit": audit}
    yield Watched(
        practice=practice,
        audit=audit,
        clients=Clients(**desk),  # type: ignore[arg-type] # each as it is needed
        relationships=Relationships(**desk),  # type: ignore[arg-type] # the same
        history=HistoryReader(storage=database, audit=audit),
        trail=TrailReader(storage=database, clock=clock, audit=audit),
        erasure=Erasure(storage=database, clock=clock),
        retention=Retention(storage=database, clock=clock),
        officer=replace(
            practice.dana,
            name="Olga",
            staff_id=StaffId("U9"),
            rights=rights_of([StaffRole.PRIVACY_OFFICER, StaffRole.ADMIN]),
        ),
    )
    await audit.drain()


@pytest.fixture
async def watched(database: Database) -> AsyncIterator[Watched]:
    async with watching(database) as watched:
        yield watched


async def test_each_look_is_on_record_and_the_familys_history_shows_changes_only(watched: Watched) -> None:
    dana, sam = watched.practice.dana, watched.practice.sam
    ana, _ = await watched.practice.pair()
    await watched.relationships.family(dana, ana.id)
    await watched.relationships.summary(sam, ana.id)
    await watched.clients.details(dana, ana.id)
    page = await watched.history.page(sam, ana.id, size=9)
    assert await watched.told(Kind.LOOK) == [
        ("Dana", "family.seen", ana.id),
        ("Sam", "summary.sent", ana.id),
        ("Dana", "client.seen", ana.id),
        ("Sam", "history.seen", ana.id),
    ]
    looks = await watched.entries(TrailFilter(kinds=frozenset({Kind.LOOK})))
    assert {each.client_ids for each in looks} == {(ana.id,)}
    assert [each.surface for each in looks[:2]] == [dana.surface, sam.surface]
    assert [each.entry.act for each in page.rows] == [Act.CLIENT_ADDED]
    assert [each.act for each in await watched.practice.history(ana)] == [Act.CLIENT_ADDED]


async def test_a_name_that_is_only_needed_is_no_look(watched: Watched) -> None:
    ana, _ = await watched.practice.pair()
    await watched.clients.get(watched.practice.dana, ana.id)
    await watched.clients.find(watched.practice.dana, "ana")
    assert await watched.told(Kind.LOOK) == []


async def test_who_is_not_there_was_not_seen(watched: Watched) -> None:
    with pytest.raises(NotFound):
        await watched.relationships.family(watched.practice.dana, NOBODY)
    assert await watched.told(Kind.LOOK) == []


async def test_the_same_look_within_a_moment_is_one(watched: Watched) -> None:
    ana, ben = await watched.practice.pair()
    for _ in range(3):
        await watched.relationships.family(watched.practice.dana, ana.id)
    await watched.relationships.family(watched.practice.dana, ben.id)
    await watched.relationships.family(watched.practice.sam, ana.id)
    assert len(await watched.told(Kind.LOOK)) == 3
    await watched.relationships.family(watched.practice.dana, ana.id)
    assert len(await watched.told(Kind.LOOK)) == 4


async def test_looks_are_written_without_anybody_asking(watched: Watched) -> None:
    ana, _ = await watched.practice.pair()
    await watched.relationships.family(watched.practice.dana, ana.id)
    async with asyncio.timeout(20):
        while not await written(watched):  # noqa: ASYNC110 - what it waits for is in the database
            await asyncio.sleep(0.02)


async def written(watched: Watched) -> Sequence[HistoryEntry]:
    async with watched.practice.storage.reading(WORKSPACE) as unit:
        return await unit.audit.newest(TrailFilter(kinds=frozenset({Kind.LOOK})), limit=1)


async def test_a_look_does_not_wait_for_whoever_writes(watched: Watched) -> None:
    ana, _ = await watched.practice.pair()
    async with watched.practice.storage.writing(WORKSPACE) as unit:
        await unit.clients.lock([ana.id])
        await watched.relationships.family(watched.practice.dana, ana.id)
        # On SQLite somebody else is writing right now; the look is answered, its entry follows.
        assert await written(watched) == ()
    assert len(await watched.told(Kind.LOOK)) == 1


async def test_refusals_are_on_record_also_of_who_is_nobody(watched: Watched) -> None:
    ana, _ = await watched.practice.pair()
    stranger = replace(watched.practice.dana, staff_id=StaffId("U0STRANGER"), name="", rights=frozenset())
    watched.audit.refused(stranger, "command.family", why="error.not_allowed")
    watched.audit.refused(stranger, "card.open", why="error.not_allowed", client_id=ana.id)
    watched.audit.refused(stranger, "card.open" * 99, why="y" * 999, client_id=ClientId("forged'; --"))
    first, second, third = await watched.entries(TrailFilter(kinds=frozenset({Kind.REFUSAL})))
    assert (first.by, first.by_name, first.client_ids, first.after) == (
        "U0STRANGER",
        "",
        (),
        {"why": "error.not_allowed"},
    )
    assert second.client_ids == (ana.id,)
    assert third.client_ids == ()
    assert len(third.subject_id) == 100


async def test_one_bad_entry_does_not_keep_the_others_from_being_written(watched: Watched) -> None:
    ana, _ = await watched.practice.pair()
    watched.audit.looked(watched.practice.dana, Act.FAMILY_SEEN, ClientId("never was"))
    watched.audit.looked(watched.practice.dana, Act.FAMILY_SEEN, ana.id)
    assert await watched.told(Kind.LOOK) == [("Dana", "family.seen", ana.id)]


async def test_only_looks_are_looks(watched: Watched) -> None:
    with pytest.raises(ValueError, match="no look"):
        watched.audit.looked(watched.practice.dana, Act.CLIENT_EDITED, NOBODY)


async def test_exports_and_settings_are_on_record(watched: Watched) -> None:
    ana, _ = await watched.practice.pair()
    dana = watched.practice.dana
    await watched.audit.exported(dana, "fhir", asked={"client": ana.id}, client_ids=(ana.id,))
    async with watched.practice.storage.writing(WORKSPACE) as unit:
        await watched.audit.settings_changed(unit, dana, "zone", before=None, after={"zone": "UTC"})
    found = await watched.entries(TrailFilter(kinds=frozenset({Kind.EXPORT, Kind.SETTINGS})))
    assert [(each.act, each.subject_id, each.client_ids) for each in found] == [
        (Act.DATA_EXPORTED, "fhir", (ana.id,)),
        (Act.SETTINGS_CHANGED, "zone", ()),
    ]
    assert found[1].after == {"zone": "UTC"}
    assert await watched.trail.verify(watched.officer) == Verdict(checked=len(await watched.entries()))


async def test_the_privacy_officer_sees_it_all_in_pages_and_is_on_record_too(watched: Watched) -> None:
    ana, ben = await watched.practice.pair()
    await watched.relationships.family(watched.practice.sam, ben.id)
    watched.audit.refused(watched.practice.sam, "settings", why="error.not_permitted")
    first = await watched.trail.page(watched.officer, EVERYTHING, size=3)
    second = await watched.trail.page(watched.officer, EVERYTHING, size=3, page=1, newest=first.newest)
    assert [row.entry.act for row in (*first.rows, *second.rows)] == [
        Act.ACCESS_REFUSED,
        Act.FAMILY_SEEN,
        Act.CLIENT_ADDED,
        Act.CLIENT_ADDED,
    ]
    assert (first.has_older, second.has_older) == (True, False)
    assert first.rows[1].clients == {ben.id: ben}
    assert first.rows[2].after == ben
    of_ana = await watched.trail.page(watched.officer, TrailFilter(client_id=ana.id), size=9)
    assert [row.entry.act for row in of_ana.rows] == [Act.CLIENT_ADDED]
    looks = await watched.told(Kind.LOOK)
    assert ("Olga", "trail.seen", "trail") in looks
    assert ("Olga", "trail.seen", ana.id) in looks


@pytest.mark.parametrize("right", [each for each in Right if each is not Right.SEE_TRAIL])
async def test_nobody_else_sees_it(watched: Watched, right: Right) -> None:
    somebody = replace(watched.practice.dana, rights=frozenset({right}))
    with pytest.raises(NotPermitted):
        await watched.trail.page(somebody, EVERYTHING, size=3)
    with pytest.raises(NotPermitted):
        await watched.trail.export(somebody, EVERYTHING, written_as="csv", take=print)
    with pytest.raises(NotPermitted):
        await watched.erasure.of_client(somebody, NOBODY, reason="so")


async def test_all_of_it_is_taken_out_and_that_is_on_record_first(watched: Watched) -> None:
    ana, _ = await watched.practice.pair()
    await watched.relationships.family(watched.practice.sam, ana.id)
    taken: list[HistoryEntry] = []
    count = await watched.trail.export(
        watched.officer, TrailFilter(client_id=ana.id), written_as="csv", take=taken.extend
    )
    assert [each.act for each in taken] == [Act.CLIENT_ADDED, Act.FAMILY_SEEN]
    assert count == 2
    (export,) = await watched.entries(TrailFilter(kinds=frozenset({Kind.EXPORT})))
    assert export.after == {"client": ana.id, "format": "csv"}
    taken.clear()
    assert await watched.trail.export(watched.officer, EVERYTHING, written_as="jsonl", take=taken.extend) == 4


async def test_what_is_known_of_a_client_is_erased_and_the_history_still_tells_the_rest(
    watched: Watched,
) -> None:
    ana, ben = await watched.practice.pair()
    await watched.practice.link(ana, ben)
    await watched.practice.contact(ana)
    with pytest.raises(InvalidInput):
        await watched.erasure.of_client(watched.officer, ana.id, reason="  ")
    with pytest.raises(NotFound):
        await watched.erasure.of_client(watched.officer, NOBODY, reason="asked for it")
    assert await watched.erasure.of_client(watched.officer, ana.id, reason=" asked for it ") == 3
    page = await watched.history.page(watched.practice.dana, ana.id, size=9)
    assert [(row.entry.act, row.entry.erased, row.after) for row in page.rows] == [
        (Act.CONTACT_ADDED, True, None),
        (Act.LINK_ADDED, True, None),
        (Act.CLIENT_ADDED, True, None),
    ]
    assert page.rows[0].clients == {ana.id: ana}
    (why,) = await watched.entries(TrailFilter(kinds=frozenset({Kind.UPKEEP})))
    assert why.after == {"reason": "asked for it", "entries": 3}
    assert (await watched.trail.verify(watched.officer)).fault is None
    # What is done from now on is kept as ever.
    await watched.practice.link(ben, await watched.practice.client("Cleo"))
    assert (await watched.trail.verify(watched.officer)).fault is None


async def test_what_is_known_of_a_contact_person_is_erased(watched: Watched) -> None:
    ana, _ = await watched.practice.pair()
    added = await watched.practice.contact(ana)
    assert isinstance(added.relation, Contact)
    with pytest.raises(NotFound):
        await watched.erasure.of_person(watched.officer, PersonId("nobody"), reason="asked for it")
    assert await watched.erasure.of_person(watched.officer, added.relation.person_id, reason="asked") == 1
    assert (await watched.trail.verify(watched.officer)).fault is None
    newest, *_ = await watched.practice.history(ana)
    assert newest.erased


async def test_what_is_older_than_six_years_is_dropped_and_leaves_an_anchor(watched: Watched) -> None:
    ana, ben = await watched.practice.pair()
    watched.practice.clock.advance(timedelta(days=6 * 365))
    assert (await watched.retention.due(watched.officer)).prefix is None
    assert await watched.retention.run(watched.officer) == Dropped(years=6, entries=0)
    await watched.practice.link(ana, ben)
    watched.practice.clock.advance(timedelta(days=30))
    due = (await watched.retention.due(watched.officer)).prefix
    assert due is not None
    assert due.entries == 2
    assert await watched.retention.run(watched.officer) == Dropped(years=6, entries=2)
    linked, dropped = await watched.entries()
    assert (linked.act, dropped.act) == (Act.LINK_ADDED, Act.ENTRIES_DROPPED)
    assert dropped.after is not None
    assert (dropped.after["entries"], dropped.after["years_kept"]) == (2, 6)
    assert await watched.trail.verify(watched.officer) == Verdict(checked=2, dropped=2)
    assert (await watched.retention.due(watched.officer)).prefix is None
    # Names come from where they are now.
    page = await watched.history.page(watched.practice.dana, ana.id, size=9)
    assert page.rows[0].clients == {ana.id: ana, ben.id: ben}


async def test_the_setting_says_how_long_and_sooner_needs_a_reason(
    watched: Watched, database: Database
) -> None:
    await watched.practice.pair()
    async with database.writing(WORKSPACE) as unit:
        await unit.settings.choose(ChosenSettings(record_years=8, version=1), expected_version=0)
    watched.practice.clock.advance(timedelta(days=7 * 366))
    assert await watched.retention.run(watched.officer) == Dropped(years=8, entries=0)
    for reason in ("", " "):
        with pytest.raises(InvalidInput):
            await watched.retention.run(watched.officer, years=7, reason=reason)
    assert await watched.retention.run(watched.officer, years=9) == Dropped(years=9, entries=0)
    dropped = await watched.retention.run(watched.officer, years=7, reason="the law changed")
    assert dropped == Dropped(years=7, entries=2)
    (entry,) = await watched.entries()
    assert entry.after is not None
    assert (entry.after["reason"], entry.after["years_kept"]) == ("the law changed", 7)


async def test_nothing_is_dropped_from_a_record_that_does_not_fit(
    watched: Watched, database_url: str
) -> None:
    await watched.practice.pair()
    watched.practice.clock.advance(timedelta(days=7 * 366))
    await tamper(database_url, "UPDATE history SET actor_name = 'X'")
    with pytest.raises(TrailBroken):
        await watched.retention.due(watched.officer)
    with pytest.raises(TrailBroken):
        await watched.retention.run(watched.officer)
    assert len(await watched.entries()) == 2


def test_six_years_before_a_leap_day_is_the_day_before_it_in_another_year() -> None:
    assert years_before(datetime(2028, 2, 29, tzinfo=UTC), 6) == datetime(2022, 2, 28, tzinfo=UTC)
    with pytest.raises(ValueError, match="a year"):
        years_before(datetime(2028, 2, 29, tzinfo=UTC), 0)
