"""chat.postMessage, chat.postEphemeral, chat.update, chat.delete."""

import copy

from bot.playground.slack.content import content_of
from bot.playground.slack.hub import Hub
from bot.playground.slack.messages import Message
from bot.playground.slack.refused import Refused
from bot.playground.slack.web_api.arguments import Arguments
from bot.playground.slack.web_api.method import Method
from bot.playground.slack.wire import Json

WRITE = ("chat:write",)


def _place(hub: Hub, channel_id: str) -> str:
    """Find where the app may write; a person's id stands for the direct message with them."""
    workspace = hub.workspace
    person = workspace.people.get(channel_id) or workspace.owner_of_dm(channel_id)
    if person is not None:
        if not workspace.manifest.messages_enabled:
            raise Refused("messages_tab_disabled")
        if person.deleted:
            raise Refused("user_disabled")
        return workspace.dm_of(person.id)
    channel = workspace.channels.get(channel_id)
    if channel is None or (channel.is_private and not channel.app_is_member):
        raise Refused("channel_not_found")
    if not channel.app_is_member and "chat:write.public" not in workspace.manifest.scopes:
        raise Refused("not_in_channel")
    return channel.id


def post_message(hub: Hub, arguments: Arguments) -> Json:
    """Post a message everybody in the channel sees."""
    channel = _place(hub, arguments.text("channel"))
    content = content_of(arguments.given)
    message = hub.from_app(channel, text=content.text, blocks=content.blocks)
    hub.post(message)
    return {"channel": channel, "ts": message.ts, "message": hub.payloads.message(message)}


def post_ephemeral(hub: Hub, arguments: Arguments) -> Json:
    """Post a message only one person sees."""
    channel = _place(hub, arguments.text("channel"))
    person = hub.workspace.people.get(arguments.text("user"))
    if person is None or not hub.workspace.may_read(person, channel):
        raise Refused("user_not_in_channel")
    content = content_of(arguments.given)
    message = hub.from_app(channel, text=content.text, blocks=content.blocks, only=person.id)
    hub.post(message)
    return {"message_ts": message.ts}


def _own(hub: Hub, arguments: Arguments, *, refusal: str) -> Message:
    channel = arguments.text("channel")
    ts = arguments.text("ts")
    if channel not in hub.workspace.channels and hub.workspace.owner_of_dm(channel) is None:
        raise Refused("channel_not_found")
    message = hub.messages.find(channel, ts)
    if message is None:
        raise Refused("message_not_found")
    if message.author != hub.workspace.app.bot_user_id:
        raise Refused(refusal)
    return message


def update(hub: Hub, arguments: Arguments) -> Json:
    """Put new content into one of the app's messages."""
    message = _own(hub, arguments, refusal="cant_update_message")
    content = content_of(arguments.given)
    message.text, message.blocks, message.edited = content.text, content.blocks, True
    message.state.clear()
    hub.edited(message)
    return {
        "channel": message.channel,
        "ts": message.ts,
        "text": message.text,
        "message": copy.deepcopy(hub.payloads.message(message)),
    }


def delete(hub: Hub, arguments: Arguments) -> Json:
    """Delete one of the app's messages."""
    message = _own(hub, arguments, refusal="cant_delete_message")
    hub.delete(message)
    return {"channel": message.channel, "ts": message.ts}


METHODS = {
    "chat.postMessage": Method(handler=post_message, scopes=WRITE),
    "chat.postEphemeral": Method(handler=post_ephemeral, scopes=WRITE),
    "chat.update": Method(handler=update, scopes=WRITE),
    "chat.delete": Method(handler=delete, scopes=WRITE),
}
