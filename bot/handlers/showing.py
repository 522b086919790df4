"""Where a view goes: over the one that was clicked in, in its place, or as the root of a stack."""

from dataclasses import replace

from bot.handlers.interaction import Interaction, Kind
from bot.handlers.reply import (
    Call,
    FieldErrors,
    OpenModal,
    PublishHome,
    PushModal,
    ReplaceForm,
    Reply,
    Suggest,
    TellPrivately,
    UpdateModal,
)
from bot.views.blocks import Json
from bot.views.client_choice import slow_suggestions
from bot.views.home import home_notice
from bot.views.notice import notice
from bot.views.summary import Message


def opened(interaction: Interaction, view: Json, *calls: Call) -> Reply:
    """Show a form or prompt: above the modal that was clicked in, else as the root."""
    if interaction.view is not None and interaction.view.is_modal:
        return Reply(calls=(PushModal(view), *calls))
    return Reply(calls=(OpenModal(view), *calls))


def in_place(interaction: Interaction, view: Json, *calls: Call) -> Reply:
    """Show a view in the place of the one it came from, or as the root where it came from none."""
    if interaction.kind is Kind.SUBMISSION:
        return Reply(ack=ReplaceForm(view), calls=calls)
    if interaction.view is not None and interaction.view.is_modal:
        return Reply(calls=(UpdateModal(interaction.view.id, view), *calls))
    return Reply(calls=(OpenModal(view), *calls))


def back_to_root(interaction: Interaction, view: Json, *calls: Call, done: str = "") -> Reply:
    """End a form: it closes and what lies below shows `view`; a form that is the root becomes it.

    `done` is what the form's end says by itself, where `view` cannot take its place.
    """
    seen = interaction.view
    if seen is None or seen.is_root:
        return in_place(interaction, view, *calls)
    below = [UpdateModal(view_id, view) for view_id in seen.below]
    if interaction.kind is Kind.SUBMISSION:
        return Reply(calls=(*below, *calls))
    # A button cannot close its view. On the third one a card would be of no use: nothing opens above it.
    own = UpdateModal(seen.id, notice(done) if seen.is_third else view)
    return Reply(calls=(own, *below, *calls))


def said(interaction: Interaction, sentence: str) -> Reply:
    """Say one sentence that names no client, wherever the person is."""
    return replace(_said(interaction, sentence), sentence=sentence)


def _said(interaction: Interaction, sentence: str) -> Reply:
    match interaction.kind:
        case Kind.COMMAND:
            return Reply(calls=(TellPrivately(Message(text=sentence)),))
        case Kind.SUBMISSION:
            return Reply(ack=ReplaceForm(notice(sentence)))
        case Kind.SUGGESTION:
            return Reply(ack=Suggest(slow_suggestions()))
        case Kind.HOME_OPENED:
            return Reply(calls=(PublishHome(home_notice(sentence)),))
        case Kind.ACTION:
            return _said_above(interaction, sentence)
        case Kind.OTHER | Kind.STAFF_CHANGED:
            return Reply()


def _said_above(interaction: Interaction, sentence: str) -> Reply:
    if interaction.view is not None and interaction.view.is_third:
        return Reply(calls=(TellPrivately(Message(text=sentence)),))
    return opened(interaction, notice(sentence))


def under_fields(errors: dict[str, str]) -> Reply:
    """Say what is wrong under the inputs of the form."""
    return Reply(ack=FieldErrors(errors))
