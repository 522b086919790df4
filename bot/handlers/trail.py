"""`/family trail`: the record of the whole workspace, for whoever looks after privacy."""

from bot.domain.staff_role import Right
from bot.handlers.interaction import Interaction, ViewSeen
from bot.handlers.reply import Reply
from bot.handlers.seen import metadata_of
from bot.handlers.showing import back_to_root, in_place, opened
from bot.services.rights import refuse_without
from bot.services.services import Services
from bot.views.blocks import Json
from bot.views.trail import ROWS_A_PAGE, trail_view
from bot.views.trail_asked import TrailAsked
from bot.views.trail_form import read_trail, trail_form


async def open_trail(interaction: Interaction, services: Services) -> Reply:
    """Show all of it, newest first."""
    return opened(interaction, await _shown(interaction, services, TrailAsked()))


async def turn_trail_page(interaction: Interaction, services: Services) -> Reply:
    """Show another page, which keeps its place although others write meanwhile."""
    value = interaction.action.value if interaction.action else ""
    page = int(value) if value.isascii() and value.isdecimal() and len(value) < len("10000000") else 0
    metadata = metadata_of(interaction)
    asked, newest = TrailAsked.of(metadata), metadata.newest
    view = await _shown(interaction, services, asked, page=page, newest=newest if page else None)
    return in_place(interaction, view)


async def open_trail_form(interaction: Interaction, services: Services) -> Reply:
    """Show the form of what is shown."""
    refuse_without(Right.SEE_TRAIL, interaction.actor)
    asked = TrailAsked.of(metadata_of(interaction))
    client = None
    if asked.client_id is not None:
        client = await services.clients.get(interaction.actor, asked.client_id)
    return opened(interaction, trail_form(asked, client, reader=interaction.actor.reader))


async def submit_trail_form(interaction: Interaction, services: Services, seen: ViewSeen) -> Reply:
    """Show what was asked for, in the window below."""
    refuse_without(Right.SEE_TRAIL, interaction.actor)
    return back_to_root(interaction, await _shown(interaction, services, read_trail(seen.state)))


async def _shown(
    interaction: Interaction,
    services: Services,
    asked: TrailAsked,
    *,
    page: int = 0,
    newest: int | None = None,
) -> Json:
    actor, zone = interaction.actor, services.zone
    found = await services.trail.page(actor, asked.filter(zone), size=ROWS_A_PAGE, page=page, newest=newest)
    return trail_view(found, asked, zone=zone, reader=actor.reader)
