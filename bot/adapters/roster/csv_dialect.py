"""CSV as programs write it: which sign parts the cells, and rows that go on after one that is broken."""

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

DELIMITERS = (",", ";", "\t", "|")
MOST_LINES_IN_ROW = 200
"""A quoted cell may go over several lines, but over this many a quotation mark was never closed."""
_TOO_LONG = "field limit"
_RETURN = "new-line character"
"""What the library says of a cell that is too long, and of a line break as old Macs wrote it."""
_RETURN_ALONE = re.compile(r"\r(?!\n|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A row with the line on which it begins; `cells` is None for what is no CSV, and `raw` is its line."""

    line: int
    cells: list[str] | None
    raw: str = ""
    is_too_long: bool = False


def delimiter_of(first_line: str) -> str:
    """Return the sign that parts a first line into most cells; a comma where there is only one cell.

    Excel itself reads a first line such as `sep=;`, and some programs write one.
    """
    stated = stated_delimiter(first_line)
    if stated:
        return stated
    return max(DELIMITERS, key=lambda sign: len(_cells(first_line, sign)))


def stated_delimiter(line: str) -> str:
    """Return the sign that a line such as `sep=;` states, or nothing where it is an ordinary line."""
    text = line.strip().strip('"')
    return text[4:] if text.casefold().startswith("sep=") and text[4:] in DELIMITERS else ""


def records(lines: Iterable[str], delimiter: str, *, first_line: int = 1) -> Iterator[Record]:
    """Yield the rows that are not blank.

    After a row with an open quotation mark it goes on at the next line, so that one slip costs one row.
    """
    source = _Lines(lines)
    line = first_line
    reader = _reader(source, delimiter)
    while True:
        source.taken = []
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raw, *others = source.taken
            parts = _RETURN_ALONE.split(raw) if _RETURN in str(error) and not others else []
            source.give_back([f"{part}\r" for part in parts[:-1]] + parts[-1:] or others)
            reader = _reader(source, delimiter)
            if parts:
                continue
            yield Record(line=line, cells=None, raw=raw, is_too_long=_TOO_LONG in str(error))
            line += 1
            continue
        if any(cells) and any(cell.strip() for cell in cells):
            yield Record(line=line, cells=cells)
        line += len(source.taken)


def _reader(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    return csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


class _Lines:
    """Lines that can be given back; `taken` are those of the row that is being read."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._given_back: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._given_back.popleft() if self._given_back else next(self._lines)
        self.taken.append(line)
        if len(self.taken) > MOST_LINES_IN_ROW:
            raise csv.Error("a quotation mark was never closed")
        return line

    def give_back(self, lines: Iterable[str]) -> None:
        self._given_back.extendleft(reversed(list(lines)))
