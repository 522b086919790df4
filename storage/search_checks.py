"""Whether a client whose row is at hand has what is looked for: criteria without an index of their own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Date, FromClause, Integer, and_, bindparam, exists, false, literal, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from storage.client_tokens import OWN_ID_MARK
from storage.column_types import Words
from storage.search_terms import Atom, BirthShape, GroupShape, NumberShape, WordShape, begins
from storage.tables import client_phones, client_tokens, clients
from storage.workspace_connection import IN_WORKSPACE

_phones = client_phones.alias("their_phones")


class place_of(GenericFunction[int]):  # noqa: N801 - the name of the function
    """Where in a text another one begins, counted from 1; 0 where it is not in it."""

    type = Integer()
    inherit_cache = True


@compiles(place_of, "sqlite")
def _instr(element: place_of, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    return f"instr({compiler.process(element.clauses, **options)})"


@compiles(place_of, "postgresql")
def _strpos(element: place_of, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    return f"strpos({compiler.process(element.clauses, **options)})"


@dataclass(frozen=True, slots=True)
class WordsAt:
    """Where a client's words are read.

    The indices by name have them, and so have the tokens: no row need be read for a check.

    Attributes:
        names: every word that the names have, each with a space before it.
        own_ids: behind a mark what begins with each part of the own id.
    """

    names: ColumnElement[str]
    own_ids: ColumnElement[str]


def in_name(whole: ColumnElement[str]) -> WordsAt:
    """Return the words that stand beside a whole name, in either order of it."""
    names = literal(" ", Words) + whole + literal(" ", Words) + clients.c.other_words
    return WordsAt(names, clients.c.other_words)


OF_CLIENT = in_name(clients.c.last_first)
IN_TOKEN = WordsAt(literal(" ", Words) + client_tokens.c.words, client_tokens.c.words)


def has_groups(
    groups: Iterable[GroupShape],
    at: WordsAt = OF_CLIENT,
    *,
    by_address: bool = True,
) -> list[ColumnElement[bool]]:
    """Return that a client has what each group asks for.

    Args:
        groups: what is asked for.
        at: where the words are read.
        by_address: whether an address is read for it as well.
    """
    return [
        # What is in another table is looked at last.
        or_(
            *(
                has_atoms(atoms, at, by_address=by_address)
                for atoms in sorted(group.alternatives, key=_asks_for_a_number)
            )
        )
        for group in groups
    ]


def are_words(groups: Iterable[GroupShape], *, by_address: bool) -> bool:
    """Say whether nothing but a client's words is read for what groups ask for."""
    return all(
        are_only_words(atoms, by_address=by_address) for group in groups for atoms in group.alternatives
    )


def are_only_words(atoms: Iterable[Atom], *, by_address: bool = True) -> bool:
    """Say the same of some atoms."""
    return all(isinstance(atom, WordShape) and not (atom.address and by_address) for atom in atoms)


def _asks_for_a_number(atoms: Sequence[Atom]) -> bool:
    return any(isinstance(atom, NumberShape) for atom in atoms)


def has_atoms(
    atoms: Iterable[Atom], at: WordsAt = OF_CLIENT, *, by_address: bool = True
) -> ColumnElement[bool]:
    """Return that a client has all of some atoms."""
    every = (_has(atom, at, by_address=by_address) for atom in atoms)
    return and_(literal(True, Boolean), *every)  # noqa: FBT003 - a value of SQL


def _has(atom: Atom, at: WordsAt, *, by_address: bool) -> ColumnElement[bool]:
    match atom:
        case NumberShape():
            return exists().where(
                _phones.c.workspace_id == IN_WORKSPACE,
                _phones.c.client_id == clients.c.id,
                number_begins(atom, _phones),
            )
        case BirthShape():
            return born_then(atom)
        case WordShape():
            return or_(false(), *_has_word(atom, at, by_address=by_address))


def _has_word(atom: WordShape, at: WordsAt, *, by_address: bool) -> Iterable[ColumnElement[bool]]:
    if atom.folded:
        yield place_of(at.names, bindparam(f"{atom.key}_within", type_=Words)) > 0
        part = literal(OWN_ID_MARK, Words) + bindparam(f"{atom.key}_from", type_=Words)
        yield place_of(at.own_ids, part) > 0
    if atom.address and by_address:
        yield mail_begins(atom)


def mail_begins(atom: WordShape) -> ColumnElement[bool]:
    """Return that the address begins so."""
    return begins(clients.c.login, atom.key, start="mail", end="aftermail")


def number_begins(atom: NumberShape, phones: FromClause = client_phones) -> ColumnElement[bool]:
    """Return that a number begins so."""
    digits = begins(phones.c.digits, atom.key)
    if not atom.whole:
        return digits
    return and_(digits, begins(phones.c.number, atom.key, start="whole", end="after"))


def born_then(atom: BirthShape) -> ColumnElement[bool]:
    """Return that the birthday is one of those days."""
    first, last = bindparam(f"{atom.key}_first", type_=Date), bindparam(f"{atom.key}_last", type_=Date)
    return and_(clients.c.birth_date >= first, clients.c.birth_date <= last)
