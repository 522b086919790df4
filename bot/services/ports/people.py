"""The contact persons of a workspace."""

from typing import Protocol

from bot.domain.ids import ContactId, PersonId
from bot.domain.person import Person, PersonDetails


class People(Protocol):
    """The contact persons of one workspace."""

    async def get(self, person_id: PersonId) -> Person | None:
        """Return a contact person, or None where this workspace has no such person."""
        ...

    async def lock(self, person_id: PersonId) -> Person | None:
        """Return a contact person, held against other writers until the unit ends, or None.

        Held before any client is, so that two units never wait for each other. Who adds a contact of a
        person who is there already holds the person: while they are held, nobody else gets this contact.
        """
        ...

    async def alike(self, details: PersonDetails, *, limit: int) -> tuple[Person, ...]:
        """Return active contacts' people with the name, the e-mail or a number: candidates for R35."""
        ...

    async def contacts_of(self, person_id: PersonId) -> tuple[ContactId, ...]:
        """Return the active contacts that point to a person, by id (R36)."""
        ...

    async def add(self, person: Person) -> None:
        """Store a new contact person, found among those alike at once."""
        ...

    async def update(self, person: Person, *, expected_version: int) -> None:
        """Store changed details under `person.version`.

        Raises:
            ChangedMeanwhile: the stored version is not `expected_version`.
        """
        ...

    async def count_clients_of(self, person_id: PersonId) -> int:
        """Return how many clients have this person as an active contact (R36)."""
        ...
