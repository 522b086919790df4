"""What a person is told when a service refuses or something breaks: errors mapped to Slack, here only."""

from dataclasses import replace

from bot.domain.errors import (
    ChangedMeanwhile,
    InvalidInput,
    KinwardError,
    NotAllowed,
    StorageUnavailable,
)
from bot.handlers.interaction import Interaction, Kind
from bot.handlers.reply import Reply, Suggest
from bot.handlers.showing import said, under_fields
from bot.views.errors import field_errors, sentence_of
from bot.views.metadata import UnreadableMetadataError
from bot.views.sentences import say


def reply_to_error(interaction: Interaction, error: Exception, reference: str) -> Reply:
    """Return what the person is told.

    Args:
        interaction: what they did.
        error: a refusal of a service, or anything unexpected.
        reference: what also stands in the log, for unexpected errors.
    """
    if isinstance(error, InvalidInput) and interaction.kind is Kind.SUBMISSION and interaction.view:
        return under_fields(field_errors(error.problems, interaction.view.inputs))
    if isinstance(error, NotAllowed) and interaction.kind is Kind.SUGGESTION:
        return Reply(ack=Suggest({"options": []}))
    if isinstance(error, KinwardError):
        sentence = sentence_of(error)
        keeps_form = isinstance(error, StorageUnavailable | ChangedMeanwhile)
        return _with_form(interaction, sentence) if keeps_form else said(interaction, sentence)
    if isinstance(error, UnreadableMetadataError):
        return said(interaction, say("error.stale"))
    return _with_form(interaction, say("error.unexpected", reference=reference))


def is_expected(error: Exception) -> bool:
    """Say whether an error is part of the work, and needs no trace in the log."""
    return isinstance(error, KinwardError | UnreadableMetadataError)


def _with_form(interaction: Interaction, sentence: str) -> Reply:
    """Say a sentence in the form, which keeps what was typed; elsewhere just say it.

    It stands under the last input, beside the button that was pressed: Slack shows an error where it is,
    but leaves a form that it is given anew where it was scrolled to.
    """
    inputs = interaction.view.inputs if interaction.view is not None else ()
    if interaction.kind is Kind.SUBMISSION and inputs:
        return replace(under_fields({inputs[-1]: sentence}), sentence=sentence)
    return said(interaction, sentence)
