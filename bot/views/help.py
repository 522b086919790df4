"""Help: what can be typed after the command. It names no client."""

from bot.domain.staff_role import EVERY_RIGHT, Right, Rights
from bot.views.blocks import Json, context, section
from bot.views.commands import COMMAND, offered_to
from bot.views.rich_text import listing
from bot.views.sentences import say
from bot.views.summary import Message


def help_message(
    *, nearest: str | None = None, unknown: bool = False, rights: Rights = EVERY_RIGHT
) -> Message:
    """Return the help; after a word that is none, what was probably meant. The word is not echoed (P6)."""
    told = _unknown(nearest, unknown=unknown)
    return Message(text=say("help.intro"), blocks=(*told, *help_blocks(rights)))


def help_blocks(rights: Rights = EVERY_RIGHT) -> list[Json]:
    """Return the table of the commands that somebody may use, for the reply and for Home."""
    rows = [
        (f"{COMMAND} {command.usage}", f": {say(command.told_to(rights))}") for command in offered_to(rights)
    ]
    intro = "help.intro" if Right.SEE_CLIENTS in rights else "help.intro_admin"
    advice = [context(say("help.privacy"))] if Right.SEE_CLIENTS in rights else []
    return [section(say(intro)), listing(rows), *advice]


def _unknown(nearest: str | None, *, unknown: bool) -> list[Json]:
    if not unknown:
        return []
    if nearest:
        return [section(say("help.did_you_mean", command=f"{COMMAND} {nearest}"))]
    return [section(say("help.unknown", command=f"{COMMAND} show"))]
