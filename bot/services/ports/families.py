"""Many clients with their relations at once, for what goes through a whole roster: import and export."""

from collections.abc import Collection, Sequence
from typing import Protocol

from bot.domain.client import Client
from bot.domain.family import Family
from bot.domain.ids import ClientId, PersonId
from bot.domain.person import Person
from bot.domain.relationship import Relation
from bot.services.ports.import_memory import RelationSide


class Families(Protocol):
    """The clients, people and relations of one workspace, a few statements for however many."""

    async def page(self, *, after: ClientId | None, limit: int) -> tuple[Client, ...]:
        """Return the next clients by id, whatever their status."""
        ...

    async def clients(self, client_ids: Collection[ClientId]) -> dict[ClientId, Client]:
        """Return those of the clients that exist."""
        ...

    async def of(self, client_ids: Collection[ClientId]) -> dict[ClientId, Family]:
        """Return those of the clients that exist, each as their account shows them."""
        ...

    async def people(self, person_ids: Collection[PersonId]) -> dict[PersonId, Person]:
        """Return those of the contact persons that exist."""
        ...

    async def hold_people(self, person_ids: Collection[PersonId]) -> dict[PersonId, Person]:
        """Return those of the people that exist, held against other writers until the unit ends.

        Held before any client is, and in the order of their ids, so that two units never wait for each other.
        """
        ...

    async def relations_of(self, client_ids: Collection[ClientId]) -> tuple[Relation, ...]:
        """Return every link and contact of some clients, the removed ones too, by id and each once."""
        ...

    async def add_people(self, people: Sequence[Person]) -> None:
        """Store new contact persons, found among those alike at once."""
        ...

    async def add_relations(self, relations: Sequence[Relation]) -> None:
        """Store new relations with their sides, emergency positions as they stand on the sides.

        The caller holds their clients and has seen that no pair is linked and nobody is a contact already.
        """
        ...

    async def without_basis(self, *, limit: int) -> tuple[int, tuple[RelationSide, ...]]:
        """Return in how many directions e-mails are shared without a basis (R51), and the first of them."""
        ...
