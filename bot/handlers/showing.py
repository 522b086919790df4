"""Where a view goes: over the one that was clicked in, in its place, or as the root of a stack."""

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
    Tell,
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


def back_to_root(interaction: Interaction, view: Json, *calls: Call) -> Reply:
    """End a form: it closes and the root below shows `view`; a form that is the root becomes it."""
    seen = interaction.view
    if seen is None or seen.is_root:
        return in_place(interaction, view, *calls)
    if interaction.kind is Kind.SUBMISSION:
        return Reply(calls=(UpdateModal(seen.root_id, view), *calls))
    # A button cannot close its view: the card takes the place of both.
    return Reply(calls=(UpdateModal(seen.id, view), UpdateModal(seen.root_id, view), *calls))


def said(interaction: Interaction, sentence: str) -> Reply:
    """Say one sentence that names no client, wherever the person is."""
    match interaction.kind:
        case Kind.COMMAND:
            return Reply(ack=Tell(Message(text=sentence)))
        case Kind.SUBMISSION:
            return Reply(ack=ReplaceForm(notice(sentence)))
        case Kind.SUGGESTION:
            return Reply(ack=Suggest(slow_suggestions()))
        case Kind.HOME_OPENED:
            return Reply(calls=(PublishHome(home_notice(sentence)),))
        case Kind.ACTION:
            return opened(interaction, notice(sentence))
        case Kind.OTHER:
            return Reply()


def under_fields(errors: dict[str, str]) -> Reply:
    """Say what is wrong under the inputs of the form."""
    return Reply(ack=FieldErrors(errors))
