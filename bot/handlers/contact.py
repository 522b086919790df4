"""Adding a contact, and editing one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.domain.client import Client
from bot.domain.errors import AlreadyKnown, AlreadyLinked, ChangedMeanwhile
from bot.domain.family import ContactPerson
from bot.domain.ids import ClientId, ContactId, PersonId
from bot.domain.likeness import Known
from bot.domain.person import Person
from bot.domain.relationship import Side
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.roles import RoleHeld
from bot.handlers.card import after_act
from bot.handlers.ending import with_ending
from bot.handlers.interaction import Interaction, ViewSeen
from bot.handlers.link import taken
from bot.handlers.meanwhile import again, meanwhile
from bot.handlers.reply import ReplaceForm, Reply, UpdateModal
from bot.handlers.seen import client_of, member_of_family, metadata_of, relation_of
from bot.handlers.showing import opened
from bot.services.services import Services
from bot.views.blocks import Json
from bot.views.contact_form import ContactInput, edit_contact_form, new_contact_form, read_contact
from bot.views.known_question import read_known
from bot.views.meanwhile import told_above
from bot.views.merging import merged
from bot.views.metadata import Metadata
from bot.views.person_fields import PersonInput, read_person_details
from bot.views.relationship_fields import choice_of
from bot.views.sentences import say
from bot.views.sharing_fields import TO_RELATED, SharingInput
from bot.views.undo import undo_offer


async def open_contact_form(interaction: Interaction, services: Services) -> Reply:
    """Show the form for a new contact of the client whose card it was asked on."""
    client = await services.clients.get(interaction.actor, client_of(interaction))
    return opened(interaction, contact_form_for(services, client, page=metadata_of(interaction).page))


def contact_form_for(services: Services, client: Client, *, page: int = 0) -> Json:
    """Return an empty contact form."""
    return _form(services, ContactInput(), client, Metadata(client_id=client.id, page=page))


def _form(
    services: Services,
    given: ContactInput,
    client: Client,
    metadata: Metadata,
    *,
    known: Sequence[Known] = (),
) -> Json:
    is_minor = client.is_minor(today=services.clock.today(), majority=services.in_force.adult_at)
    return new_contact_form(given, client=client, client_is_minor=is_minor, metadata=metadata, known=known)


async def redraw_contact_form(interaction: Interaction, services: Services, seen: ViewSeen) -> Reply:
    """Show the form with what follows from a choice made in it."""
    client = await services.clients.get(interaction.actor, client_of(interaction, from_view=True))
    view = _form(services, read_contact(seen.state), client, metadata_of(interaction))
    return Reply(calls=(UpdateModal(seen.id, view),))


async def submit_contact(interaction: Interaction, services: Services, seen: ViewSeen) -> Reply:
    """Add the contact, or ask whether it is somebody on record; then use or link them (R35)."""
    given, answer = read_contact(seen.state), read_known(seen.state)
    client_id = client_of(interaction, from_view=True)
    if answer.client_id is not None:
        return await _link_instead(interaction, services, given, answer.client_id)
    if answer.person_id is not None:
        outcome = await services.relationships.add_known_person(
            interaction.actor,
            client_id=client_id,
            person_id=answer.person_id,
            relationship=given.relationship,
            roles=_roles(given),
            emergency=given.emergency,
            sharing=given.sharing.choice(TO_RELATED),
            submission=interaction.submission,
        )
        return after_act(interaction, outcome.family, say("contact.added", name=outcome.name))
    metadata = metadata_of(interaction)
    asked: tuple[ClientId | PersonId, ...] = ()
    if answer.somebody_else:
        asked = (*metadata.asked_about, *metadata.asked_people)
    try:
        outcome = await services.relationships.add_contact(
            interaction.actor,
            client_id=client_id,
            person=read_person_details(seen.state),
            relationship=given.relationship,
            roles=_roles(given),
            emergency=given.emergency,
            sharing=given.sharing.choice(TO_RELATED),
            despite=asked,
            submission=interaction.submission,
        )
    except AlreadyKnown as question:
        client = await services.clients.get(interaction.actor, client_id)
        return Reply(ack=ReplaceForm(_form(services, given, client, metadata, known=question.known)))
    return after_act(interaction, outcome.family, say("contact.added", name=outcome.name))


async def _link_instead(
    interaction: Interaction, services: Services, given: ContactInput, other_id: ClientId
) -> Reply:
    """Link the client who was recognised, with all that was chosen for the contact."""
    client_id = client_of(interaction, from_view=True)
    try:
        outcome = await services.relationships.link(
            interaction.actor,
            client_id=client_id,
            other_id=other_id,
            relationship=given.relationship,
            roles=_roles(given),
            emergency=given.emergency,
            sharing=given.sharing.choice(TO_RELATED),
            submission=interaction.submission,
        )
    except AlreadyLinked as error:
        raise taken(error, client_id) from error
    return after_act(interaction, outcome.family, say("link.added", name=outcome.name))


def _roles(given: ContactInput) -> tuple[RoleHeld, ...]:
    return tuple(RoleHeld(role=role) for role in given.roles)


async def open_edit_contact(
    interaction: Interaction, services: Services, client: Client, contact: ContactPerson, *, page: int
) -> Reply:
    """Show the form of a contact who is there already."""
    metadata = Metadata(
        client_id=client.id,
        relation_id=contact.contact.id,
        version=contact.contact.version,
        person_version=contact.person.version,
        page=page,
    )
    given = _stored(contact.person, contact.side, contact.contact.ends_on)
    return opened(interaction, await _edit_form(interaction, services, given, client, contact, metadata))


async def _edit_form(
    interaction: Interaction,
    services: Services,
    given: ContactInput,
    client: Client,
    contact: ContactPerson,
    metadata: Metadata,
    *,
    above: Sequence[Json] = (),
) -> Json:
    others = await services.relationships.count_other_clients(
        interaction.actor, client_id=client.id, person_id=contact.person.id
    )
    return edit_contact_form(
        given, client=client, contact=contact, other_clients=others, metadata=metadata, above=above
    )


async def redraw_edit_contact(interaction: Interaction, services: Services, seen: ViewSeen) -> Reply:
    """Show the edit form with what follows from the kind chosen in it."""
    family = await services.relationships.family(interaction.actor, client_of(interaction, from_view=True))
    member = member_of_family(family, relation_of(interaction))
    if not isinstance(member, ContactPerson):
        return Reply()
    given = read_contact(seen.state)
    above = told_above(seen.json)
    view = await _edit_form(
        interaction, services, given, family.client, member, metadata_of(interaction), above=above
    )
    return Reply(calls=(UpdateModal(seen.id, view),))


async def submit_edit_contact(interaction: Interaction, services: Services, seen: ViewSeen) -> Reply:
    """Save the contact person and the relationship."""
    metadata, given = metadata_of(interaction), read_contact(seen.state)
    try:
        outcome = await services.relationships.edit_contact(
            interaction.actor,
            client_id=client_of(interaction, from_view=True),
            contact_id=ContactId(relation_of(interaction)),
            person=read_person_details(seen.state),
            relationship=given.relationship,
            ends_on=given.ends_on,
            expected_version=metadata.version,
            person_version=metadata.person_version,
            submission=interaction.submission,
        )
    except ChangedMeanwhile as error:
        return await _edit_again(interaction, services, seen, error)
    done = say("contact.edited", name=outcome.name) if outcome.is_saved else say("client.unchanged")
    undo = undo_offer(outcome.entry, services.zone)
    return after_act(interaction, outcome.family, with_ending(done, outcome), undo=undo)


async def _edit_again(
    interaction: Interaction, services: Services, seen: ViewSeen, error: ChangedMeanwhile
) -> Reply:
    then = await meanwhile(interaction, services, error)
    family = await services.relationships.family(interaction.actor, then.client_id)
    member = member_of_family(family, relation_of(interaction))
    if not isinstance(member, ContactPerson):
        raise error
    given = merged(
        read_contact(seen.state),
        opened=_stored(then.person, then.side, then.relation.relation.ends_on),
        stored=_stored(member.person, member.side, member.contact.ends_on),
        whole=(RelationshipChoice, SharingInput),
    )
    versions = (member.contact.version, member.person.version)
    metadata = replace(metadata_of(interaction), version=versions[0], person_version=versions[1])
    view = await _edit_form(interaction, services, given, family.client, member, metadata, above=then.above)
    return again(view, seen, *versions)


def _stored(person: Person, side: Side, ends_on: date | None) -> ContactInput:
    return ContactInput(person=PersonInput.of(person), relationship=choice_of(side.label), ends_on=ends_on)
