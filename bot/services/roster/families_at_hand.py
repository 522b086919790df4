"""The families that a batch of rows is about, read once, held, and kept as they become row by row."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from bot.domain.client import Client
from bot.domain.ids import ClientId, PersonId, RelationId
from bot.domain.person import Person
from bot.domain.relationship import Contact, Link, Relation
from bot.services.ports import UnitOfWork


@dataclass(slots=True)
class FamiliesAtHand:
    """Clients, their relations and contact persons, as decisions before this one have left them."""

    clients: dict[ClientId, Client]
    people: dict[PersonId, Person]
    _relations: dict[ClientId, dict[RelationId, Relation]] = field(default_factory=dict)
    _orders: dict[ClientId, tuple[RelationId, ...]] = field(default_factory=dict)

    @classmethod
    async def read(
        cls,
        unit: UnitOfWork,
        client_ids: Collection[ClientId],
        *,
        foreseen: Mapping[ClientId, Client],
        person_ids: Collection[PersonId],
    ) -> "FamiliesAtHand":
        """Hold the clients with whoever is their contact, and read what stands on their accounts.

        Args:
            unit: in which they are held.
            client_ids: whose accounts.
            foreseen: those of them who are not stored yet.
            person_ids: further people who may become their contacts.
        """
        # People before clients, so that two units never wait for each other; what counts is read after that.
        relations = await unit.families.relations_of(client_ids)
        people = await unit.families.hold_people({*person_ids, *_people_of(relations)})
        clients = {**foreseen, **await unit.clients.lock(client_ids)}
        relations = await unit.families.relations_of(client_ids)
        missing = set(_people_of(relations)) - set(people)
        if missing:
            people |= await unit.families.hold_people(missing)
        at_hand = cls(clients=clients, people=people)
        for relation in relations:
            at_hand.put(relation)
        for client_id in clients:
            placed = [
                (place, each.id)
                for each in at_hand.relations_of(client_id)
                if (place := each.side_of(client_id).emergency_position) is not None
            ]
            at_hand.set_order(client_id, tuple(relation_id for _, relation_id in sorted(placed)))
        return at_hand

    def relations_of(self, client_id: ClientId) -> tuple[Relation, ...]:
        """Return every relation of a client, the removed ones too."""
        return tuple(self._relations.get(client_id, {}).values())

    def links_between(self, one: ClientId, other: ClientId, *, active: bool) -> list[Link]:
        """Return the links of a pair; at most one of them is active (R11)."""
        return [
            each
            for each in self.relations_of(one)
            if isinstance(each, Link) and other in each.client_ids and each.is_active is active
        ]

    def contacts_of(self, client_id: ClientId, *, active: bool) -> Iterator[tuple[Contact, Person]]:
        """Yield the contacts of a client with the people."""
        for each in self.relations_of(client_id):
            if isinstance(each, Contact) and each.is_active is active:
                yield each, self.people[each.person_id]

    def order(self, client_id: ClientId) -> tuple[RelationId, ...]:
        """Return a client's emergency contacts, the first to call first."""
        return self._orders.get(client_id, ())

    def put(self, relation: Relation) -> None:
        """Have a relation stand on its accounts as it is now."""
        for client_id in relation.client_ids:
            self._relations.setdefault(client_id, {})[relation.id] = relation

    def set_order(self, client_id: ClientId, order: tuple[RelationId, ...]) -> None:
        """Have these be a client's emergency contacts."""
        self._orders[client_id] = order


def _people_of(relations: Collection[Relation]) -> Iterator[PersonId]:
    return (each.person_id for each in relations if isinstance(each, Contact))
