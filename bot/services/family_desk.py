"""What every act on a family has in common: hold, decide, write, record, answer."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.domain.errors import NotFound
from bot.domain.family import Family
from bot.domain.history import Act, HistoryEntry
from bot.domain.ids import ClientId, LinkId, RelationId
from bot.domain.person import Person
from bot.domain.relationship import Relation, RelationKind
from bot.domain.staff import Actor
from bot.domain.staff_role import Right
from bot.services.errand import Desk, Errand, RelationState
from bot.services.held import Held, hold, name_of, related_person
from bot.services.outcome import Outcome
from bot.services.ports import UnitOfWork
from bot.services.rights import needs

EmergencyOrders = Mapping[ClientId, Sequence[RelationId]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an act makes of a relation: the relation, its person, and emergency orders that move.

    No `person` means that they stay as they are. Versions are counted up when things are stored.
    """

    relation: Relation
    person: Person | None = None
    orders: EmergencyOrders = field(default_factory=dict)


Decide = Callable[[Errand, Held], Awaitable[Change]]

ActOn = Act | Mapping[RelationKind, Act]
"""What was asked for; a mapping where a link and a contact have different words for it."""


class FamilyDesk(Desk):
    """Carries out acts on links and contacts."""

    @needs(Right.SEE_CLIENTS)
    async def family(self, actor: Actor, client_id: ClientId) -> Family:
        """Return a client with the active relations (R1, R10); it is on record as a look at them (R52).

        Raises:
            NotFound: there is no such client in this workspace.
        """
        return await self._seen(actor, client_id, Act.FAMILY_SEEN)

    @needs(Right.SEE_CLIENTS)
    async def reveal(self, actor: Actor, client_id: ClientId) -> Family:
        """Return the same for somebody who saw initials and asked for the rest; that is what is on record.

        Raises:
            NotFound: there is no such client in this workspace.
        """
        return await self._seen(actor, client_id, Act.FAMILY_REVEALED)

    @needs(Right.SEE_CLIENTS)
    async def summary(self, actor: Actor, client_id: ClientId) -> Family:
        """Return the same for a summary that is sent; that is what is on record.

        Raises:
            NotFound: there is no such client in this workspace.
        """
        return await self._seen(actor, client_id, Act.SUMMARY_SENT)

    async def _seen(self, actor: Actor, client_id: ClientId, act: Act) -> Family:
        family = await self._storage.finding.family(actor.workspace_id, client_id)
        if family is None:
            raise NotFound
        self._looked(actor, act, client_id)
        return replace(family, today=self._clock.today())

    async def _change(
        self,
        actor: Actor,
        act: ActOn,
        *,
        account: tuple[ClientId, RelationId],
        submission: str | None,
        decide: Decide,
    ) -> Outcome:
        """Change one relation as `decide` says, with one entry in the history, or none without a change."""
        client_id, relation_id = account
        async with self._errand(actor) as errand:
            earlier = await errand.claim(submission)
            if earlier is not None:
                return await answer_again(errand, act, client_id, earlier)
            held = await hold(errand.unit, client_id, relation_id)
            change = await decide(errand, held)
            moved = await orders_that_move(errand.unit, change.orders)
            entry = await store_change(errand, named(act, held.relation), held, change, moved=moved)
            await errand.settle(submission, relation_id)
            outcome = await answer(errand, act, client_id, relation_id, changed=entry is not None)
            lost = bool(moved.get(client_id)) and not change.orders[client_id]
            return replace(outcome, entry=entry, lost_last_emergency_contact=lost)


async def orders_that_move(unit: UnitOfWork, orders: EmergencyOrders) -> EmergencyOrders:
    """Return the present orders of those clients whose order would change."""
    present = {client_id: await unit.relations.emergency_order(client_id) for client_id in orders}
    return {
        client_id: order for client_id, order in present.items() if tuple(orders[client_id]) != tuple(order)
    }


async def family_of(unit: UnitOfWork, client_id: ClientId, *, today: date | None = None) -> Family:
    """Return a client's family; `today` is asked for where it is told who has ended (R5).

    Raises:
        NotFound: there is no such client in this workspace.
    """
    family = await unit.relations.family(client_id)
    if family is None:
        raise NotFound
    return replace(family, today=today)


async def answer(
    errand: Errand, act: ActOn, client_id: ClientId, relation_id: RelationId, *, changed: bool
) -> Outcome:
    """Return what an act came to, read after it, also where the relation is no longer on the account.

    Raises:
        NotFound: there is no such relation on this client's account.
    """
    unit = errand.unit
    family = await family_of(unit, client_id, today=errand.today)
    member = family.member(relation_id)
    relation = member.relation if member else await unit.relations.get(relation_id)
    if relation is None or client_id not in relation.client_ids:
        raise NotFound
    name = member.name if member else name_of(await related_person(unit, client_id, relation))
    return Outcome(family=family, act=named(act, relation), relation=relation, name=name, changed=changed)


def named(act: ActOn, relation: Relation) -> Act:
    """Return the act on this kind of relation."""
    return act if isinstance(act, Act) else act[relation.kind]


async def answer_again(errand: Errand, act: ActOn, client_id: ClientId, subject_id: str) -> Outcome:
    """Return what a submission came to that had been carried out before (R11): nothing more is done.

    Raises:
        NotFound: it was about something that is not on this client's account.
    """
    # Submissions remember plain ids; a contact's id is looked up the same way as a link's.
    outcome = await answer(errand, act, client_id, LinkId(subject_id), changed=False)
    return replace(outcome, repeated=True)


async def store_change(
    errand: Errand,
    act: Act,
    held: Held,
    change: Change,
    *,
    moved: EmergencyOrders,
    undoes: Mapping[str, int] | None = None,
) -> HistoryEntry | None:
    """Store what an act makes of a relation, and record it; without a change do neither.

    Args:
        errand: in whose unit.
        act: what was done.
        held: the relation as it stands, its clients locked.
        change: what becomes of it.
        moved: the present orders of those clients whose order changes, as `orders_that_move` gives them.
        undoes: where it undoes something, the number of the undone entry by the id of its relation.
    """
    relation, person = held.relation, held.person
    person_changes = change.person is not None and change.person != person
    relation_changes = change.relation != relation or bool(moved)
    if not person_changes and not relation_changes:
        return None
    if change.person is not None and person is not None and person_changes:
        person = replace(change.person, version=person.version + 1)
        await errand.unit.people.update(person, expected_version=person.version - 1)
    if relation_changes:
        relation = replace(change.relation, version=relation.version + 1)
        await errand.unit.relations.update(relation, expected_version=relation.version - 1)
    orders_after = {client_id: change.orders[client_id] for client_id in moved}
    for client_id, order in orders_after.items():
        await errand.unit.relations.set_emergency_order(client_id, order)
    if person_changes and person is not None and held.person is not None:
        await _record_elsewhere(errand, relation, before=held.person, after=person, undoes=undoes or {})
    return await errand.record_relation(
        act,
        before=RelationState(relation=held.relation, person=held.person, orders=moved),
        after=RelationState(relation=relation, person=person, orders=orders_after),
        undoes=undoes[relation.id] if undoes else None,
    )


async def _record_elsewhere(
    errand: Errand, relation: Relation, *, before: Person, after: Person, undoes: Mapping[str, int]
) -> None:
    """Record a change to a person on the other accounts that have them; none of them names another (R36)."""
    for contact_id in await errand.unit.people.contacts_of(after.id):
        other = await errand.unit.relations.get(contact_id)
        if other is not None and other.id != relation.id:
            undone = undoes.get(other.id)
            await errand.record_relation(
                Act.CONTACT_EDITED if undone is None else Act.CHANGE_UNDONE,
                before=RelationState(relation=other, person=before, orders={}),
                after=RelationState(relation=other, person=after, orders={}),
                undoes=undone,
            )
