"""The history of a client's family: opened from the card or by command, and paged."""

from bot.domain.ids import ClientId
from bot.handlers.interaction import Interaction
from bot.handlers.reply import Reply
from bot.handlers.seen import client_of, metadata_of
from bot.handlers.showing import in_place, opened
from bot.services.services import Services
from bot.views.blocks import Json
from bot.views.history import ROWS_A_PAGE, history_view
from bot.views.ids import ViewId


async def open_history(interaction: Interaction, services: Services) -> Reply:
    """Show the history of the client on whose card it was asked."""
    return opened(interaction, await history_for(interaction, services, client_of(interaction)))


async def turn_history_page(interaction: Interaction, services: Services) -> Reply:
    """Show another page, which keeps its place although others write meanwhile."""
    asked = interaction.action.value if interaction.action else ""
    client_id, newest = client_of(interaction, from_view=True), metadata_of(interaction).newest
    page = int(asked) if asked.isdecimal() else 0
    view = await history_for(interaction, services, client_id, page=page, newest=newest if page else None)
    return in_place(interaction, view)


async def history_for(
    interaction: Interaction,
    services: Services,
    client_id: ClientId,
    *,
    page: int = 0,
    newest: int | None = None,
    news: str = "",
) -> Json:
    """Return a page of a client's history; the first one of a stack also has the way to the card."""
    found = await services.history.page(
        interaction.actor, client_id, size=ROWS_A_PAGE, page=page, newest=newest
    )
    return history_view(
        found,
        now=services.clock.now(),
        zone=services.zone,
        news=news,
        with_card=not _above_card(interaction),
        reader=interaction.actor.reader,
    )


def _above_card(interaction: Interaction) -> bool:
    """Say whether the card lies below the history already: it was opened there, or stands there."""
    seen = interaction.view
    if seen is None or not seen.is_modal:
        return False
    return seen.callback_id == ViewId.CARD or (
        seen.callback_id in (ViewId.HISTORY, ViewId.COPIES) and not seen.is_root
    )
