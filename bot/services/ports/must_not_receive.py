"""Who must not receive a client's mail."""

from collections.abc import Collection
from typing import Protocol

from bot.domain.ids import ClientId, PersonId, RestrictionId
from bot.domain.must_not_receive import MustNotReceive


class Restrictions(Protocol):
    """The entries of one workspace, each with the name and the addresses that the barred have now."""

    async def of_client(
        self, client_id: ClientId, *, even_lifted: bool = False
    ) -> tuple[MustNotReceive, ...]:
        """Return the entries of a client, oldest first."""
        ...

    async def of_several(self, client_ids: Collection[ClientId]) -> tuple[MustNotReceive, ...]:
        """Return the entries of some clients that nobody has lifted, oldest first."""
        ...

    async def get(self, restriction_id: RestrictionId) -> MustNotReceive | None:
        """Return an entry, or None where this workspace has no such entry."""
        ...

    async def add(self, entry: MustNotReceive) -> None:
        """Store a new entry."""
        ...

    async def lift(self, entry: MustNotReceive) -> bool:
        """Store an entry's lifting, and say whether nobody had lifted it before."""
        ...

    async def person_became_client(self, person_id: PersonId, client_id: ClientId) -> None:
        """Have the entries about a contact person be about the client too whom they became (R2)."""
        ...
