"""views.open, views.push, views.update, views.publish."""

import copy

from bot.playground.slack.hub import Hub
from bot.playground.slack.refused import Refused, missing_argument
from bot.playground.slack.triggers import Trigger
from bot.playground.slack.web_api.arguments import Arguments
from bot.playground.slack.web_api.method import Method
from bot.playground.slack.wire import Json


def _trigger(hub: Hub, arguments: Arguments) -> Trigger:
    # Both must be there before the trigger is used up.
    trigger_id = arguments.text("trigger_id")
    arguments.parsed("view")
    return hub.triggers.exchange(trigger_id)


def views_open(hub: Hub, arguments: Arguments) -> Json:
    """Open a modal before the person from whose act the trigger_id came."""
    trigger = _trigger(hub, arguments)
    view = hub.views.open(trigger.user, arguments.parsed("view"))
    hub.show_views(trigger.user)
    return {"view": copy.deepcopy(view)}


def views_push(hub: Hub, arguments: Arguments) -> Json:
    """Put a modal on top of the one in which the person acted."""
    trigger = _trigger(hub, arguments)
    if trigger.from_view is None or hub.views.find(view_id=trigger.from_view) is None:
        raise Refused("not_found")
    view = hub.views.push(trigger.user, arguments.parsed("view"))
    hub.show_views(trigger.user)
    return {"view": copy.deepcopy(view)}


def views_update(hub: Hub, arguments: Arguments) -> Json:
    """Put new content into an open view."""
    sent = arguments.parsed("view")
    view_id, external_id = arguments.optional("view_id"), arguments.optional("external_id")
    if not view_id and not external_id:
        raise missing_argument("view_id")
    found = hub.views.find(view_id=view_id or None, external_id=external_id)
    if found is None:
        raise Refused("not_found")
    user, view = found
    hub.views.update(view, sent, expected_hash=arguments.optional("hash"))
    if view["type"] == "home":
        hub.show_home(user)
    else:
        hub.show_views(user)
    return {"view": copy.deepcopy(view)}


def views_publish(hub: Hub, arguments: Arguments) -> Json:
    """Set a person's Home."""
    user = arguments.text("user_id")
    sent = arguments.parsed("view")
    if not hub.workspace.manifest.home_enabled:
        raise Refused("not_enabled")
    if user not in hub.workspace.people:
        raise Refused("user_not_found")
    view = hub.views.publish(user, sent, expected_hash=arguments.optional("hash"))
    hub.show_home(user)
    return {"view": copy.deepcopy(view)}


METHODS = {
    "views.open": Method(handler=views_open),
    "views.push": Method(handler=views_push),
    "views.update": Method(handler=views_update),
    "views.publish": Method(handler=views_publish),
}
