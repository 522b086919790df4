from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.client import Client, ClientDetails, ClientStatus
from bot.domain.errors import Field
from bot.domain.ids import ClientId, PersonId, StaffId
from bot.domain.person import Person, PersonDetails
from bot.domain.sharing import EVERY_CATEGORY, NOT_SHARED, Basis, Category, Sharing, SharingChoice
from bot.services.findings import Findings
from bot.services.sharing_rules import Direction, check_sharing, recorded_sharing, reverse_direction

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EARLIER = NOW - timedelta(days=30)
DANA, SAM = StaffId("U1"), StaffId("U2")
ANA = Client(id=ClientId("c1"), details=ClientDetails(first_name="Ana", email="ana@example.com"))
BEN = Client(id=ClientId("c2"), details=ClientDetails(first_name="Ben", email="ben@example.com"))
NO_MAIL = Client(id=ClientId("c3"), details=ClientDetails(first_name="Cleo"))
LATE = Client(
    id=ClientId("c4"),
    details=ClientDetails(first_name="Dora", email="dora@example.com", status=ClientStatus.DECEASED),
)
AGREED = SharingChoice(categories=EVERY_CATEGORY, basis=Basis.CLIENT_AGREED_VERBALLY)
TWO = frozenset({Category.APPOINTMENTS, Category.PAYMENTS})
PRESENT = Sharing(
    categories=TWO,
    basis=Basis.CLIENT_AGREED_IN_WRITING,
    expires_on=None,
    recorded_by=DANA,
    recorded_at=EARLIER,
)


def found(choice: SharingChoice, direction: Direction) -> list[tuple[Field, str]]:
    findings = Findings()
    check_sharing(choice, direction, today=TODAY, findings=findings)
    return [(one.field, one.key) for one in findings.problems]


def direction(present: Sharing | None = None) -> Direction:
    return Direction(sender=ANA, recipient=BEN, present=present)


def test_r20_off_is_the_default_and_always_possible() -> None:
    assert SharingChoice() == NOT_SHARED
    assert found(NOT_SHARED, Direction(sender=LATE, recipient=NO_MAIL, present=PRESENT)) == []
    assert recorded_sharing(NOT_SHARED, PRESENT, by=SAM, at=NOW) is None


def test_r51_switching_on_asks_for_a_basis() -> None:
    assert found(replace(AGREED, basis=None), direction()) == [(Field.BASIS, "basis.needed")]
    assert found(AGREED, direction()) == []


def test_r51_widening_asks_for_a_basis_again() -> None:
    wider = SharingChoice(categories=TWO | {Category.SUPERBILLS})
    assert found(wider, direction(PRESENT)) == [(Field.BASIS, "basis.needed")]
    assert found(replace(wider, basis=Basis.CLIENT_AGREED_IN_WRITING), direction(PRESENT)) == []


@pytest.mark.parametrize(
    ("expires_on", "problems"),
    [
        (None, [(Field.EXPIRES_ON, "basis.expiry_needed")]),
        (TODAY, [(Field.EXPIRES_ON, "basis.expiry_past")]),
        (TODAY - timedelta(days=1), [(Field.EXPIRES_ON, "basis.expiry_past")]),
        (TODAY + timedelta(days=1), []),
    ],
)
def test_r51_an_authorization_has_a_date_in_the_future(
    expires_on: date | None, problems: list[tuple[Field, str]]
) -> None:
    choice = SharingChoice(categories=TWO, basis=Basis.AUTHORIZATION, expires_on=expires_on)
    assert found(choice, direction()) == problems


def test_r51_other_bases_drop_a_date() -> None:
    recorded = recorded_sharing(replace(AGREED, expires_on=date(2027, 1, 1)), None, by=SAM, at=NOW)
    assert recorded is not None
    assert recorded.expires_on is None
    assert (recorded.recorded_by, recorded.recorded_at) == (SAM, NOW)


def test_r51_an_authorization_keeps_its_date() -> None:
    choice = SharingChoice(categories=TWO, basis=Basis.AUTHORIZATION, expires_on=date(2027, 1, 1))
    recorded = recorded_sharing(choice, None, by=SAM, at=NOW)
    assert recorded is not None
    assert recorded.choice == choice


def test_what_stays_as_it_is_keeps_who_recorded_it() -> None:
    assert recorded_sharing(PRESENT.choice, PRESENT, by=SAM, at=NOW) is PRESENT
    assert found(PRESENT.choice, Direction(sender=LATE, recipient=NO_MAIL, present=PRESENT)) == []


def test_sharing_that_came_in_without_a_basis_may_stay_as_it_is() -> None:
    imported = replace(PRESENT, basis=None)
    assert found(imported.choice, direction(imported)) == []
    assert recorded_sharing(imported.choice, imported, by=SAM, at=NOW) is imported


@pytest.mark.parametrize("basis", [None, Basis.CLIENT_AGREED_IN_WRITING])
def test_narrowing_is_always_possible_and_keeps_the_basis_that_stands(basis: Basis | None) -> None:
    narrower = SharingChoice(categories=frozenset({Category.PAYMENTS}), basis=basis)
    assert found(narrower, Direction(sender=LATE, recipient=NO_MAIL, present=PRESENT)) == []
    assert recorded_sharing(narrower, PRESENT, by=SAM, at=NOW) == replace(
        PRESENT, categories=narrower.categories
    )


def test_another_basis_is_recorded_anew() -> None:
    choice = SharingChoice(categories=TWO, basis=Basis.PARENT_OF_MINOR)
    recorded = recorded_sharing(choice, PRESENT, by=SAM, at=NOW)
    assert recorded is not None
    assert (recorded.basis, recorded.recorded_by, recorded.recorded_at) == (
        Basis.PARENT_OF_MINOR,
        SAM,
        NOW,
    )


def test_r27_nothing_is_switched_on_for_somebody_without_an_address() -> None:
    findings = Findings()
    to_nobody = Direction(sender=ANA, recipient=NO_MAIL)
    check_sharing(AGREED, to_nobody, today=TODAY, findings=findings)
    (problem,) = findings.problems
    assert (problem.field, problem.key, problem.values) == (
        Field.SHARING,
        "sharing.no_address",
        {"name": "Cleo"},
    )
    at_the_input = replace(to_nobody, address=Field.EMAIL)
    assert found(AGREED, at_the_input) == [(Field.EMAIL, "sharing.no_address")]


def test_r26_a_client_without_an_address_may_share() -> None:
    assert found(AGREED, Direction(sender=NO_MAIL, recipient=BEN)) == []


@pytest.mark.parametrize(("sender", "recipient"), [(LATE, BEN), (ANA, LATE)])
def test_r60_nothing_is_switched_on_to_or_from_the_deceased(sender: Client, recipient: Client) -> None:
    assert found(AGREED, Direction(sender=sender, recipient=recipient)) == [
        (Field.SHARING, "sharing.deceased")
    ]


def test_the_reverse_direction_has_fields_of_its_own() -> None:
    back = reverse_direction(sender=BEN, recipient=NO_MAIL)
    choice = SharingChoice(categories=TWO)
    assert found(choice, back) == [
        (Field.REVERSE_SHARING, "sharing.no_address"),
        (Field.REVERSE_BASIS, "basis.needed"),
    ]
    dated = SharingChoice(categories=TWO, basis=Basis.AUTHORIZATION)
    assert found(dated, reverse_direction(sender=ANA, recipient=BEN)) == [
        (Field.REVERSE_EXPIRES_ON, "basis.expiry_needed")
    ]
    assert found(AGREED, reverse_direction(sender=LATE, recipient=BEN)) == [
        (Field.REVERSE_SHARING, "sharing.deceased")
    ]


def test_a_contact_person_receives_like_a_client() -> None:
    rosa = Person(id=PersonId("p1"), details=PersonDetails(first_name="Rosa", email="rosa@example.org"))
    assert found(AGREED, Direction(sender=ANA, recipient=rosa)) == []
    nobody = replace(rosa, details=PersonDetails(first_name="Rosa"))
    assert found(AGREED, Direction(sender=ANA, recipient=nobody)) == [(Field.SHARING, "sharing.no_address")]
