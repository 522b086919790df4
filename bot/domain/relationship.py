"""A relation of a client: a link to another client, or a contact who is not a client (R1, R3).

What belongs to the relation as one client's account shows it stands on a `Side`: a contact has one,
a link has two. So flags live on the relation and not on the person (R4).
"""

import dataclasses
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from bot.domain.ids import ClientId, ContactId, LinkId, PersonId, StaffId
from bot.domain.kinship import Label
from bot.domain.roles import Role, RoleHeld
from bot.domain.sharing import Sharing

MAX_REASON_LENGTH = 500
"""Room for two or three sentences on why a relation was ended."""


class RelationKind(StrEnum):
    """Two kinds, one list (R1)."""

    LINKED_CLIENT = "linked_client"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A relation as one client's account shows it.

    `label`, `roles` and `emergency_position` say what the related person is for this client;
    `sharing` is this client's e-mails going to the related person, or None where they do not (R20).
    """

    client_id: ClientId
    label: Label
    roles: tuple[RoleHeld, ...] = ()
    emergency_position: int | None = None
    sharing: Sharing | None = None

    @property
    def is_emergency_contact(self) -> bool:
        """Say whether the related person is to be called in an emergency."""
        return self.emergency_position is not None

    def holds(self, role: Role) -> bool:
        """Say whether the related person has a role."""
        return any(held.role is role for held in self.roles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """When, by whom and why a relation was ended; it is never deleted (R5)."""

    at: datetime
    by: StaffId
    by_name: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two clients of the practice who are related: one pair, two sides, `low` before `high` by id.

    Raises:
        ValueError: when both sides are the same client or stand in the wrong order.
    """

    id: LinkId
    low: Side
    high: Side
    added_from: ClientId
    active_from: datetime
    ends_on: date | None = None
    removal: Removal | None = None
    version: int = 1

    kind = RelationKind.LINKED_CLIENT

    def __post_init__(self) -> None:
        if not self.low.client_id < self.high.client_id:
            raise ValueError("a link joins two clients, the lower id first")

    @property
    def is_active(self) -> bool:
        """Say whether it stands on both accounts now."""
        return self.removal is None

    def has_ended(self, *, today: date) -> bool:
        """Say whether its last day has passed; it stays on the accounts with its date (R5)."""
        return self.ends_on is not None and self.ends_on < today

    @property
    def client_ids(self) -> tuple[ClientId, ...]:
        """Both clients."""
        return (self.low.client_id, self.high.client_id)

    @property
    def sides(self) -> tuple[Side, ...]:
        """Both sides."""
        return (self.low, self.high)

    def side_of(self, client_id: ClientId) -> Side:
        """Return the relation as this client's account shows it; KeyError when it is not theirs."""
        for side in self.sides:
            if side.client_id == client_id:
                return side
        raise KeyError(client_id)

    def other_than(self, client_id: ClientId) -> ClientId:
        """Return the related client as seen from this one."""
        return self.high.client_id if self.side_of(client_id) is self.low else self.low.client_id

    def with_side(self, side: Side) -> Self:
        """Return the link with `side` as that client's side; KeyError when it is not theirs."""
        if self.side_of(side.client_id) is self.low:
            return dataclasses.replace(self, low=side)
        return dataclasses.replace(self, high=side)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person who is not a client, as a contact of one client. Never any access (R2)."""

    id: ContactId
    person_id: PersonId
    side: Side
    active_from: datetime
    ends_on: date | None = None
    removal: Removal | None = None
    version: int = 1

    kind = RelationKind.CONTACT

    @property
    def is_active(self) -> bool:
        """Say whether it stands on the client's account now."""
        return self.removal is None

    def has_ended(self, *, today: date) -> bool:
        """Say whether its last day has passed; it stays on the account with its date (R5)."""
        return self.ends_on is not None and self.ends_on < today

    @property
    def client_ids(self) -> tuple[ClientId, ...]:
        """The one client."""
        return (self.side.client_id,)

    @property
    def sides(self) -> tuple[Side, ...]:
        """The one side."""
        return (self.side,)

    def side_of(self, client_id: ClientId) -> Side:
        """Return the relation as this client's account shows it; KeyError when it is not theirs."""
        if self.side.client_id != client_id:
            raise KeyError(client_id)
        return self.side

    def with_side(self, side: Side) -> Self:
        """Return the contact with `side` in place of its own; KeyError when it is not this client's."""
        self.side_of(side.client_id)
        return dataclasses.replace(self, side=side)


Relation = Link | Contact
