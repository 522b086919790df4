"""Finding clients by a name with one typing error: by what it may have meant, where names have it."""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import FromClause, Integer, bindparam, exists, literal, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from bot.domain.typing_error import may_be_mistyped, one_error_away
from storage.client_tokens import TokenKind
from storage.column_types import Words
from storage.search_branches import ACTIVE, ARCHIVED, Branches, Place
from storage.search_checks import WORDS_OF_NAMES, has_groups, place_of
from storage.search_frame import best_of
from storage.search_terms import AFTER_EVERY_LETTER, GroupShape
from storage.tables import client_tokens, clients
from storage.workspace_connection import IN_WORKSPACE, AnySelect

_STATEMENTS_KEPT = 64
_RANKS = (ACTIVE, ARCHIVED)
_OF_NAMES = (TokenKind.NAME.value, TokenKind.PART.value)


class each_text(GenericFunction[str]):  # noqa: N801 - the name of the function
    """The texts of a JSON list, each in a row of its own."""

    type = Words
    inherit_cache = True


@compiles(each_text, "sqlite")
def _json_each(element: each_text, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(each_text, "postgresql")
def _jsonb_each(element: each_text, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    return f"jsonb_array_elements_text(CAST({compiler.process(element.clauses, **options)} AS JSONB))"


def meant_by(word: str) -> str:
    """Return what a folded word may have meant, as `known_ones` takes it; nothing for a short one."""
    return json.dumps(one_error_away(word)) if may_be_mistyped(word) else ""


@lru_cache(maxsize=1)
def known_ones() -> AnySelect:
    """Return the statement for those of the texts in `meant` with which some name begins."""
    meant = _meant()
    text = meant.c.value
    after = text + literal(AFTER_EVERY_LETTER, Words)
    begun = [
        exists().where(
            clients.c.workspace_id == IN_WORKSPACE,
            clients.c.status_rank == rank,
            column >= text,
            column < after,
        )
        for rank in _RANKS
        for column in (clients.c.last_first, clients.c.whole_name)
    ]
    begun += [
        exists().where(
            client_tokens.c.workspace_id == IN_WORKSPACE,
            client_tokens.c.kind == kind,
            client_tokens.c.status_rank == rank,
            client_tokens.c.token >= text,
            client_tokens.c.token < after,
        )
        for rank in _RANKS
        for kind in _OF_NAMES
    ]
    return select(text).select_from(meant).where(or_(*begun)).order_by(text)


@lru_cache(maxsize=_STATEMENTS_KEPT)
def similar(shapes: tuple[GroupShape, ...], mistyped: int, way: int | None, *, leaves_out: bool) -> AnySelect:
    """Return the statement for those with a name that begins with one of `meant`, and the other groups.

    Args:
        shapes: of the groups.
        mistyped: which of them is the one with the error.
        way: by way of which of the others they are found; None for the texts themselves.
        leaves_out: whether a family is left out.
    """
    others = [shape for number, shape in enumerate(shapes) if number not in (mistyped, way)]
    checks = has_groups(others)
    branches: list[AnySelect] = []
    for rank in _RANKS:
        if way is None:
            branches += _by_the_texts(Branches(rank=rank, leaves_out=leaves_out, checks=checks))
            continue
        among = Branches(rank=rank, leaves_out=leaves_out, checks=[*checks, _has_one_of_the_texts()])
        for atoms in shapes[way].alternatives:
            branches += among.having(atoms)
    return best_of(branches)


def _has_one_of_the_texts() -> ColumnElement[bool]:
    meant = _meant()
    return exists().where(place_of(WORDS_OF_NAMES, literal(" ", Words) + meant.c.value) > 0)


def _by_the_texts(among: Branches) -> Sequence[AnySelect]:
    return [
        *(_by_column(among, column) for column in (clients.c.last_first, clients.c.whole_name)),
        *(_by_token(among, kind) for kind in _OF_NAMES),
    ]


def _by_column(among: Branches, column: ColumnElement[str]) -> AnySelect:
    meant = _meant()
    after = meant.c.value + literal(AFTER_EVERY_LETTER, Words)
    source = meant.join(clients, (column >= meant.c.value) & (column < after))
    return _branch(among, source, clients.c.status_rank == among.rank)


def _by_token(among: Branches, kind: str) -> AnySelect:
    meant, t = _meant(), client_tokens.c
    after = meant.c.value + literal(AFTER_EVERY_LETTER, Words)
    source = meant.join(client_tokens, (t.token >= meant.c.value) & (t.token < after)).join(
        clients, (clients.c.workspace_id == t.workspace_id) & (clients.c.id == t.client_id)
    )
    return _branch(among, source, t.workspace_id == IN_WORKSPACE, t.kind == kind, t.status_rank == among.rank)


def _branch(among: Branches, source: FromClause, *criteria: ColumnElement[bool]) -> AnySelect:
    rank = literal(f"{among.rank}{Place.SIMILAR}", Words) + clients.c.last_first
    found = (
        select(clients.c.id.label("id"), rank.label("rank"))
        .select_from(source)
        .where(
            clients.c.workspace_id == IN_WORKSPACE,
            *criteria,
            *among.without_left_out(clients.c.id),
            *among.checks,
        )
        .order_by(clients.c.last_first, clients.c.id)
        .limit(bindparam(among.limit, type_=Integer))
        .subquery()
    )
    return select(found.c.id, found.c.rank)


def _meant() -> Any:  # noqa: ANN401 - SQLAlchemy's table of a function has no better type
    return each_text(bindparam("meant", type_=Words)).table_valued("value").alias()
