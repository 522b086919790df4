"""Dates as people type them."""

import re
from collections.abc import Iterator
from datetime import date

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d\d)")
_DOTTED = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4}|\d\d)")
_DAY_NAME = re.compile(r"(\d{1,2})\.?\s+([a-z]{3,9})\.?,?\s+(\d{4})")
_NAME_DAY = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH_FIRST_REGIONS = frozenset({"US", "AS", "FM", "GU", "MH", "MP", "PH", "PR", "PW", "UM", "VI"})
_FULL_YEAR = 4
_CENTURIES = ("19", "20")


def month_first_in(region: str) -> bool:
    """Say whether people in a country write 3/31/1984 (Unicode CLDR's short dates), and not 31/3/1984."""
    return region in _MONTH_FIRST_REGIONS


def typed_dates(text: str, *, month_first: bool) -> tuple[date, ...]:
    """Return the dates that a whole text may stand for; none where it is no date.

    Read are 1984-03-31, 3/31/1984 or 31/3/1984, 31.3.1984, 31 Mar 1984, March 31, 1984. A year of two
    digits may be of this century or the last. Where the order makes no date, the other one may.
    """
    typed = " ".join(text.casefold().split())
    found = (_date(*each) for each in _read(typed, month_first=month_first))
    return tuple(dict.fromkeys(each for each in found if each is not None))


def _read(typed: str, *, month_first: bool) -> Iterator[tuple[str, int, int]]:
    """Yield year, month and day, as far as the notation says them."""
    if found := _ISO.fullmatch(typed):
        yield found[1], int(found[2]), int(found[3])
    elif found := _DOTTED.fullmatch(typed):
        yield from _of_every_century(found[3], int(found[2]), int(found[1]))
    elif found := _SLASHED.fullmatch(typed):
        month, day = int(found[1]), int(found[2])
        if not month_first:
            month, day = day, month
        if month > len(_MONTHS):
            month, day = day, month
        yield from _of_every_century(found[3], month, day)
    elif found := _DAY_NAME.fullmatch(typed):
        yield found[3], _month(found[2]), int(found[1])
    elif found := _NAME_DAY.fullmatch(typed):
        yield found[3], _month(found[1]), int(found[2])


def _of_every_century(year: str, month: int, day: int) -> Iterator[tuple[str, int, int]]:
    for century in _CENTURIES if len(year) < _FULL_YEAR else ("",):
        yield century + year, month, day


def _date(year: str, month: int, day: int) -> date | None:
    try:
        return date(int(year), month, day)
    except ValueError:
        return None


def _month(name: str) -> int:
    return next((number for number, month in enumerate(_MONTHS, start=1) if month.startswith(name)), 0)
