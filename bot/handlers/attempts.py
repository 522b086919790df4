"""What somebody tried, in the program's own words: nothing that was typed is in them (P5)."""

from bot.domain.ids import ClientId
from bot.handlers.interaction import Interaction, Kind
from bot.handlers.seen import client_of
from bot.views.commands import command_word
from bot.views.ids import ActionId, ViewId
from bot.views.metadata import UnreadableMetadataError

_KNOWN = frozenset(map(str, (*ActionId, *ViewId)))


def tried(interaction: Interaction) -> str:
    """Return what was tried: a command and its word, or an action or form by its id."""
    if interaction.kind is Kind.COMMAND:
        typed, _, _ = interaction.text.strip().partition(" ")
        return f"command {command_word(typed) or ''}".rstrip()
    known = interaction.route if interaction.route in _KNOWN else ""
    return f"{interaction.kind} {known}".rstrip()


def client_meant(interaction: Interaction) -> ClientId | None:
    """Return whom it was about, as far as the button or view says; nobody has looked whether they exist."""
    if interaction.kind not in (Kind.ACTION, Kind.SUBMISSION, Kind.SUGGESTION):
        return None
    try:
        return client_of(interaction)
    except UnreadableMetadataError:
        pass
    try:
        return client_of(interaction, from_view=True)
    except UnreadableMetadataError:
        return None
