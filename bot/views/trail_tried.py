"""What somebody tried who was refused: the command, the button or the form, by the words that stand on it."""

from collections.abc import Mapping

from bot.views.commands import COMMAND
from bot.views.ids import ActionId, ViewId
from bot.views.sentences import say

_BUTTONS: Mapping[str, str] = {
    ActionId.CARD_OPEN: "summary.open_card",
    ActionId.CARD_REVEAL: "card.reveal",
    ActionId.CLIENT_FIND_OPEN: "home.find",
    ActionId.CLIENT_NEW_OPEN: "home.add_client",
    ActionId.CLIENT_EDIT_OPEN: "card.edit_client",
    ActionId.OWNERS_OPEN: "owners.open",
    ActionId.LINK_OPEN: "card.link",
    ActionId.CONTACT_OPEN: "card.add",
    ActionId.SUMMARY_SEND: "card.summary",
    ActionId.HISTORY_OPEN: "history.open",
    ActionId.COPIES_OPEN: "copies.open",
    ActionId.RECIPIENTS_OPEN: "recipients.open",
    ActionId.BARRED_OPEN: "block.open",
    ActionId.BARRED_NEW_OPEN: "block.new",
    ActionId.BARRED_LIFT_OPEN: "block.lift",
    ActionId.TRAIL_OPEN: "home.trail",
    ActionId.TRAIL_FILTER_OPEN: "trail.filter",
    ActionId.SETUP_OPEN: "home.set_up",
    ActionId.SETTINGS_OPEN: "home.settings",
    ActionId.SETTINGS_PERSON_OPEN: "settings.add_person",
    ActionId.SETTINGS_GROUP_OPEN: "settings.add_group",
}
_FORMS: Mapping[str, str] = {
    ViewId.CLIENT_FIND: "find.title",
    ViewId.CLIENT_NEW: "client.new_title",
    ViewId.CLIENT_EDIT: "client.edit_title",
    ViewId.OWNERS: "owners.title",
    ViewId.LINK_NEW: "link.title",
    ViewId.LINK_EDIT: "link.edit_title",
    ViewId.CONTACT_NEW: "contact.new_title",
    ViewId.CONTACT_EDIT: "contact.edit_title",
    ViewId.CONTACT_BECOME: "become.title",
    ViewId.ROLES_EDIT: "roles.title",
    ViewId.SHARING_EDIT: "sharing.title",
    ViewId.RELATION_REMOVE: "removal.title_contact",
    ViewId.TRAIL_FILTER: "trail.filter_title",
    ViewId.BARRED_NEW: "block.new_title",
    ViewId.BARRED_LIFT: "block.lift_title",
    ViewId.SETUP: "setup.title",
    ViewId.SETTINGS_PRACTICE: "settings.practice_title",
    ViewId.SETTINGS_DISPLAY: "settings.shown_title",
    ViewId.SETTINGS_DEFAULT_ROLE: "settings.default_title",
    ViewId.SETTINGS_ROLES: "settings.person_title",
}
_OTHERWISE = {
    "action": "trail.tried_action",
    "submission": "trail.tried_submission",
    "suggestion": "trail.tried_suggestion",
    "home_opened": "trail.tried_home",
    "api": "trail.tried_api",
}


def tried_sentence(tried: str) -> str:
    """Return what was tried, as `bot.handlers.attempts` records it, in one sentence."""
    kind, _, what = tried.partition(" ")
    if kind == "command":
        return say("trail.tried_command", what=f"{COMMAND} {what}".strip())
    if kind == "action" and what in _BUTTONS:
        return say("trail.tried_button", what=say(_BUTTONS[what]))
    if kind == "submission" and what in _FORMS:
        return say("trail.tried_form", what=say(_FORMS[what]))
    key = _OTHERWISE.get(kind)
    return say(key, what=what or say("trail.tried_unknown")) if key else say("history.access.refused")
