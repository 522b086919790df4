"""What contact persons and clients are recognised by when a contact is entered (R35): folded tokens."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, or_

from bot.domain.email import login_equality
from bot.domain.folding import digits_of, fold
from bot.domain.person import PersonDetails
from storage.client_tokens import Token, TokenKind
from storage.tables import client_tokens, person_tokens


def tokens_of_person(details: PersonDetails) -> Sequence[Token]:
    """Return every token of a contact person: the whole name in both orders, e-mail, each number's digits."""
    first, last = details.first_name, details.last_name
    found = {(TokenKind.WHOLE_NAME, fold(f"{first} {last}")), (TokenKind.WHOLE_NAME, fold(f"{last} {first}"))}
    if details.email:
        found.add((TokenKind.EMAIL, login_equality(details.email)))
    found |= {(TokenKind.PHONE, digits_of(phone.number)) for phone in details.phones}
    return sorted((kind, token) for kind, token in found if token)


def clients_like(details: PersonDetails) -> ColumnElement[bool]:
    """Return the criterion on `client_tokens` for those with a name, an e-mail or a number in common."""
    return _any_of(client_tokens.c.kind, client_tokens.c.token, tokens_of_person(details))


def people_like(details: PersonDetails) -> ColumnElement[bool]:
    """Return the criterion on `person_tokens` for those with a name, an e-mail or a number in common."""
    return _any_of(person_tokens.c.kind, person_tokens.c.token, tokens_of_person(details))


def _any_of(
    kind: ColumnElement[str], token: ColumnElement[str], wanted: Sequence[Token]
) -> ColumnElement[bool]:
    # Without the first part SQLite reads every token there is: it does not see what the others share.
    return and_(
        token.in_([text for _, text in wanted]),
        or_(*(and_(token == text, kind == each.value) for each, text in wanted)),
    )
