"""The summary as a direct message to the person who asked."""

from bot.domain.family import Family
from bot.handlers.card import after_act
from bot.handlers.interaction import Interaction
from bot.handlers.reply import Reply, SendMessage
from bot.handlers.seen import client_of
from bot.services.services import Services
from bot.views.sentences import say
from bot.views.summary import summary


def summary_message(interaction: Interaction, family: Family) -> SendMessage:
    """Return the call that sends the summary."""
    return SendMessage(
        message=summary(family, reader=interaction.actor.reader_of_messages),
        failed=say("summary.failed"),
        unsure=say("summary.unsure"),
    )


async def send_summary(interaction: Interaction, services: Services) -> Reply:
    """Send the summary of the card it was asked on."""
    family = await services.relationships.summary(interaction.actor, client_of(interaction))
    return after_act(interaction, family, say("summary.sent"), summary_message(interaction, family))
