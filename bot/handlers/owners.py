"""Who of the staff is responsible for a client."""

from bot.handlers.card import after_act
from bot.handlers.interaction import Interaction, ViewSeen
from bot.handlers.reply import Reply
from bot.handlers.seen import client_of, metadata_of
from bot.handlers.showing import opened
from bot.services.services import Services
from bot.views.owners_form import owners_form, read_owners
from bot.views.sentences import say


async def open_owners(interaction: Interaction, services: Services) -> Reply:
    """Show the form of the client whose card it was asked on."""
    client = await services.clients.get(interaction.actor, client_of(interaction))
    page = metadata_of(interaction).page
    return opened(interaction, owners_form(client, page=page, reader=interaction.actor.reader))


async def submit_owners(interaction: Interaction, services: Services, seen: ViewSeen) -> Reply:
    """Save who is responsible."""
    client_id = client_of(interaction, from_view=True)
    saved = await services.owners.change(
        interaction.actor,
        client_id,
        read_owners(seen.state),
        expected_version=metadata_of(interaction).version,
        submission=interaction.submission,
    )
    family = await services.relationships.family(interaction.actor, client_id)
    done = say("owners.saved") if saved.is_saved else say("client.unchanged")
    return after_act(interaction, family, done)
