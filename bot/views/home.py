"""Home: where to begin. It names no client, and offers what whoever opened it may use."""

from bot.domain.settings import Sight
from bot.domain.staff import Shown
from bot.domain.staff_role import EVERY_RIGHT, Right, Rights
from bot.views.blocks import Json, actions, button, divider, header, section
from bot.views.help import help_blocks
from bot.views.ids import ActionId, ViewId
from bot.views.sentences import say

_SET_UP = Shown()
_BUTTONS, _SETTING_UP = "home.buttons", "home.set_up"
"""Block ids with names, so that a click counts also where Home is shown anew in that moment."""


def home(rights: Rights = EVERY_RIGHT, shown: Shown = _SET_UP) -> Json:
    """Return the Home of a member of staff.

    Args:
        rights: what they may do.
        shown: what may be shown to them, and whether an admin has said so yet.
    """
    blocks = [header(say("home.title")), section(say("home.about"))]
    blocks += _setting_up(rights, shown)
    buttons = []
    if Right.SEE_CLIENTS in rights:
        buttons.append(button(say("home.find"), ActionId.CLIENT_FIND_OPEN, style="primary"))
    if Right.CHANGE_CLIENTS in rights:
        buttons.append(button(say("home.add_client"), ActionId.CLIENT_NEW_OPEN))
    if Right.SEE_TRAIL in rights:
        buttons.append(button(say("home.trail"), ActionId.TRAIL_OPEN))
    if Right.CHANGE_SETTINGS in rights and shown.is_set_up:
        buttons.append(button(say("home.settings"), ActionId.SETTINGS_OPEN))
    blocks += [actions(*buttons, block_id=_BUTTONS)] if buttons else []
    return _home([*blocks, divider(), *help_blocks(rights)])


def _setting_up(rights: Rights, shown: Shown) -> list[Json]:
    """Ask an admin to set Kinward up; tell others who can, and later why names are missing (P1, P3)."""
    if shown.is_set_up:
        by_initials = Right.SEE_CLIENTS in rights and shown.in_windows is Sight.INITIALS_ONLY
        return [section(say("home.initials_only"))] if by_initials else []
    if Right.CHANGE_SETTINGS not in rights:
        return [section(say("home.not_set_up"))]
    return [
        section(say("home.set_up_about")),
        actions(button(say("home.set_up"), ActionId.SETUP_OPEN, style="primary"), block_id=_SETTING_UP),
    ]


def home_notice(sentence: str) -> Json:
    """Return a Home that only says something, to somebody who may not use it or when nothing answers."""
    return _home([section(sentence)])


def _home(blocks: list[Json]) -> Json:
    return {"type": "home", "callback_id": ViewId.HOME, "blocks": blocks}
