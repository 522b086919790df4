"""Home: where to begin. It names no client."""

from bot.views.blocks import Json, actions, button, divider, header, section
from bot.views.help import help_blocks
from bot.views.ids import ActionId, ViewId
from bot.views.sentences import say


def home() -> Json:
    """Return the Home of a member of staff."""
    return _home(
        [
            header(say("home.title")),
            section(say("home.about")),
            actions(
                button(say("home.find"), ActionId.CLIENT_FIND_OPEN, style="primary"),
                button(say("home.add_client"), ActionId.CLIENT_NEW_OPEN),
            ),
            divider(),
            *help_blocks(),
        ]
    )


def home_notice(sentence: str) -> Json:
    """Return a Home that only says something, to somebody who may not use it or when nothing answers."""
    return _home([section(sentence)])


def _home(blocks: list[Json]) -> Json:
    return {"type": "home", "callback_id": ViewId.HOME, "blocks": blocks}
