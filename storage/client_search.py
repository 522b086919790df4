"""Finding clients by what was typed, over the B-tree of folded tokens.

Prefixes are ranges of the B-tree, so nothing that is typed is ever a pattern with wildcards. Text is folded
here and compared by code point there, so both engines find the same clients in the same order.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, count

from sqlalchemy import BindParameter, ColumnElement, Integer, and_, bindparam, func, or_, select, union_all

from bot.domain.client import ClientStatus
from bot.domain.email import login_equality
from bot.domain.folding import fold, tidy
from bot.domain.ids import ClientId
from storage.client_rows import CLIENTS_BY_NAME, FEW_CLIENTS_BY_NAME, client_columns
from storage.client_tokens import WHOLE_KINDS, TokenKind, compact
from storage.column_types import Words
from storage.phones import typed_digits
from storage.tables import client_tokens, clients, links
from storage.workspace_connection import IN_WORKSPACE, AnyCompoundSelect, AnySelect

_AFTER_EVERY_LETTER = "\U0010ffff"
"""The last code point, which no token contains: prefix + this is above every token that begins so."""

_PIECE_OF_A_NUMBER = re.compile(r"[+(]*\d[\d()./-]*")
_AROUND_AN_ADDRESS = ",;<>\"'()"
_STATEMENTS_KEPT = 256
"""Texts have few shapes: one or two plain words, most of them."""

_IS_PICKABLE = and_(clients.c.workspace_id == IN_WORKSPACE, clients.c.status != ClientStatus.DECEASED.value)
_PICKABLE = select(func.count().over(), *client_columns(clients)).where(_IS_PICKABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A statement, and the values of what was typed."""

    statement: AnySelect
    values: Mapping[str, object]


def matching(text: str, *, limit: int, leave_out_family_of: ClientId | None = None) -> Search:
    """Return how to find the clients that match every word; the count of all is the first column."""
    groups = tuple(_group(words) for words in _groups(tidy(text).split()))
    values: dict[str, object] = {"most": limit}
    for number, prefix in enumerate(chain.from_iterable(group.prefixes() for group in groups)):
        values[f"from_{number}"] = prefix
        values[f"to_{number}"] = prefix + _AFTER_EVERY_LETTER
    if leave_out_family_of is not None:
        values["left_out"] = leave_out_family_of
    shapes = tuple(group.shape() for group in groups)
    return Search(statement=_statement(shapes, leaves_out=leave_out_family_of is not None), values=values)


def exactly(text: str) -> Search:
    """Return how to find the clients that `text` names as a whole."""
    plain = tidy(text)
    wanted = {
        TokenKind.WHOLE_NAME: [fold(plain)],
        TokenKind.OWN_ID: [compact(plain)],
        TokenKind.EMAIL: [login_equality(plain.strip(_AROUND_AN_ADDRESS))],
        TokenKind.PHONE: [],
    }
    pieces = plain.split()
    if pieces and all(_PIECE_OF_A_NUMBER.fullmatch(piece) for piece in pieces):
        wanted[TokenKind.PHONE] = sorted(typed_digits(plain))
    named = {kind: [token for token in tokens if token] for kind, tokens in wanted.items()}
    tokens = sorted({*chain.from_iterable(named.values())})
    return Search(
        statement=_EXACT, values={"any_kind": tokens, **{f"of_{kind}": named[kind] for kind in named}}
    )


def _groups(words: Sequence[str]) -> Iterator[list[str]]:
    """Yield each word alone, and the pieces of a phone number, typed with spaces, together."""
    run: list[str] = []
    for word in words:
        if _PIECE_OF_A_NUMBER.fullmatch(word):
            run.append(word)
            continue
        if run:
            yield run
            run = []
        yield [word]
    if run:
        yield run


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """A word as it folds: in one piece or as the beginning of an e-mail address, and in its parts."""

    in_one_piece: tuple[str, ...]
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """A word, or the pieces of a number: as words, or as the digits that the number begins with."""

    words: tuple[_Word, ...]
    numbers: tuple[str, ...]

    def prefixes(self) -> Iterator[str]:
        """Yield what the tokens may begin with, in the order in which the statement asks for them."""
        for word in self.words:
            yield from (*word.in_one_piece, *word.parts)
        yield from self.numbers

    def shape(self) -> "_Shape":
        """Return how many there are of each: all that the statement depends on."""
        return tuple((len(word.in_one_piece), len(word.parts)) for word in self.words), len(self.numbers)


_Shape = tuple[tuple[tuple[int, int], ...], int]


def _group(words: Sequence[str]) -> _Group:
    is_number = _PIECE_OF_A_NUMBER.fullmatch(words[0]) is not None
    return _Group(
        words=tuple(map(_word, words)),
        numbers=tuple(sorted(typed_digits("".join(words)))) if is_number else (),
    )


def _word(word: str) -> _Word:
    pieces = {compact(word), login_equality(word.strip(_AROUND_AN_ADDRESS)), login_equality(word)}
    parts = fold(word).split()
    # One part is the word in one piece.
    return _Word(
        in_one_piece=tuple(sorted(piece for piece in pieces if piece)),
        parts=tuple(parts) if len(parts) > 1 else (),
    )


@lru_cache(maxsize=_STATEMENTS_KEPT)
def _statement(shapes: tuple[_Shape, ...], *, leaves_out: bool) -> AnySelect:
    """Return the statement for texts of a shape: made once, it is also read by the guard only once."""
    numbers = count()
    statement = _PICKABLE.where(*(_matches_group(shape, numbers) for shape in shapes))
    if leaves_out:
        left_out = bindparam("left_out", type_=Words)
        statement = statement.where(clients.c.id != left_out, clients.c.id.not_in(_linked_to(left_out)))
    return statement.order_by(*CLIENTS_BY_NAME).limit(bindparam("most", type_=Integer))


def _matches_group(shape: _Shape, numbers: Iterator[int]) -> ColumnElement[bool]:
    words, digits = shape
    each = and_(*[_matches_word(*word, numbers) for word in words])
    if not digits:
        return each
    begin = or_(*[_begins_with(next(numbers)) for _ in range(digits)])
    number = _clients_with(and_(client_tokens.c.kind == TokenKind.PHONE.value, begin))
    return or_(each, clients.c.id.in_(number))


def _matches_word(pieces: int, parts: int, numbers: Iterator[int]) -> ColumnElement[bool]:
    begin = or_(*[_begins_with(next(numbers)) for _ in range(pieces)])
    criterion = clients.c.id.in_(_clients_with(begin))
    if not parts:
        return criterion
    each = [clients.c.id.in_(_clients_with(_begins_with(next(numbers)))) for _ in range(parts)]
    return or_(criterion, and_(*each))


def _begins_with(number: int) -> ColumnElement[bool]:
    token = client_tokens.c.token
    return and_(
        token >= bindparam(f"from_{number}", type_=Words), token < bindparam(f"to_{number}", type_=Words)
    )


def _clients_with(criterion: ColumnElement[bool]) -> AnySelect:
    return select(client_tokens.c.client_id).where(client_tokens.c.workspace_id == IN_WORKSPACE, criterion)


def _linked_to(client_id: BindParameter[str]) -> AnyCompoundSelect:
    active = and_(links.c.workspace_id == IN_WORKSPACE, links.c.removed_at.is_(None))
    return union_all(
        select(links.c.low_client_id).where(active, links.c.high_client_id == client_id),
        select(links.c.high_client_id).where(active, links.c.low_client_id == client_id),
    )


_EXACT = (
    select(*client_columns(clients))
    .where(
        _IS_PICKABLE,
        clients.c.id.in_(
            _clients_with(
                and_(
                    # Without this SQLite reads every token there is: it does not see what the kinds share.
                    client_tokens.c.token.in_(bindparam("any_kind", expanding=True)),
                    or_(
                        *(
                            and_(
                                client_tokens.c.kind == kind.value,
                                client_tokens.c.token.in_(bindparam(f"of_{kind}", expanding=True)),
                            )
                            for kind in sorted(WHOLE_KINDS)
                        )
                    ),
                )
            )
        ),
    )
    .order_by(*FEW_CLIENTS_BY_NAME)
)
