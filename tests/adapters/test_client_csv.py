from collections.abc import Mapping
from datetime import date
from io import BytesIO

import pytest

from bot.adapters.client_csv import HEADERS, read_clients
from bot.domain.client import ClientDetails, ClientStatus
from bot.domain.phone import Phone
from bot.services.client_import import ClientRow, RowError, UnreadableFile

HEADER = "own_id,first_name,last_name,preferred_name,birth_date,email,phones,status"
ARABIC_DIGITS = "1980-01-0\N{ARABIC-INDIC DIGIT ONE}"
SEMICOLONS = HEADER.replace(",", ";")
ANA = "A-1,Ana,Ruiz,Anita,1980-05-01,ana@example.com,+12125550100;212 555 0101,active"


def read(*lines: str, encoding: str = "utf-8", end: str = "\n") -> list[ClientRow | RowError]:
    return list(read_clients(BytesIO(end.join((*lines, "")).encode(encoding))))


def refusal(content: bytes) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as refused:
        list(read_clients(BytesIO(content)))
    return refused.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_row_is_read_with_or_without_a_byte_order_mark(encoding: str, end: str) -> None:
    details = ClientDetails(
        own_id="A-1",
        first_name="Ana",
        last_name="Ruiz",
        preferred_name="Anita",
        birth_date=date(1980, 5, 1),
        email="ana@example.com",
        phones=(Phone(number="+12125550100"), Phone(number="212 555 0101")),
    )
    assert read(HEADER, ANA, encoding=encoding, end=end) == [ClientRow(line=2, details=details)]


def test_the_headers_may_stand_in_any_order_and_case() -> None:
    (row,) = read(",".join(reversed([*HEADERS])).upper(), ",".join(reversed(ANA.split(","))))
    assert isinstance(row, ClientRow)
    assert row.details.first_name == "Ana"


def test_empty_cells_are_nothing_and_an_empty_status_is_not_stated() -> None:
    (row,) = read(HEADER, "A-1,Ana,,,,,,")
    assert row == ClientRow(
        line=2, details=ClientDetails(own_id="A-1", first_name="Ana", email=""), states_status=False
    )


def test_a_status_is_read_in_any_case() -> None:
    (row,) = read(HEADER, "A-1,Ana,,,,,, Archived ")
    assert isinstance(row, ClientRow)
    assert row.details.status is ClientStatus.ARCHIVED


def test_a_row_is_numbered_by_the_line_it_begins_on() -> None:
    rows = read(HEADER, 'A-1,"Ana\nMaría",,,,,,', "", "A-2,Ben,,,,,,", ",,,,,,,", "A-3,Cleo,,,,,,")
    assert [row.line for row in rows] == [2, 5, 7]


@pytest.mark.parametrize(
    "cell", ["05/01/1980", "19800501", "1980-W18-4", "1980-02-30", ARABIC_DIGITS, "1980-5-1"]
)
def test_a_birth_date_that_is_not_iso_is_told_with_line_and_column(cell: str) -> None:
    assert read(HEADER, f"A-1,Ana,,,{cell},,,", "A-2,Ben,,,,,,")[0] == RowError(
        line=2, column="birth_date", key="birth_date.not_iso"
    )


def test_everything_wrong_with_a_row_is_told_and_the_next_row_is_read() -> None:
    born, status, ben = read(HEADER, "A-1,Ana,,,x,,,gone", "A-2,Ben,,,,,,")
    assert born == RowError(line=2, column="birth_date", key="birth_date.not_iso")
    assert status == RowError(
        line=2,
        column="status",
        key="status.unknown",
        values={"known": "active, archived, deceased"},
    )
    assert isinstance(ben, ClientRow)


@pytest.mark.parametrize("row", ["A-1,Ana", ANA + ",more"])
def test_a_row_with_too_few_or_too_many_cells_is_told(row: str) -> None:
    error, ben = read(HEADER, row, "A-2,Ben,,,,,,")
    values = {"expected": 8, "found": row.count(",") + 1}
    assert error == RowError(line=2, column="", key="row.cells", values=values)
    assert isinstance(ben, ClientRow)


def test_a_row_that_is_not_csv_is_told_and_the_next_row_is_read() -> None:
    error, ben = read(HEADER, 'A-1,"Ana" x,,,,,,', "A-2,Ben,,,,,,")
    assert error == RowError(line=2, column="", key="row.unreadable")
    assert isinstance(ben, ClientRow)


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("own_id,first_name", {"missing": ", ".join(HEADERS[2:]), "unknown": "", "repeated": ""}),
        (HEADER + ",Gender", {"missing": "", "unknown": "Gender", "repeated": ""}),
        (HEADER + ",email", {"missing": "", "unknown": "", "repeated": "email"}),
        (HEADER.replace("email", "mail"), {"missing": "email", "unknown": "mail", "repeated": ""}),
        (
            SEMICOLONS,
            {"missing": ", ".join(HEADERS), "unknown": SEMICOLONS, "repeated": ""},
        ),
    ],
)
def test_other_headers_are_one_clear_error(header: str, values: Mapping[str, str]) -> None:
    refused = refusal(f"{header}\n{ANA}\n".encode())
    assert (refused.key, refused.values) == ("file.headers", values)


@pytest.mark.parametrize("content", [b"", b"\n\n"])
def test_an_empty_file_is_one_clear_error(content: bytes) -> None:
    assert refusal(content).key == "file.empty"


def test_a_file_in_another_encoding_is_one_clear_error() -> None:
    assert refusal(f"{HEADER}\nA-1,José,,,,,,\n".encode("cp1252")).key == "file.not_utf8"
    assert refusal(f"{HEADER}\n{ANA}\n".encode("utf-16")).key == "file.not_utf8"


def test_a_header_without_rows_is_an_empty_list() -> None:
    assert read(HEADER) == []
