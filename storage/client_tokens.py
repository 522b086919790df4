"""What a client is found by: folded tokens, kept in a B-tree beside the client."""

import re
from collections.abc import Iterable
from enum import StrEnum

from bot.domain.client import ClientDetails
from bot.domain.email import login_equality
from bot.domain.folding import fold
from storage.phones import findable_digits

_APOSTROPHES = re.compile("['`\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}\N{ACUTE ACCENT}]")


class TokenKind(StrEnum):
    """What a token was made of."""

    NAME_PART = "name_part"
    WHOLE_NAME = "whole_name"
    OWN_ID_PART = "own_id_part"
    OWN_ID = "own_id"
    EMAIL = "email"
    PHONE = "phone"


Token = tuple[TokenKind, str]

WHOLE_KINDS = (TokenKind.WHOLE_NAME, TokenKind.OWN_ID, TokenKind.EMAIL, TokenKind.PHONE)
"""Kinds whose token stands for the client alone, and not for a part of a name."""


def compact(text: str) -> str:
    """Return folded text without its spaces: how an own id, or a name with a hyphen, is compared."""
    return fold(text).replace(" ", "")


def tokens_of(details: ClientDetails) -> frozenset[Token]:
    """Return every token of a client."""
    names = (details.first_name, details.last_name, details.preferred_name)
    found: set[Token] = {(TokenKind.NAME_PART, part) for part in _name_parts(names)}
    found |= {(TokenKind.WHOLE_NAME, whole) for whole in _whole_names(details)}
    if details.own_id:
        found |= {(TokenKind.OWN_ID_PART, part) for part in fold(details.own_id).split()}
        found.add((TokenKind.OWN_ID, compact(details.own_id)))
    if details.email:
        found.add((TokenKind.EMAIL, login_equality(details.email)))
    for phone in details.phones:
        found |= {(TokenKind.PHONE, digits) for digits in findable_digits(phone.number)}
    return frozenset((kind, token) for kind, token in found if token)


def whole_name(details: ClientDetails) -> str:
    """Return first and last name, folded."""
    return fold(f"{details.first_name} {details.last_name}")


def _name_parts(names: Iterable[str]) -> set[str]:
    """Return the parts of names: each word, each half of a hyphenated one, and the whole without its gaps.

    "Ann-Marie" is found as "ann", "marie" and "annmarie", "D'Angelo" also as "angelo".
    """
    parts = set()
    for name in names:
        parts.update(fold(name).split())
        parts.update(fold(_APOSTROPHES.sub(" ", name)).split())
        parts.update(compact(word) for word in name.split())
        parts.add(compact(name))
    return parts


def _whole_names(details: ClientDetails) -> set[str]:
    first, last, preferred = details.first_name, details.last_name, details.preferred_name
    wholes = {fold(f"{first} {last}"), fold(f"{last} {first}")}
    if preferred:
        wholes |= {fold(f"{preferred} {last}"), fold(f"{last} {preferred}")}
    return wholes
