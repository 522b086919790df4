"""Reading a list of clients from a plain CSV file with fixed headers (RFC 4180, UTF-8)."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from io import TextIOWrapper
from typing import BinaryIO

from bot.domain.client import ClientDetails, ClientStatus
from bot.domain.phone import Phone
from bot.services.client_import import COLUMN_OF_FIELD, ClientRow, RowError, UnreadableFile

HEADERS = tuple(COLUMN_OF_FIELD.values())
"""The headers, all of them needed, in any order."""

PHONE_SEPARATOR = ";"
"""What stands between several numbers in one cell."""

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_clients(file: BinaryIO) -> Iterator[ClientRow | RowError]:
    """Yield the rows of a file, or what is wrong with them, as they are read.

    Args:
        file: opened for bytes; UTF-8 with or without a byte order mark. It is closed at the end.

    Raises:
        UnreadableFile: it is empty, not UTF-8, or its headers are not the fixed ones.
    """
    with TextIOWrapper(file, encoding="utf-8-sig", newline="") as text:
        try:
            yield from _rows(text)
        except UnicodeDecodeError as error:
            raise UnreadableFile("file.not_utf8") from error


def _rows(text: Iterable[str]) -> Iterator[ClientRow | RowError]:
    lines = _numbered(text)
    header = next(lines, None)
    if header is None:
        raise UnreadableFile("file.empty")
    headers = _checked_headers([] if header[1] is None else header[1])
    for line, cells in lines:
        if cells is None:
            yield RowError(line=line, column="", key="row.unreadable")
        elif len(cells) != len(headers):
            values = {"expected": len(headers), "found": len(cells)}
            yield RowError(line=line, column="", key="row.cells", values=values)
        else:
            yield from _row(line, dict(zip(headers, cells, strict=True)))


def _numbered(text: Iterable[str]) -> Iterator[tuple[int, list[str] | None]]:
    """Yield the rows that are not blank with the line each begins on; None for one that is not CSV."""
    reader = csv.reader(text, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield line, None
            continue
        if any(cell.strip() for cell in cells):
            yield line, cells


def _checked_headers(cells: Sequence[str]) -> list[str]:
    headers = [cell.strip().casefold() for cell in cells]
    missing = [header for header in HEADERS if header not in headers]
    unknown = [cell.strip() for cell, header in zip(cells, headers, strict=True) if header not in HEADERS]
    repeated = sorted({header for header in headers if headers.count(header) > 1 and header in HEADERS})
    if missing or unknown or repeated:
        raise UnreadableFile(
            "file.headers",
            missing=", ".join(missing),
            unknown=", ".join(unknown),
            repeated=", ".join(repeated),
        )
    return headers


def _row(line: int, cells: dict[str, str]) -> Iterator[ClientRow | RowError]:
    errors: list[RowError] = []
    born = _birth_date(line, cells["birth_date"].strip(), errors)
    status = _status(line, cells["status"].strip().casefold(), errors)
    if errors:
        yield from errors
        return
    numbers = (number.strip() for number in cells["phones"].split(PHONE_SEPARATOR))
    details = ClientDetails(
        own_id=cells["own_id"],
        first_name=cells["first_name"],
        last_name=cells["last_name"],
        preferred_name=cells["preferred_name"],
        birth_date=born,
        email=cells["email"],
        phones=tuple(Phone(number=number) for number in numbers if number),
        status=status or ClientStatus.ACTIVE,
    )
    yield ClientRow(line=line, details=details, states_status=status is not None)


def _birth_date(line: int, cell: str, errors: list[RowError]) -> date | None:
    if not cell:
        return None
    # fromisoformat alone would also take 20240131 and 2024-W05-3.
    if _ISO_DAY.fullmatch(cell):
        with suppress(ValueError):
            return date.fromisoformat(cell)
    errors.append(RowError(line=line, column="birth_date", key="birth_date.not_iso"))
    return None


def _status(line: int, cell: str, errors: list[RowError]) -> ClientStatus | None:
    if not cell:
        return None
    try:
        return ClientStatus(cell)
    except ValueError:
        values = {"known": ", ".join(ClientStatus)}
        errors.append(RowError(line=line, column="status", key="status.unknown", values=values))
        return None
