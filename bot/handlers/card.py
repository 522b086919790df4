"""The card: opened, paged, and shown afresh after each act."""

from dataclasses import replace

from bot.domain.errors import AlreadyRemoved
from bot.domain.family import Family
from bot.domain.ids import ClientId
from bot.domain.settings import Sight
from bot.handlers.interaction import Interaction
from bot.handlers.reply import Call, Reply
from bot.handlers.seen import client_of, metadata_of
from bot.handlers.showing import back_to_root, in_place
from bot.services.services import Services
from bot.views.blocks import Json
from bot.views.card import card
from bot.views.sentences import say
from bot.views.undo import UndoOffer
from bot.views.wording import moment_text


async def open_card(interaction: Interaction, services: Services) -> Reply:
    """Show the card of the client whose id the button carries."""
    family = await services.relationships.family(interaction.actor, client_of(interaction))
    return in_place(interaction, card(family, reader=interaction.actor.reader))


async def turn_page(interaction: Interaction, services: Services) -> Reply:
    """Show another page of the card."""
    family = await services.relationships.family(interaction.actor, client_of(interaction, from_view=True))
    asked = interaction.action.value if interaction.action else ""
    page = int(asked) if asked.isdecimal() else 0
    return in_place(interaction, card(family, page=page, reader=interaction.actor.reader))


async def reveal_card(interaction: Interaction, services: Services) -> Reply:
    """Show the card with names where it showed initials; on the next page it shows initials again."""
    if not interaction.actor.reader.may_reveal:
        # Nobody was offered the button: the settings have changed since.
        return await open_card(interaction, services)
    client_id = client_of(interaction)
    family = await services.relationships.reveal(interaction.actor, client_id)
    reader = replace(interaction.actor.reader, sight=Sight.EVERYTHING)
    return in_place(interaction, card(family, page=metadata_of(interaction).page, reader=reader))


def after_act(
    interaction: Interaction, family: Family, done: str, *calls: Call, undo: UndoOffer | None = None
) -> Reply:
    """End a form with the fresh card and a line that says what was done, and how to undo it (R43)."""
    page = metadata_of(interaction).page
    view = card(family, page=page, done=done, undo=undo, reader=interaction.actor.reader)
    reply = back_to_root(interaction, view, *calls, done=done)
    return replace(reply, carried_out=True)


def removed_sentence(error: AlreadyRemoved, services: Services) -> str:
    """Return who removed it, and when, by the practice's clock (R42)."""
    removal = error.removal
    return say(
        "error.already_removed",
        name=error.name,
        by=removal.by_name,
        moment=moment_text(removal.at, services.zone),
    )


async def removed_already(interaction: Interaction, services: Services, error: AlreadyRemoved) -> Reply:
    """End a form about what somebody else has removed: the fresh card says who it was, and when (R42)."""
    client_id = client_of(interaction, from_view=True)
    sentence = removed_sentence(error, services)
    view = await card_saying(interaction, services, client_id, sentence)
    return back_to_root(interaction, view, done=sentence)


async def card_saying(
    interaction: Interaction, services: Services, client_id: ClientId, sentence: str
) -> Json:
    """Return the present card of a client with a line above it."""
    family = await services.relationships.family(interaction.actor, client_id)
    return card(family, news=sentence, reader=interaction.actor.reader)
