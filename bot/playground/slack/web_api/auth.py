"""auth.test and apps.connections.open."""

from bot.playground.slack.hub import Hub
from bot.playground.slack.web_api.arguments import Arguments
from bot.playground.slack.web_api.method import Method
from bot.playground.slack.wire import Json


def auth_test(hub: Hub, _arguments: Arguments) -> Json:
    """Tell whose token it is."""
    workspace = hub.workspace
    return {
        "url": hub.origin + "/",
        "team": workspace.team.name,
        "user": workspace.manifest.bot_name.lower(),
        "team_id": workspace.team.id,
        "user_id": workspace.app.bot_user_id,
        "bot_id": workspace.app.bot_id,
        "is_enterprise_install": False,
    }


def connections_open(hub: Hub, _arguments: Arguments) -> Json:
    """Give the address of one Socket Mode connection."""
    ticket = hub.socket.new_ticket()
    origin = hub.origin.replace("http://", "ws://", 1)
    return {"url": f"{origin}/link/?ticket={ticket}&app_id={hub.workspace.app.app_id}"}


METHODS = {
    "auth.test": Method(handler=auth_test),
    "apps.connections.open": Method(handler=connections_open, token="app"),  # noqa: S106 - the kind of token
}
