"""Whether a client whose row is at hand has what is looked for: criteria without an index of their own."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Boolean, Date, FromClause, Integer, and_, bindparam, exists, literal, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from storage.column_types import Words
from storage.search_terms import Atom, BirthShape, GroupShape, NumberShape, WordShape, begins
from storage.tables import client_phones, client_tokens, clients
from storage.workspace_connection import IN_WORKSPACE

_phones = client_phones.alias("their_phones")
_tokens = client_tokens.alias("their_tokens")


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


WORDS_OF_NAMES: ColumnElement[str] = (
    literal(" ", Words) + clients.c.last_first + literal(" ", Words) + clients.c.other_words
)
"""Every word that a client's names have, each with a space before it."""


def has_groups(groups: Iterable[GroupShape]) -> list[ColumnElement[bool]]:
    """Return that a client has what each group asks for."""
    return [or_(*(has_atoms(atoms) for atoms in group.alternatives)) for group in groups]


def has_atoms(atoms: Iterable[Atom]) -> ColumnElement[bool]:
    """Return that a client has all of some atoms."""
    return and_(literal(True, Boolean), *map(_has, atoms))  # noqa: FBT003 - a value of SQL


def _has(atom: Atom) -> ColumnElement[bool]:
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
            return or_(*_has_word(atom))


def _has_word(atom: WordShape) -> Iterable[ColumnElement[bool]]:
    if atom.folded:
        yield place_of(WORDS_OF_NAMES, bindparam(f"{atom.key}_within", type_=Words)) > 0
        yield begins(clients.c.own_compact, atom.key)
        yield begins(clients.c.own_tail, atom.key)
        yield exists().where(
            _tokens.c.workspace_id == IN_WORKSPACE,
            _tokens.c.client_id == clients.c.id,
            _tokens.c.kind == "own_id",
            begins(_tokens.c.token, atom.key),
        )
    if atom.address:
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
