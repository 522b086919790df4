"""Importing rows of clients: what comes in, what is left out, and that a dry run says the same."""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pytest

from bot.domain.client import Client, ClientDetails, ClientStatus
from bot.domain.errors import Field
from bot.domain.history import Act
from bot.domain.phone import Phone, PhoneLabel
from bot.domain.staff import Surface
from bot.services.errand import Errand
from bot.services.ports import RowKind
from bot.services.roster.applying import TakenOver
from bot.services.roster.client_rows import ClientRows
from bot.services.roster.importing import NothingToContinue, RosterImport, Unfinished
from bot.services.roster.pace import Pace
from bot.services.roster.plan import Counts, ImportPlan
from bot.services.roster.report import ImportReport
from bot.services.roster.rows import EVERY_FIELD, ClientRow, Place, RowError
from bot.services.roster.taking import Decided, Numbered, Run
from tests.services.practice import AGREED, PARENT, Practice

ANA = ClientDetails(
    own_id="A-1",
    first_name="Ana",
    last_name="Ruiz",
    preferred_name="Anita",
    birth_date=date(1980, 5, 1),
    email="ana@example.com",
    phones=(Phone(number="(212) 555-0100"), Phone(number="212 555 0101")),
)
BEN = ClientDetails(own_id="A-2", first_name="Ben", last_name="Ruiz", email="ben@example.com")
DORA = ClientDetails(first_name="Dora", last_name="Ruiz", birth_date=date(1990, 1, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What an import came to, and what it left out: line, column and key."""

    report: ImportReport
    errors: tuple[tuple[int, str, str], ...]

    @property
    def counts(self) -> tuple[int, int, int]:
        """Added, changed, unchanged."""
        counts = self.report.tally.clients
        return counts.added, counts.changed, counts.unchanged


def importing(practice: Practice, clients: ClientRows | None = None) -> RosterImport:
    return RosterImport(
        storage=practice.storage,
        clock=practice.clock,
        new_id=practice.new_id,
        takings={RowKind.CLIENT: clients or ClientRows()},
    )


def row(details: ClientDetails, line: int = 2, stated: frozenset[Field] = EVERY_FIELD) -> ClientRow:
    unlabelled = frozenset(phone.number for phone in details.phones)
    place = Place(file="clients.csv", line=line)
    return ClientRow(place=place, details=details, stated=stated, unlabelled=unlabelled)


async def take_in(
    practice: Practice,
    *details: ClientDetails,
    plan: ImportPlan | None = None,
    stated: frozenset[Field] = EVERY_FIELD,
) -> Done:
    rows = [row(each, line, stated) for line, each in enumerate(details, start=2)]
    return await take_rows(practice, rows, plan)


async def take_rows(
    practice: Practice, rows: Sequence[ClientRow | RowError], plan: ImportPlan | None = None
) -> Done:
    """Foresee it, do it, and see that both say the same and that nothing is left behind."""
    plan = plan or ImportPlan()
    foreseen = await run(practice, rows, replace(plan, is_dry_run=True))
    done = await run(practice, rows, plan)
    assert foreseen.errors == done.errors
    said, came = foreseen.report, done.report
    assert replace(said.tally, archived=said.archived) == came.tally
    assert (said.missing, said.archived, said.why_not) == (came.missing, came.archived, came.why_not)
    async with practice.storage.reading(practice.dana.workspace_id) as unit:
        assert await unit.imports.open_ones() == ()
    return done


async def run(practice: Practice, rows: Sequence[ClientRow | RowError], plan: ImportPlan) -> Done:
    engine = importing(practice)
    record = await engine.stage(practice.dana, plan, [rows])
    report = await engine.take_in(practice.dana, record)
    errors = (await engine.rejected(practice.dana, record.id)).errors
    await engine.finish(practice.dana, record.id)
    told = tuple((error.place.line, error.column, error.key) for error in errors)
    return Done(report=report, errors=told)


async def details_of(practice: Practice, text: str) -> ClientDetails:
    (client,) = await found(practice, text)
    return client.details


async def found(practice: Practice, text: str) -> list[Client]:
    """Find clients, and read each whole."""
    listed = (await practice.clients.find(practice.dana, text)).clients
    return [await practice.clients.get(practice.dana, each.id) for each in listed]


async def test_new_clients_are_added_with_checked_details(practice: Practice) -> None:
    assert (await take_in(practice, ANA, BEN)).counts == (2, 0, 0)
    assert await details_of(practice, "A-1") == replace(
        ANA, phones=(Phone(number="+12125550100"), Phone(number="+12125550101"))
    )
    (ana,) = await found(practice, "A-1")
    (entry,) = await practice.history(ana)
    assert (entry.act, entry.surface, entry.by) == (
        Act.CLIENT_ADDED,
        Surface.IMPORT,
        practice.dana.staff_id,
    )


async def test_the_same_rows_again_change_nothing(practice: Practice) -> None:
    await take_in(practice, ANA, BEN, DORA)
    assert (await take_in(practice, ANA, BEN, DORA)).counts == (0, 0, 3)
    (ana,) = await found(practice, "A-1")
    assert len(await practice.history(ana)) == 1


async def test_what_differs_is_changed_and_kept_in_the_history(practice: Practice) -> None:
    await take_in(practice, ANA, BEN)
    changed = replace(ANA, preferred_name="", email="ana.ruiz@example.com", phones=ANA.phones[:1])
    assert (await take_in(practice, changed, BEN)).counts == (0, 1, 1)
    details = await details_of(practice, "A-1")
    assert (details.preferred_name, details.email, details.phones) == (
        "",
        "ana.ruiz@example.com",
        (Phone(number="+12125550100"),),
    )
    (ana,) = await found(practice, "A-1")
    assert [(entry.act, entry.surface) for entry in await practice.history(ana)] == [
        (Act.CLIENT_EDITED, Surface.IMPORT),
        (Act.CLIENT_ADDED, Surface.IMPORT),
    ]


async def test_what_the_file_cannot_say_stays_as_staff_entered_it(practice: Practice) -> None:
    await take_in(practice, ANA)
    (ana,) = await found(practice, "A-1")
    phones = (Phone(number="+12125550100", label=PhoneLabel.WORK), ana.phones[1])
    late = replace(ana.details, phones=phones, status=ClientStatus.DECEASED, deceased_on=date(2026, 1, 5))
    await practice.clients.edit(practice.dana, ana.id, late, expected_version=1)
    silent = EVERY_FIELD - {Field.STATUS, Field.DECEASED_ON}
    assert (await take_in(practice, ANA, stated=silent)).counts == (0, 0, 1)
    deceased = replace(ANA, status=ClientStatus.DECEASED)
    assert (await take_in(practice, deceased, stated=EVERY_FIELD)).counts == (0, 0, 1)
    only_name = frozenset({Field.OWN_ID, Field.FIRST_NAME})
    assert (await take_in(practice, replace(ANA, email=None), stated=only_name)).counts == (0, 0, 1)
    assert (await practice.clients.get(practice.dana, ana.id)).details == late
    assert (await take_in(practice, ANA)).counts == (0, 1, 0)
    revived = await practice.clients.get(practice.dana, ana.id)
    assert revived.details == replace(late, status=ClientStatus.ACTIVE, deceased_on=None)


async def test_bad_rows_are_told_and_never_stop_the_good_ones(practice: Practice) -> None:
    done = await take_in(
        practice,
        ANA,
        ClientDetails(
            own_id="A-3", birth_date=date(2030, 1, 1), email="nobody", phones=(Phone(number="12"),)
        ),
        replace(BEN, own_id="a-1 "),
        DORA,
        DORA,
        BEN,
    )
    assert done.counts == (3, 0, 0)
    assert (done.report.tally.rejected, done.report.tally.rejects) == (3, 6)
    assert done.errors == (
        (3, "email", "email.invalid"),
        (3, "phone", "phone.too_short"),
        (3, "first_name", "name.needed"),
        (3, "birth_date", "birth_date.future"),
        (4, "own_id", "own_id.repeated"),
        (6, "own_id", "row.repeated"),
    )


async def test_r12_somebody_without_an_own_id_who_may_be_the_one_is_left_to_staff(practice: Practice) -> None:
    known = await practice.client("Ana", last_name="Ruiz", email="another@example.com")
    done = await take_in(practice, ANA, BEN)
    assert (done.counts, done.errors) == ((1, 0, 0), ((2, "own_id", "row.likely_duplicate"),))
    named = replace(known.details, own_id="A-1")
    await practice.clients.edit(practice.dana, known.id, named, expected_version=1)
    assert (await take_in(practice, ANA, BEN)).counts == (0, 1, 1)


async def test_who_is_here_without_an_own_id_is_known_by_name_birth_date_and_email(
    practice: Practice,
) -> None:
    known = await practice.client("ana", last_name="Ruíz", birth_date=date(1980, 5, 1))
    assert (await take_in(practice, ANA)).counts == (0, 1, 0)
    ana = await practice.clients.get(practice.dana, known.id)
    assert (ana.details.own_id, ana.email, ana.name) == ("A-1", "ana@example.com", "Ana Ruiz")


async def test_who_has_an_own_id_is_known_without_it_and_keeps_it(practice: Practice) -> None:
    await take_in(practice, ANA)
    nameless = replace(ANA, own_id="", preferred_name="Annie")
    assert (await take_in(practice, nameless)).counts == (0, 1, 0)
    details = await details_of(practice, "A-1")
    assert (details.preferred_name, details.own_id) == ("Annie", "A-1")


async def test_who_could_be_several_is_reported(practice: Practice) -> None:
    for own_id in ("X-1", "X-2"):
        await take_in(practice, replace(ANA, own_id=own_id, email=None))
    done = await take_in(practice, replace(ANA, own_id=""))
    assert (done.counts, done.errors) == ((0, 0, 0), ((2, "own_id", "row.ambiguous"),))


async def test_two_rows_never_mean_one_client(practice: Practice) -> None:
    await take_in(practice, replace(ANA, email=None))
    done = await take_in(practice, replace(ANA, own_id=""), replace(ANA, preferred_name="Other"))
    assert (done.counts, done.errors) == ((0, 1, 0), ((3, "own_id", "row.repeated"),))


async def test_whom_an_own_id_names_no_other_row_of_the_list_means_by_the_name(practice: Practice) -> None:
    await take_in(practice, ANA)
    listed = (replace(ANA, own_id=""), replace(ANA, first_name="Other"))
    assert (await take_in(practice, *listed)).counts == (1, 1, 0)
    assert (await details_of(practice, "A-1")).first_name == "Other"
    assert (await take_in(practice, *listed)).counts == (0, 0, 2)


async def test_r12_the_practice_tells_apart_whom_it_gave_different_ids(practice: Practice) -> None:
    assert (await take_in(practice, ANA, replace(ANA, own_id="A-9"))).counts == (2, 0, 0)


async def test_an_own_id_that_has_lost_its_zeros_makes_nobody_twice(practice: Practice) -> None:
    await take_in(practice, replace(ANA, own_id="00417"), replace(BEN, own_id="00418"))
    done = await take_in(practice, replace(ANA, own_id="417"), replace(DORA, own_id="418"))
    assert done.errors == ((2, "own_id", "own_id.zeros"),)
    assert done.counts == (1, 0, 0)


async def test_r14_a_shared_address_is_the_ordinary_family_case(practice: Practice) -> None:
    assert (await take_in(practice, ANA, replace(BEN, email="ana@example.com"))).counts == (2, 0, 0)


async def test_r27_a_row_that_would_clear_the_address_of_a_recipient_is_told(practice: Practice) -> None:
    await take_in(practice, ANA, BEN)
    ana, ben = await found(practice, "Ruiz")
    await practice.relationships.link(
        practice.dana, client_id=ana.id, other_id=ben.id, relationship=PARENT, sharing=AGREED
    )
    done = await take_in(practice, replace(BEN, email=None), replace(ANA, preferred_name=""))
    assert (done.counts, done.errors) == ((0, 1, 0), ((2, "email", "email.needed_for_sharing"),))
    assert (await practice.clients.get(practice.dana, ben.id)).email == "ben@example.com"


async def test_r33_a_phone_may_be_cleared_and_the_role_stays(practice: Practice) -> None:
    await take_in(practice, ANA, BEN)
    ana, ben = await found(practice, "Ruiz")
    outcome = await practice.link(ben, ana)
    assert outcome.relation is not None
    await practice.relationships.change_roles(
        practice.dana, client_id=ben.id, relation_id=outcome.relation.id, roles=(), emergency=True
    )
    assert (await take_in(practice, replace(ANA, phones=()), BEN)).counts == (0, 1, 1)
    assert await practice.emergency_order(ben) == ["Ana Ruiz (Anita)"]


async def test_a_deceased_client_is_known_by_the_own_id_in_whatever_case(practice: Practice) -> None:
    dora = await practice.client("Dora", own_id="A-2", status=ClientStatus.DECEASED)
    silent = EVERY_FIELD - {Field.STATUS}
    assert (await take_in(practice, replace(BEN, own_id="a-2"), stated=silent)).counts == (0, 1, 0)
    ben = await practice.clients.get(practice.dana, dora.id)
    assert (ben.name, ben.details.own_id, ben.details.status) == ("Ben Ruiz", "a-2", ClientStatus.DECEASED)


@pytest.mark.parametrize("number", [49, 50, 51, 400])
async def test_a_list_of_several_batches_is_taken_in_whole(practice: Practice, number: int) -> None:
    many = [ClientDetails(own_id=f"A-{each}", first_name=f"Client {each}") for each in range(number)]
    assert (await take_in(practice, *many)).counts == (number, 0, 0)
    assert (await practice.clients.find(practice.dana, "", limit=1)).total == number
    assert (await take_in(practice, *many)).counts == (0, 0, number)


async def test_a_list_goes_into_its_own_workspace_only(practice: Practice, other_practice: Practice) -> None:
    await take_in(practice, ANA)
    assert (await other_practice.clients.find(other_practice.dana, "")).total == 0
    assert (await take_in(other_practice, ANA)).counts == (1, 0, 0)


MANY = [ClientDetails(own_id=f"A-{each}", first_name=f"Client {each}") for each in range(30)]


async def test_who_is_missing_is_counted_and_archived_only_when_asked(practice: Practice) -> None:
    await take_in(practice, *MANY)
    done = await take_in(practice, *MANY[2:])
    assert (done.report.missing, done.report.archived) == (2, 0)
    done = await take_in(practice, *MANY[2:], plan=ImportPlan(archives_missing=True))
    assert (done.report.missing, done.report.archived, done.report.why_not) == (2, 2, "")
    for own_id, status in (("A-0", ClientStatus.ARCHIVED), ("A-2", ClientStatus.ACTIVE)):
        (client,) = await practice.clients.exact(practice.dana, own_id)
        assert client.details.status is status
    (client,) = await practice.clients.exact(practice.dana, "A-0")
    assert [entry.act for entry in await practice.history(client)] == [Act.CLIENT_EDITED, Act.CLIENT_ADDED]
    done = await take_in(practice, *MANY[2:], plan=ImportPlan(archives_missing=True))
    assert (done.report.missing, done.report.archived) == (0, 0)


async def test_half_a_file_archives_nobody_unless_it_is_said_twice(practice: Practice) -> None:
    await take_in(practice, *MANY)
    done = await take_in(practice, *MANY[:10], plan=ImportPlan(archives_missing=True))
    assert (done.report.missing, done.report.archived, done.report.why_not) == (20, 0, "archive.many")
    plan = ImportPlan(archives_missing=True, archives_many=True)
    assert (await take_in(practice, *MANY[:10], plan=plan)).report.archived == 20


async def test_nobody_is_archived_while_a_row_is_left_out(practice: Practice) -> None:
    await take_in(practice, *MANY)
    bad = replace(MANY[1], email="nobody")
    done = await take_in(practice, bad, *MANY[2:], plan=ImportPlan(archives_missing=True))
    assert (done.report.missing, done.report.archived, done.report.why_not) == (2, 0, "archive.rejected")


async def test_an_import_that_was_broken_off_is_continued_and_comes_first(practice: Practice) -> None:
    engine = importing(practice)
    with pytest.raises(NothingToContinue):
        await engine.continued(practice.dana)
    rows = [row(each, line) for line, each in enumerate([*MANY, *MANY[:1]], start=2)]
    record = await engine.stage(practice.dana, ImportPlan(), [rows])

    class Broken(Exception):  # noqa: N818 - what happens to it
        pass

    def break_off(_: object) -> None:
        raise Broken

    with pytest.raises(Broken):
        await engine.take_in(practice.dana, record, tell=break_off)
    later = importing(practice)
    with pytest.raises(Unfinished):
        await later.stage(practice.dana, ImportPlan(), [rows])
    resumed = await later.continued(practice.dana)
    assert resumed.mark > 0
    with pytest.raises(TakenOver):
        await engine.take_in(practice.dana, record)
    report = await later.take_in(practice.dana, resumed)
    assert (report.tally.clients, report.tally.rejected) == (Counts(added=30), 1)
    await later.finish(practice.dana, report.id)
    assert (await practice.clients.find(practice.dana, "", limit=1)).total == 30


async def test_what_was_only_read_is_forgotten_by_the_next_import(practice: Practice) -> None:
    engine = importing(practice)
    record = await engine.stage(practice.dana, ImportPlan(), [[row(ANA)]])
    assert (await take_in(practice, BEN)).counts == (1, 0, 0)
    with pytest.raises(TakenOver):
        await engine.take_in(practice.dana, record)


async def test_what_is_still_being_read_gives_way_to_an_import_that_begins_later(practice: Practice) -> None:
    ours = RosterImport(
        storage=practice.storage,
        clock=practice.clock,
        new_id=practice.new_id,
        takings={RowKind.CLIENT: ClientRows()},
        pace=Pace(most_rows=1),
    )
    begun, is_other_done = asyncio.Event(), threading.Event()

    def rows() -> Iterator[ClientRow]:
        yield row(ANA)
        yield row(DORA, 3)
        assert is_other_done.wait(10)
        yield row(replace(DORA, first_name="Eve"), 4)

    reading = asyncio.create_task(
        ours.stage(practice.dana, ImportPlan(), [rows()], tell=lambda _: begun.set())
    )
    await begun.wait()
    assert (await take_in(practice, BEN)).counts == (1, 0, 0)
    is_other_done.set()
    with pytest.raises(TakenOver):
        await reading
    assert (await practice.clients.find(practice.dana, "", limit=1)).total == 1


@pytest.mark.parametrize("rows", [1, 3])
async def test_a_dry_run_that_another_import_has_ended_says_no_number(practice: Practice, rows: int) -> None:
    class Interrupted(ClientRows):
        async def decide(self, errand: Errand, run: Run, rows: Sequence[Numbered]) -> Decided:
            decided = await super().decide(errand, run, rows)
            if rows[0].number == 1:
                await take_in(practice, BEN)
            return decided

    engine = importing(practice, Interrupted())
    staged = [row(each, line) for line, each in enumerate(MANY[:rows], start=2)]
    record = await engine.stage(practice.dana, ImportPlan(is_dry_run=True), [staged])
    with pytest.raises(TakenOver):
        await engine.take_in(practice.dana, record)


async def test_somebody_changed_meanwhile_is_decided_on_again(practice: Practice) -> None:
    await take_in(practice, ANA, BEN)
    (ana,) = await practice.clients.exact(practice.dana, "A-1")

    class WhileDeciding(ClientRows):
        """Somebody saves the client between the decision and the writing."""

        has_saved = False

        async def carry_out(self, errand: Errand, run: Run, decided: Decided) -> None:
            if not self.has_saved:
                self.has_saved = True
                late = replace(ana, details=replace(ana.details, preferred_name="Annie"), version=2)
                await errand.unit.clients.update(late, expected_version=1)
            await super().carry_out(errand, run, decided)

    engine = importing(practice, WhileDeciding())
    changed = replace(ANA, first_name="Anna")
    record = await engine.stage(practice.dana, ImportPlan(), [[row(changed), row(BEN, 3)]])
    report = await engine.take_in(practice.dana, record)
    assert report.tally.clients == Counts(changed=1, unchanged=1)
    assert (await details_of(practice, "A-1")).first_name == "Anna"
