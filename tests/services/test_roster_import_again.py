"""Whatever the list: again it changes nothing, a dry run says the same, corrected rejects make it whole."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.client import ClientDetails, ClientStatus
from bot.domain.phone import Phone, PhoneLabel
from bot.services.roster.importing import RosterImport
from bot.services.roster.pace import Pace
from bot.services.roster.plan import Counts, ImportPlan
from bot.services.roster.report import ImportReport
from bot.services.roster.rows import ClientRow, Place
from bot.services.roster.takings import every_kind
from storage.database import Database
from tests.databases import copied_sqlite_url, in_own_loop, opened
from tests.services.practice import Practice

PHONES = st.sampled_from(["+12125550100", "+12125550101", "+442079460000"])
DETAILS = st.builds(
    ClientDetails,
    first_name=st.sampled_from(["Ana", "Ben", "José"]),
    last_name=st.sampled_from(["Ruiz", "Vega", ""]),
    preferred_name=st.sampled_from(["", "Nana"]),
    own_id=st.sampled_from(["", "", "1", "2", "3", "4"]),
    birth_date=st.sampled_from([None, date(1980, 5, 1), date(1999, 1, 31)]),
    email=st.sampled_from([None, "a@example.org", "b@example.org"]),
    phones=st.lists(
        st.builds(Phone, number=PHONES, label=st.sampled_from(PhoneLabel)),
        max_size=2,
        unique_by=lambda phone: phone.number,
    ).map(tuple),
    status=st.sampled_from(ClientStatus),
)
LISTS = st.lists(DETAILS, max_size=12)


class Import:
    """A practice of its own, and what it imports, a few rows at once.

    A dry run takes them one after the other; else the next are decided on beside the writing of those before.
    """

    def __init__(self, database: Database) -> None:
        self.practice = Practice(database)
        self.left_out: list[int] = []

    def engine(self, pace: Pace) -> RosterImport:
        return RosterImport(
            storage=self.practice.storage,
            clock=self.practice.clock,
            new_id=self.practice.new_id,
            takings=every_kind(),
            pace=pace,
        )

    async def take_in(self, details: list[ClientDetails], *, is_dry_run: bool = False) -> ImportReport:
        rows = [
            ClientRow(place=Place(file="a.csv", line=line), details=each) for line, each in enumerate(details)
        ]
        actor = self.practice.dana
        engine = self.engine(Pace(most_rows=4) if is_dry_run else Pace(most_rows=2, breath=0))
        record = await engine.stage(actor, ImportPlan(is_dry_run=is_dry_run), [rows])
        report = await engine.take_in(actor, record)
        errors = (await engine.rejected(actor, record.id)).errors
        self.left_out = [error.place.line for error in errors]
        await engine.finish(actor, record.id)
        return report

    async def stored(self) -> list[ClientDetails]:
        """Return everybody, the deceased too, without the order in which they came."""
        async with self.practice.storage.reading(self.practice.dana.workspace_id) as unit:
            everybody = await unit.families.page(after=None, limit=1000)
        return sorted((client.details for client in everybody), key=repr)


ANA = ClientDetails(first_name="Ana", last_name="Ruiz")
BEN = ClientDetails(first_name="Ben")
NAUGHTS, SEVEN = replace(ANA, own_id="007"), replace(ANA, own_id="7")
OTHERS = [replace(BEN, own_id=str(number)) for number in range(20, 25)]
BORN = date(1980, 5, 1)


@given(before=LISTS, listed=LISTS)
# Her old name without her id, beside her id with her new name.
@example(before=[replace(ANA, own_id="1")], listed=[ANA, replace(ANA, own_id="1", last_name="Vega")])
# Each means the one who is there, until the other has come in: they are decided on in different units.
@example(
    before=[replace(ANA, birth_date=BORN)],
    listed=[BEN, replace(ANA, birth_date=BORN, email="a@example.org"), ANA, replace(ANA, birth_date=BORN)],
)
# Two of one name, whose ids are the same but for zeros: the first has come in, or is to come in.
@example(before=[], listed=[NAUGHTS, *OTHERS, SEVEN])
@example(before=[NAUGHTS], listed=[NAUGHTS, *OTHERS, SEVEN])
@example(before=[NAUGHTS], listed=[NAUGHTS, BEN, SEVEN])
@example(before=[NAUGHTS], listed=[SEVEN, *OTHERS, NAUGHTS])
@settings(max_examples=8, deadline=None)
def test_a_list_again_changes_nothing_and_a_dry_run_says_what_comes(
    sqlite_template: Path,
    tmp_path_factory: pytest.TempPathFactory,
    before: list[ClientDetails],
    listed: list[ClientDetails],
) -> None:
    async def story() -> None:
        async with opened(copied_sqlite_url(sqlite_template, tmp_path_factory.mktemp("again"))) as database:
            its = Import(database)
            await its.take_in(before)
            stored = await its.stored()
            foreseen = await its.take_in(listed, is_dry_run=True)
            left_out = its.left_out
            assert await its.stored() == stored
            done = await its.take_in(listed)
            assert (done.tally, done.missing, its.left_out) == (foreseen.tally, foreseen.missing, left_out)
            stored = await its.stored()
            again = await its.take_in(listed)
            assert again.tally.clients == Counts(unchanged=done.tally.clients.total)
            assert its.left_out == left_out
            assert await its.stored() == stored

    in_own_loop(story())


@given(
    listed=st.lists(DETAILS.filter(lambda details: bool(details.own_id)), max_size=12),
    bad=st.sets(st.integers(0, 11)),
)
@settings(max_examples=8, deadline=None)
def test_rejects_that_are_corrected_make_it_as_if_they_had_been_right(
    sqlite_template: Path,
    tmp_path_factory: pytest.TempPathFactory,
    listed: list[ClientDetails],
    bad: set[int],
) -> None:
    unique = list({details.own_id: details for details in listed}.values())
    spoilt = [replace(each, email="nobody") if place in bad else each for place, each in enumerate(unique)]

    async def story() -> None:
        async with (
            opened(copied_sqlite_url(sqlite_template, tmp_path_factory.mktemp("spoilt"))) as one,
            opened(copied_sqlite_url(sqlite_template, tmp_path_factory.mktemp("right"))) as other,
        ):
            corrected, right = Import(one), Import(other)
            await corrected.take_in(spoilt)
            assert corrected.left_out == [place for place in range(len(unique)) if place in bad]
            await corrected.take_in([unique[place] for place in corrected.left_out])
            await right.take_in(unique)
            assert await corrected.stored() == await right.stored()

    in_own_loop(story())
