"""Lists of links and contacts as practices have them: loose headers, loose words, and each bad cell told."""

import io
from dataclasses import dataclass
from datetime import date

import pytest

from bot.adapters.roster.families_csv import read_families
from bot.adapters.roster.formats import FORMATS
from bot.domain.kinship import Kinship, Label, Word
from bot.domain.person import PersonDetails
from bot.domain.phone import Phone, PhoneLabel
from bot.domain.relationship import RelationKind
from bot.domain.roles import Role, RoleHeld
from bot.domain.sharing import EVERY_CATEGORY, NOT_SHARED, Basis, Category, SharingChoice
from bot.services.roster.reading import (
    BadRow,
    DateOrder,
    FileNotice,
    FileShape,
    Read,
    ReadingChoices,
    format_of,
)
from bot.services.roster.rows import LAST_PLACE, RelatedSide, RelationRow


def read(text: str, dates: DateOrder | None = None) -> list[Read]:
    file = io.BufferedReader(io.BytesIO(text.encode()))
    return list(read_families(file, "f.csv", ReadingChoices(dates=dates)))


def one(text: str) -> RelationRow:
    rows = [each for each in read(text) if isinstance(each, RelationRow)]
    assert len(rows) == 1
    return rows[0]


def test_a_link_with_everything() -> None:
    row = one(
        "client_id,related_client_id,relationship,reverse relationship,roles,emergency,shared emails,"
        "shared emails basis,shared emails until,reverse roles,since,ends on\n"
        'K-1,K-2,Mother,daughter,"Guardian (2020-01-02 to 2030-01-02) ""Order """"12"""""";payer",1,'
        "Superbills; payments,authorization,2027-01-01,none,2019-05-06,2031-01-01\n"
    )
    paper = RoleHeld(
        role=Role.LEGAL_GUARDIAN,
        document='Order "12"',
        valid_from=date(2020, 1, 2),
        valid_until=date(2030, 1, 2),
    )
    assert (row.kind, row.client_own_id, row.other_own_id) == (RelationKind.LINKED_CLIENT, "K-1", "K-2")
    assert row.side == RelatedSide(
        label=Label.of_word(Word.MOTHER),
        roles=(paper, RoleHeld(role=Role.PAYER)),
        emergency_position=1,
        sharing=SharingChoice(
            categories=frozenset({Category.SUPERBILLS, Category.PAYMENTS}),
            basis=Basis.AUTHORIZATION,
            expires_on=date(2027, 1, 1),
        ),
    )
    assert row.reverse == RelatedSide(label=Label.of_word(Word.DAUGHTER), roles=())
    assert (row.since, row.ends_on, row.is_ended) == (date(2019, 5, 6), date(2031, 1, 1), False)


def test_a_contact_in_other_words() -> None:
    row = one(
        "Patient ID;Contact Name;Relation;Emergency Contact;Mobile;Work phone;Contact Email;Language;"
        "person key\n"
        "7;Ferreira, Odete;Great-aunt;yes;0171 1;030 2;o@example.org;Portuguese;p1\n"
    )
    assert row.kind is RelationKind.CONTACT
    assert row.person == PersonDetails(
        first_name="Odete",
        last_name="Ferreira",
        email="o@example.org",
        phones=(Phone(number="0171 1"), Phone(number="030 2", label=PhoneLabel.WORK)),
        language="Portuguese",
    )
    assert row.side == RelatedSide(label=Label.in_own_words("Great-aunt"), emergency_position=LAST_PLACE)
    assert (row.client_own_id, row.person_key) == ("7", "p1")


def test_an_empty_cell_says_nothing_and_none_says_that_there_is_nothing() -> None:
    header = "client,related,relationship,roles,emergency,shared emails\n"
    assert one(f"{header}1,2,,,,\n").side == RelatedSide()
    assert one(f"{header}1,2,sibling,none,no,none\n").side == RelatedSide(
        label=Label(kinship=Kinship.SIBLING), roles=(), emergency_position=0, sharing=NOT_SHARED
    )
    every = one(f"{header}1,2,,,2 (no phone),all\n").side
    assert every == RelatedSide(
        emergency_position=2, has_no_phone=True, sharing=SharingChoice(categories=EVERY_CATEGORY)
    )


def test_what_was_removed_is_marked_so() -> None:
    row = one("client,related,removed on\n1,2,2026-01-02\n")
    assert (row.is_ended, row.ends_on) == (True, date(2026, 1, 2))


@dataclass(frozen=True, slots=True)
class Bad:
    column: str
    cell: str
    key: str


@pytest.mark.parametrize(
    "bad",
    [
        Bad("roles", "captain", "role.unknown"),
        Bad("roles", "payer (2020-01-01 to )", "role.paper"),
        Bad("roles", "guardian (2020-13-01 to )", "role.paper"),
        Bad("roles", "guardian (2021-01-01 to 2020-01-01)", "role.paper"),
        Bad("emergency", "perhaps", "emergency.unknown"),
        Bad("shared emails", "newsletters", "shared.unknown"),
        Bad("basis", "he said so", "basis.unknown"),
        Bad("since", "01/02/2020", "date.ambiguous"),
        Bad("ends on", "soon", "date.unreadable"),
    ],
    ids=lambda bad: f"{bad.column}: {bad.cell}",
)
def test_a_bad_cell_is_told_with_its_column(bad: Bad) -> None:
    shape, row = read(f"client,related,{bad.column}\n1,2,{bad.cell}\n")
    assert isinstance(shape, FileShape)
    assert isinstance(row, BadRow)
    (error,) = row.errors
    assert (error.column, error.value, error.key, error.place.line) == (bad.column, bad.cell, bad.key, 2)
    assert error.original == {"client": "1", "related": "2", bad.column: bad.cell}


def test_dates_in_the_order_that_is_stated() -> None:
    _, row = read("client,related,since\n1,2,01/02/2020\n", DateOrder.DMY)
    assert isinstance(row, RelationRow)
    assert row.since == date(2020, 2, 1)


def test_columns_that_are_not_needed_are_named() -> None:
    shape, notice, _ = read("client,related,Shoe size,Why it was left out,Phone\n1,2,44,x,\n")
    assert isinstance(shape, FileShape)
    assert (shape.headers["client"], shape.headers["relation"], shape.headers["phone"]) == (
        "client",
        "related",
        "Phone",
    )
    assert notice == FileNotice(file="f.csv", key="file.ignored", values={"columns": "Shoe size"})


LISTS = {
    "client_id,related_client_id,relationship": "a list of links and contacts",
    "Patient ID;Related patient;Kinship": "a list of links and contacts",
    "sep=;\nclient;relationship;name;phone": "a list of links and contacts",
    "own_id,first_name,last_name,birth_date,emergency contact,relationship": "a list of clients",
    "id,name,phone": "a list of clients",
    "first name,last name,status,relationship,client": "a list of clients",
    '{"resourceType":"Patient"}': "FHIR",
    '\ufeff\n {"id": "x", "resourceType": "Bundle"}': "FHIR",
}


@pytest.mark.parametrize("head", LISTS)
def test_files_are_known_by_how_they_begin(head: str) -> None:
    assert format_of(f"{head}\nx".encode(), FORMATS).said == LISTS[head]


def test_what_is_said_of_the_client_is_not_taken_for_the_contact() -> None:
    row = one(
        "Client ID,Client Name,Patient Phone,Contact Name,Contact Phone,Relationship\n"
        "1,Maria Lopez,212-555-0100,Rosa Diaz,212-555-0110,Mother\n"
    )
    assert row.person is not None
    assert (row.person.first_name, row.person.last_name) == ("Rosa", "Diaz")
    assert [phone.number for phone in row.person.phones] == ["212-555-0110"]


EMERGENCY = "Emergency Contact Name,Emergency Contact Phone,Emergency Contact Relationship"


@pytest.mark.parametrize("client", ["Patient", "Client ID", "MRN", "Client ID,Client Name"])
def test_a_list_of_emergency_contacts_is_no_list_of_clients(client: str) -> None:
    text = f"{client},{EMERGENCY}\n1{',Maria Lopez' * client.count(',')},Rosa Diaz,212-555-0110,Mom\n"
    assert format_of(text.encode(), FORMATS).said == "a list of links and contacts"
    row = one(text)
    assert row.person is not None
    assert (row.client_own_id, row.person.last_name, len(row.person.phones)) == ("1", "Diaz", 1)
    assert row.side == RelatedSide(label=Label.of_word(Word.MOTHER), emergency_position=LAST_PLACE)


@pytest.mark.parametrize(
    "of_clients", ["First Name,Last Name", "Name", "DOB", "Email", "Phone", "Patient Phone"]
)
def test_a_list_of_clients_may_name_whom_to_call(of_clients: str) -> None:
    text = f"Patient ID,{of_clients},{EMERGENCY}\n"
    assert format_of(text.encode(), FORMATS).said == "a list of clients"


@pytest.mark.parametrize(
    ("cell", "position"),
    [("N", 0), ("false", 0), ("primary", 1), ("Secondary", 2), ("2nd", 2), ("3.", 3), ("x", LAST_PLACE)],
)
def test_who_is_called_when_is_said_in_many_words(cell: str, position: int) -> None:
    assert one(f"client,name,emergency\n1,Ana,{cell}\n").side.emergency_position == position


@pytest.mark.parametrize(
    ("cell", "label"),
    [
        ("Mom", Label.of_word(Word.MOTHER)),
        ("Step-father", Label.of_word(Word.STEP_FATHER)),
        ("stepmom", Label.of_word(Word.STEP_MOTHER)),
        ("ex-wife", Label(kinship=Kinship.FORMER_SPOUSE)),
        ("boyfriend", Label(kinship=Kinship.SIGNIFICANT_OTHER)),
        ("other: mom", Label.in_own_words("mom")),
    ],
)
def test_everyday_words_for_relatives_are_known(cell: str, label: Label) -> None:
    assert one(f"client,name,relation\n1,Ana,{cell}\n").side.label == label


def test_roles_and_kinds_of_mail_are_listed_as_people_list_them() -> None:
    side = one('client,name,roles,shares\n1,Ana,"guardian, payer","appointments and receipts"\n').side
    assert side.roles == (RoleHeld(role=Role.LEGAL_GUARDIAN), RoleHeld(role=Role.PAYER))
    assert side.sharing is not None
    assert side.sharing.categories == {Category.APPOINTMENTS, Category.PAYMENTS}
    assert one("client,name,shares\n1,Ana,all e-mails\n").side.sharing == SharingChoice(
        categories=EVERY_CATEGORY
    )
