"""users.info."""

from bot.playground.slack.hub import Hub
from bot.playground.slack.refused import Refused
from bot.playground.slack.web_api.arguments import Arguments
from bot.playground.slack.web_api.method import Method
from bot.playground.slack.wire import Json


def users_info(hub: Hub, arguments: Arguments) -> Json:
    """Describe one person; the e-mail address only with its own scope."""
    user = arguments.text("user")
    workspace = hub.workspace
    if user == workspace.app.bot_user_id:
        name = workspace.manifest.bot_name
        return {
            "user": {
                "id": user,
                "team_id": workspace.team.id,
                "name": name.lower(),
                "real_name": name,
                "deleted": False,
                "is_bot": True,
                "profile": {"real_name": name, "team": workspace.team.id},
            }
        }
    person = workspace.people.get(user)
    if person is None:
        raise Refused("user_not_found")
    return {"user": person.to_slack(with_email="users:read.email" in workspace.manifest.scopes)}


METHODS = {"users.info": Method(handler=users_info, scopes=("users:read",), json_body=False)}
