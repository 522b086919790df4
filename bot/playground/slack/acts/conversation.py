"""A person writes something, or opens the app's Home."""

from bot.playground.slack.acts.events import tell
from bot.playground.slack.acts.outcome import DONE, NotPossibleError, failed, person_of
from bot.playground.slack.hub import Hub
from bot.playground.slack.identifiers import short_id
from bot.playground.slack.messages import Message
from bot.playground.slack.wire import Json


async def say(hub: Hub, user: str, *, channel: str, text: str) -> Json:
    """Post what a person wrote; in the direct message with the app, the app hears of it."""
    person = person_of(hub, user)
    if not hub.workspace.may_read(person, channel):
        raise NotPossibleError("You are not in this channel.")
    manifest = hub.workspace.manifest
    to_app = hub.workspace.owner_of_dm(channel) is not None
    if to_app and (manifest.messages_read_only or not manifest.messages_enabled):
        return failed("Sending messages to this app has been turned off.")
    message = Message(
        channel=channel,
        ts=hub.timestamps.next(),
        author=user,
        text=text,
        blocks=[_as_rich_text(text)] if text else [],
    )
    hub.post(message)
    if to_app and "message.im" in manifest.events and "im:history" in manifest.scopes:
        await tell(hub, hub.payloads.said_to_app(person, message))
    return DONE


async def open_home(hub: Hub, user: str) -> Json:
    """Open Home: the app hears of it, and the person sees what is published for them."""
    person = person_of(hub, user)
    if not hub.workspace.manifest.home_enabled:
        raise NotPossibleError("This app has no Home.")
    if "app_home_opened" in hub.workspace.manifest.events:
        home = hub.views.homes.get(user)
        await tell(hub, hub.payloads.home_opened(person, home=home, ts=hub.timestamps.next()))
    return {"ok": True, "view": hub.views.homes.get(user)}


def _as_rich_text(text: str) -> Json:
    return {
        "type": "rich_text",
        "block_id": short_id(),
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}],
    }
