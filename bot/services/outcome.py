"""What the services answer: what is true after an act."""

from dataclasses import dataclass

from bot.domain.client import Client
from bot.domain.family import Family, Member
from bot.domain.history import Act
from bot.domain.relationship import Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an act on a family came to, read after it.

    Attributes:
        family: of the client the act was done from.
        act: what was asked for.
        relation: the link or contact concerned.
        name: the display name of the related person.
        changed: False when everything was so already, or this submission had been carried out before.
        repeated: this very submission had been carried out before.
        lost_last_emergency_contact: the client had emergency contacts before and has none now (R33).
    """

    family: Family
    act: Act
    relation: Relation | None
    name: str
    changed: bool = True
    repeated: bool = False
    lost_last_emergency_contact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalPreview:
    """What the prompt before a removal says (R41).

    Attributes:
        family: of the client from whose account it would be removed.
        member: the row that would go.
        added_from: the account on which it was first added.
        last_emergency_contact_of: the clients who would have no emergency contact left (R33).
    """

    family: Family
    member: Member
    added_from: Client
    last_emergency_contact_of: tuple[Client, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientSaved:
    """What adding or editing a client came to.

    Attributes:
        client: as stored after it.
        changed: False when everything was so already, or this submission had been carried out before.
        repeated: this very submission had been carried out before.
        same_address: other clients whose address opens the same login (R14).
    """

    client: Client
    changed: bool
    repeated: bool
    same_address: tuple[Client, ...]
