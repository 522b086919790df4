"""Who on record may be the one who is being entered as a contact (R35)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.client import Client
from bot.domain.email import same_login
from bot.domain.folding import digits_of, fold
from bot.domain.person import Person, PersonDetails
from bot.domain.phone import Phone


class Likeness(StrEnum):
    """What two people have in common; the more telling first."""

    EMAIL = "email"
    PHONE = "phone"
    NAME = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A client or contact person on record who is like the one being entered.

    Attributes:
        person: who it is.
        alike_in: what both have in common; never empty.
        clients: of how many clients they are a contact; 0 for a client.
        is_related: they are on this client's account already.
    """

    person: Client | Person
    alike_in: frozenset[Likeness]
    clients: int = 0
    is_related: bool = False


def likeness(known: Client | Person, details: PersonDetails) -> frozenset[Likeness]:
    """Return what somebody on record has in common with the details of a contact, as they are stored.

    A name is the same in whichever order its words stand, and with the preferred first name too.
    """
    found = set()
    if same_login(known.email, details.email):
        found.add(Likeness.EMAIL)
    if _digits(known.phones) & _digits(details.phones):
        found.add(Likeness.PHONE)
    if _words(details.first_name, details.last_name) in _names_of(known):
        found.add(Likeness.NAME)
    return frozenset(found)


def _digits(phones: Iterable[Phone]) -> set[str]:
    return {digits for phone in phones if (digits := digits_of(phone.number))}


def _names_of(known: Client | Person) -> set[tuple[str, ...]]:
    details = known.details
    names = {_words(details.first_name, details.last_name)}
    if isinstance(known, Client) and known.details.preferred_name:
        names.add(_words(known.details.preferred_name, details.last_name))
    return names - {()}


def _words(*names: str) -> tuple[str, ...]:
    return tuple(sorted(fold(" ".join(names)).split()))
