"""Dates as files write them: never guessed where two readings are possible."""

import re
from dataclasses import dataclass
from datetime import date

from bot.services.roster.reading import DateOrder

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ][\d:.,+Z ]*)?", re.ASCII)
_NUMBERS = re.compile(
    r"(\d{1,4})\s*[./\- ]\s*(\d{1,2})\s*[./\- ]\s*(\d{1,4})\.?(?: 0{1,2}:00(?::00)?)?", re.ASCII
)
_COMPACT = re.compile(r"\d{8}", re.ASCII)
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[.\s-]*([a-z]{3,9})[.,\s-]*(\d{4})", re.ASCII)
_MONTH_DAY = re.compile(r"([a-z]{3,9})[.\s-]*(\d{1,2})(?:st|nd|rd|th)?[.,\s-]+(\d{4})", re.ASCII)
_YEAR_DIGITS = 4
_SHORTEST_MONTH = 3
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoDate:
    """Why a cell is no date: the key of the sentence."""

    key: str


def date_in(cell: str, order: DateOrder | None) -> date | NoDate:
    """Return the date in a cell.

    ISO dates and dates with a month in letters say themselves what is what. Of the others one is taken if it
    can be read in one way only, or if `order` says how.

    Args:
        cell: what stands there, trimmed and not empty.
        order: the order of day, month and year that was stated for the file.
    """
    if found := _ISO.fullmatch(cell):
        return _made(*map(int, found.groups()))
    if found := _NUMBERS.fullmatch(cell):
        return _numbers(found.groups(), order)
    lowered = cell.casefold()
    if found := _DAY_MONTH.fullmatch(lowered):
        return _made(int(found[3]), _month(found[2]), int(found[1]))
    if found := _MONTH_DAY.fullmatch(lowered):
        return _made(int(found[3]), _month(found[1]), int(found[2]))
    if _COMPACT.fullmatch(cell):
        return _compact(cell, order)
    return NoDate(key="date.unreadable")


def _numbers(parts: tuple[str, ...], order: DateOrder | None) -> date | NoDate:
    first, second, third = map(int, parts)
    if len(parts[0]) == _YEAR_DIGITS:
        # Nobody writes the day before the month behind a year.
        return _made(first, second, third)
    if len(parts[2]) != _YEAR_DIGITS:
        return NoDate(key="date.year_short")
    if order is DateOrder.YMD:
        return NoDate(key="date.unreadable")
    readings = {
        DateOrder.DMY: _made(third, second, first),
        DateOrder.MDY: _made(third, first, second),
    }
    if order is not None:
        return readings[order]
    possible = {each for each in readings.values() if isinstance(each, date)}
    if len(possible) > 1:
        return NoDate(key="date.ambiguous")
    return possible.pop() if possible else NoDate(key="date.unreadable")


def _compact(cell: str, order: DateOrder | None) -> date | NoDate:
    """Return the date in eight digits, where the order is stated: else they may be anything."""
    match order:
        case DateOrder.YMD:
            return _made(int(cell[:4]), int(cell[4:6]), int(cell[6:]))
        case DateOrder.DMY:
            return _made(int(cell[4:]), int(cell[2:4]), int(cell[:2]))
        case DateOrder.MDY:
            return _made(int(cell[4:]), int(cell[:2]), int(cell[2:4]))
    return NoDate(key="date.ambiguous")


def _month(word: str) -> int:
    """Return the number of a month in letters, or 0."""
    matching = [number for number, month in enumerate(_MONTHS, start=1) if month.startswith(word)]
    return matching[0] if len(word) >= _SHORTEST_MONTH and matching else 0


def _made(year: int, month: int, day: int) -> date | NoDate:
    try:
        return date(year, month, day)
    except ValueError:
        return NoDate(key="date.unreadable")
