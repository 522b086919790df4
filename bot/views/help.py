"""Help: what can be typed after the command. It names no client."""

from bot.views.blocks import Json, context, section
from bot.views.commands import COMMAND, COMMANDS
from bot.views.rich_text import listing
from bot.views.sentences import say
from bot.views.summary import Message


def help_message(*, nearest: str | None = None, unknown: bool = False) -> Message:
    """Return the help; after a word that is none, what was probably meant. The word is not echoed (P6)."""
    return Message(text=say("help.intro"), blocks=(*_unknown(nearest, unknown=unknown), *help_blocks()))


def help_blocks() -> list[Json]:
    """Return the table of commands, for the reply and for Home."""
    rows = [(f"{COMMAND} {command.usage}", f": {say(command.what)}") for command in COMMANDS]
    return [section(say("help.intro")), listing(rows), context(say("help.privacy"))]


def _unknown(nearest: str | None, *, unknown: bool) -> list[Json]:
    if not unknown:
        return []
    if nearest:
        return [section(say("help.did_you_mean", command=f"{COMMAND} {nearest}"))]
    return [section(say("help.unknown", command=f"{COMMAND} show"))]
