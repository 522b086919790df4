"""Dates as files write them: never guessed where two readings are possible."""

import re
from dataclasses import dataclass
from datetime import date

from bot.domain.folding import fold
from bot.services.roster.reading import DateOrder

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ][\d:.,+Z -]*(?:UTC|GMT)?)?", re.ASCII)
_MIDNIGHT = r"(?:,? (?:0{1,2}:00(?::00)?|12:00(?::00)? ?AM))?"
_NUMBERS = re.compile(rf"(\d{{1,4}})\s*[./\- ]\s*(\d{{1,2}})\s*[./\- ]\s*(\d{{1,4}})\.?{_MIDNIGHT}", re.ASCII)
_COMPACT = re.compile(r"\d{8}", re.ASCII)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]* )?"
_DAY_MONTH = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th|er)? ?(?:de )?([a-z]{{3,10}}) ?(?:de )?(\d{{4}}|\d{{2}})", re.ASCII
)
_MONTH_DAY = re.compile(
    rf"{_WEEKDAY}([a-z]{{3,10}}) ?(\d{{1,2}})(?:st|nd|rd|th)? (\d{{4}}|\d{{2}})", re.ASCII
)
_SERIAL = re.compile(r"[1-5]\d{4}(?:\.\d+)?", re.ASCII)
"""How spreadsheets keep a day: how many there were since 1900."""
_IN_PART = re.compile(r"(?:\d{1,2}[./-])?(?:19|20)\d\d|(?:19|20)\d\d[./-]\d{1,2}", re.ASCII)
_TOO_NARROW = re.compile(r"#{3,}")
"""What spreadsheets show, and save, where a column is too narrow for its dates."""
_YEAR_DIGITS = 4
_SHORT_YEAR_DIGITS = 2
_SHORTEST_MONTH = 3
_HUNDRED = 100
_MOST_MONTHS_OF_A_YEAR = 12
_MONTHS = (
    ("january", "januar", "janvier", "enero"),
    ("february", "februar", "fevrier", "febrero"),
    ("march", "marz", "maerz", "mars", "marzo"),
    ("april", "avril", "abril"),
    ("may", "mai", "mayo"),
    ("june", "juni", "juin", "junio"),
    ("july", "juli", "juillet", "julio"),
    ("august", "aout", "agosto"),
    ("september", "septembre", "septiembre"),
    ("october", "oktober", "octobre", "octubre"),
    ("november", "novembre", "noviembre"),
    ("december", "dezember", "decembre", "diciembre"),
)
"""In English, German, French and Spanish, without their accents; so many letters of them as say which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoDate:
    """Why a cell is no date: the key of the sentence."""

    key: str


def date_in(cell: str, order: DateOrder | None, *, born_by: date | None = None) -> date | NoDate:
    """Return the date in a cell.

    ISO dates and dates with a month in letters say themselves what is what. Of the others one is taken if it
    can be read in one way only, or if `order` says how. So is a year of two digits.

    Args:
        cell: what stands there, trimmed and not empty.
        order: the order of day, month and year that was stated for the file.
        born_by: of a date of birth, today: nobody is born later, nor was anybody who lives before 1900, so
            that '80 can be 1980 alone.
    """
    if found := _ISO.fullmatch(cell):
        return _made(*map(int, found.groups()))
    if found := _NUMBERS.fullmatch(cell):
        return _numbers(found.groups(), order, born_by)
    folded = fold(cell)
    if found := _DAY_MONTH.fullmatch(folded):
        return _in_letters(found[3], found[2], found[1], born_by)
    if found := _MONTH_DAY.fullmatch(folded):
        return _in_letters(found[3], found[1], found[2], born_by)
    if _COMPACT.fullmatch(cell):
        return _compact(cell, order)
    return NoDate(key=_why_not(cell))


def order_shown(cell: str) -> DateOrder | None:
    """Return the order of day and month that a date in numbers shows by itself, if it does."""
    found = _NUMBERS.fullmatch(cell)
    if found is None or len(found[1]) > _SHORT_YEAR_DIGITS:
        return None
    first_is_day, second_is_day = (int(part) > _MOST_MONTHS_OF_A_YEAR for part in found.groups()[:2])
    if first_is_day == second_is_day:
        return None
    return DateOrder.DMY if first_is_day else DateOrder.MDY


def _why_not(cell: str) -> str:
    if _SERIAL.fullmatch(cell):
        return "date.serial"
    if _IN_PART.fullmatch(cell):
        return "date.in_part"
    return "date.too_narrow" if _TOO_NARROW.fullmatch(cell) else "date.unreadable"


def _year(digits: str, born_by: date | None) -> int | None:
    """Return the year, or None where it may be of several centuries."""
    if len(digits) == _YEAR_DIGITS:
        return int(digits)
    if len(digits) != _SHORT_YEAR_DIGITS or born_by is None or int(digits) <= born_by.year % _HUNDRED:
        return None
    return born_by.year - born_by.year % _HUNDRED - _HUNDRED + int(digits)


def _in_letters(year: str, month: str, day: str, born_by: date | None) -> date | NoDate:
    known = _year(year, born_by)
    number = _month(month)
    if number and known is None:
        return NoDate(key="date.year_short")
    return _made(known or 0, number, int(day))


def _numbers(parts: tuple[str, ...], order: DateOrder | None, born_by: date | None) -> date | NoDate:
    first, second = int(parts[0]), int(parts[1])
    if len(parts[0]) == _YEAR_DIGITS:
        # Nobody writes the day before the month behind a year.
        return _made(first, second, int(parts[2]))
    year = _year(parts[2], born_by)
    if year is None:
        return NoDate(key="date.year_short")
    if order is DateOrder.YMD:
        return NoDate(key="date.unreadable" if len(parts[2]) == _YEAR_DIGITS else "date.year_short")
    readings = {
        DateOrder.DMY: _made(year, second, first),
        DateOrder.MDY: _made(year, first, second),
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
    found = [
        number
        for number, names in enumerate(_MONTHS, start=1)
        if any(name.startswith(word) for name in names)
    ]
    return found[0] if len(word) >= _SHORTEST_MONTH and len(found) == 1 else 0


def _made(year: int, month: int, day: int) -> date | NoDate:
    try:
        return date(year, month, day)
    except ValueError:
        return NoDate(key="date.unreadable")
