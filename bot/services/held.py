"""A relation held for a change, as one client's account shows it."""

from dataclasses import dataclass

from bot.domain.client import Client
from bot.domain.errors import AlreadyRemoved, NotFound
from bot.domain.ids import ClientId, RelationId
from bot.domain.person import Person
from bot.domain.relationship import Contact, Link, Relation, Side
from bot.services.ports import UnitOfWork


def name_of(person: Client | Person) -> str:
    """Return the name under which the family list shows a linked client or a contact person."""
    return person.display_name if isinstance(person, Client) else person.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An active relation whose clients are locked: nobody else changes it until the unit ends."""

    relation: Relation
    client: Client
    related: Client | Person

    @property
    def side(self) -> Side:
        """The relation as the client's account shows it."""
        return self.relation.side_of(self.client.id)

    @property
    def name(self) -> str:
        """The related person's name."""
        return name_of(self.related)

    @property
    def person(self) -> Person | None:
        """The contact person, where the relation is a contact."""
        return self.related if isinstance(self.related, Person) else None


async def hold(
    unit: UnitOfWork, client_id: ClientId, relation_id: RelationId, *, even_removed: bool = False
) -> Held:
    """Lock the clients of a relation and return it as it stands now, a removed one only where asked for.

    Raises:
        NotFound: there is no such relation on this client's account.
        AlreadyRemoved: somebody else was quicker (R42).
    """
    relation = await _on_account(unit, client_id, relation_id)
    if isinstance(relation, Contact):
        # A change to the person stands in the history of each of their contacts, so those wait for it too.
        await unit.people.lock(relation.person_id)
    clients = await unit.clients.lock(relation.client_ids)
    # Read again: only what is read after the lock is what stands.
    relation = await _on_account(unit, client_id, relation_id)
    if client_id not in clients:
        raise NotFound
    related = await related_person(unit, client_id, relation)
    if relation.removal is not None and not even_removed:
        raise AlreadyRemoved(relation=relation, removal=relation.removal, name=name_of(related))
    return Held(relation=relation, client=clients[client_id], related=related)


async def related_person(unit: UnitOfWork, client_id: ClientId, relation: Relation) -> Client | Person:
    """Return whom a relation leads to from a client.

    Raises:
        NotFound: they are not in this workspace.
    """
    related: Client | Person | None
    if isinstance(relation, Link):
        related = await unit.clients.get(relation.other_than(client_id))
    else:
        related = await unit.people.get(relation.person_id)
    if related is None:
        raise NotFound
    return related


async def _on_account(unit: UnitOfWork, client_id: ClientId, relation_id: RelationId) -> Relation:
    relation = await unit.relations.get(relation_id)
    if relation is None or client_id not in relation.client_ids:
        raise NotFound
    return relation
