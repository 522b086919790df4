"""Deciding what becomes of a row of a relation: added, changed, left as it is, or refused."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from hashlib import sha256

from bot.domain.client import Client
from bot.domain.errors import Field
from bot.domain.ids import ContactId, LinkId, PersonId
from bot.domain.kinship import Label
from bot.domain.person import Person, PersonDetails
from bot.domain.relationship import Contact, Link, Relation, RelationKind
from bot.services.details import check_person
from bot.services.findings import Findings
from bot.services.roster.contact_matching import matching_contact
from bot.services.roster.foreseen_contacts import keyed, taken, traces_of
from bot.services.roster.relation_changes import Present, altered
from bot.services.roster.relation_checks import pair_of, stated_label
from bot.services.roster.relation_deeds import Addition
from bot.services.roster.relation_desk import Fate, RelationDesk
from bot.services.roster.relation_sides import Sides, Toward, new_side
from bot.services.roster.rows import RelatedSide, RelationRow
from bot.services.roster.taking import Outcome

CLIENT_UNKNOWN = "relation.client_unknown"
OTHER_UNKNOWN = "relation.other_unknown"


@dataclass(slots=True)
class RelationDeciding:
    """Decides row by row; what is decided counts for the rows that follow."""

    desk: RelationDesk

    async def decide(self, row: RelationRow) -> Fate:
        """Return what becomes of a row.

        Raises:
            InvalidInput: it cannot come in.
        """
        findings = Findings()
        client = self.desk.client(row.client_own_id, row.client_references)
        if client is None:
            raise findings.refusal(Field.CLIENT, CLIENT_UNKNOWN)
        if row.kind is RelationKind.LINKED_CLIENT:
            other = self.desk.client(row.other_own_id, row.other_references)
            if other is not None:
                return await self._link(row, client, other)
        if row.person is None:
            raise findings.refusal(Field.RELATION, OTHER_UNKNOWN)
        details = check_person(row.person, region=self.desk.errand.region, findings=findings)
        findings.refuse_if_any()
        return await self._contact(replace(row, person=details), client, details)

    async def _link(self, row: RelationRow, client: Client, other: Client) -> Fate:
        desk, findings = self.desk, Findings()
        if client.id == other.id:
            raise findings.refusal(Field.RELATION, "link.self")
        there, back = desk.toward(client, other), desk.toward(other, client, is_reverse=True)
        sides: Sides = {client.id: (row.side, there)}
        if row.reverse is not None:
            sides = {**sides, other.id: (row.reverse, back)}
        for present in desk.at_hand.links_between(client.id, other.id, active=True):
            return await self._present(row, present, sides, there)
        removed = desk.at_hand.links_between(client.id, other.id, active=False)
        if left := await self._left(row, removed):
            return left
        label, reverse = pair_of(row.side, row.reverse, findings)
        near = new_side(desk.errand, row.side, label, there, findings)
        far = new_side(desk.errand, row.reverse or RelatedSide(), reverse, back, findings)
        findings.refuse_if_any()
        low, high = sorted((near, far), key=lambda side: side.client_id)
        link = Link(
            id=LinkId(desk.relation_id(low.client_id, high.client_id)),
            low=low,
            high=high,
            added_from=client.id,
            active_from=self._since(row),
            ends_on=row.ends_on,
        )
        return desk.add(row, Addition(relation=link), sides)

    async def _contact(self, row: RelationRow, client: Client, details: PersonDetails) -> Fate:
        desk, findings = self.desk, Findings()
        active = self._matching(client, row, details, active=True)
        if active is not None:
            toward = desk.toward(client, active[1])
            return await self._present(row, active[0], {client.id: (row.side, toward)}, toward)
        traces = traces_of(client.id, details) if desk.run.is_dry_run else frozenset()
        if foreseen := self._foreseen(row, traces):
            return foreseen
        removed = self._matching(client, row, details, active=False)
        if left := await self._left(row, [removed[0]] if removed else []):
            return left
        known = desk.naming.people.get(row.person_key)
        person = desk.at_hand.people.get(known) if known is not None else None
        added = person or Person(id=PersonId(desk.errand.new_id()), details=details)
        toward = desk.toward(client, added)
        side = new_side(desk.errand, row.side, stated_label(row.side) or Label(), toward, findings)
        findings.refuse_if_any()
        contact = Contact(
            id=ContactId(desk.relation_id(client.id, row.person_key or _told_by(details))),
            person_id=added.id,
            side=side,
            active_from=self._since(row),
            ends_on=row.ends_on,
        )
        desk.at_hand.people[added.id] = added
        addition = Addition(relation=contact, person=added, is_new_person=person is None)
        mine = frozenset(keyed(traces)) if row.person_key else traces
        return replace(desk.add(row, addition, {client.id: (row.side, toward)}), traces=mine)

    def _foreseen(self, row: RelationRow, traces: frozenset[str]) -> Fate | None:
        """Return that in a dry run an earlier row would have added this contact, where that is so."""
        desk = self.desk
        outcome = Outcome.LEFT_ENDED if row.is_ended else Outcome.UNCHANGED
        if not row.person_key:
            return Fate(outcome=outcome) if (traces | keyed(traces)) & desk.traces else None
        if not traces & desk.traces or taken(traces) & desk.traces:
            return None
        desk.traces |= taken(traces)
        return Fate(outcome=outcome, traces=frozenset(taken(traces)))

    async def _left(self, row: RelationRow, removed: Sequence[Relation]) -> Fate | None:
        """Return that a row brings nothing in: it has ended, or staff have removed the relation (R43)."""
        if row.is_ended:
            return Fate(outcome=Outcome.LEFT_ENDED)
        for each in removed:
            if await self.desk.is_staffs(each.id):
                return Fate(outcome=Outcome.KEPT)
        return None

    async def _present(self, row: RelationRow, relation: Relation, sides: Sides, near: Toward) -> Fate:
        """Decide about a row whose relation stands on the account already."""
        desk, findings = self.desk, Findings()
        filled = frozenset(each for each, relation_id in desk.stated if relation_id == relation.id)
        present = Present(
            relation=relation,
            sides=sides,
            orders={each: desk.at_hand.order(each) for each in relation.client_ids},
            filled=filled,
            keeps_person=row.person_key in desk.naming.people,
            near=near,
        )
        deed = altered(desk.errand, row, present, findings)
        # The first row about a relation is what the relation counts as; further ones add to it.
        quiet = Outcome.LEFT_ENDED if row.is_ended else Outcome.UNCHANGED
        if deed is None and not findings.problems:
            return desk.keep(row, relation, sides, quiet)
        if await desk.is_staffs(relation.id):
            return desk.keep(row, relation, sides, quiet if filled else Outcome.KEPT)
        findings.refuse_if_any()
        if deed is not None:
            desk.note(deed)
        fate = desk.keep(row, relation, sides, quiet if filled else Outcome.CHANGED)
        return replace(fate, deed=deed)

    def _matching(
        self, client: Client, row: RelationRow, details: PersonDetails, *, active: bool
    ) -> tuple[Contact, Person] | None:
        desk = self.desk
        return matching_contact(
            desk.at_hand.contacts_of(client.id, active=active),
            details,
            person_id=desk.naming.people.get(row.person_key),
            key=row.person_key,
            stated=frozenset(relation_id for each, relation_id in desk.stated if each == client.id),
            keyed=desk.naming.keyed,
        )

    def _since(self, row: RelationRow) -> datetime:
        return datetime.combine(row.since, time(), tzinfo=UTC) if row.since else self.desk.errand.at


def _told_by(details: PersonDetails) -> str:
    """Return what two rows without a key have in common where they are about one person."""
    return sha256(repr(details).encode()).hexdigest()
