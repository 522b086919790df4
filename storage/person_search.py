"""What contact persons and clients are recognised by when a contact is entered (R35)."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, and_, or_, select, union_all

from bot.domain.email import login_equality
from bot.domain.folding import digits_of, fold
from bot.domain.person import PersonDetails
from storage.client_rows import PICKABLE_RANKS
from storage.phones import found_digits
from storage.tables import client_phones, client_tokens, clients, person_tokens
from storage.workspace_connection import IN_WORKSPACE, AnyCompoundSelect, AnySelect

Token = tuple[str, str]
NAME, EMAIL, PHONE = "whole_name", "email", "phone"
"""The kinds of a contact person's tokens."""


def tokens_of_person(details: PersonDetails) -> Sequence[Token]:
    """Return every token of a contact person: the whole name in both orders, e-mail, each number's digits."""
    first, last = details.first_name, details.last_name
    found = {(NAME, fold(f"{first} {last}")), (NAME, fold(f"{last} {first}"))}
    if details.email:
        found.add((EMAIL, login_equality(details.email)))
    found |= {(PHONE, digits_of(phone.number)) for phone in details.phones}
    return sorted((kind, token) for kind, token in found if token)


def people_like(details: PersonDetails) -> ColumnElement[bool]:
    """Return the criterion on `person_tokens` for those with a name, an e-mail or a number in common."""
    kind, token, wanted = person_tokens.c.kind, person_tokens.c.token, tokens_of_person(details)
    # Without the first part SQLite reads every token there is: it does not see what the others share.
    return and_(
        token.in_([text for _, text in wanted]),
        or_(*(and_(token == text, kind == each) for each, text in wanted)),
    )


def clients_like(details: PersonDetails) -> AnyCompoundSelect:
    """Return the ids of the pickable clients with a name, an e-mail or a number in common."""
    return union_all(*_clients_like(details))


def _clients_like(details: PersonDetails) -> Iterator[AnySelect]:
    c, t, p = clients.c, client_tokens.c, client_phones.c
    named = [text for kind, text in tokens_of_person(details) if kind == NAME]
    for column in (c.whole_name, c.last_first):
        yield select(c.id).where(
            c.workspace_id == IN_WORKSPACE, c.status_rank.in_(PICKABLE_RANKS), column.in_(named)
        )
    yield select(t.client_id).where(
        t.workspace_id == IN_WORKSPACE,
        t.kind == "name",
        t.status_rank.in_(PICKABLE_RANKS),
        t.token.in_(named),
    )
    if details.email:
        login = login_equality(details.email)
        yield select(c.id).where(
            c.workspace_id == IN_WORKSPACE, c.status_rank.in_(PICKABLE_RANKS), c.login == login
        )
    digits = {digits_of(phone.number) for phone in details.phones}
    digits |= {found_digits(phone.number) for phone in details.phones}
    yield select(p.client_id).where(
        p.workspace_id == IN_WORKSPACE, p.status_rank.in_(PICKABLE_RANKS), p.digits.in_(sorted(digits - {""}))
    )
