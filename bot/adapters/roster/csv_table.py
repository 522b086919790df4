"""A CSV file as a table: its headers, and its rows one after the other, whatever program saved it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import BinaryIO, Protocol

from bot.adapters.roster.csv_dialect import delimiter_of, records, stated_delimiter
from bot.adapters.roster.encodings import HEAD_BYTES, MACINTOSH, Text, is_damaged, mended
from bot.adapters.roster.formulas import all_as_meant
from bot.adapters.roster.header_line import MOST_ABOVE, Known, headers_at
from bot.adapters.roster.other_files import what_else
from bot.services.roster.reading import FileNotice, UnreadableFile
from bot.services.roster.rows import Place, RowError

SURPLUS = "\N{HORIZONTAL ELLIPSIS}"
"""What a cell behind the last column is named by, with its number."""
_CONTROL = re.compile("[\0-\x08\x0e-\x1f]")
"""What stands in no line of text."""


class Peekable(Protocol):
    """A file whose first bytes can be looked at."""

    def peek(self, size: int = 0, /) -> bytes:
        """Return the next bytes without moving on."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A row: a cell for each header, as it is meant, and by header as it stands there."""

    place: Place
    cells: Sequence[str]
    original: Mapping[str, str]


class Table:
    """A CSV file whose first line was read.

    Args:
        file: opened for bytes, at its beginning; it has to allow `peek`.
        name: how it is named to whoever imports.
        known: says for how many things the cells of a line would be headers; without it, and mostly with it,
            they are those of the first line.

    Raises:
        UnreadableFile: there is no first line, or it is no text.
    """

    def __init__(self, file: BinaryIO, name: str, known: Known | None = None) -> None:
        self._name = name
        head = file.peek(HEAD_BYTES) if hasattr(file, "peek") else b""
        if other := what_else(head):
            raise UnreadableFile(other)
        self._text = Text(file, head)
        lines = iter(self._text)
        line, first = _first_of(lines)
        if _CONTROL.search(first):
            raise UnreadableFile("file.unknown")
        stated = stated_delimiter(first)
        if stated:
            line, first = _first_of(lines, line)
        begun = [first, *islice(lines, MOST_ABOVE)]
        at = headers_at(begun, known, stated=stated) if known else 0
        self._above = begun[:at]
        self._header_line = line + at
        self.delimiter = stated or delimiter_of(begun[at])
        lines_from_headers = chain(begun[at:], lines)
        self._records = records(lines_from_headers, self.delimiter, first_line=self._header_line)
        header = next(self._records, None)
        if header is None or header.cells is None:
            raise UnreadableFile("file.empty" if header is None else "file.first_line")
        self.headers = tuple(told_apart([cell.strip() for cell in header.cells]))

    def rows(self) -> Iterator[TableRow | RowError]:
        """Yield the rows that are not blank, and what is no row."""
        headers, expected = self.headers, len(self.headers)
        for record in self._records:
            place, cells = Place(file=self._name, line=record.line), record.cells
            if cells is None:
                key = "row.too_long" if record.is_too_long else "row.unreadable"
                yield _error(place, key, {headers[0]: mended(record.raw.rstrip("\r\n"))})
            elif self._text.is_damaged and any(map(is_damaged, cells)):
                yield _error(place, "row.encoding", self._original([mended(cell) for cell in cells]))
            elif len(cells) == expected:
                original = dict(zip(headers, cells, strict=True))
                yield TableRow(place=place, cells=all_as_meant(cells), original=original)
            elif len(cells) > expected and not any(cell.strip() for cell in cells[expected:]):
                # Spreadsheets leave delimiters behind the last column where something once stood.
                kept = cells[:expected]
                original = self._original(kept)
                yield TableRow(place=place, cells=all_as_meant(kept), original=original)
            elif len(cells) < expected and not any(header.strip() for header in headers[len(cells) :]):
                # Nor are cells missing where a header has nothing to say what they would be.
                kept = [*cells, *("" for _ in headers[len(cells) :])]
                original = self._original(kept)
                yield TableRow(place=place, cells=all_as_meant(kept), original=original)
            else:
                values = {"expected": expected, "found": len(cells)}
                yield _error(place, "row.cells", self._original(cells), values)

    def begin(self) -> Iterator[FileNotice]:
        """Yield what is to be said of the file before its rows."""
        if self._above:
            above = " ".join(" ".join(line.split(self.delimiter)) for line in self._above)
            values: dict[str, str | int] = {
                "line": self._header_line,
                "above": " ".join(above.replace('"', "").split()),
            }
            yield FileNotice(file=self._name, key="file.headers_below", values=values)

    def notices(self) -> Iterator[FileNotice]:
        """Yield what is to be said of the file once it was read."""
        if self._text.older:
            key = "file.macintosh" if self._text.older == MACINTOSH else "file.windows"
            yield FileNotice(file=self._name, key=key)

    def _original(self, cells: Sequence[str]) -> dict[str, str]:
        names = [*self.headers, *(f"{SURPLUS}{number}" for number in range(len(cells) - len(self.headers)))]
        return dict(zip(names, cells, strict=False))


def told_apart(names: Sequence[str]) -> list[str]:
    """Return headers with a number behind each that stands there again, so that every column has a name."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        # Those without a name have as many spaces for one, and still say nothing.
        another = f"{name} {seen[name]}" if name else " " * seen[name]
        found.append(another if seen[name] > 1 else name)
    return found


def _first_of(lines: Iterator[str], before: int = 0) -> tuple[int, str]:
    """Return the next line that is not blank, with its number."""
    for number, line in enumerate(lines, start=before + 1):
        if line.strip():
            return number, line
    raise UnreadableFile("file.empty")


def _error(
    place: Place, key: str, original: Mapping[str, str], values: Mapping[str, str | int] | None = None
) -> RowError:
    return RowError(place=place, column="", value="", key=key, values=values or {}, original=original)
