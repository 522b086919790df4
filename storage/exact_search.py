"""Finding the clients that a text names as a whole."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, false, select, union_all

from bot.domain.email import login_equality
from bot.domain.folding import fold, tidy
from bot.domain.sought import Sought, compact
from storage.client_rows import FEW_CLIENTS_BY_NAME, PICKABLE_RANKS, client_columns
from storage.phones import typed_numbers
from storage.search_terms import AFTER_EVERY_LETTER
from storage.tables import client_phones, client_tokens, clients
from storage.workspace_connection import IN_WORKSPACE, AnySelect

_AROUND_AN_ADDRESS = ",;<>\"'()"


def exactly(text: str) -> AnySelect:
    """Return the statement for the clients whose whole name, own id, e-mail or phone is `text`, folded."""
    typed = tidy(text)
    named = list(_named(typed))
    ids = (
        union_all(*named)
        if named
        else select(clients.c.id).where(clients.c.workspace_id == IN_WORKSPACE, false())
    )
    return (
        select(*client_columns(clients))
        .where(clients.c.workspace_id == IN_WORKSPACE, clients.c.id.in_(ids))
        .order_by(*FEW_CLIENTS_BY_NAME)
    )


def _named(typed: str) -> Iterator[AnySelect]:
    name, own_id = fold(typed), compact(typed)
    address = login_equality(typed.strip(_AROUND_AN_ADDRESS))
    for column, wanted in (
        (clients.c.whole_name, name),
        (clients.c.last_first, name),
        (clients.c.own_compact, own_id),
        (clients.c.login, address),
    ):
        if wanted:
            yield _clients_with(column == wanted)
    t, p = client_tokens.c, client_phones.c
    if name:
        yield select(t.client_id).where(
            t.workspace_id == IN_WORKSPACE,
            t.kind == "name",
            t.status_rank.in_(PICKABLE_RANKS),
            t.token == name,
        )
    groups = Sought.read(typed).groups
    for way in typed_numbers(groups[0].number) if len(groups) == 1 else ():
        whole = (p.number >= way.number, p.number < way.number + AFTER_EVERY_LETTER) if way.number else ()
        yield select(p.client_id).where(
            p.workspace_id == IN_WORKSPACE, p.status_rank.in_(PICKABLE_RANKS), p.digits == way.digits, *whole
        )


def _clients_with(criterion: ColumnElement[bool]) -> AnySelect:
    c = clients.c
    return select(c.id).where(c.workspace_id == IN_WORKSPACE, c.status_rank.in_(PICKABLE_RANKS), criterion)
