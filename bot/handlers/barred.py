"""Who must not receive: listed, entered and lifted by those who have the right to it (R50)."""

from bot.domain.errors import NotFound
from bot.domain.ids import RestrictionId
from bot.domain.must_not_receive import MustNotReceive
from bot.domain.staff_role import Right
from bot.handlers.card import after_act
from bot.handlers.interaction import Interaction, ViewSeen
from bot.handlers.reply import Reply
from bot.handlers.seen import client_of, metadata_of
from bot.handlers.showing import in_place, opened
from bot.services.services import Services
from bot.views.barred import barred_view, lift_form, new_barred_form, read_barred
from bot.views.metadata import opaque_id
from bot.views.removal_prompt import read_reason
from bot.views.sentences import say


async def open_barred(interaction: Interaction, services: Services) -> Reply:
    """Show the list in the card's place, to who may see it; to whoever may only enter, the way to do that."""
    client = await services.clients.get(interaction.actor, client_of(interaction))
    entries = None
    if interaction.actor.may(Right.LIFT_BLOCK):
        entries = await services.must_not_receive.of_client(interaction.actor, client.id)
    view = barred_view(
        client,
        entries,
        today=services.clock.today(),
        zone=services.zone,
        reader=interaction.actor.reader,
    )
    return in_place(interaction, view)


async def open_new_barred(interaction: Interaction, services: Services) -> Reply:
    """Show the form in which somebody is entered."""
    family = await services.relationships.family(interaction.actor, client_of(interaction))
    return opened(interaction, new_barred_form(family, reader=interaction.actor.reader))


async def submit_barred(interaction: Interaction, services: Services, seen: ViewSeen) -> Reply:
    """Enter somebody, which counts at once."""
    client_id = client_of(interaction, from_view=True)
    given = read_barred(seen.state)
    await services.must_not_receive.add(
        interaction.actor,
        client_id,
        given.whom,
        why=given.why,
        document=given.document,
        expires_on=given.expires_on,
        submission=interaction.submission,
    )
    family = await services.relationships.family(interaction.actor, client_id)
    return after_act(interaction, family, say("block.entered"))


async def open_lift(interaction: Interaction, services: Services) -> Reply:
    """Show the form in which an entry is lifted."""
    asked = RestrictionId(opaque_id(interaction.action.value if interaction.action else ""))
    entry = await _entry(interaction, services, asked)
    view = lift_form(entry, today=services.clock.today(), zone=services.zone, reader=interaction.actor.reader)
    return opened(interaction, view)


async def submit_lift(interaction: Interaction, services: Services, seen: ViewSeen) -> Reply:
    """Lift an entry of this client."""
    asked = metadata_of(interaction).restriction_id
    if asked is None:
        raise NotFound
    client_id = client_of(interaction, from_view=True)
    await services.must_not_receive.lift(interaction.actor, asked, reason=read_reason(seen.state))
    family = await services.relationships.family(interaction.actor, client_id)
    return after_act(interaction, family, say("block.lifted"))


async def _entry(interaction: Interaction, services: Services, asked: RestrictionId) -> MustNotReceive:
    client_id = client_of(interaction, from_view=True)
    entries = await services.must_not_receive.of_client(interaction.actor, client_id)
    found = next((each for each in entries if each.id == asked), None)
    if found is None:
        raise NotFound
    return found
