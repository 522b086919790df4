"""The e-mails on record: opened from the history, paged, and one of them marked as misdirected."""

from bot.domain.ids import ClientId, CopyId
from bot.handlers.history import history_for
from bot.handlers.interaction import Interaction
from bot.handlers.reply import Reply
from bot.handlers.seen import client_of, metadata_of
from bot.handlers.showing import in_place
from bot.services.services import Services
from bot.views.blocks import Json
from bot.views.copies import ROWS_A_PAGE, CopiesPage, copies_view
from bot.views.metadata import opaque_id
from bot.views.sentences import say


async def show_copies(interaction: Interaction, services: Services) -> Reply:
    """Show the newest e-mails in the place of the history, or of a page of them."""
    return in_place(interaction, await _copies(interaction, services))


async def show_older_copies(interaction: Interaction, services: Services) -> Reply:
    """Show the next page."""
    return in_place(interaction, await _copies(interaction, services, before=_copy_of(interaction)))


async def mark_misdirected(interaction: Interaction, services: Services) -> Reply:
    """Put on record that an e-mail reached somebody whom it should not have reached."""
    client_id = client_of(interaction, from_view=True)
    await services.copies.mark_misdirected(interaction.actor, client_id, _copy_of(interaction))
    before = metadata_of(interaction).before
    return in_place(
        interaction, await _copies(interaction, services, before=before, news=say("copies.marked"))
    )


async def back_to_history(interaction: Interaction, services: Services) -> Reply:
    """Show the history again."""
    client_id: ClientId = client_of(interaction, from_view=True)
    return in_place(interaction, await history_for(interaction, services, client_id))


def _copy_of(interaction: Interaction) -> CopyId:
    return CopyId(opaque_id(interaction.action.value if interaction.action else ""))


async def _copies(
    interaction: Interaction, services: Services, *, before: CopyId | None = None, news: str = ""
) -> Json:
    client_id = client_of(interaction, from_view=True)
    client = await services.clients.get(interaction.actor, client_id)
    found = await services.copies.copies_of(
        interaction.actor, client_id, limit=ROWS_A_PAGE + 1, before=before
    )
    page = CopiesPage(
        client=client,
        copies=found[:ROWS_A_PAGE],
        before=before,
        has_older=len(found) > ROWS_A_PAGE,
        paused=frozenset(each.address for each in await services.bounces.paused(interaction.actor)),
    )
    return copies_view(page, zone=services.zone, news=news, reader=interaction.actor.reader)
