"""Finding clients by a name with one typing error: by what it may have meant, where names have it."""

import json
from collections.abc import Iterator, Sequence
from itertools import chain

from sqlalchemy import Integer, bindparam, exists, literal, or_, select
from sqlalchemy.sql import ColumnElement

from bot.domain.typing_error import may_be_mistyped, one_error_away
from storage.client_tokens import TokenKind
from storage.column_types import Words
from storage.json_texts import texts_of
from storage.ordered_join import InOrder
from storage.search_branches import ACTIVE, ARCHIVED, Branches, Place, checked
from storage.search_checks import has_groups, place_of, words_of_names
from storage.search_frame import best_of
from storage.search_statements import those_with
from storage.search_terms import AFTER_EVERY_LETTER, GroupShape
from storage.tables import client_tokens, clients
from storage.workspace_connection import IN_WORKSPACE, AnySelect

_RANKS = (ACTIVE, ARCHIVED)
_OF_NAMES = (TokenKind.NAME.value, TokenKind.PART.value)


def meant_by(word: str) -> str:
    """Return what a folded word may have meant, as `known_ones` takes it; nothing for a short one."""
    return json.dumps(one_error_away(word)) if may_be_mistyped(word) else ""


def known_ones() -> AnySelect:
    """Return the statement for those of the texts in `meant` with which some name begins."""
    meant = texts_of("meant")
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


def similar(shapes: tuple[GroupShape, ...], mistyped: int, way: int | None, *, leaves_out: bool) -> AnySelect:
    """Return the statement for those with a name that begins with one of `meant`, and the other groups.

    Args:
        shapes: of the groups.
        mistyped: which of them is the one with the error.
        way: by way of which of the others they are found; None for the texts themselves.
        leaves_out: whether a family is left out.
    """
    others = [shape for number, shape in enumerate(shapes) if number not in (mistyped, way)]
    among = [Branches(rank=rank, leaves_out=leaves_out) for rank in _RANKS]
    if way is None:
        by_token = checked([*_by_token()], Place.SIMILAR, *has_groups(others), among=among[0])
        return best_of([*chain.from_iterable(_by_name(each, others) for each in among), by_token])
    has_text = _has_one_of_the_texts()
    branches: list[AnySelect] = []
    for first, *rest in shapes[way].alternatives:
        branches += those_with(first, rest, others, among=among, more=[has_text], place=Place.SIMILAR)
    return best_of(branches)


def _has_one_of_the_texts() -> ColumnElement[bool]:
    meant = texts_of("meant")
    return exists().where(
        place_of(words_of_names(clients.c.last_first), literal(" ", Words) + meant.c.value) > 0
    )


def _by_name(among: Branches, others: Sequence[GroupShape]) -> Iterator[AnySelect]:
    c = clients.c
    rank = literal(f"{among.rank}{Place.SIMILAR}", Words) + c.last_first
    for column in (c.last_first, c.whole_name):
        meant = texts_of("meant")
        after = meant.c.value + literal(AFTER_EVERY_LETTER, Words)
        found = (
            select(c.id, rank.label("rank"))
            .select_from(InOrder(meant, clients, (column >= meant.c.value) & (column < after)))
            .where(
                c.workspace_id == IN_WORKSPACE,
                c.status_rank == among.rank,
                *among.without_left_out(c.id),
                *has_groups(others, column),
            )
            .limit(bindparam(among.limit, type_=Integer))
            .subquery()
        )
        yield select(found.c.id, found.c.rank, literal(1, Integer).label("checked"))


def _by_token() -> Iterator[AnySelect]:
    t = client_tokens.c
    for rank in _RANKS:
        for kind in _OF_NAMES:
            meant = texts_of("meant")
            after = meant.c.value + literal(AFTER_EVERY_LETTER, Words)
            yield (
                select(t.client_id.label("id"))
                .select_from(InOrder(meant, client_tokens, (t.token >= meant.c.value) & (t.token < after)))
                .where(t.workspace_id == IN_WORKSPACE, t.kind == kind, t.status_rank == rank)
            )
