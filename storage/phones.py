"""Telephone numbers of clients and people: rows, and the digits a number is found by."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import phonenumbers
from sqlalchemy import ColumnElement, Select, Table, select

from bot.domain.folding import digits_of
from bot.domain.phone import Phone, PhoneLabel
from storage.json_texts import texts_of
from storage.ordered_join import InOrder
from storage.questions import Question, Questions
from storage.workspace_connection import IN_WORKSPACE, WorkspaceConnection

_NUMBERS_KEPT = 1024
_NORTH_AMERICAN = len("+12025550143")
_LONGEST_COUNTRY_CODE = 3
_TELLING = 4
"""So many digits must follow a country's code: fewer have too many numbers that may be of any country."""
_DIALLED_ABROAD = ("00", "011")
"""What some dial instead of a plus."""
_DIALLED_AT_HOME = {"0": "", "06": "36", "8": "7"}
"""What is dialled before a number within a country, and the one country that has it where only one does."""

_LABELS = {str(each): each for each in PhoneLabel}

PhoneRows = Iterable[Sequence[Any]]
Phones = dict[str, tuple[Phone, ...]]
"""The numbers of several people by the id of each, the first one first."""


async def phones_of(
    connection: WorkspaceConnection, owner: ColumnElement[str], table: Table, ids: Sequence[str]
) -> Phones:
    """Return the numbers of the given people."""
    return await connection.ask(phones_asked(owner, table, ids)) if ids else {}


def phones_asked(owner: ColumnElement[str], table: Table, ids: Sequence[str]) -> Questions[Phones]:
    """Ask for the numbers of the given people."""
    if not ids:
        return {}
    shape = {"owner": owner, "table": table}
    return gather_phones((yield Question(_of_several, shape, {"of_owners": json.dumps([*ids])})))


def _of_several(owner: ColumnElement[str], table: Table) -> Select[tuple[str, str, str]]:
    several = texts_of("of_owners")
    return (
        select(owner, table.c.number, table.c.label)
        .select_from(InOrder(several, table, owner == several.c.value))
        .where(table.c.workspace_id == IN_WORKSPACE)
        .order_by(owner, table.c.position)
    )


def gather_phones(rows: PhoneRows) -> Phones:
    """Return numbers by owner from rows of owner, number and label, in their order."""
    gathered: dict[str, list[Phone]] = {}
    for owner_id, number, label in rows:
        gathered.setdefault(owner_id, []).append(Phone(number=number, label=_LABELS[label]))
    return {owner_id: tuple(phones) for owner_id, phones in gathered.items()}


def phone_rows(owner: str, owner_id: str, phones: Sequence[Phone]) -> list[dict[str, object]]:
    """Return the rows of one person's numbers; `owner` is the name of the column with the person's id."""
    return [
        {owner: owner_id, "position": position, "number": phone.number, "label": str(phone.label)}
        for position, phone in enumerate(phones)
    ]


def found_digits(number: str) -> str:
    """Return the digits by which a stored number is found: those within its country (R37).

    "+44 20 7946 0000" has 2079460000, however it is dialled. A number that could not be parsed has the
    digits that were typed.
    """
    if number.startswith("+1") and len(number) == _NORTH_AMERICAN and number[2:].isdecimal():
        return number[2:]
    return _digits_within_its_country(number)


@lru_cache(maxsize=_NUMBERS_KEPT)
def _digits_within_its_country(number: str) -> str:
    if number.startswith("+"):
        try:
            return phonenumbers.national_significant_number(phonenumbers.parse(number))
        except phonenumbers.NumberParseException:
            pass
    return digits_of(number)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedNumber:
    """One way to read typed digits: what the digits begin with, and what the stored number does."""

    digits: str
    number: str = ""


def typed_numbers(text: str) -> tuple[TypedNumber, ...]:
    """Return the ways to read the digits of a typed number, with or without what is dialled before it.

    "(202) 555", "1 202 555", "+1 202 555", "001 202 555" and "011 1 202 555" all reach +1 202 555.
    """
    typed = digits_of(text)
    ways = {TypedNumber(digits=typed)} if typed else set()
    for trunk, code in _DIALLED_AT_HOME.items():
        if typed.startswith(trunk) and len(typed) >= len(trunk) + (_TELLING if code else 1):
            ways.add(TypedNumber(digits=typed.removeprefix(trunk), number=f"+{code}" if code else ""))
    for prefix in ("", *_DIALLED_ABROAD):
        if not typed.startswith(prefix):
            continue
        abroad = typed.removeprefix(prefix)
        for length in range(1, _LONGEST_COUNTRY_CODE + 1):
            code, national = abroad[:length], abroad[length:]
            if (
                len(national) >= _TELLING
                and code[0] != "0"
                and int(code) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE
            ):
                ways.add(TypedNumber(digits=national, number=f"+{abroad}"))
    # By what they are and not by which digits, so that most numbers are looked for by the same statement.
    return tuple(sorted(ways, key=lambda way: (-len(way.digits), way.number)))
