"""Lists as systems and people give them out, with what they put around and into the cells."""

import io
from datetime import date

import pytest

from bot.adapters.roster.addresses import address_in
from bot.adapters.roster.cells import phones_cell, phones_in, status_in
from bot.adapters.roster.clients_csv import read_clients
from bot.adapters.roster.dates import NoDate, date_in
from bot.adapters.roster.families_csv import read_families
from bot.adapters.roster.formats import FORMATS
from bot.adapters.roster.headers import Holds, held_by
from bot.adapters.roster.whole_names import name_in
from bot.domain.client import ClientDetails, ClientStatus
from bot.domain.phone import Phone, PhoneLabel
from bot.services.roster.reading import (
    BadRow,
    FileNotice,
    Read,
    ReadingChoices,
    UnreadableFile,
    format_of,
)
from bot.services.roster.rows import ClientRow, RelationRow, RowError

TODAY = date(2026, 11, 23)


def opened(content: bytes) -> io.BufferedReader:
    return io.BufferedReader(io.BytesIO(content))


def read(text: str | bytes, **columns: str) -> list[Read]:
    content = text.encode() if isinstance(text, str) else text
    chosen = ReadingChoices(columns=columns, today=TODAY)
    return [*read_clients(opened(content), "a.csv", chosen)]


def clients(found: list[Read]) -> list[ClientDetails]:
    return [each.details for each in found if isinstance(each, ClientRow)]


def full(details: ClientDetails) -> str:
    return f"{details.first_name} {details.last_name}"


def notices(found: list[Read]) -> dict[str, dict[str, str | int]]:
    return {each.key: dict(each.values) for each in found if isinstance(each, FileNotice)}


def errors(found: list[Read]) -> list[tuple[str, str]]:
    return [(error.column, error.key) for each in found if isinstance(each, BadRow) for error in each.errors]


TITLED = (
    "Client list,,\nExported 11/23/2026,,\n,,\n"
    "First Name,Last Name,DOB\nMaria,Lopez,1984-03-31\n,,\nTotal: 1,,\n"
)


def test_a_title_above_the_headers_and_a_total_below_are_no_clients() -> None:
    found = read(TITLED)
    assert [full(details) for details in clients(found)] == ["Maria Lopez"]
    assert notices(found) == {
        "file.headers_below": {"line": 4, "above": "Client list Exported 11/23/2026"},
        "file.total": {"line": 7, "said": "Total: 1"},
    }


def test_of_two_lines_of_headers_the_one_that_says_more_counts() -> None:
    found = read("Client,,Contact\nFirst Name,Last Name,Email\nMaria,Lopez,maria@example.com\n")
    assert [full(details) for details in clients(found)] == ["Maria Lopez"]
    assert "file.headers_below" in notices(found)


@pytest.mark.parametrize(
    "text",
    [
        "Table 1\n\nFirst Name;Last Name\nMaria;Lopez\n",
        "First Name,Last Name,Email,Kind,Client since\nMaria,Lopez,,Client,Active\n",
        "Name\nMaria Lopez\n",
        "Name,Kind\nMaria Lopez,Client\n",
    ],
)
def test_headers_stand_where_a_person_sees_them(text: str) -> None:
    assert [full(details) for details in clients(read(text))] == ["Maria Lopez"]


def test_a_row_of_words_that_headers_have_too_is_no_line_of_headers() -> None:
    with pytest.raises(UnreadableFile, match=r"file\.no_name"):
        read("Wer,Art,Stand,Weg\nMaria Lopez,Client,Active,Email\nJon Low,Client,Active,Phone\n")


def test_a_header_below_a_title_may_be_named() -> None:
    found = read("Our list,\nWer,DOB\nMaria,1984-03-31\n", Wer="first_name")
    assert [details.first_name for details in clients(found)] == ["Maria"]


def test_a_list_of_links_may_have_a_title_too() -> None:
    text = (
        b"Families of our clients,,,\nClient ID,Relationship,Name,Phone\n1,mother,Ana Diaz,n/a\nTotal,1,,\n"
    )
    assert format_of(text, FORMATS).said == "a list of links and contacts"
    found = [*read_families(opened(text), "f.csv", ReadingChoices())]
    (row,) = (each for each in found if isinstance(each, RelationRow))
    assert row.person is not None
    assert (row.person.first_name, row.person.phones, row.place.line) == ("Ana", (), 3)


@pytest.mark.parametrize("word", ["N/A", "-", "unknown", "None", "NULL", "#N/A", "?", "k.A."])
def test_words_for_nothing_are_nothing(word: str) -> None:
    (details,) = clients(read(f"First,Last,DOB,Email,Phone,MRN,Status\nAna,Diaz{f',{word}' * 5}\n"))
    assert details == ClientDetails(first_name="Ana", last_name="Diaz")


def test_a_name_may_be_such_a_word_and_an_export_of_ours_means_what_it_says() -> None:
    assert clients(read("First,Last\nNoor,Null\nAna,-\n")) == [
        ClientDetails(first_name="Noor", last_name="Null"),
        ClientDetails(first_name="Ana"),
    ]
    (ours,) = clients(read("own_id,first_name,last_name,reference\nNone,-,Diaz,\n"))
    assert (ours.own_id, ours.first_name) == ("None", "-")


def test_zeros_are_no_date_and_no_number() -> None:
    (details,) = clients(read("First,DOB,Phone\nAna,00/00/0000,000-000-0000\n"))
    assert (details.birth_date, details.phones) == (None, ())


def test_what_an_old_mac_saved_keeps_its_accents() -> None:
    found = read('First,Last\rJosé,Niño\r"Ana\nMaria",Diaz\r'.encode("mac_roman"))
    assert [details.last_name for details in clients(found)] == ["Niño", "Diaz"]
    assert clients(found)[0].first_name == "José"
    assert list(notices(found)) == ["file.macintosh"]


@pytest.mark.parametrize(
    ("header", "holds"),
    [
        ("Last\nname (legal)", Holds.LAST_NAME),
        ("E-mail address(es)", Holds.EMAIL),
        ("Name (mother)", None),
        ("Client\nID #", Holds.OWN_ID),
        ("Client's name", Holds.NAME),
        ("N° dossier", Holds.OWN_ID),
        ("Adresse e-mail", Holds.EMAIL),
        ("Téléphone portable", Holds.MOBILE_PHONE),
        ("Téléphone fixe", Holds.HOME_PHONE),
        ("Statut", Holds.STATUS),
        ("Archived at", Holds.INACTIVE),
        ("deleted_at", Holds.INACTIVE),
        ("Patient Date of Birth (DOB)", Holds.BIRTH_DATE),
        ("Patient ID (MRN)", Holds.OWN_ID),
        ("Pat.-ID", Holds.OWN_ID),
        ("Name (DOB)", None),
        ("Discharge Date", Holds.INACTIVE),
    ],
)
def test_headers_of_more_systems_are_known(header: str, holds: Holds | None) -> None:
    assert held_by(header) is holds


def test_columns_without_a_header_are_not_missed_and_not_named() -> None:
    found = read("First,Last,,,\nAna,Diaz,,,\nBea,Diaz\nCleo,Diaz,note,,,,\nDan\nEve,Diaz,,,,more\n")
    assert [details.first_name for details in clients(found)] == ["Ana", "Bea", "Cleo"]
    assert notices(found) == {}
    assert [each.key for each in found if isinstance(each, RowError)] == ["row.cells"] * 2


def test_home_and_work_are_numbers_beside_a_mobile_one() -> None:
    (details,) = clients(read("Name,Home,Cell,Work\nAna,212-555-0100,,212-555-0102\n"))
    assert [phone.label for phone in details.phones] == [PhoneLabel.HOME, PhoneLabel.WORK]
    (details,) = clients(read("Name,Home,Work\nAna,1 Main Street,City Hall\n"))
    assert details.phones == ()


def test_the_other_half_of_a_name_is_asked_for_where_a_column_may_hold_it() -> None:
    assert "file.no_last_name" in notices(read("First Name,Apodo\nAna,Diaz\n"))
    assert "file.no_first_name" in notices(read("Last Name,Apodo\nDiaz,Ana\n"))
    assert not {"file.no_last_name", "file.no_first_name"} & {*notices(read("Name,Apodo\nAna Diaz,x\n"))}


def test_whoever_was_archived_on_a_day_is_archived() -> None:
    found = read("Name,Archived at\nAna,\nBea,2021-02-02T10:00:00Z\nCleo,2/3/2021\n")
    assert [details.status for details in clients(found)] == [
        ClientStatus.ACTIVE,
        ClientStatus.ARCHIVED,
        ClientStatus.ARCHIVED,
    ]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        *dict.fromkeys(
            ("Active Client", "Active - weekly", "On hold", "Waitlist", "Prospective"), "active"
        ).items(),
        *dict.fromkeys(("Former client", "Inactive (moved)", "Graduated", "ehemalig"), "archived").items(),
        ("Passed away", "deceased"),
        ("Blue", None),
        ("Not an active client", None),
    ],
)
def test_words_of_many_systems_say_where_a_client_stands(word: str, status: str | None) -> None:
    assert status_in(word) == status


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("Maria Lopez <maria@example.com>", "maria@example.com"),
        ('"Lopez, M" <maria@example.com>', "maria@example.com"),
        ("mailto:maria@example.com", "maria@example.com"),
        ("maria@example.com;", "maria@example.com"),
        ("maria@example.com; Maria@example.com", "maria@example.com"),
        ("a@example.com, b@example.com", None),
        ("a@example.com b@example.com", None),
        ("no address", "no address"),
        ("maria@example", "maria@example"),
    ],
)
def test_an_address_is_found_in_what_stands_around_it(cell: str, found: str | None) -> None:
    assert address_in(cell) == found


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("212-555-0100 or 212-555-0101", ["212-555-0100", "212-555-0101"]),
        ("212-555-0100 & 212-555-0101", ["212-555-0100", "212-555-0101"]),
        ("C: 212-555-0100 H: 212-555-0101", ["212-555-0100", "212-555-0101"]),
        ("2125550100.0", ["2125550100"]),
        ("212-555-0100 ext 12", ["212-555-0100 ext 12"]),
        ("212 555 0100 or ask Mom", ["212 555 0100 or ask Mom"]),
    ],
)
def test_numbers_in_one_cell_are_parted_as_people_write_them(cell: str, numbers: list[str]) -> None:
    assert [phone.number for phone, _ in phones_in(cell, None)] == numbers


@pytest.mark.parametrize("number", ["212 or 213", "2125 & 2126", "212 home: 213", "mornings: 212 and 213"])
def test_what_staff_typed_as_one_number_goes_out_and_in_as_one(number: str) -> None:
    phone = Phone(number=number, label=PhoneLabel.WORK)
    assert phones_in(phones_cell([phone]), None) == [(phone, True)]


def test_what_a_spreadsheet_has_spoilt_is_not_taken_for_a_number() -> None:
    text = "First,DOB,Cell,E-mail\nAna,########,2.12556E+09,a@example.com b@example.com\n"
    assert sorted(errors(read(text))) == [
        ("Cell", "phone.shortened"),
        ("DOB", "date.too_narrow"),
        ("E-mail", "email.several"),
    ]


@pytest.mark.parametrize(
    "cell",
    [
        *("31-Mar-84", "3/31/84", "31.03.84", "3/31/1984 12:00:00 AM", "Saturday, March 31, 1984"),
        *("31. März 1984", "31 mars 1984", "31 de marzo de 1984", "1984-03-31 00:00:00 UTC"),
    ],
)
def test_a_date_of_birth_is_read_where_it_can_be_one_day_only(cell: str) -> None:
    assert date_in(cell, None, born_by=TODAY) == date(1984, 3, 31)


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("3/31/05", "date.year_short"),
        ("3-Apr-26", "date.year_short"),
        ("3/4/84", "date.ambiguous"),
        ("1 jui 1984", "date.unreadable"),
        ("3/31/184", "date.year_short"),
    ],
)
def test_a_short_year_that_may_be_two_is_asked_for(cell: str, key: str) -> None:
    assert date_in(cell, None, born_by=TODAY) == NoDate(key=key)
    assert date_in("3/31/84", None) == NoDate(key="date.year_short")


def test_the_order_of_the_clear_dates_is_told_where_others_are_not_clear() -> None:
    assert "file.dates_mdy" in notices(read("First,DOB\nAna,3/31/1984\nBea,3/4/1984\n"))
    assert "file.dates_dmy" in notices(read("First,DOB\nAna,31.3.1984\nBea,3.4.1984\n"))
    assert not notices(read("First,DOB\nAna,3/31/1984\nBea,31/3/1984\nCleo,3/4/1984\n"))
    assert not notices(read("First,DOB\nAna,3/31/1984\n"))


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Juan de la Cruz", ("Juan", "de la Cruz")),
        ("Ludwig van Beethoven", ("Ludwig", "van Beethoven")),
        ("Martin Luther King Jr.", ("Martin Luther", "King Jr.")),
        ("King, Martin, Jr.", ("Martin", "King Jr.")),
        ("King Jr., Martin", ("Martin", "King Jr.")),
        ("Martin King, Jr.", ("Martin", "King Jr.")),
        ("Van Nguyen", ("Van", "Nguyen")),
        ("de la Cruz", ("", "de la Cruz")),
        ("Cher", ("Cher", "")),
    ],
)
def test_what_belongs_to_a_last_name_stays_with_it(cell: str, name: tuple[str, str]) -> None:
    assert name_in(cell) == name
