"""The clients of a workspace."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from bot.domain.client import Client, ClientDetails
from bot.domain.ids import ClientId
from bot.domain.person import PersonDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundClients:
    """The first matches of a search, best first, and how many there are in all."""

    clients: tuple[Client, ...]
    total: int


class Clients(Protocol):
    """The clients of one workspace."""

    async def get(self, client_id: ClientId) -> Client | None:
        """Return a client, or None where this workspace has no such client."""
        ...

    async def lock(self, client_ids: Collection[ClientId]) -> dict[ClientId, Client]:
        """Return those of the clients that exist, held against other writers until the unit ends.

        Rows are taken in the order of their ids, so that two units never wait for each other.
        """
        ...

    async def add(self, client: Client) -> None:
        """Store a new client, findable at once.

        Raises:
            InvalidInput: the practice's own id belongs to another client (at `Field.OWN_ID`).
        """
        ...

    async def update(self, client: Client, *, expected_version: int) -> None:
        """Store changed details under `client.version`.

        Raises:
            ChangedMeanwhile: the stored version is not `expected_version`.
            InvalidInput: the practice's own id belongs to another client (at `Field.OWN_ID`).
        """
        ...

    async def search(
        self, text: str, *, limit: int, leave_out_family_of: ClientId | None = None
    ) -> FoundClients:
        """Return pickable clients whose name parts, own id, e-mail or phone begin with every word of `text`.

        Accents, case and hyphens do not matter, nor the order of the words; a phone may be typed in any
        notation. Active clients come before archived ones, then by name. No text: everybody, by name.

        Args:
            text: what was typed.
            limit: how many clients at most; `total` counts the others too.
            leave_out_family_of: a client to leave out, together with those actively linked to them (R13).
        """
        ...

    async def exact(self, text: str) -> tuple[Client, ...]:
        """Return the pickable clients whose whole name, own id, e-mail or phone is `text`, folded.

        A whole name is first and last in either order ("Maria Lopez", "Lopez, Maria"), or preferred and last.
        """
        ...

    async def with_email(self, address: str) -> tuple[Client, ...]:
        """Return the clients whose address opens the same login (R14), the deceased not among them."""
        ...

    async def with_own_id(self, own_id: str) -> Client | None:
        """Return the client, the deceased among them, with this own id in whatever case, or None."""
        ...

    async def alike(self, details: ClientDetails) -> tuple[Client, ...]:
        """Return clients with the same folded name or the same e-mail: candidates for R12, not yet judged."""
        ...

    async def like_person(self, details: PersonDetails, *, limit: int) -> tuple[Client, ...]:
        """Return pickable clients with the name, the e-mail or a number of a contact: candidates for R35."""
        ...
