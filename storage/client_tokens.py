"""What a client is found by, computed from the details: folded columns, and tokens where a name has more."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from bot.domain.client import ClientDetails
from bot.domain.folding import fold
from bot.domain.sought import name_words


class TokenKind(StrEnum):
    """What a token was made of."""

    NAME = "name"
    """A whole name with the preferred one in it, in either order."""
    PART = "part"
    """A part of a name that neither whole name begins with."""
    OWN_ID = "own_id"
    """A part of the own id, and what follows it, that is neither the whole of it nor its last part."""


Token = tuple[TokenKind, str]

OWN_ID_MARK = "#"
"""No folded word has it."""


class Findable(NamedTuple):
    """A client's folded forms.

    Attributes:
        whole_name: first and last name.
        last_first: last and first name.
        other_words: words that are in neither, parted by spaces: of the preferred name, in one piece; and
            behind a mark each what begins with a part of the own id.
        own_compact: the own id without its gaps.
        own_tail: its last part, where it has several.
        tokens: what else they are found by.
    """

    whole_name: str
    last_first: str
    other_words: str
    own_compact: str
    own_tail: str
    tokens: tuple[Token, ...]

    @property
    def words(self) -> str:
        """All words, parted by spaces; behind a mark what begins with a part of the own id."""
        return f"{self.last_first} {self.other_words}"


def whole_name(details: ClientDetails) -> str:
    """Return first and last name, folded."""
    return _joined(name_words(details.first_name)[0], name_words(details.last_name)[0])


def findable(details: ClientDetails) -> Findable:
    """Return what a client is found by.

    "Ann-Marie" is found as "ann", "marie" and "annmarie", "D'Angelo" also as "angelo".
    """
    (first, first_more), (last, last_more) = name_words(details.first_name), name_words(details.last_name)
    whole, reverse = _joined(first, last), _joined(last, first)
    parts = _own_id(details.own_id)
    tokens: set[Token] = {(TokenKind.OWN_ID, part) for part in parts[1:-1]}
    others: Iterable[str] = ()
    preferred = details.preferred_name
    # Most names are one word each, which the whole name already begins with in one order or the other.
    if preferred or first_more or last_more or " " in first or " " in last:
        names = {whole, reverse}
        words = {*first.split(), *last.split()}
        more = {*first_more, *last_more}
        if preferred:
            alias, alias_more = name_words(preferred)
            more |= {*alias.split(), *alias_more}
            names |= {_joined(alias, last), _joined(last, alias)} - {""}
        others = sorted(more - words)
        words |= more
        begun = tuple(names)
        tokens |= {(TokenKind.NAME, name) for name in names - {whole, reverse}}
        tokens |= {
            (TokenKind.PART, word) for word in words if not any(name.startswith(word) for name in begun)
        }
    return Findable(
        whole_name=whole,
        last_first=reverse,
        other_words=" ".join((*others, *(f"{OWN_ID_MARK}{part}" for part in parts))),
        own_compact=parts[0] if parts else "",
        own_tail=parts[-1] if len(parts) > 1 else "",
        tokens=tuple(sorted(tokens)) if tokens else (),
    )


def _joined(one: str, other: str) -> str:
    return f"{one} {other}" if one and other else one or other


def _own_id(own_id: str) -> tuple[str, ...]:
    """Return what begins with each part of an own id: "k1042" and "1042" of "K-1042"."""
    parts = fold(own_id).split()
    return tuple("".join(parts[start:]) for start in range(len(parts)))
