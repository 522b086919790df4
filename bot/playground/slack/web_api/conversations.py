"""conversations.open and conversations.info."""

from bot.playground.slack.hub import Hub
from bot.playground.slack.refused import Refused, missing_argument
from bot.playground.slack.web_api.arguments import Arguments
from bot.playground.slack.web_api.method import Method
from bot.playground.slack.wire import Json

MOST_PEOPLE = 8


def conversations_open(hub: Hub, arguments: Arguments) -> Json:
    """Open the direct message with one person."""
    channel = arguments.optional("channel")
    if channel:
        owner = hub.workspace.owner_of_dm(channel)
        if owner is None:
            raise Refused("channel_not_found")
        users = [owner.id]
    else:
        users = [user for user in (arguments.optional("users") or "").split(",") if user]
    if not users:
        raise missing_argument("users")
    people = [hub.workspace.people.get(user) for user in users]
    if len(people) > MOST_PEOPLE:
        raise Refused("too_many_users")
    if None in people:
        raise Refused("user_not_found")
    if any(person is not None and person.deleted for person in people):
        raise Refused("user_disabled")
    if len(people) > 1:
        # A group needs mpim:write, and this workspace has no groups.
        raise Refused("missing_scope", extra={"needed": "mpim:write", "provided": _provided(hub)})
    dm = hub.workspace.dm_of(users[0])
    described: Json = {"id": dm}
    if str(arguments.given.get("return_im", "")).lower() in ("true", "1"):
        described |= {"is_im": True, "user": users[0], "is_open": True}
    return {"no_op": True, "already_open": True, "channel": described}


def _provided(hub: Hub) -> str:
    return ",".join(sorted(hub.workspace.manifest.scopes))


def conversations_info(hub: Hub, arguments: Arguments) -> Json:
    """Describe a channel the app can see."""
    channel_id = arguments.text("channel")
    owner = hub.workspace.owner_of_dm(channel_id)
    if owner is not None:
        return {"channel": {"id": channel_id, "is_im": True, "user": owner.id}}
    channel = hub.workspace.channels.get(channel_id)
    if channel is None or (channel.is_private and not channel.app_is_member):
        raise Refused("channel_not_found")
    return {
        "channel": {
            "id": channel.id,
            "name": channel.name,
            "is_channel": True,
            "is_im": False,
            "is_private": channel.is_private,
            "is_ext_shared": channel.is_ext_shared,
            "is_member": channel.app_is_member,
            "topic": {"value": channel.topic},
        }
    }


METHODS = {
    "conversations.open": Method(handler=conversations_open, scopes=("im:write",)),
    "conversations.info": Method(
        handler=conversations_info,
        scopes=("channels:read", "groups:read", "im:read", "mpim:read"),
        json_body=False,
    ),
}
