"""Linking two clients, existing or new, and correcting what they are to each other (R10-R12, R15, R16)."""

from dataclasses import dataclass, replace
from datetime import date

from bot.domain.client import Client, ClientDetails
from bot.domain.errors import AlreadyLinked, Field, NotFound
from bot.domain.history import Act
from bot.domain.ids import ClientId, LinkId
from bot.domain.relationship import Link, Side
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.roles import RoleHeld
from bot.domain.sharing import NOT_SHARED, SharingChoice
from bot.domain.staff import Actor
from bot.domain.staff_role import Right
from bot.services.admission import Answers, admit
from bot.services.details import check_client
from bot.services.errand import Errand, RelationState
from bot.services.family_desk import Change, EmergencyOrders, FamilyDesk, answer, answer_again
from bot.services.findings import Findings
from bot.services.held import Held
from bot.services.labels import labels_of_pair
from bot.services.meanwhile import refuse_if_changed
from bot.services.outcome import Outcome
from bot.services.rights import needs
from bot.services.role_rules import check_roles
from bot.services.sharing_rules import Direction, bars, check_sharing, recorded_sharing, reverse_direction


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkChoice:
    """What the form says of a link: the relationship and both directions of sharing (R20)."""

    relationship: RelationshipChoice
    sharing: SharingChoice
    reverse_sharing: SharingChoice
    roles: tuple[RoleHeld, ...] = ()
    emergency: bool = False


class Linking(FamilyDesk):
    """A link changes nothing else: no access, billing or merging (R15); nor follows it from others (R16)."""

    @needs(Right.CHANGE_CLIENTS)
    async def link(
        self,
        actor: Actor,
        *,
        client_id: ClientId,
        other_id: ClientId,
        relationship: RelationshipChoice,
        sharing: SharingChoice = NOT_SHARED,
        reverse_sharing: SharingChoice = NOT_SHARED,
        roles: tuple[RoleHeld, ...] = (),
        emergency: bool = False,
        submission: str | None = None,
    ) -> Outcome:
        """Link two clients: the other is the ___ of the client; the inverse label comes by itself (R10).

        Args:
            actor: who links.
            client_id: the client from whose account it is done.
            other_id: the client who is linked to them.
            relationship: what the other is to the client.
            sharing: the client's e-mails also go to the other.
            reverse_sharing: the other's e-mails also go to the client.
            roles: what the other may or must do for the client (R30).
            emergency: call the other in an emergency; the last to call until moved (R32, R33).
            submission: the key of the form's submission; a repetition has no effect (R11).

        Raises:
            NotFound: there is no such client in this workspace.
            InvalidInput: the client themselves, nobody, or a deceased client was chosen; or another field.
            AlreadyLinked: the pair is linked, whichever side it was done from (R11).
        """
        async with self._errand(actor) as errand:
            earlier = await errand.claim(submission)
            if earlier is not None:
                return await answer_again(errand, Act.LINK_ADDED, client_id, earlier)
            client, other = await _pair(errand, client_id, other_id)
            present = await errand.unit.relations.active_link_between(client_id, other_id)
            if present is not None:
                raise AlreadyLinked(link=present, other=other)
            choice = LinkChoice(
                relationship=relationship,
                sharing=sharing,
                reverse_sharing=reverse_sharing,
                roles=roles,
                emergency=emergency,
            )
            findings = Findings()
            link = await _new_link(errand, choice, client=client, other=other, findings=findings)
            findings.refuse_if_any()
            return await _store(errand, link, client_id, submission, emergency=emergency)

    @needs(Right.CHANGE_CLIENTS)
    async def link_new_client(
        self,
        actor: Actor,
        *,
        client_id: ClientId,
        details: ClientDetails,
        relationship: RelationshipChoice,
        sharing: SharingChoice = NOT_SHARED,
        reverse_sharing: SharingChoice = NOT_SHARED,
        despite: frozenset[ClientId] = frozenset(),
        address_confirmed: bool = False,
        submission: str | None = None,
    ) -> Outcome:
        """Add a client and link them, together or not at all (R12); two entries in the history, one unit.

        Args:
            actor: who links.
            client_id: the client from whose account it is done; never a duplicate of the new one.
            details: of the new client, as typed.
            relationship: what the new client is to the client.
            sharing: the client's e-mails also go to the new client.
            reverse_sharing: the new client's e-mails also go to the client.
            despite: likely duplicates whom staff have seen and know to be somebody else.
            address_confirmed: staff have seen who else has the address (R14).
            submission: the key of the form's submission; a repetition has no effect (R11).

        Raises:
            NotFound: there is no such client in this workspace.
            InvalidInput: something under a field.
            LikelyDuplicates: clients who may be the new one.
            AddressInUse: other clients have the address.
        """
        async with self._errand(actor) as errand:
            earlier = await errand.claim(submission)
            if earlier is not None:
                return await answer_again(errand, Act.LINK_ADDED, client_id, earlier)
            client = (await errand.unit.clients.lock((client_id,))).get(client_id)
            if client is None:
                raise NotFound
            findings = Findings()
            checked = check_client(details, today=errand.today, region=errand.region, findings=findings)
            other = Client(id=ClientId(self._new_id()), details=checked)
            choice = LinkChoice(relationship=relationship, sharing=sharing, reverse_sharing=reverse_sharing)
            link = await _new_link(
                errand, choice, client=client, other=other, findings=findings, address=Field.EMAIL
            )
            findings.refuse_if_any()
            answers = Answers(despite={*despite, client_id}, address_confirmed=address_confirmed)
            await admit(errand, other, answers)
            return await _store(errand, link, client_id, submission)

    @needs(Right.CHANGE_CLIENTS)
    async def edit_link(
        self,
        actor: Actor,
        *,
        client_id: ClientId,
        link_id: LinkId,
        relationship: RelationshipChoice,
        expected_version: int,
        ends_on: date | None = None,
        submission: str | None = None,
    ) -> Outcome:
        """Correct what the two are to each other: both labels, as one pair (R10); and when it ends (R5).

        Args:
            actor: who corrects.
            client_id: from whose account.
            link_id: the link.
            relationship: what the other is to the client, and the word for the reverse.
            expected_version: of the link, when the form was opened.
            ends_on: the last day on which anything is shared over it; None where no end is known.
            submission: the key of the form's submission; a repetition has no effect (R11).

        Raises:
            NotFound: there is no such link on this client's account.
            AlreadyRemoved: somebody has removed it (R42).
            ChangedMeanwhile: somebody changed it after the form was opened.
            InvalidInput: own words are missing or too long.
        """

        async def decide(errand: Errand, held: Held) -> Change:
            link = held.relation
            if not isinstance(link, Link):
                raise NotFound
            await refuse_if_changed(errand.unit, link, expected_version)
            findings = Findings()
            label, reverse = labels_of_pair(relationship, findings)
            findings.refuse_if_any()
            link = replace(link.with_side(replace(link.side_of(client_id), label=label)), ends_on=ends_on)
            far = link.side_of(link.other_than(client_id))
            return Change(relation=link.with_side(replace(far, label=reverse)))

        return await self._change(
            actor, Act.LINK_EDITED, account=(client_id, link_id), submission=submission, decide=decide
        )


async def _pair(errand: Errand, client_id: ClientId, other_id: ClientId) -> tuple[Client, Client]:
    findings = Findings()
    clients = await errand.unit.clients.lock({client_id, other_id})
    if client_id not in clients:
        raise NotFound
    other = clients.get(other_id)
    if other is None:
        findings.add(Field.CLIENT, "client.unknown")
    elif client_id == other_id:
        findings.add(Field.CLIENT, "link.self")
    elif not other.is_pickable:
        findings.add(Field.CLIENT, "client.deceased", name=other.display_name)
    findings.refuse_if_any()
    return clients[client_id], clients[other_id]


async def _new_link(
    errand: Errand,
    choice: LinkChoice,
    *,
    client: Client,
    other: Client,
    findings: Findings,
    address: Field = Field.SHARING,
) -> Link:
    label, reverse = labels_of_pair(choice.relationship, findings)
    barred = choice.sharing.is_on and await bars(errand.unit, client, other, today=errand.today)
    there = Direction(sender=client, recipient=other, address=address, must_not_receive=barred)
    barred = choice.reverse_sharing.is_on and await bars(errand.unit, other, client, today=errand.today)
    back = reverse_direction(sender=other, recipient=client, must_not_receive=barred)
    check_sharing(choice.sharing, there, today=errand.today, findings=findings)
    check_sharing(choice.reverse_sharing, back, today=errand.today, findings=findings)
    if choice.emergency and not other.phones:
        findings.add(Field.PHONE, "emergency.needs_phone", name=other.display_name)
    by = errand.actor.staff_id
    near = Side(
        client_id=client.id,
        label=label,
        roles=check_roles(choice.roles, findings),
        sharing=recorded_sharing(choice.sharing, None, by=by, at=errand.at),
    )
    far = Side(
        client_id=other.id,
        label=reverse,
        sharing=recorded_sharing(choice.reverse_sharing, None, by=by, at=errand.at),
    )
    low, high = sorted((near, far), key=lambda side: side.client_id)
    return Link(id=LinkId(errand.new_id()), low=low, high=high, added_from=client.id, active_from=errand.at)


async def _store(
    errand: Errand, link: Link, client_id: ClientId, submission: str | None, *, emergency: bool = False
) -> Outcome:
    orders: EmergencyOrders = {}
    if emergency:
        order = await errand.unit.relations.emergency_order(client_id)
        orders = {client_id: (*order, link.id)}
        link = link.with_side(replace(link.side_of(client_id), emergency_position=len(order) + 1))
    await errand.unit.relations.add(link)
    after = RelationState(relation=link, person=None, orders=orders)
    await errand.record_relation(Act.LINK_ADDED, before=None, after=after)
    await errand.settle(submission, link.id)
    return await answer(errand, Act.LINK_ADDED, client_id, link.id, changed=True)
