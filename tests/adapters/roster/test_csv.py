"""CSV whatever program wrote it, and headers however people word them."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.roster.cells import phones_in, status_in
from bot.adapters.roster.clients_csv import read_clients
from bot.adapters.roster.csv_dialect import MOST_LINES_IN_ROW, records
from bot.adapters.roster.csv_table import Table, TableRow
from bot.adapters.roster.family_columns import is_families
from bot.adapters.roster.headers import Holds, columns_of, held_by
from bot.adapters.roster.whole_names import name_in
from bot.domain.client import ClientStatus
from bot.domain.phone import PhoneLabel
from bot.services.roster.reading import BadRow, FileNotice, FileShape, ReadingChoices, UnreadableFile
from bot.services.roster.rows import ClientRow, RowError

CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=8)


def opened(content: bytes) -> io.BufferedReader:
    return io.BufferedReader(io.BytesIO(content))


@given(
    rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=5),
    sign=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    end=st.sampled_from(["\n", "\r\n"]),
)
@settings(max_examples=60)
def test_what_a_program_writes_is_read_as_it_was(
    rows: list[list[str]], sign: str, encoding: str, end: str
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=sign, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([["First", "Last", "Notes"], *rows])
    table = Table(opened(text.getvalue().encode(encoding)), "a.csv")
    read = [list(row.cells) for row in table.rows() if isinstance(row, TableRow)]
    assert (table.headers, table.delimiter) == (("First", "Last", "Notes"), sign)
    assert read == [row for row in rows if any(cell.strip() for cell in row)]


def test_an_open_quotation_mark_costs_one_row() -> None:
    lines = ["a,b\n", '1,"open\n', *(f"{number},x\n" for number in range(2 * MOST_LINES_IN_ROW))]
    found = list(records(lines, ","))
    assert [record.line for record in found if record.cells is None] == [2]
    assert [record.cells for record in found if record.line in (1, 3)] == [["a", "b"], ["0", "x"]]
    assert len(found) == len(lines)


def test_windows_1252_is_told_from_damaged_utf_8() -> None:
    windows = list(read("Name\nAna\nJosé\nZoë\n".encode("cp1252")))
    assert [row.details.first_name for row in windows if isinstance(row, ClientRow)] == ["Ana", "José", "Zoë"]
    assert [each.key for each in windows if isinstance(each, FileNotice)] == ["file.windows"]
    damaged = list(read("Name\nJosé\n".encode() + b"Zo\xeb\nAna\n"))
    assert [error.key for error in damaged if isinstance(error, RowError)] == ["row.encoding"]
    assert sum(isinstance(row, ClientRow) for row in damaged) == 2


def read(content: bytes) -> list[object]:
    return list(read_clients(opened(content), "a.csv", ReadingChoices()))


def test_excels_own_first_line_and_empty_lines_are_passed_over() -> None:
    shape, row = read(b"sep=;\n\nName;DOB\n\nLopez, Maria;1980-01-02\n;\n")
    assert isinstance(shape, FileShape)
    assert isinstance(row, ClientRow)
    assert (shape.columns, row.place.line) == (("Name", "DOB"), 5)
    assert (row.details.first_name, row.details.last_name) == ("Maria", "Lopez")


def test_everything_that_is_wrong_with_a_row_is_told_at_once() -> None:
    _, row = read(b"Name,DOB,Status,Date of death\nAna,1,2,3\n")
    assert isinstance(row, BadRow)
    assert [(error.column, error.value) for error in row.errors] == [
        ("Status", "2"),
        ("Date of death", "3"),
        ("DOB", "1"),
    ]


@pytest.mark.parametrize(
    ("header", "holds"),
    [
        ("First_Name", Holds.FIRST_NAME),
        ("firstName", Holds.FIRST_NAME),
        ("Patient First Name", Holds.FIRST_NAME),
        ("Given name(s)", Holds.FIRST_NAME),
        ("fname", Holds.FIRST_NAME),
        ("SURNAME", Holds.LAST_NAME),
        ("Client Name", Holds.NAME),
        ("Patient ID", Holds.OWN_ID),
        ("Client #", Holds.OWN_ID),
        ("Patienten-Nr.", Holds.OWN_ID),
        ("Patient Phone", Holds.PHONE),
        ("No.", None),
        ("D.O.B.", Holds.BIRTH_DATE),
        ("DOB (MM/DD/YYYY)", Holds.BIRTH_DATE),
        ("Geb.-Datum", Holds.BIRTH_DATE),
        ("E-Mail Address", Holds.EMAIL),
        ("Phone 2", Holds.PHONE),
        ("Mobile", Holds.MOBILE_PHONE),
        ("Cell Phone #", Holds.MOBILE_PHONE),
        ("homePhone", Holds.HOME_PHONE),
        ("Phone (Work)", Holds.WORK_PHONE),
        ("Is Active?", Holds.STATUS),
        ("Emergency Contact Phone", None),
        ("Home Address", None),
        ("Contact", None),
        ("Work", None),
        ("", None),
    ],
)
def test_headers_are_recognised_loosely(header: str, holds: Holds | None) -> None:
    assert held_by(header) is holds


@pytest.mark.parametrize(
    ("first_line", "asked"),
    [
        (b"Name,Legajo,Nacido", ["file.ignored", "file.no_own_id", "file.no_birth_date"]),
        (b"Name,Id,Nacido", ["file.ignored", "file.no_birth_date"]),
        (b"Name,Id,DOB,Shoe size", ["file.ignored"]),
        (b"Name", []),
    ],
)
def test_what_tells_clients_apart_is_asked_for_where_a_column_may_hold_it(
    first_line: bytes, asked: list[str]
) -> None:
    assert [each.key for each in read(first_line) if isinstance(each, FileNotice)] == asked


def test_a_column_that_is_named_comes_before_one_that_is_recognised() -> None:
    columns = columns_of(("First Name", "Goes by", "Email"), {"goes BY": "first_name"})
    assert (dict(columns.holds), columns.ignored) == (
        {1: Holds.FIRST_NAME, 2: Holds.EMAIL},
        ("First Name",),
    )
    with pytest.raises(UnreadableFile):
        columns_of(("Colour",), {})


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("212 555 0100", [("212 555 0100", None)]),
        ("212 555 0100; (212) 555-0101", [("212 555 0100", None), ("(212) 555-0101", None)]),
        ("mobile: 1, home: 2", [("1", PhoneLabel.MOBILE), ("2", PhoneLabel.HOME)]),
        ("555 0100 (work)\nc: 555 0101", [("555 0100", PhoneLabel.WORK), ("555 0101", PhoneLabel.MOBILE)]),
        ("030/1234567", [("030/1234567", None)]),
        ("555 0100 ext. 5, ask for Ana", [("555 0100 ext. 5, ask for Ana", None)]),
        ("", []),
        (" ; ", []),
    ],
)
def test_several_numbers_stand_in_one_cell(cell: str, numbers: list[tuple[str, PhoneLabel | None]]) -> None:
    found = [(phone.number, phone.label if said else None) for phone, said in phones_in(cell, None)]
    assert found == numbers


def test_a_whole_name_is_parted() -> None:
    assert name_in("Lopez, Maria Luisa") == ("Maria Luisa", "Lopez")
    assert name_in("Maria Luisa Lopez") == ("Maria Luisa", "Lopez")
    assert name_in("Madonna") == ("Madonna", "")


@pytest.mark.parametrize(
    ("word", "status"),
    [("A", "active"), ("yes", "active"), ("Inactive", "archived"), ("0", "archived"), ("DEAD", "deceased")],
)
def test_loose_words_say_where_a_client_stands(word: str, status: str) -> None:
    assert status_in(word) is ClientStatus(status)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_letters_are_read_with_and_without_a_mark(encoding: str) -> None:
    table = Table(opened("First name,Last name\nZoë,Łuk\n".encode(encoding)), "a.csv")
    assert table.headers == ("First name", "Last name")
    assert [list(row.cells) for row in table.rows() if isinstance(row, TableRow)] == [["Zoë", "Łuk"]]
    assert is_families("client_id,relationship\n".encode(encoding))


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00", "file.workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file.workbook"),
        (b"PK\x03\x04" + bytes(26) + b"clients.csv\x01\x02", "file.compressed"),
        (b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml", "file.workbook"),
        (b"\x1f\x8b\x08\x00", "file.compressed"),
        (b"<html><table>", "file.markup"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "file.markup"),
        (b'[{"first_name": "Ada"}]', "file.json"),
        (b"%PDF-1.7\n", "file.unknown"),
        (b"BEGIN:VCARD\nFN:Ada\n", "file.unknown"),
        (bytes(range(256)), "file.unknown"),
        (b"Name,\x1b]0;owned\x07\nAda,\n", "file.unknown"),
    ],
)
def test_what_is_no_text_is_refused_as_a_whole(content: bytes, key: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        Table(opened(content), "a.csv")
    assert refused.value.key == key


def test_lines_that_end_in_another_way_each_are_lines_of_their_own() -> None:
    table = Table(opened(b'First,Last\r\nAda,Quill\nBob,Quill\rCy,"Qu\rill"\r\nDov,Quill\n'), "a.csv")
    rows = list(table.rows())
    assert [(row.place.line, *row.cells) for row in rows if isinstance(row, TableRow)] == [
        (2, "Ada", "Quill"),
        (3, "Bob", "Quill"),
        (4, "Cy", "Qu\rill"),
        (6, "Dov", "Quill"),
    ]


def test_a_cell_that_is_far_too_long_costs_its_row_and_is_called_so() -> None:
    table = Table(opened(b"First,Last\nAda," + b"x" * 200_000 + b"\nBob,Quill\n"), "a.csv")
    first, second = table.rows()
    assert isinstance(first, RowError)
    assert first.key == "row.too_long"
    assert isinstance(second, TableRow)
