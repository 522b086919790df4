"""What the services answer: what is true after an act."""

from dataclasses import dataclass

from bot.domain.client import Client
from bot.domain.family import Family, Member
from bot.domain.history import Act, HistoryEntry
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
        entry: what was recorded of a change to something that was there before; it may be undone (R43).
    """

    family: Family
    act: Act
    relation: Relation | None
    name: str
    changed: bool = True
    repeated: bool = False
    lost_last_emergency_contact: bool = False
    entry: HistoryEntry | None = None

    @property
    def is_saved(self) -> bool:
        """Whether this submission has changed something, be it now or when it came first."""
        return self.changed or self.repeated


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
        entry: what was recorded of a change to a client who was there before; it may be undone (R43).
    """

    client: Client
    changed: bool
    repeated: bool
    same_address: tuple[Client, ...]
    entry: HistoryEntry | None = None

    @property
    def is_saved(self) -> bool:
        """Whether this submission has changed something, be it now or when it came first."""
        return self.changed or self.repeated


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What undoing came to (R43).

    Attributes:
        family: of the client on whose account it was asked for, read after it.
        original: the entry that was undone.
        name: the display name of the related person, or of the client whose details it was about.
        changed: False when this submission had been carried out before.
        repeated: this very submission had been carried out before.
        sharing_left_off: e-mails were shared before, and are not again: something else has changed since.
        lost_last_emergency_contact: the client had emergency contacts before and has none now (R33).
    """

    family: Family
    original: HistoryEntry
    name: str
    changed: bool = True
    repeated: bool = False
    sharing_left_off: bool = False
    lost_last_emergency_contact: bool = False
