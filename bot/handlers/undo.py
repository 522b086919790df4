"""The undo button, on the card after an act and in the history."""

from bot.domain.client import Client
from bot.domain.errors import (
    AlreadyContact,
    AlreadyLinked,
    AlreadyRemoved,
    AlreadyUndone,
    BecameClient,
    ChangedSince,
    InvalidInput,
    KinwardError,
    UndoTooLate,
)
from bot.domain.family import Family
from bot.handlers.card import removed_sentence
from bot.handlers.history import history_for
from bot.handlers.interaction import Interaction, ViewSeen
from bot.handlers.reply import Reply, UpdateModal
from bot.handlers.seen import client_of, metadata_of
from bot.services.services import Services
from bot.views.card import card
from bot.views.ids import ViewId
from bot.views.metadata import UnreadableMetadataError
from bot.views.sentences import say
from bot.views.undo import part_name, read_entry_number, undone_sentence
from bot.views.wording import moment_text, stated_label, told_apart

_REFUSALS = (
    AlreadyContact,
    AlreadyLinked,
    AlreadyRemoved,
    AlreadyUndone,
    BecameClient,
    ChangedSince,
    InvalidInput,
    UndoTooLate,
)


async def undo_change(interaction: Interaction, services: Services) -> Reply:
    """Undo what the button is about; where that cannot be, the fresh view says why."""
    action, seen = interaction.action, interaction.view
    if action is None or seen is None or not seen.is_modal:
        raise UnreadableMetadataError("an undo without a view")
    number, client_id = read_entry_number(action.value), client_of(interaction, from_view=True)
    try:
        undone = await services.relationships.undo(
            interaction.actor, client_id=client_id, entry=number, submission=f"{seen.id}:{number}:undo"
        )
    except _REFUSALS as refused:
        family = await services.relationships.family(interaction.actor, client_id)
        sentence = _refusal(refused, family, services)
        return Reply(calls=await _shown(interaction, services, seen, family, news=sentence))
    done = undone_sentence(undone)
    calls = await _shown(interaction, services, seen, undone.family, done=done)
    return Reply(calls=calls, carried_out=True)


async def _shown(
    interaction: Interaction,
    services: Services,
    seen: ViewSeen,
    family: Family,
    *,
    done: str = "",
    news: str = "",
) -> tuple[UpdateModal, ...]:
    """Return the fresh view in the place of the one that was clicked in, and of the cards below it."""
    reader = interaction.actor.reader
    if seen.callback_id != ViewId.HISTORY:
        page = metadata_of(interaction).page
        return (UpdateModal(seen.id, card(family, page=page, done=done, news=news, reader=reader)),)
    said = f"✓ {done}" if done else news
    history = await history_for(interaction, services, family.client.id, news=said)
    below = card(family, done=done, reader=reader)
    return (UpdateModal(seen.id, history), *(UpdateModal(view_id, below) for view_id in seen.below))


def _refusal(error: KinwardError, family: Family, services: Services) -> str:
    """Return why it was not undone; it stands in a modal, so it may name people."""
    zone = services.zone
    match error:
        case AlreadyRemoved():
            return removed_sentence(error, services)
        case AlreadyUndone(entry=entry):
            return say("error.already_undone", by=entry.by_name, moment=moment_text(entry.at, zone))
        case ChangedSince(entry=entry, what=what):
            moment = moment_text(entry.at, zone)
            return say("error.changed_since", what=part_name(what), by=entry.by_name, moment=moment)
        case AlreadyLinked() | BecameClient():
            return _related_anew(family.client, error)
        case InvalidInput(problems=problems):
            return " ".join(say(problem.key, **problem.values) for problem in problems)
        case _:
            return say(error.key)


def _related_anew(client: Client, error: AlreadyLinked | BecameClient) -> str:
    """Return what the related person is by now."""
    if isinstance(error, BecameClient):
        return say("error.became_client", name=told_apart(client, error.client)[1])
    _, name = told_apart(client, error.other)
    label = stated_label(error.link.side_of(client.id).label)
    return say("link.taken", name=name, label=label) if label else say("link.taken_plain", name=name)
