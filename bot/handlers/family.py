"""`/family`: the word after it, and the client it is about."""

from bot.handlers.find import find_for_command
from bot.handlers.interaction import Interaction
from bot.handlers.reply import OpenModal, Reply, TellPrivately
from bot.services.services import Services
from bot.views.client_fields import ClientInput
from bot.views.client_form import new_client_form
from bot.views.commands import command_word, nearest_word
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
    "history": Purpose.HISTORY,
}


async def family_command(interaction: Interaction, services: Services) -> Reply:
    """Do what the word says; without one, find a client and show the card."""
    typed, _, rest = interaction.text.strip().partition(" ")
    if not typed:
        return await find_for_command(interaction, services, Purpose.SHOW, "")
    word = command_word(typed)
    if word == "help":
        return Reply(calls=(TellPrivately(help_message()),))
    if word == "client":
        return await _client(interaction, services, rest.strip())
    if word in _PURPOSES:
        return await find_for_command(interaction, services, _PURPOSES[word], rest.strip())
    return Reply(calls=(TellPrivately(help_message(nearest=nearest_word(typed), unknown=True)),))


async def _client(interaction: Interaction, services: Services, text: str) -> Reply:
    word, _, rest = text.partition(" ")
    if word.casefold() == "new":
        return Reply(calls=(OpenModal(new_client_form(ClientInput(), metadata=Metadata())),))
    if word.casefold() == "edit":
        text = rest.strip()
    return await find_for_command(interaction, services, Purpose.EDIT, text)
