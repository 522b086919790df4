"""What is at hand while the rows of a batch are decided on, and what they have come to so far."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.domain.client import Client
from bot.domain.ids import ClientId, PersonId, RelationId
from bot.domain.person import Person
from bot.domain.relationship import Relation
from bot.domain.staff import Surface
from bot.services.errand import Errand
from bot.services.ports import StatedPlace
from bot.services.roster.families_at_hand import FamiliesAtHand
from bot.services.roster.relation_deeds import Addition, Alteration
from bot.services.roster.relation_naming import Naming
from bot.services.roster.relation_sides import Sides, Toward
from bot.services.roster.rows import RelationRow
from bot.services.roster.taking import Outcome, Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What becomes of a row; `stated` are the sides that it was about, `person` whom its key means."""

    outcome: Outcome
    deed: Addition | Alteration | None = None
    stated: tuple[StatedPlace, ...] = ()
    person: tuple[str, PersonId] | None = None
    traces: frozenset[str] = frozenset()
    """In a dry run, what later rows know an added contact by."""


@dataclass(slots=True, kw_only=True)
class RelationDesk:
    """The families, the names and the rows of the import so far.

    `stated` are the sides that earlier rows were about.
    """

    errand: Errand
    run: Run
    at_hand: FamiliesAtHand
    naming: Naming
    stated: set[tuple[ClientId, RelationId]]
    traces: set[str] = field(default_factory=set)
    """In a dry run, of the contacts that earlier rows would have added."""
    _added: set[RelationId] = field(default_factory=set)

    def client(self, own_id: str, references: Sequence[str]) -> Client | None:
        """Return the client that a row means."""
        client_id = self.naming.client(own_id, references)
        return None if client_id is None else self.at_hand.clients.get(client_id)

    def toward(self, client: Client, related: Client | Person, *, is_reverse: bool = False) -> Toward:
        """Return one side of a relation."""
        is_unseen = related.id in self.naming.unseen
        return Toward(client=client, related=related, is_reverse=is_reverse, is_unseen=is_unseen)

    def relation_id(self, *between: str) -> str:
        """Return the id of a new relation; a dry run knows by it again what it would have added."""
        return " ".join(("foreseen", *between)) if self.run.is_dry_run else self.errand.new_id()

    async def is_staffs(self, relation_id: RelationId) -> bool:
        """Say whether anybody but an import has had a hand in a relation, or nobody can know any more."""
        if relation_id in self._added:
            return False
        entries = await self.errand.unit.history.of_subject(relation_id)
        return not entries or any(entry.surface is not Surface.IMPORT for entry in entries)

    def add(self, row: RelationRow, added: Addition, sides: Sides) -> Fate:
        """Add a relation; whoever is to be called comes after those who are called already."""
        relation = added.relation
        if any(relation_id == relation.id for _, relation_id in self.stated):
            # In a dry run an earlier batch would have added it.
            return self.keep(row, relation, sides, Outcome.UNCHANGED)
        orders: dict[ClientId, tuple[RelationId, ...]] = {}
        for client_id, (said, _) in sides.items():
            if said.emergency_position:
                orders[client_id] = (*self.at_hand.order(client_id), relation.id)
                self.at_hand.set_order(client_id, orders[client_id])
                side = replace(relation.side_of(client_id), emergency_position=len(orders[client_id]))
                relation = relation.with_side(side)
        self.at_hand.put(relation)
        self._added.add(relation.id)
        fate = self.keep(row, relation, sides, Outcome.ADDED)
        return replace(fate, deed=replace(added, relation=relation, orders=orders))

    def keep(self, row: RelationRow, relation: Relation, sides: Sides, outcome: Outcome) -> Fate:
        """Note that a row was about these sides of a relation, to which others then only add."""
        self.stated.update((client_id, relation.id) for client_id in sides)
        related = next(iter(sides.values()))[1].related
        person = None
        if row.person_key and isinstance(related, Person):
            self.naming.people.setdefault(row.person_key, related.id)
            self.naming.keyed.add(related.id)
            person = (row.person_key, related.id)
        stated = tuple(
            StatedPlace(client_id=client_id, relation_id=relation.id, place=said.emergency_position or 0)
            for client_id, (said, _) in sides.items()
        )
        return Fate(outcome=outcome, stated=stated, person=person)

    def note(self, deed: Alteration) -> None:
        """Keep what becomes of a relation as `store_change` will store it, for the rows that follow."""
        relation, change = deed.held.relation, deed.change
        if change.relation != relation or change.orders:
            relation = replace(change.relation, version=relation.version + 1)
        self.at_hand.put(relation)
        for client_id, order in change.orders.items():
            self.at_hand.set_order(client_id, tuple(order))
        if change.person is not None:
            person = replace(change.person, version=change.person.version + 1)
            self.at_hand.people[person.id] = person
