"""Where finding a client leads: the card, a form, a prompt, the summary.

A form of the client alone needs no family: it is not read for it.
"""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass

from bot.domain.client import Client
from bot.domain.family import Family
from bot.domain.ids import ClientId
from bot.handlers.client import edit_form_for
from bot.handlers.contact import contact_form_for
from bot.handlers.history import history_for
from bot.handlers.interaction import Interaction
from bot.handlers.link import link_form_for
from bot.handlers.recipients import recipients_for
from bot.handlers.removal import prompt_for
from bot.handlers.reply import Call
from bot.handlers.share import sharing_form_for
from bot.handlers.summary import summary_message
from bot.services.services import Services
from bot.views.blocks import Json
from bot.views.card import card
from bot.views.ids import Purpose
from bot.views.metadata import Metadata
from bot.views.notice import nobody_yet, notice, open_card_button
from bot.views.relation_choice import relation_choice
from bot.views.sentences import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """A view to show, and calls that go with it."""

    view: Json
    calls: tuple[Call, ...] = ()


async def destination(
    interaction: Interaction,
    services: Services,
    client_id: ClientId,
    purpose: Purpose,
    *,
    client: Client | None = None,
) -> Destination:
    """Return what to show for a client who was found.

    Args:
        interaction: what the person did.
        services: what is asked.
        client_id: who was found.
        purpose: what they were looked for.
        client: the same client, where they have just been read.

    Raises:
        NotFound: there is no such client.
    """
    if purpose is Purpose.EDIT:
        return Destination(view=edit_form_for(await services.clients.details(interaction.actor, client_id)))
    form = _FORMS.get(purpose)
    if form is not None:
        found = client or await services.clients.get(interaction.actor, client_id)
        return Destination(view=form(services, found))
    if purpose is Purpose.HISTORY:
        return Destination(view=await history_for(interaction, services, client_id))
    if purpose is Purpose.RECIPIENTS:
        return Destination(view=await recipients_for(interaction, services, client_id))
    if purpose is Purpose.SUMMARY:
        family = await services.relationships.summary(interaction.actor, client_id)
        view = notice(say("summary.sent"), open_card_button(client_id))
        return Destination(view=view, calls=(summary_message(interaction, family),))
    family = await services.relationships.family(interaction.actor, client_id)
    return Destination(view=await _VIEWS[purpose](interaction, services, family))


async def _card(interaction: Interaction, _services: Services, family: Family) -> Json:
    return card(family, reader=interaction.actor.reader)


async def _share(interaction: Interaction, services: Services, family: Family) -> Json:
    if len(family.members) == 1:
        return await sharing_form_for(interaction, services, family, family.members[0], page=0)
    return _choice(family, Purpose.SHARE)


async def _unlink(interaction: Interaction, services: Services, family: Family) -> Json:
    if len(family.members) == 1:
        relation_id = family.members[0].relation.id
        metadata = Metadata(client_id=family.client.id, relation_id=relation_id)
        return await prompt_for(interaction, services, metadata)
    return _choice(family, Purpose.UNLINK)


def _choice(family: Family, purpose: Purpose) -> Json:
    if not family.members:
        return nobody_yet(family.client.id, family.client.display_name)
    return relation_choice(family, purpose)


_FORMS: Mapping[Purpose, Callable[[Services, Client], Json]] = {
    Purpose.LINK: link_form_for,
    Purpose.ADD: contact_form_for,
}

_View = Callable[[Interaction, Services, Family], Coroutine[None, None, Json]]
_VIEWS: Mapping[Purpose, _View] = {
    Purpose.SHOW: _card,
    Purpose.SHARE: _share,
    Purpose.UNLINK: _unlink,
}
