"""Adding and editing contacts: people associated with a client who are not clients (R2, R30, R31)."""

from dataclasses import replace

from bot.domain.client import Client
from bot.domain.errors import ChangedMeanwhile, Field, NotFound
from bot.domain.history import Act
from bot.domain.ids import ClientId, ContactId, PersonId
from bot.domain.person import Person, PersonDetails
from bot.domain.relationship import Contact, Side
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.roles import RoleHeld
from bot.domain.sharing import NOT_SHARED, Sharing, SharingChoice
from bot.domain.staff import Actor
from bot.services.details import check_person
from bot.services.errand import Errand, RelationState
from bot.services.family_desk import Change, EmergencyOrders, FamilyDesk, answer, answer_again, family_of
from bot.services.findings import Findings
from bot.services.held import Held
from bot.services.labels import label_of
from bot.services.outcome import Outcome
from bot.services.role_rules import check_roles
from bot.services.sharing_rules import Direction, check_sharing, recorded_sharing


class KeepingContacts(FamilyDesk):
    """A contact never gains any access, whatever is recorded of them (R2)."""

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
            submission: the key of the form's submission; a repetition has no effect (R11).

        Raises:
            NotFound: there is no such client in this workspace.
            InvalidInput: something under a field.
        """
        act = Act.CONTACT_ADDED
        async with self._errand(actor) as errand:
            earlier = await errand.claim(submission)
            if earlier is not None:
                return await answer_again(errand.unit, act, client_id, earlier)
            client = (await errand.unit.clients.lock((client_id,))).get(client_id)
            if client is None:
                raise NotFound
            findings = Findings()
            checked = check_person(person, region=errand.region, findings=findings)
            new = Person(id=PersonId(self._new_id()), details=checked)
            if emergency and not new.phones:
                findings.add(Field.PHONE, "emergency.needs_phone", name=new.name)
            side = Side(
                client_id=client_id,
                label=label_of(relationship, findings),
                roles=check_roles(roles, findings),
                sharing=_sharing(errand, sharing, client=client, person=new, findings=findings),
            )
            findings.refuse_if_any()
            contact = Contact(
                id=ContactId(self._new_id()), person_id=new.id, side=side, active_from=errand.at
            )
            await _store(errand, contact, new, emergency=emergency)
            await errand.settle(submission, contact.id)
            return await answer(errand.unit, act, client_id, contact.id, changed=True)

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
        submission: str | None = None,
    ) -> Outcome:
        """Change a contact person's details and what they are to this client.

        An emergency contact whose phone is cleared stays one, shown without a phone (R33).

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
            if (contact.version, present.version) != (expected_version, person_version):
                raise ChangedMeanwhile
            findings = Findings()
            checked = check_person(person, region=errand.region, findings=findings)
            if contact.side.sharing and present.email and not checked.email:
                findings.add(Field.EMAIL, "email.needed_for_sharing", name=present.name)
            label = label_of(relationship, findings)
            findings.refuse_if_any()
            return Change(
                relation=contact.with_side(replace(contact.side, label=label)),
                person=replace(present, details=checked),
            )

        account = (client_id, contact_id)
        return await self._change(
            actor, Act.CONTACT_EDITED, account=account, submission=submission, decide=decide
        )

    async def count_other_clients(self, actor: Actor, *, client_id: ClientId, person_id: PersonId) -> int:
        """Return for how many other clients a change to this person would count too (R36)."""
        async with self._storage.reading(actor.workspace_id) as unit:
            family = await family_of(unit, client_id)
            here = any(contact.person.id == person_id for contact in family.contacts)
            return await unit.people.count_clients_of(person_id) - int(here)


def _sharing(
    errand: Errand, choice: SharingChoice, *, client: Client, person: Person, findings: Findings
) -> Sharing | None:
    direction = Direction(sender=client, recipient=person, address=Field.EMAIL)
    check_sharing(choice, direction, today=errand.today, findings=findings)
    return recorded_sharing(choice, None, by=errand.actor.staff_id, at=errand.at)


async def _store(errand: Errand, contact: Contact, person: Person, *, emergency: bool) -> None:
    relations = errand.unit.relations
    orders_after: EmergencyOrders = {}
    if emergency:
        order = await relations.emergency_order(contact.side.client_id)
        orders_after = {contact.side.client_id: (*order, contact.id)}
        contact = contact.with_side(replace(contact.side, emergency_position=len(order) + 1))
    await errand.unit.people.add(person)
    await relations.add(contact)
    after = RelationState(relation=contact, person=person, orders=orders_after)
    await errand.record_relation(Act.CONTACT_ADDED, before=None, after=after)
