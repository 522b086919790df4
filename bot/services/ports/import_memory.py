"""What an import remembers between its batches: whom its rows mean, and in what order they are called."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.domain.ids import ClientId, PersonId, RelationId


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedPlace:
    """What a file says of one side of a relation: their place among those to be called in an emergency.

    1 is the first to call; 0 is no place: the row was about the relation, and that is all.
    """

    client_id: ClientId
    relation_id: RelationId
    place: int


RelationSide = tuple[ClientId, RelationId]
"""A relation as one client's account shows it."""


class ImportMemory(Protocol):
    """What one import has learnt from its rows; kept in the database, so that no size of a file matters.

    `run` is the id of the import. Nothing here outlives it: what two systems call by one name is never mixed.
    """

    async def remember_clients(self, run: str, clients: Mapping[str, ClientId]) -> None:
        """Note which client a reference of the files means; what is noted already stays as it is."""
        ...

    async def clients_named(self, run: str, references: Collection[str]) -> dict[str, ClientId]:
        """Return those clients whom references of the files mean, by reference."""
        ...

    async def remember_people(self, run: str, people: Mapping[str, PersonId]) -> None:
        """Note which contact person a key of the files means; what is noted already stays as it is."""
        ...

    async def people_keyed(self, run: str, keys: Collection[str]) -> dict[str, PersonId]:
        """Return those contact persons whom keys of the files mean, by key."""
        ...

    async def remember_places(self, run: str, places: Collection[StatedPlace]) -> None:
        """Note the places that rows state; what is noted already stays as it is."""
        ...

    async def stated_of(self, run: str, client_ids: Collection[ClientId]) -> frozenset[RelationSide]:
        """Return those sides of some clients' relations that rows of the import were about already."""
        ...

    async def next_places(self, run: str, *, clients: int) -> tuple[StatedPlace, ...]:
        """Return the stated places of the next so many clients who have any, each client's by place."""
        ...

    async def forget_places(self, run: str, client_ids: Collection[ClientId]) -> None:
        """Forget what rows stated of some clients' relations."""
        ...

    async def forget(self, run: str, *, limit: int) -> int:
        """Forget some of what was noted for an import, and return how much that was."""
        ...
