"""What is looked for as the database takes it: prefixes as ranges, numbers, dates, and the values of each.

The shape of a search, which decides its statement, is parted from what was typed: texts have few shapes, so
that a statement is made once and read by the guard once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, bindparam

from bot.domain.sought import Sought, SoughtGroup, SoughtWord
from storage.column_types import Words
from storage.phones import typed_numbers

AFTER_EVERY_LETTER = "\U0010ffff"
"""The last code point, which no token contains: prefix + this is above every token that begins so."""

Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class WordShape:
    """One prefix: of a name's word, of the own id, and of an e-mail address where that is not empty."""

    key: str
    folded: bool
    address: bool


@dataclass(frozen=True, slots=True)
class NumberShape:
    """One way to read a telephone number; `whole` where the stored number matters too."""

    key: str
    whole: bool


@dataclass(frozen=True, slots=True)
class BirthShape:
    """Days of birth between two."""

    key: str


Atom = WordShape | NumberShape | BirthShape


@dataclass(frozen=True, slots=True)
class GroupShape:
    """A group: any of its alternatives, each of which is all of its atoms, the most telling one first."""

    alternatives: tuple[tuple[Atom, ...], ...]
    is_selective: bool
    """Whether it is a number or a date that few can have."""
    is_year: bool


_TELLING_DIGITS = 5
"""So many digits of a telephone number are few people's."""


def shape_of(sought: Sought) -> tuple[tuple[GroupShape, ...], Values]:
    """Return the shapes of the groups, and the values for their keys; nothing but a dash is no group."""
    values: Values = {}
    is_alone = len(sought.groups) == 1
    shapes = [
        _group_shape(group, f"g{number}", values, is_alone=is_alone)
        for number, group in enumerate(sought.groups)
    ]
    return tuple(shape for shape in shapes if shape.alternatives), values


def _group_shape(group: SoughtGroup, key: str, values: Values, *, is_alone: bool) -> GroupShape:
    alternatives: list[tuple[Atom, ...]] = []
    words = [
        list(_word_atoms(word, f"{key}w{number}", values, is_alone=is_alone))
        for number, word in enumerate(group.words)
    ]
    if len(words) == 1:
        alternatives += words[0]
    elif all(words):
        # The pieces of a number or a date, each as a word: whole words, which are seldom parted further.
        alternatives.append(tuple(atom for alternative in words for atom in alternative[0]))
    # A year beside a name is the year of birth, or an own id.
    ways = typed_numbers(group.number) if group.number and group.year is None else ()
    for number, way in enumerate(ways):
        name = f"{key}n{number}"
        values[f"{name}_from"], values[f"{name}_to"] = way.digits, way.digits + AFTER_EVERY_LETTER
        if way.number:
            values[f"{name}_whole"], values[f"{name}_after"] = way.number, way.number + AFTER_EVERY_LETTER
        alternatives.append((NumberShape(name, bool(way.number)),))
    for number, born in enumerate(group.born):
        alternatives.append((_birth_atom(f"{key}b{number}", born, born, values),))
    if group.year is not None:
        first, last = date(group.year, 1, 1), date(group.year, 12, 31)
        alternatives.append((_birth_atom(f"{key}y", first, last, values),))
    is_number = any(len(way.digits) >= _TELLING_DIGITS for way in ways)
    return GroupShape(tuple(alternatives), is_number or bool(group.born), group.year is not None)


def _word_atoms(word: SoughtWord, key: str, values: Values, *, is_alone: bool) -> Iterator[tuple[Atom, ...]]:
    # Beside others a word of letters is a part of the name.
    address = "" if word.address.isalpha() and not is_alone else word.address
    if word.in_one_piece or address:
        yield (_word_atom(key, word.in_one_piece, address, values),)
    if word.parts:
        # Named in the order in which they are looked for: the same shape whichever of them is longer.
        telling_first = sorted(word.parts, key=len, reverse=True)
        yield tuple(
            _word_atom(f"{key}p{number}", part, "", values) for number, part in enumerate(telling_first)
        )


def _word_atom(key: str, folded: str, address: str, values: Values) -> WordShape:
    if folded:
        values[f"{key}_from"], values[f"{key}_to"] = folded, folded + AFTER_EVERY_LETTER
        values[f"{key}_within"] = f" {folded}"
    if address:
        values[f"{key}_mail"], values[f"{key}_aftermail"] = address, address + AFTER_EVERY_LETTER
    return WordShape(key, bool(folded), bool(address))


def _birth_atom(key: str, first: date, last: date, values: Values) -> BirthShape:
    values[f"{key}_first"], values[f"{key}_last"] = first, last
    return BirthShape(key)


def begins(
    column: ColumnElement[str], key: str, *, start: str = "from", end: str = "to"
) -> ColumnElement[bool]:
    """Return that a column begins with a prefix: as a range, so nothing typed is ever a pattern."""
    return and_(
        column >= bindparam(f"{key}_{start}", type_=Words), column < bindparam(f"{key}_{end}", type_=Words)
    )
