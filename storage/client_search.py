"""Finding clients by what was typed, over the B-tree of folded tokens.

Prefixes are ranges of the B-tree, so nothing that is typed is ever a pattern with wildcards. Text is folded
here and compared by code point there, so both engines find the same clients in the same order.
"""

import re
from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, and_, func, or_, select, union_all

from bot.domain.client import ClientStatus
from bot.domain.email import login_equality
from bot.domain.folding import fold, tidy
from bot.domain.ids import ClientId
from storage.client_rows import client_columns
from storage.client_tokens import WHOLE_KINDS, TokenKind, compact
from storage.phones import typed_digits
from storage.tables import client_tokens, clients, links
from storage.workspace_connection import IN_WORKSPACE, AnyCompoundSelect, AnySelect

_AFTER_EVERY_LETTER = "\U0010ffff"
"""The last code point, which no token contains: prefix + this is above every token that begins so."""

_PIECE_OF_A_NUMBER = re.compile(r"[+(]*\d[\d()./-]*")
_AROUND_AN_ADDRESS = ",;<>\"'()"

_PICKABLE = select(func.count().over(), *client_columns(clients)).where(
    clients.c.workspace_id == IN_WORKSPACE, clients.c.status != ClientStatus.DECEASED.value
)


def matching(text: str, *, leave_out_family_of: ClientId | None = None) -> AnySelect:
    """Return the statement for the clients that match every word; the count of all is its first column."""
    statement = _PICKABLE
    for group in _groups(tidy(text).split()):
        statement = statement.where(_matches_group(group))
    if leave_out_family_of is not None:
        statement = statement.where(
            clients.c.id != leave_out_family_of, clients.c.id.not_in(_linked_to(leave_out_family_of))
        )
    return statement


def exactly(text: str) -> ColumnElement[bool] | None:
    """Return the criterion for the clients that `text` names as a whole, or None where it names nobody."""
    plain = tidy(text)
    wanted = {
        (TokenKind.WHOLE_NAME, fold(plain)),
        (TokenKind.OWN_ID, compact(plain)),
        (TokenKind.EMAIL, login_equality(plain.strip(_AROUND_AN_ADDRESS))),
    }
    pieces = plain.split()
    if pieces and all(_PIECE_OF_A_NUMBER.fullmatch(piece) for piece in pieces):
        wanted |= {(TokenKind.PHONE, digits) for digits in typed_digits(plain)}
    tokens = client_tokens.c
    criteria = [
        and_(tokens.token == token, tokens.kind == kind.value)
        for kind, token in sorted(wanted)
        if token and kind in WHOLE_KINDS
    ]
    return clients.c.id.in_(_clients_with(or_(*criteria))) if criteria else None


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


def _matches_group(group: Sequence[str]) -> ColumnElement[bool]:
    each = and_(*(_matches_word(word) for word in group))
    if not _PIECE_OF_A_NUMBER.fullmatch(group[0]):
        return each
    digits = [_begins_with(number) for number in sorted(typed_digits("".join(group)))]
    number = clients.c.id.in_(
        _clients_with(and_(client_tokens.c.kind == TokenKind.PHONE.value, or_(*digits)))
    )
    return or_(each, number)


def _matches_word(word: str) -> ColumnElement[bool]:
    """Match a word as it folds: in its parts, in one piece, or as the beginning of an e-mail address."""
    parts = fold(word).split()
    in_one_piece = {compact(word), login_equality(word.strip(_AROUND_AN_ADDRESS)), login_equality(word)}
    tokens = [_begins_with(piece) for piece in sorted(in_one_piece) if piece]
    criterion = clients.c.id.in_(_clients_with(or_(*tokens)))
    if len(parts) < 2:  # noqa: PLR2004 - one part is the word in one piece
        return criterion
    return or_(criterion, and_(*(clients.c.id.in_(_clients_with(_begins_with(part))) for part in parts)))


def _begins_with(prefix: str) -> ColumnElement[bool]:
    token = client_tokens.c.token
    return and_(token >= prefix, token < prefix + _AFTER_EVERY_LETTER)


def _clients_with(criterion: ColumnElement[bool]) -> AnySelect:
    return select(client_tokens.c.client_id).where(client_tokens.c.workspace_id == IN_WORKSPACE, criterion)


def _linked_to(client_id: ClientId) -> AnyCompoundSelect:
    active = and_(links.c.workspace_id == IN_WORKSPACE, links.c.removed_at.is_(None))
    return union_all(
        select(links.c.low_client_id).where(active, links.c.high_client_id == client_id),
        select(links.c.high_client_id).where(active, links.c.low_client_id == client_id),
    )
