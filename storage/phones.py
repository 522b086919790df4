"""Telephone numbers of clients and people: rows, and the digits a number is found by."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import phonenumbers
from sqlalchemy import ColumnElement, Select, Table, bindparam, select

from bot.domain.folding import digits_of
from bot.domain.phone import Phone, PhoneLabel
from storage.workspace_connection import IN_WORKSPACE, WorkspaceConnection

PhoneRows = Iterable[Sequence[Any]]
Phones = dict[str, tuple[Phone, ...]]
"""The numbers of several people by the id of each, the first one first."""


async def phones_of(
    connection: WorkspaceConnection, owner: ColumnElement[str], table: Table, ids: Sequence[str]
) -> Phones:
    """Return the numbers of the given people."""
    if not ids:
        return {}
    return gather_phones(await connection.rows(_of_owners(owner, table), of_owners=ids))


@cache
def _of_owners(owner: ColumnElement[str], table: Table) -> Select[tuple[str, str, str]]:
    return (
        select(owner, table.c.number, table.c.label)
        .where(table.c.workspace_id == IN_WORKSPACE, owner.in_(bindparam("of_owners", expanding=True)))
        .order_by(owner, table.c.position)
    )


def gather_phones(rows: PhoneRows) -> Phones:
    """Return numbers by owner from rows of owner, number and label, in their order."""
    gathered: dict[str, list[Phone]] = {}
    for owner_id, number, label in rows:
        gathered.setdefault(owner_id, []).append(Phone(number=number, label=PhoneLabel(label)))
    return {owner_id: tuple(phones) for owner_id, phones in gathered.items()}


def phone_rows(owner: str, owner_id: str, phones: Sequence[Phone]) -> list[dict[str, object]]:
    """Return the rows of one person's numbers; `owner` is the name of the column with the person's id."""
    return [
        {owner: owner_id, "position": position, "number": phone.number, "label": phone.label.value}
        for position, phone in enumerate(phones)
    ]


def findable_digits(number: str) -> frozenset[str]:
    """Return the strings of digits by which a stored number is found.

    "+44 20 7946 0000" is dialled as 442079460000 from abroad and as 02079460000 at home; people also leave
    out the leading zero. A number that could not be parsed has only the digits that were typed (R37).
    """
    digits = {digits_of(number)}
    if number.startswith("+"):
        try:
            parsed = phonenumbers.parse(number)
        except phonenumbers.NumberParseException:
            pass
        else:
            digits.add(phonenumbers.national_significant_number(parsed))
            national = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
            digits.add(digits_of(national))
    return frozenset(each for each in digits if each)


def typed_digits(text: str) -> frozenset[str]:
    """Return the digits of a typed number, with and without the prefix that some dial instead of a plus."""
    digits = digits_of(text)
    without_prefix = {digits.removeprefix(prefix) for prefix in ("00", "011") if digits.startswith(prefix)}
    return frozenset(each for each in {digits, *without_prefix} if each)
