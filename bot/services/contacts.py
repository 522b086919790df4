"""Adding and editing contacts: people associated with a client who are not clients (R2, R30, R31)."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.client import Client
from bot.domain.errors import AlreadyKnown, Field, NotFound
from bot.domain.history import Act
from bot.domain.ids import ClientId, ContactId, PersonId
from bot.domain.person import Person, PersonDetails
from bot.domain.relationship import Contact, Side
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.roles import RoleHeld
from bot.domain.sharing import NOT_SHARED, SharingChoice
from bot.domain.staff import Actor
from bot.domain.staff_role import Right
from bot.services.details import check_person
from bot.services.errand import Errand, RelationState
from bot.services.family_desk import Change, EmergencyOrders, FamilyDesk, answer, answer_again, family_of
from bot.services.findings import Findings
from bot.services.held import Held
from bot.services.labels import label_of
from bot.services.meanwhile import refuse_if_changed
from bot.services.outcome import Outcome
from bot.services.recognising import known_like
from bot.services.rights import needs
from bot.services.role_rules import check_roles
from bot.services.sharing_rules import Direction, bars, check_sharing, recorded_sharing


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactChoice:
    """What the form says of a contact beside who it is: relationship, roles and sharing."""

    relationship: RelationshipChoice
    roles: tuple[RoleHeld, ...]
    emergency: bool
    sharing: SharingChoice


class KeepingContacts(FamilyDesk):
    """A contact never gains any access, whatever is recorded of them (R2)."""

    @needs(Right.CHANGE_CLIENTS)
    async def add_contact(
        self,
        actor: Actor,
        *,
        client_id: ClientId,
        person: PersonDetails,
        relationship: RelationshipChoice,
        roles: tuple[RoleHeld, ...] = (),
        emergency: bool = False,
        sharing: SharingChoice = NOT_SHARED,
        despite: Collection[ClientId | PersonId] | None = None,
        submission: str | None = None,
    ) -> Outcome:
        """Add a contact to a client; an emergency contact is the last to call until moved (R33).

        Args:
            actor: who adds.
            client_id: whose contact it is.
            person: name and how to reach them, as typed.
            relationship: what they are to the client.
            roles: what they may or must do for the client; none is inferred from another (R34).
            emergency: call them in an emergency; that alone shares no e-mails, nor the reverse (R31).
            sharing: the client's e-mails also go to them.
            despite: people on record whom staff have seen and know to be somebody else (R35); None does
                not ask about anybody.
            submission: the key of the form's submission; a repetition has no effect (R11).

        Raises:
            NotFound: there is no such client in this workspace.
            InvalidInput: something under a field.
            AlreadyKnown: people on record who may be this one, with some who are not in `despite`.
        """
        act = Act.CONTACT_ADDED
        choice = ContactChoice(relationship=relationship, roles=roles, emergency=emergency, sharing=sharing)
        async with self._errand(actor) as errand:
            earlier = await errand.claim(submission)
            if earlier is not None:
                return await answer_again(errand, act, client_id, earlier)
            client = await _locked(errand, client_id)
            findings = Findings()
            checked = check_person(person, region=errand.region, findings=findings)
            new = Person(id=PersonId(self._new_id()), details=checked)
            contact = await _new_contact(errand, choice, client=client, person=new, findings=findings)
            findings.refuse_if_any()
            if despite is not None:
                known = await known_like(errand.unit, client_id, checked)
                if any(each.person.id not in despite for each in known):
                    raise AlreadyKnown(*known)
            await errand.unit.people.add(new)
            await _store(errand, contact, new, emergency=emergency)
            await errand.settle(submission, contact.id)
            return await answer(errand, act, client_id, contact.id, changed=True)

    @needs(Right.CHANGE_CLIENTS)
    async def add_known_person(
        self,
        actor: Actor,
        *,
        client_id: ClientId,
        person_id: PersonId,
        relationship: RelationshipChoice,
        roles: tuple[RoleHeld, ...] = (),
        emergency: bool = False,
        sharing: SharingChoice = NOT_SHARED,
        submission: str | None = None,
    ) -> Outcome:
        """Make somebody who is a contact of other clients a contact of this one too (R35, R36).

        What is recorded of the person stays as it is; the rest belongs to this client alone (R4).

        Raises:
            NotFound: there is no such client, or the person is nobody's contact any more.
            InvalidInput: they are a contact of this client already, or something else under a field.
        """
        act = Act.CONTACT_ADDED
        choice = ContactChoice(relationship=relationship, roles=roles, emergency=emergency, sharing=sharing)
        async with self._errand(actor) as errand:
            earlier = await errand.claim(submission)
            if earlier is not None:
                return await answer_again(errand, act, client_id, earlier)
            person = await errand.unit.people.lock(person_id)
            client = await _locked(errand, client_id)
            family = await family_of(errand.unit, client_id)
            if person is None or not await errand.unit.people.contacts_of(person_id):
                raise NotFound
            findings = Findings()
            if any(each.person.id == person_id for each in family.contacts):
                findings.add(Field.CLIENT, "contact.taken", name=person.name)
            contact = await _new_contact(errand, choice, client=client, person=person, findings=findings)
            findings.refuse_if_any()
            await _store(errand, contact, person, emergency=emergency)
            await errand.settle(submission, contact.id)
            return await answer(errand, act, client_id, contact.id, changed=True)

    @needs(Right.CHANGE_CLIENTS)
    async def edit_contact(
        self,
        actor: Actor,
        *,
        client_id: ClientId,
        contact_id: ContactId,
        person: PersonDetails,
        relationship: RelationshipChoice,
        expected_version: int,
        person_version: int,
        ends_on: date | None = None,
        submission: str | None = None,
    ) -> Outcome:
        """Change a contact person's details, what they are to this client, and when that ends (R5).

        An emergency contact whose phone is cleared stays one, shown without a phone (R33).

        Args:
            actor: who changes.
            client_id: whose contact it is.
            contact_id: the contact.
            person: name and how to reach them, for every client who has them (R36).
            relationship: what they are to the client.
            expected_version: of the contact, when the form was opened.
            person_version: of the person, when the form was opened.
            ends_on: the last day on which anything is shared over it; None where no end is known.
            submission: the key of the form's submission; a repetition has no effect (R11).

        Raises:
            NotFound: there is no such contact on this client's account.
            AlreadyRemoved: somebody has removed it (R42).
            ChangedMeanwhile: somebody changed the contact or the person after the form was opened.
            InvalidInput: something under a field; or the address is cleared while e-mails go to it (R27).
        """

        async def decide(errand: Errand, held: Held) -> Change:
            contact, present = held.relation, held.person
            if not isinstance(contact, Contact) or present is None:
                raise NotFound
            await refuse_if_changed(
                errand.unit, contact, expected_version, person=present, person_version=person_version
            )
            findings = Findings()
            checked = check_person(person, region=errand.region, findings=findings)
            if present.email and not checked.email and await _receives(errand, present):
                findings.add(Field.EMAIL, "email.needed_for_sharing", name=present.name)
            label = label_of(relationship, findings)
            findings.refuse_if_any()
            return Change(
                relation=replace(contact.with_side(replace(contact.side, label=label)), ends_on=ends_on),
                person=replace(present, details=checked),
            )

        account = (client_id, contact_id)
        return await self._change(
            actor, Act.CONTACT_EDITED, account=account, submission=submission, decide=decide
        )

    @needs(Right.SEE_CLIENTS)
    async def count_other_clients(self, actor: Actor, *, client_id: ClientId, person_id: PersonId) -> int:
        """Return for how many other clients a change to this person would count too (R36)."""
        async with self._storage.reading(actor.workspace_id) as unit:
            family = await family_of(unit, client_id)
            here = any(contact.person.id == person_id for contact in family.contacts)
            return await unit.people.count_clients_of(person_id) - int(here)


async def _locked(errand: Errand, client_id: ClientId) -> Client:
    client = (await errand.unit.clients.lock((client_id,))).get(client_id)
    if client is None:
        raise NotFound
    return client


async def _receives(errand: Errand, person: Person) -> bool:
    """Say whether e-mails are shared with a person, of this client or of another (R27)."""
    for contact_id in await errand.unit.people.contacts_of(person.id):
        contact = await errand.unit.relations.get(contact_id)
        if contact is not None and any(side.sharing for side in contact.sides):
            return True
    return False


async def _new_contact(
    errand: Errand, choice: ContactChoice, *, client: Client, person: Person, findings: Findings
) -> Contact:
    if choice.emergency and not person.phones:
        findings.add(Field.PHONE, "emergency.needs_phone", name=person.name)
    label, roles = label_of(choice.relationship, findings), check_roles(choice.roles, findings)
    barred = choice.sharing.is_on and await bars(errand.unit, client, person, today=errand.today)
    direction = Direction(sender=client, recipient=person, address=Field.EMAIL, must_not_receive=barred)
    check_sharing(choice.sharing, direction, today=errand.today, findings=findings)
    side = Side(
        client_id=client.id,
        label=label,
        roles=roles,
        sharing=recorded_sharing(choice.sharing, None, by=errand.actor.staff_id, at=errand.at),
    )
    return Contact(id=ContactId(errand.new_id()), person_id=person.id, side=side, active_from=errand.at)


async def _store(errand: Errand, contact: Contact, person: Person, *, emergency: bool) -> None:
    relations = errand.unit.relations
    orders_after: EmergencyOrders = {}
    if emergency:
        order = await relations.emergency_order(contact.side.client_id)
        orders_after = {contact.side.client_id: (*order, contact.id)}
        contact = contact.with_side(replace(contact.side, emergency_position=len(order) + 1))
    await relations.add(contact)
    after = RelationState(relation=contact, person=person, orders=orders_after)
    await errand.record_relation(Act.CONTACT_ADDED, before=None, after=after)
