"""Home, shown when somebody opens it."""

from bot.handlers.interaction import Interaction
from bot.handlers.reply import PublishHome, Reply
from bot.services.services import Services
from bot.views.home import home


async def show_home(interaction: Interaction, _services: Services) -> Reply:
    """Publish the Home of the person who opened it."""
    return Reply(calls=(PublishHome(home(interaction.actor.rights, interaction.actor.shown)),))
