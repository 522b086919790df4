"""Who would get an e-mail: opened from the card or by command, asked again for another kind, and paged."""

from bot.domain.ids import ClientId, LinkId, RelationId
from bot.domain.notice import NoticeCategory
from bot.handlers.interaction import Interaction
from bot.handlers.reply import Reply
from bot.handlers.seen import client_of
from bot.handlers.showing import in_place, opened
from bot.services.services import Services
from bot.views.blocks import Json
from bot.views.ids import ActionId, ViewId
from bot.views.metadata import opaque_id
from bot.views.recipients import read_kind, recipients_view
from bot.views.sentences import say


async def open_recipients(interaction: Interaction, services: Services) -> Reply:
    """Show who would get an e-mail of the client on whose card it was asked."""
    return opened(interaction, await recipients_for(interaction, services, client_of(interaction)))


async def redraw_recipients(interaction: Interaction, services: Services) -> Reply:
    """Show it for the kind of e-mail that is chosen now, or another page of it."""
    client_id = client_of(interaction, from_view=True)
    category = read_kind(interaction.view.state) if interaction.view else NoticeCategory.APPOINTMENTS
    turned = interaction.route in (ActionId.RECIPIENTS_PREVIOUS, ActionId.RECIPIENTS_NEXT)
    asked = interaction.action.value if turned and interaction.action else ""
    page = int(asked) if asked.isdecimal() else 0
    view = await recipients_for(interaction, services, client_id, category=category, page=page)
    return in_place(interaction, view)


async def try_address_again(interaction: Interaction, services: Services) -> Reply:
    """Have an address used again of which somebody knows that it works (R27)."""
    client_id = client_of(interaction, from_view=True)
    asked = opaque_id(interaction.action.value if interaction.action else "")
    relation_id: RelationId | None = None if asked == client_id else LinkId(asked)
    await services.bounces.confirm(interaction.actor, client_id, relation_id)
    category = read_kind(interaction.view.state) if interaction.view else NoticeCategory.APPOINTMENTS
    news = say("recipients.tried_again")
    return in_place(
        interaction, await recipients_for(interaction, services, client_id, category=category, news=news)
    )


async def recipients_for(
    interaction: Interaction,
    services: Services,
    client_id: ClientId,
    *,
    category: NoticeCategory = NoticeCategory.APPOINTMENTS,
    page: int = 0,
    news: str = "",
) -> Json:
    """Return who would get an e-mail of a kind."""
    decision = await services.recipients.of(interaction.actor, client_id, category)
    seen = interaction.view
    on_card = seen is not None and (
        seen.callback_id == ViewId.CARD or (seen.callback_id == ViewId.RECIPIENTS and not seen.is_root)
    )
    return recipients_view(
        decision, page=page, with_card=not on_card, news=news, reader=interaction.actor.reader
    )
