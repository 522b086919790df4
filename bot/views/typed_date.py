"""A birth date as people type it: a calendar is no way to reach 1956."""

import re
from datetime import date

from bot.domain.errors import Field, InvalidInput, Problem

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_MONTH_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_DAY_FIRST = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})")
_DAY_NAME = re.compile(r"(\d{1,2})\.?\s+([a-z]{3,9})\.?,?\s+(\d{4})")
_NAME_DAY = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})")
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


def read_typed_date(text: str, field: Field) -> date | None:
    """Return the date that was typed, or None where nothing was.

    Read are 1984-03-31, 3/31/1984 (the month first), 31.3.1984, 31 Mar 1984 and March 31, 1984.

    Raises:
        InvalidInput: when it is no date, at `field`.
    """
    typed = " ".join(text.casefold().split())
    if not typed:
        return None
    try:
        return _parsed(typed)
    except ValueError as error:
        raise InvalidInput(Problem(field=field, key="date.unreadable")) from error


def _parsed(typed: str) -> date:
    if found := _ISO.fullmatch(typed):
        year, month, day = map(int, found.groups())
    elif found := _MONTH_FIRST.fullmatch(typed):
        month, day, year = map(int, found.groups())
    elif found := _DAY_FIRST.fullmatch(typed):
        day, month, year = map(int, found.groups())
    elif found := _DAY_NAME.fullmatch(typed):
        day, month, year = int(found[1]), _month(found[2]), int(found[3])
    elif found := _NAME_DAY.fullmatch(typed):
        day, month, year = int(found[2]), _month(found[1]), int(found[3])
    else:
        raise ValueError("no date")
    return date(year, month, day)


def _month(name: str) -> int:
    return next((number for number, month in enumerate(_MONTHS, start=1) if month.startswith(name)), 0)
