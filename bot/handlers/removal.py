"""Unlinking and removing, from either side, after the prompt (R40, R41, R42)."""

from bot.domain.errors import AlreadyRemoved, ChangedMeanwhile
from bot.domain.history import Act
from bot.handlers.card import after_act, card_saying, removed_sentence
from bot.handlers.interaction import Interaction, ViewSeen
from bot.handlers.reply import ReplaceForm, Reply
from bot.handlers.seen import client_of, metadata_of, relation_of
from bot.handlers.showing import in_place, opened
from bot.services.services import Services
from bot.views.blocks import Json
from bot.views.ids import ViewId
from bot.views.mail_changes import last_copies
from bot.views.metadata import Metadata
from bot.views.removal_prompt import read_reason, removal_prompt
from bot.views.sentences import say
from bot.views.undo import undo_offer
from bot.views.wording import moment_text


async def open_prompt(interaction: Interaction, services: Services, metadata: Metadata) -> Reply:
    """Show the prompt above the card; where somebody else was quicker, the card itself says so."""
    view = await prompt_for(interaction, services, metadata)
    if view["callback_id"] == ViewId.CARD:
        return in_place(interaction, view)
    return opened(interaction, view)


async def prompt_for(interaction: Interaction, services: Services, metadata: Metadata) -> Json:
    """Return the prompt, or the present card with who removed it already."""
    client_id, relation_id = metadata.client_id, metadata.relation_id
    if client_id is None or relation_id is None:
        raise ValueError("a prompt is about one relation of one client")
    try:
        preview = await services.relationships.removal_preview(
            interaction.actor, client_id=client_id, relation_id=relation_id
        )
    except AlreadyRemoved as error:
        return await card_saying(interaction, services, client_id, removed_sentence(error, services))
    last = await services.copies.last_over(interaction.actor, relation_id)
    told = last_copies(last, zone=services.zone, reader=interaction.actor.reader)
    return removal_prompt(preview, metadata=metadata, last_copies=told)


async def submit_removal(interaction: Interaction, services: Services, seen: ViewSeen) -> Reply:
    """Remove the link or contact; the second person is told who was first."""
    metadata = metadata_of(interaction)
    try:
        outcome = await services.relationships.remove(
            interaction.actor,
            client_id=client_of(interaction, from_view=True),
            relation_id=relation_of(interaction),
            reason=read_reason(seen.state),
            # A prompt that an older version of the bot has opened carries none.
            expected_version=metadata.version or None,
            submission=interaction.submission,
        )
    except ChangedMeanwhile as changed:
        return await _asked_again(interaction, services, seen, changed)
    key = "removal.done_link" if outcome.act is Act.LINK_REMOVED else "removal.done_contact"
    done = say(key, name=outcome.name)
    if outcome.lost_last_emergency_contact:
        done = f"{done} {say('roles.last_emergency_contact')}"
    return after_act(interaction, outcome.family, done, undo=undo_offer(outcome.entry, services.zone))


async def _asked_again(
    interaction: Interaction, services: Services, seen: ViewSeen, changed: ChangedMeanwhile
) -> Reply:
    """Show what would stop by now, with who changed it, before anything is removed (R41)."""
    metadata = metadata_of(interaction)
    preview = await services.relationships.removal_preview(
        interaction.actor,
        client_id=client_of(interaction, from_view=True),
        relation_id=relation_of(interaction),
    )
    last = await services.copies.last_over(interaction.actor, relation_of(interaction))
    told = last_copies(last, zone=services.zone, reader=interaction.actor.reader)
    news = say("removal.changed_plain")
    if changed.entries:
        latest = changed.entries[-1]
        moment = moment_text(latest.at, services.zone)
        news = say("removal.changed", by=latest.by_name, moment=moment)
    view = removal_prompt(
        preview, metadata=metadata, news=news, given_reason=read_reason(seen.state), last_copies=told
    )
    return Reply(ack=ReplaceForm(view))
