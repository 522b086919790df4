"""Unlinking clients and removing contacts, from either side, after a prompt (R5, R33, R40-R42)."""

from dataclasses import replace

from bot.domain.client import Client
from bot.domain.errors import AlreadyRemoved, Field, NotFound
from bot.domain.family import LinkedClient
from bot.domain.folding import tidy
from bot.domain.history import Act
from bot.domain.ids import ClientId, RelationId
from bot.domain.relationship import MAX_REASON_LENGTH, Link, Relation, RelationKind, Removal
from bot.domain.staff import Actor
from bot.domain.staff_role import Right
from bot.services.errand import Errand
from bot.services.family_desk import Change, FamilyDesk, family_of
from bot.services.findings import Findings
from bot.services.held import Held, name_of, related_person
from bot.services.meanwhile import refuse_if_changed
from bot.services.outcome import Outcome, RemovalPreview
from bot.services.rights import needs
from bot.services.role_rules import without

REMOVED = {RelationKind.LINKED_CLIENT: Act.LINK_REMOVED, RelationKind.CONTACT: Act.CONTACT_REMOVED}


class Removing(FamilyDesk):
    """A removed relation is kept with its end (R5); sharing and the place in the emergency order go."""

    @needs(Right.CHANGE_CLIENTS)
    async def removal_preview(
        self, actor: Actor, *, client_id: ClientId, relation_id: RelationId
    ) -> RemovalPreview:
        """Return what the prompt says before anything is removed (R41).

        Raises:
            NotFound: there is no such relation on this client's account.
            AlreadyRemoved: somebody has removed it (R42).
        """
        async with self._storage.reading(actor.workspace_id) as unit:
            family = await family_of(unit, client_id, today=self._clock.today())
            member = family.member(relation_id)
            if member is None:
                relation = await unit.relations.get(relation_id)
                if relation is None or client_id not in relation.client_ids or relation.removal is None:
                    raise NotFound
                name = name_of(await related_person(unit, client_id, relation))
                raise AlreadyRemoved(relation=relation, removal=relation.removal, name=name)
            affected: tuple[Client, ...] = (family.client,)
            if isinstance(member, LinkedClient):
                affected = (family.client, member.client)
            losing = [
                client
                for client in affected
                if await unit.relations.emergency_order(client.id) == (relation_id,)
            ]
            return RemovalPreview(
                family=family,
                member=member,
                added_from=_added_from(member.relation, affected),
                last_emergency_contact_of=tuple(losing),
            )

    @needs(Right.CHANGE_CLIENTS)
    async def remove(
        self,
        actor: Actor,
        *,
        client_id: ClientId,
        relation_id: RelationId,
        reason: str = "",
        expected_version: int | None = None,
        submission: str | None = None,
    ) -> Outcome:
        """End a link or contact, with the same effect from either side (R40).

        Args:
            actor: who ends it.
            client_id: from whose account.
            relation_id: the link or contact.
            reason: why, for the history.
            expected_version: of the relation, when it was said what stops; None asks for none.
            submission: the key of the form's submission; a repetition has no effect (R11).

        Raises:
            NotFound: there is no such relation on this client's account.
            AlreadyRemoved: somebody else was quicker; it says who and when (R42).
            ChangedMeanwhile: more or less would stop by now than the person has read (R41).
            InvalidInput: the reason is too long.
        """

        async def decide(errand: Errand, held: Held) -> Change:
            await refuse_if_changed(errand.unit, held.relation, expected_version)
            findings = Findings()
            tidied = tidy(reason)
            if len(tidied) > MAX_REASON_LENGTH:
                findings.add(Field.REASON, "reason.too_long", max=MAX_REASON_LENGTH)
            findings.refuse_if_any()
            removal = Removal(at=errand.at, by=actor.staff_id, by_name=actor.name, reason=tidied)
            orders = {
                one: without(relation_id, await errand.unit.relations.emergency_order(one))
                for one in held.relation.client_ids
            }
            return Change(relation=ended(held.relation, removal), orders=orders)

        return await self._change(
            actor,
            REMOVED,
            account=(client_id, relation_id),
            submission=submission,
            decide=decide,
        )


def _added_from(relation: Relation, clients: tuple[Client, ...]) -> Client:
    if isinstance(relation, Link):
        return next(client for client in clients if client.id == relation.added_from)
    return clients[0]


def ended(relation: Relation, removal: Removal) -> Relation:
    """Return a relation as it is once it was removed: nothing is shared, nobody is called."""
    for side in relation.sides:
        relation = relation.with_side(replace(side, sharing=None, emergency_position=None))
    return replace(relation, removal=removal)
