"""Links and contacts of a workspace."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.family import Family
from bot.domain.ids import ClientId, RelationId
from bot.domain.relationship import Contact, Link, Relation


class Relations(Protocol):
    """Links and contacts of one workspace."""

    async def family(self, client_id: ClientId) -> Family | None:
        """Return a client with the active relations, or None where there is no such client.

        Links by the other client's last and first name, then contacts likewise, folded.
        """
        ...

    async def get(self, relation_id: RelationId) -> Relation | None:
        """Return a link or contact, active or removed, or None where there is no such relation."""
        ...

    async def active_link_between(self, one: ClientId, other: ClientId) -> Link | None:
        """Return the active link of a pair, whichever side is named first."""
        ...

    async def add(self, relation: Link | Contact) -> None:
        """Store a new relation with its sides, emergency positions as they stand on the sides.

        Raises:
            AlreadyLinked: the pair has an active link (R11).
        """
        ...

    async def update(self, relation: Link | Contact, *, expected_version: int) -> None:
        """Store a changed relation and its sides under `relation.version`, the removal included.

        Emergency positions are *not* written here, but a removed relation loses its positions.
        A removed relation that becomes active again shows on its accounts without a position (R43).

        Raises:
            ChangedMeanwhile: the stored version is not `expected_version`.
            AlreadyLinked: it would become active again, but the pair has another active link by now (R11).
            AlreadyContact: it would become active again, but the person is a contact of the client by now.
        """
        ...

    async def emergency_order(self, client_id: ClientId) -> tuple[RelationId, ...]:
        """Return a client's emergency contacts, links and contacts alike, the first to call first (R33)."""
        ...

    async def set_emergency_order(self, client_id: ClientId, order: Sequence[RelationId]) -> None:
        """Make these active relations the client's emergency contacts, 1..n in this order, and no others."""
        ...
