"""Finding clients by a name with one typing error: by what it may have meant, where names have it."""

from collections.abc import Iterator, Sequence
from itertools import chain

import orjson
from sqlalchemy import CTE, Integer, Table, and_, bindparam, exists, literal, select, true, union
from sqlalchemy.sql import ColumnElement

from bot.domain.typing_error import may_be_mistyped, one_error_away
from storage.client_tokens import TokenKind
from storage.column_types import Words
from storage.json_texts import lists_of, texts_in, texts_of
from storage.ordered_join import ForEach, InOrder
from storage.search_branches import ACTIVE, ARCHIVED, Branches, Place, checked
from storage.search_checks import IN_TOKEN, WordsAt, are_words, has_groups, in_name, place_of
from storage.search_frame import best_of
from storage.search_statements import those_with
from storage.search_terms import AFTER_EVERY_LETTER, GroupShape
from storage.tables import client_tokens, clients
from storage.workspace_connection import IN_WORKSPACE, AnySelect

_RANKS = (ACTIVE, ARCHIVED)
_OF_NAMES = (TokenKind.NAME.value, TokenKind.PART.value)


def meant_by(word: str) -> str:
    """Return what a folded word may have meant, as `known_ones` takes it; nothing for a short one."""
    return orjson.dumps(one_error_away(word)).decode() if may_be_mistyped(word) else ""


def known_ones() -> AnySelect:
    """Return the statement for those of the texts in `meant` with which some name begins.

    What a few hundred texts begin with are as many beginnings as the word has letters: where no name in an
    index begins so, none of those texts need be looked up in it.
    """
    lists = lists_of("meant")
    meant = select(lists.c.key, lists.c.value).cte("meant")
    known = union(*(_known_in(meant, name, criteria) for name, criteria in _names())).subquery("known")
    return select(known.c.value).order_by(known.c.value)


def _known_in(meant: CTE, name: ColumnElement[str], criteria: Sequence[ColumnElement[bool]]) -> AnySelect:
    def begins_so(text: ColumnElement[str]) -> ColumnElement[bool]:
        after = text + literal(AFTER_EVERY_LETTER, Words)
        return exists().where(*criteria, name >= text, name < after)

    begun = select(meant.c.key, meant.c.value).where(begins_so(meant.c.key)).cte()
    # PostgreSQL would look up the beginnings for each of the texts anew.
    begun = begun.prefix_with("MATERIALIZED", dialect="postgresql")
    texts = texts_in(begun.c.value)
    every = InOrder(begun, texts, true())
    return select(texts.c.value).select_from(every).where(begins_so(texts.c.value))


def _names() -> Iterator[tuple[ColumnElement[str], Sequence[ColumnElement[bool]]]]:
    """Yield the columns that have names, and what else leads along the index of each."""
    c, t = clients.c, client_tokens.c
    for rank in _RANKS:
        for name in (c.last_first, c.whole_name):
            yield name, (c.workspace_id == IN_WORKSPACE, c.status_rank == rank)
        for kind in _OF_NAMES:
            yield t.token, (t.workspace_id == IN_WORKSPACE, t.kind == kind, t.status_rank == rank)


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
        in_tokens = are_words(others, by_address=True)
        by_token = [*_by_token(has_groups(others, IN_TOKEN) if in_tokens else ())]
        of_rows = () if in_tokens else has_groups(others)
        apart = checked(by_token, Place.SIMILAR, *of_rows, among=among[0])
        return best_of([*chain.from_iterable(_by_name(each, others) for each in among), apart])
    branches: list[AnySelect] = []
    for first, *rest in shapes[way].alternatives:
        branches += those_with(
            first, rest, others, among=among, more=_has_one_of_the_texts, place=Place.SIMILAR
        )
    return best_of(branches)


def _begun(table: Table, column: ColumnElement[str], criteria: Sequence[ColumnElement[bool]]) -> InOrder:
    meant = texts_of("meant")
    after = meant.c.value + literal(AFTER_EVERY_LETTER, Words)
    return ForEach(meant, table, and_(*criteria, column >= meant.c.value, column < after))


def _has_one_of_the_texts(at: WordsAt) -> Sequence[ColumnElement[bool]]:
    return [exists().where(place_of(at.names, _MEANT.c.text) > 0)]


def _meant() -> CTE:
    """Return the texts as rows, taken apart once: for each client anew it would take longer than all else."""
    texts = texts_of("meant")
    as_words = select((literal(" ", Words) + texts.c.value).label("text"))
    return as_words.cte("meant_texts").prefix_with("MATERIALIZED")


_MEANT = _meant()


def _by_name(among: Branches, others: Sequence[GroupShape]) -> Iterator[AnySelect]:
    c = clients.c
    for column in (c.last_first, c.whole_name):
        begun = _begun(clients, column, (c.workspace_id == IN_WORKSPACE, c.status_rank == among.rank))
        found = (
            select(c.id, column.label("name"))
            .select_from(begun)
            .where(*among.without_left_out(c.id), *has_groups(others, in_name(column)))
            .limit(bindparam(among.limit, type_=Integer))
            .subquery()
        )
        yield among.by_last_name(found, Place.SIMILAR, is_in_it=column is c.last_first)


def _by_token(checks: Sequence[ColumnElement[bool]]) -> Iterator[AnySelect]:
    t = client_tokens.c
    for rank in _RANKS:
        for kind in _OF_NAMES:
            of_kind = (t.workspace_id == IN_WORKSPACE, t.kind == kind, t.status_rank == rank)
            begun = _begun(client_tokens, t.token, of_kind)
            yield select(t.client_id.label("id")).select_from(begun).where(*checks)
