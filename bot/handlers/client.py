"""A client of the practice: a new one, or to be edited."""

from dataclasses import replace

from bot.domain.client import Client
from bot.domain.errors import AddressInUse, ChangedMeanwhile, LikelyDuplicates
from bot.domain.ids import ClientId
from bot.handlers.card import after_act
from bot.handlers.interaction import Interaction, ViewSeen
from bot.handlers.meanwhile import again, meanwhile
from bot.handlers.reply import ReplaceForm, Reply, UpdateModal
from bot.handlers.seen import client_of, metadata_of
from bot.handlers.showing import opened
from bot.services.services import Services
from bot.views.blocks import Json
from bot.views.client_fields import ClientInput, read_client, read_client_details
from bot.views.client_form import edit_client_form, new_client_form
from bot.views.meanwhile import told_above
from bot.views.merging import merged
from bot.views.metadata import Metadata
from bot.views.questions import NO_QUESTIONS, AddressAnswer, Questions, read_answers
from bot.views.sentences import say
from bot.views.undo import undo_offer


async def open_edit_client(interaction: Interaction, services: Services) -> Reply:
    """Show the form of the client whose card it was asked on."""
    client = await services.clients.details(interaction.actor, client_of(interaction))
    return opened(interaction, edit_form_for(client, page=metadata_of(interaction).page))


def edit_form_for(client: Client, *, page: int = 0) -> Json:
    """Return the form of a client as stored."""
    metadata = Metadata(client_id=client.id, version=client.version, page=page)
    return edit_client_form(ClientInput.of(client), client=client, metadata=metadata)


async def redraw_edit_client(interaction: Interaction, services: Services, seen: ViewSeen) -> Reply:
    """Show the form with what follows from the status chosen in it."""
    view = await _edit_form(interaction, services, seen, NO_QUESTIONS)
    return Reply(calls=(UpdateModal(seen.id, view),))


async def _edit_form(
    interaction: Interaction, services: Services, seen: ViewSeen, questions: Questions
) -> Json:
    client = await services.clients.get(interaction.actor, client_of(interaction, from_view=True))
    return edit_client_form(
        read_client(seen.state),
        client=client,
        metadata=metadata_of(interaction),
        questions=questions,
        above=told_above(seen.json),
    )


async def submit_edit_client(interaction: Interaction, services: Services, seen: ViewSeen) -> Reply:
    """Save the details, or ask about an address that others use."""
    answer = read_answers(seen.state).address
    if answer is AddressAnswer.GO_BACK:
        return Reply(ack=ReplaceForm(await _edit_form(interaction, services, seen, NO_QUESTIONS)))
    client_id = client_of(interaction, from_view=True)
    try:
        saved = await services.clients.edit(
            interaction.actor,
            client_id,
            read_client_details(seen.state),
            expected_version=metadata_of(interaction).version,
            address_confirmed=answer is AddressAnswer.USE_ANYWAY,
            submission=interaction.submission,
        )
    except AddressInUse as question:
        questions = Questions(address_holders=question.holders)
        return Reply(ack=ReplaceForm(await _edit_form(interaction, services, seen, questions)))
    except ChangedMeanwhile as error:
        return await _edit_again(interaction, services, seen, error)
    family = await services.relationships.family(interaction.actor, client_id)
    done = "client.edited" if saved.is_saved else "client.unchanged"
    return after_act(
        interaction,
        family,
        say(done, name=saved.client.display_name),
        undo=undo_offer(saved.entry, services.zone),
    )


async def _edit_again(
    interaction: Interaction, services: Services, seen: ViewSeen, error: ChangedMeanwhile
) -> Reply:
    then = await meanwhile(interaction, services, error)
    client = await services.clients.details(interaction.actor, then.client_id)
    given = merged(read_client(seen.state), opened=ClientInput.of(then.client), stored=ClientInput.of(client))
    metadata = replace(metadata_of(interaction), version=client.version)
    view = edit_client_form(given, client=client, metadata=metadata, above=then.above)
    return again(view, seen, client.version)


async def save_new_client(interaction: Interaction, services: Services, seen: ViewSeen) -> ClientId | Reply:
    """Add the client and return their id, or the form with what staff must decide first."""
    metadata = metadata_of(interaction)
    answers = read_answers(seen.state)
    if answers.existing is not None:
        return answers.existing
    if answers.address is AddressAnswer.GO_BACK:
        return _asking(seen, metadata, NO_QUESTIONS)
    asked_about = metadata.asked_about if answers.somebody_new else ()
    try:
        saved = await services.clients.add(
            interaction.actor,
            read_client_details(seen.state),
            despite=frozenset(asked_about),
            address_confirmed=answers.address is AddressAnswer.USE_ANYWAY,
            submission=interaction.submission,
        )
    except LikelyDuplicates as question:
        return _asking(seen, metadata, Questions(duplicates=question.candidates))
    except AddressInUse as question:
        known = tuple([await services.clients.get(interaction.actor, each) for each in asked_about])
        questions = Questions(
            duplicates=known, address_holders=question.holders, somebody_new_chosen=bool(known)
        )
        return _asking(seen, metadata, questions)
    return saved.client.id


def _asking(seen: ViewSeen, metadata: Metadata, questions: Questions) -> Reply:
    return Reply(
        ack=ReplaceForm(new_client_form(read_client(seen.state), metadata=metadata, questions=questions))
    )
