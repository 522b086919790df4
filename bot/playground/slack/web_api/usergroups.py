"""usergroups.list and usergroups.users.list."""

from bot.playground.slack.hub import Hub
from bot.playground.slack.refused import Refused
from bot.playground.slack.web_api.arguments import Arguments
from bot.playground.slack.web_api.method import Method
from bot.playground.slack.wire import Json


def usergroups_list(hub: Hub, arguments: Arguments) -> Json:
    """List the groups of the workspace."""
    _of_this_team(hub, arguments)
    return {"usergroups": [group.to_slack() for group in hub.workspace.groups.values()]}


def usergroups_users_list(hub: Hub, arguments: Arguments) -> Json:
    """List who is in one group."""
    _of_this_team(hub, arguments)
    group = hub.workspace.groups.get(arguments.text("usergroup"))
    if group is None:
        raise Refused("no_such_subteam")
    return {"users": sorted(group.members)}


def _of_this_team(hub: Hub, arguments: Arguments) -> None:
    if arguments.optional("team_id") not in (None, "", hub.workspace.team.id):
        raise Refused("team_not_found")


METHODS = {
    "usergroups.list": Method(handler=usergroups_list, scopes=("usergroups:read",), json_body=False),
    "usergroups.users.list": Method(
        handler=usergroups_users_list, scopes=("usergroups:read",), json_body=False
    ),
}
