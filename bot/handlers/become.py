"""Making a contact a client (R2)."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.client import Client
from bot.domain.errors import AddressInUse, ChangedMeanwhile, LikelyDuplicates
from bot.domain.family import ContactPerson
from bot.domain.ids import ContactId
from bot.handlers.card import after_act
from bot.handlers.interaction import Interaction, ViewSeen
from bot.handlers.meanwhile import again, meanwhile
from bot.handlers.reply import ReplaceForm, Reply
from bot.handlers.seen import client_of, member_of_family, metadata_of, relation_of
from bot.handlers.showing import opened
from bot.services.admission import Answers
from bot.services.conversion import BecomingWords
from bot.services.services import Services
from bot.views.become_form import become_form, client_input_of, read_inverse_words
from bot.views.blocks import Json
from bot.views.client_fields import ClientInput, read_client, read_client_details
from bot.views.meanwhile import told_above
from bot.views.merging import merged
from bot.views.metadata import Metadata
from bot.views.questions import NO_QUESTIONS, AddressAnswer, Questions, read_answers
from bot.views.sentences import say


async def open_become_form(
    interaction: Interaction, services: Services, client: Client, contact: ContactPerson, *, page: int
) -> Reply:
    """Show a client's form, filled in with what is known of the contact."""
    metadata = Metadata(
        client_id=client.id,
        relation_id=contact.contact.id,
        version=contact.contact.version,
        person_version=contact.person.version,
        page=page,
    )
    given = client_input_of(contact.person)
    return opened(interaction, await _form(interaction, services, given, client, contact, metadata))


async def _form(
    interaction: Interaction,
    services: Services,
    given: ClientInput,
    client: Client,
    contact: ContactPerson,
    metadata: Metadata,
    *,
    inverse_words: str = "",
    questions: Questions = NO_QUESTIONS,
    above: Sequence[Json] = (),
) -> Json:
    others = await services.relationships.count_other_clients(
        interaction.actor, client_id=client.id, person_id=contact.person.id
    )
    return become_form(
        given,
        client=client,
        contact=contact,
        other_clients=others,
        metadata=metadata,
        inverse_words=inverse_words,
        questions=questions,
        above=above,
    )


async def submit_become(interaction: Interaction, services: Services, seen: ViewSeen) -> Reply:
    """Make the contact a client, or ask what staff must decide first."""
    metadata, answers = metadata_of(interaction), read_answers(seen.state)
    if answers.address is AddressAnswer.GO_BACK:
        return await _asking(interaction, services, seen, NO_QUESTIONS)
    asked_about = metadata.asked_about if answers.somebody_new else ()
    try:
        outcome = await services.relationships.make_client(
            interaction.actor,
            client_id=client_of(interaction, from_view=True),
            contact_id=ContactId(relation_of(interaction)),
            became=answers.existing or read_client_details(seen.state),
            words=BecomingWords(
                reason=say("become.reason"),
                inverse_words=read_inverse_words(seen.state),
                inverse_words_elsewhere=say("become.elsewhere"),
            ),
            expected_version=metadata.version,
            person_version=metadata.person_version,
            answers=Answers(
                despite=asked_about, address_confirmed=answers.address is AddressAnswer.USE_ANYWAY
            ),
            submission=interaction.submission,
        )
    except LikelyDuplicates as question:
        return await _asking(interaction, services, seen, Questions(duplicates=question.candidates))
    except AddressInUse as question:
        known = tuple([await services.clients.get(interaction.actor, each) for each in asked_about])
        questions = Questions(
            duplicates=known, address_holders=question.holders, somebody_new_chosen=bool(known)
        )
        return await _asking(interaction, services, seen, questions)
    except ChangedMeanwhile as error:
        return await _again(interaction, services, seen, error)
    return after_act(interaction, outcome.family, say("become.done", name=outcome.name))


async def _asking(
    interaction: Interaction, services: Services, seen: ViewSeen, questions: Questions
) -> Reply:
    family = await services.relationships.family(interaction.actor, client_of(interaction, from_view=True))
    member = member_of_family(family, relation_of(interaction))
    if not isinstance(member, ContactPerson):
        return Reply()
    view = await _form(
        interaction,
        services,
        read_client(seen.state),
        family.client,
        member,
        metadata_of(interaction),
        inverse_words=read_inverse_words(seen.state),
        questions=questions,
        above=told_above(seen.json),
    )
    return Reply(ack=ReplaceForm(view))


async def _again(
    interaction: Interaction, services: Services, seen: ViewSeen, error: ChangedMeanwhile
) -> Reply:
    then = await meanwhile(interaction, services, error)
    family = await services.relationships.family(interaction.actor, then.client_id)
    member = member_of_family(family, relation_of(interaction))
    if not isinstance(member, ContactPerson):
        raise error
    given = merged(
        read_client(seen.state),
        opened=client_input_of(then.person),
        stored=client_input_of(member.person),
    )
    versions = (member.contact.version, member.person.version)
    metadata = replace(metadata_of(interaction), version=versions[0], person_version=versions[1])
    view = await _form(
        interaction,
        services,
        given,
        family.client,
        member,
        metadata,
        inverse_words=read_inverse_words(seen.state),
        above=then.above,
    )
    return again(view, seen, *versions)
