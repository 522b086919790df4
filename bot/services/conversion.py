"""Making a contact a client (R2): each of their contacts becomes a link, with all that belongs to it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.domain.client import Client, ClientDetails
from bot.domain.errors import AlreadyRemoved, Field, NotFound
from bot.domain.history import Act
from bot.domain.ids import ClientId, ContactId, LinkId, RelationId
from bot.domain.kinship import Label
from bot.domain.person import Person
from bot.domain.relationship import Contact, Link, Removal, Side
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.staff import Actor
from bot.domain.staff_role import Right
from bot.services.admission import Answers, admit
from bot.services.details import check_client
from bot.services.errand import Errand, RelationState
from bot.services.family_desk import EmergencyOrders, FamilyDesk, answer, answer_again
from bot.services.findings import Findings
from bot.services.labels import labels_of_pair
from bot.services.meanwhile import refuse_if_changed
from bot.services.outcome import Outcome
from bot.services.rights import needs

NOT_ASKED = Answers()


@dataclass(frozen=True, slots=True, kw_only=True)
class BecomingWords:
    """The words that becoming a client needs and the catalogue or staff have.

    Attributes:
        reason: why the contacts ended, for the history.
        inverse_words: what the client is to the person, where own words say what the person is to them.
        inverse_words_elsewhere: the same on other accounts, which nobody was asked about.
    """

    reason: str
    inverse_words: str = ""
    inverse_words_elsewhere: str


class BecomingClients(FamilyDesk):
    """Being a client is the one thing a contact never becomes by itself (R2)."""

    @needs(Right.CHANGE_CLIENTS)
    async def make_client(
        self,
        actor: Actor,
        *,
        client_id: ClientId,
        contact_id: ContactId,
        became: ClientDetails | ClientId,
        words: BecomingWords,
        expected_version: int,
        person_version: int,
        answers: Answers = NOT_ASKED,
        submission: str | None = None,
    ) -> Outcome:
        """Make a contact person a client, and each of their contacts a link; all of it or nothing.

        Label, roles, place in the emergency order, sharing, beginning and end stay on each account; the other
        side shows the inverse (R10). The contacts end, with the reason.

        Args:
            actor: who does it.
            client_id: from whose account.
            contact_id: the contact there.
            became: the new client as typed, or the client who the person turned out to be.
            words: what is said where own words are needed.
            expected_version: of the contact, when the form was opened.
            person_version: of the person, when the form was opened.
            answers: what staff have answered about duplicates and the address.
            submission: the key of the form's submission; a repetition has no effect (R11).

        Raises:
            NotFound: there is no such contact on this client's account.
            AlreadyRemoved: somebody has removed it (R42).
            ChangedMeanwhile: somebody changed the contact or the person after the form was opened.
            InvalidInput: something under a field.
            LikelyDuplicates: clients who may be the new one.
            AddressInUse: other clients have the address.
        """
        async with self._errand(actor) as errand:
            earlier = await errand.claim(submission)
            if earlier is not None:
                return await answer_again(errand, Act.LINK_ADDED, client_id, earlier)
            held = await _hold(errand, client_id, contact_id, also=became)
            contact, person = held.contact, held.person
            await refuse_if_changed(
                errand.unit, contact, expected_version, person=person, person_version=person_version
            )
            findings = Findings()
            client = await self._who(errand, held, became, findings)
            if not client.email and any(each.side.sharing for each in held.contacts):
                findings.add(Field.EMAIL, "email.needed_for_sharing", name=person.name)
            inverse = _inverse(contact.side.label, words.inverse_words, findings)
            findings.refuse_if_any()
            if isinstance(became, ClientDetails):
                await admit(errand, client, replace(answers, despite={*answers.despite, *held.client_ids}))
            await errand.unit.restrictions.person_became_client(person.id, client.id)
            links = {}
            for each in held.contacts:
                label = inverse
                if each.id != contact_id:
                    label = _inverse(each.side.label, words.inverse_words_elsewhere, findings)
                links[each.id] = self._link(each, client, label)
                await _replace(errand, each, links[each.id], person, words.reason)
            link = links[contact_id]
            await errand.settle(submission, link.id)
            return await answer(errand, Act.LINK_ADDED, client_id, link.id, changed=True)

    async def _who(
        self, errand: Errand, held: "_HeldPerson", became: ClientDetails | ClientId, findings: Findings
    ) -> Client:
        """Return the client they become, not stored yet where it is a new one."""
        if isinstance(became, ClientDetails):
            checked = check_client(became, today=errand.today, region=errand.region, findings=findings)
            return Client(id=ClientId(self._new_id()), details=checked)
        client = held.clients.get(became)
        if client is None:
            raise NotFound
        if not client.is_pickable:
            findings.add(Field.CLIENT, "client.deceased", name=client.display_name)
        for client_id in held.client_ids:
            if client_id == became or await errand.unit.relations.active_link_between(client_id, became):
                findings.add(
                    Field.CLIENT, "become.related", name=client.display_name, contact=held.person.name
                )
                break
        return client

    def _link(self, contact: Contact, client: Client, inverse: Label) -> Link:
        near = replace(contact.side, emergency_position=None)
        low, high = sorted((near, Side(client_id=client.id, label=inverse)), key=lambda side: side.client_id)
        return Link(
            id=LinkId(self._new_id()),
            low=low,
            high=high,
            added_from=near.client_id,
            active_from=contact.active_from,
            ends_on=contact.ends_on,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _HeldPerson:
    """A contact person with everything that points to them, held until the unit ends."""

    contact: Contact
    person: Person
    contacts: tuple[Contact, ...]
    clients: Mapping[ClientId, Client]

    @property
    def client_ids(self) -> tuple[ClientId, ...]:
        """Whose contact they are."""
        return tuple(each.side.client_id for each in self.contacts)


async def _hold(
    errand: Errand, client_id: ClientId, contact_id: ContactId, *, also: ClientDetails | ClientId
) -> _HeldPerson:
    """Hold the person, then every client concerned at once: so nobody waits in a circle."""
    contact = await _contact(errand, client_id, contact_id)
    person = await errand.unit.people.lock(contact.person_id)
    if person is None:
        raise NotFound
    contact = await _contact(errand, client_id, contact_id)
    if contact.removal is not None:
        raise AlreadyRemoved(relation=contact, removal=contact.removal, name=person.name)
    contacts = []
    for each in await errand.unit.people.contacts_of(person.id):
        found = await errand.unit.relations.get(each)
        if isinstance(found, Contact):
            contacts.append(found)
    wanted = {each.side.client_id for each in contacts}
    if not isinstance(also, ClientDetails):
        wanted.add(also)
    clients = await errand.unit.clients.lock(wanted)
    return _HeldPerson(contact=contact, person=person, contacts=tuple(contacts), clients=clients)


async def _contact(errand: Errand, client_id: ClientId, contact_id: ContactId) -> Contact:
    relation = await errand.unit.relations.get(contact_id)
    if not isinstance(relation, Contact) or client_id not in relation.client_ids:
        raise NotFound
    return relation


def _inverse(label: Label, own_words: str, findings: Findings) -> Label:
    """Return what the client is to the person; what is missing goes to `findings`."""
    choice = RelationshipChoice(
        kinship=label.kinship, word=label.word, own_words=label.own_words, inverse_words=own_words
    )
    return labels_of_pair(choice, findings)[1]


async def _replace(errand: Errand, contact: Contact, link: Link, person: Person, reason: str) -> None:
    """Put a link in the place of a contact, one entry for each."""
    client_id, relations = contact.side.client_id, errand.unit.relations
    removal = Removal(at=errand.at, by=errand.actor.staff_id, by_name=errand.actor.name, reason=reason)
    side = replace(contact.side, sharing=None, emergency_position=None)
    ended = replace(contact.with_side(side), removal=removal, version=contact.version + 1)
    order = await relations.emergency_order(client_id)
    orders: EmergencyOrders = {}
    await relations.add(link)
    await relations.update(ended, expected_version=contact.version)
    if contact.id in order:
        replaced: tuple[RelationId, ...] = tuple(link.id if one == contact.id else one for one in order)
        orders = {client_id: replaced}
        await relations.set_emergency_order(client_id, replaced)
    added = RelationState(relation=link, person=None, orders=orders)
    await errand.record_relation(Act.LINK_ADDED, before=None, after=added)
    await errand.record_relation(
        Act.CONTACT_BECAME_CLIENT,
        before=RelationState(relation=contact, person=person, orders={}),
        after=RelationState(relation=ended, person=person, orders={}),
    )
