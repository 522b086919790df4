"""Finding a client: from the command, from Home, and by typing in a picker."""

from dataclasses import replace

from bot.domain.client import Client
from bot.domain.errors import Field, InvalidInput, Problem
from bot.domain.ids import ClientId
from bot.handlers.client import save_new_client
from bot.handlers.destination import destination
from bot.handlers.interaction import Interaction, Kind, ViewSeen
from bot.handlers.reply import OpenModal, Reply, Suggest, TellPrivately
from bot.handlers.seen import client_of, metadata_of
from bot.handlers.showing import back_to_root, in_place, opened
from bot.handlers.summary import summary_message
from bot.services.ports import FoundClients
from bot.services.services import Services
from bot.views.blocks import Json
from bot.views.card import card
from bot.views.client_choice import suggestions
from bot.views.client_fields import ClientInput
from bot.views.client_form import new_client_form
from bot.views.find_form import MOST_MATCHES, find_form, read_find
from bot.views.ids import ActionId, Purpose
from bot.views.metadata import Metadata
from bot.views.relation_choice import relation_suggestions
from bot.views.sentences import say
from bot.views.summary import Message

SUGGESTED = 20
"""Answers of a type-ahead; more are counted, and found by typing on."""


async def find_for_command(
    interaction: Interaction, services: Services, purpose: Purpose, text: str
) -> Reply:
    """Go straight on with a single exact match; else show who might be meant."""
    if not text:
        return Reply(calls=(OpenModal(await _asked_whom(interaction, services, purpose)),))
    there = await find_if_there(interaction, services, purpose, text)
    nobody = FoundClients(clients=(), total=0)
    return there or Reply(calls=(OpenModal(await _asked_whom(interaction, services, purpose, nobody)),))


async def find_if_there(
    interaction: Interaction, services: Services, purpose: Purpose, text: str
) -> Reply | None:
    """Do the same where anybody is found; None where nobody is."""
    exact = await services.clients.exact(interaction.actor, text)
    if len(exact) == 1:
        return await _straight_on(interaction, services, exact[0], purpose)
    found = await services.clients.find(interaction.actor, text, limit=MOST_MATCHES)
    if not found.clients:
        return None
    return Reply(calls=(OpenModal(find_form(purpose, found, reader=interaction.actor.reader)),))


async def _asked_whom(
    interaction: Interaction, services: Services, purpose: Purpose, matches: FoundClients | None = None
) -> Json:
    """Return the form; in a practice that has nobody to find yet it says so."""
    actor = interaction.actor
    is_anybody_here = await services.clients.are_there_any(actor)
    return find_form(purpose, matches, reader=actor.reader, is_anybody_here=is_anybody_here)


async def _straight_on(
    interaction: Interaction, services: Services, client: Client, purpose: Purpose
) -> Reply:
    if purpose is Purpose.SUMMARY:
        family = await services.relationships.summary(interaction.actor, client.id)
        sent = TellPrivately(Message(text=say("summary.sent")))
        return Reply(calls=(sent, summary_message(interaction, family)))
    found = await destination(interaction, services, client.id, purpose, client=client)
    return Reply(calls=(OpenModal(found.view), *found.calls))


async def open_find_form(interaction: Interaction, services: Services) -> Reply:
    """Show the form from Home."""
    return opened(interaction, await _asked_whom(interaction, services, Purpose.SHOW))


async def submit_find(interaction: Interaction, services: Services, seen: ViewSeen) -> Reply:
    """Go on with the client who was chosen."""
    client_id = read_find(seen.state).client_id
    if client_id is None:
        raise InvalidInput(Problem(field=Field.CLIENT, key="find.needed"))
    purpose = metadata_of(interaction).purpose or Purpose.SHOW
    found = await destination(interaction, services, client_id, purpose)
    return in_place(interaction, found.view, *found.calls)


async def open_new_client(interaction: Interaction, _services: Services) -> Reply:
    """Show the form for a new client; what they were looked for is done with the new one."""
    metadata = Metadata(purpose=metadata_of(interaction).purpose)
    return opened(interaction, new_client_form(ClientInput(), metadata=metadata))


async def submit_new_client(interaction: Interaction, services: Services, seen: ViewSeen) -> Reply:
    """Add the client and go on with what they were looked for."""
    saved = await save_new_client(interaction, services, seen)
    if isinstance(saved, Reply):
        return saved
    return replace(await _onward(interaction, services, saved), carried_out=True)


async def _onward(interaction: Interaction, services: Services, saved: ClientId) -> Reply:
    purpose = metadata_of(interaction).purpose
    if purpose in (None, Purpose.SHOW, Purpose.EDIT):
        return await _new_card(interaction, services, saved)
    found = await destination(interaction, services, saved, purpose or Purpose.SHOW)
    return back_to_root(interaction, found.view, *found.calls)


async def _new_card(interaction: Interaction, services: Services, client_id: ClientId) -> Reply:
    family = await services.relationships.family(interaction.actor, client_id)
    done = say("client.added", name=family.client.display_name)
    return back_to_root(interaction, card(family, done=done, reader=interaction.actor.reader))


async def suggest_clients(interaction: Interaction, services: Services) -> Reply:
    """Answer a type-ahead: of clients, or of one client's own relations.

    Where another client is picked for a link, their family is left out (R13).
    """
    if interaction.kind is not Kind.SUGGESTION:
        return Reply()
    if interaction.route == ActionId.RELATION_SEARCH:
        family = await services.relationships.family(
            interaction.actor, client_of(interaction, from_view=True)
        )
        return Reply(ack=Suggest(relation_suggestions(family.matching(interaction.text))))
    for_link = interaction.route == ActionId.CLIENT_SEARCH_OTHER
    found = await services.clients.find(
        interaction.actor,
        interaction.text,
        limit=SUGGESTED,
        leave_out_family_of=metadata_of(interaction).client_id if for_link else None,
    )
    return Reply(ack=Suggest(suggestions(found, reader=interaction.actor.reader)))
