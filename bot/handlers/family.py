"""`/family`: the word after it, and the client it is about."""

from bot.domain.staff import Actor
from bot.domain.staff_role import Right
from bot.handlers.find import find_for_command, find_if_there
from bot.handlers.interaction import Interaction
from bot.handlers.reply import OpenModal, Reply, TellPrivately
from bot.handlers.settings import asks_first, open_settings, open_setup
from bot.handlers.trail import open_trail
from bot.services.rights import refuse_without
from bot.services.services import Services
from bot.views.client_fields import ClientInput
from bot.views.client_form import new_client_form
from bot.views.commands import command_word, nearest_word, right_of
from bot.views.help import help_message
from bot.views.ids import Purpose
from bot.views.metadata import Metadata

_PURPOSES = {
    "show": Purpose.SHOW,
    "link": Purpose.LINK,
    "add": Purpose.ADD,
    "share": Purpose.SHARE,
    "unlink": Purpose.UNLINK,
    "summary": Purpose.SUMMARY,
    "recipients": Purpose.RECIPIENTS,
    "history": Purpose.HISTORY,
}
_WINDOWS = {"settings": open_settings, "trail": open_trail}
"""What is about no client."""


async def family_command(interaction: Interaction, services: Services) -> Reply:
    """Do what the word says; without one, find a client and show the card."""
    if asks_first(interaction):
        return await open_setup(interaction, services)
    typed, _, rest = interaction.text.strip().partition(" ")
    word = command_word(typed) if typed else _first_thing(interaction)
    if word is None:
        return await _client_typed(interaction, services) or _help(interaction, unknown=typed)
    refuse_without_word(word, interaction.actor)
    if word == "help":
        return _help(interaction)
    if word in _WINDOWS:
        return await _WINDOWS[word](interaction, services)
    if word == "client":
        return await _client(interaction, services, rest.strip())
    return await find_for_command(interaction, services, _PURPOSES[word], rest.strip())


def _first_thing(interaction: Interaction) -> str:
    """Return the word that no word stands for: whoever sees no client has nobody to find."""
    return "show" if interaction.actor.may(Right.SEE_CLIENTS) else "help"


async def _client_typed(interaction: Interaction, services: Services) -> Reply | None:
    """Show whoever is found by all that was typed, which need not begin with a word; None for nobody."""
    if not interaction.actor.may(Right.SEE_CLIENTS):
        return None
    return await find_if_there(interaction, services, Purpose.SHOW, interaction.text.strip())


def _help(interaction: Interaction, *, unknown: str = "") -> Reply:
    rights = interaction.actor.rights
    nearest = nearest_word(unknown, rights) if unknown else None
    told = help_message(nearest=nearest, unknown=bool(unknown), rights=rights)
    return Reply(calls=(TellPrivately(told),))


def refuse_without_word(word: str, actor: Actor) -> None:
    """Refuse a word that is not for everybody to somebody for whom it is not.

    Raises:
        NotPermitted: their role does not allow it.
    """
    if word != "help":
        refuse_without(right_of(word), actor)


async def _client(interaction: Interaction, services: Services, text: str) -> Reply:
    word, _, rest = text.partition(" ")
    if word.casefold() == "new":
        return Reply(calls=(OpenModal(new_client_form(ClientInput(), metadata=Metadata())),))
    if word.casefold() == "edit":
        text = rest.strip()
    return await find_for_command(interaction, services, Purpose.EDIT, text)
