"""A person types a slash command."""

from bot.playground.slack.acks import NotAnsweredError
from bot.playground.slack.acts.outcome import DONE, NotPossibleError, failed, person_of, refuse_ack
from bot.playground.slack.content import content_of
from bot.playground.slack.hub import Hub
from bot.playground.slack.refused import Refused
from bot.playground.slack.wire import Json


async def command(hub: Hub, user: str, *, channel: str, text: str) -> Json:
    """Send a slash command; answers once the app has acked it, or its three seconds have run out."""
    person = person_of(hub, user)
    if not hub.workspace.may_read(person, channel):
        raise NotPossibleError("You are not in this channel.")
    name, _, rest = text.strip().partition(" ")
    known = hub.workspace.manifest.command(name)
    if known is None or "commands" not in hub.workspace.manifest.scopes or person.is_stranger:
        return failed(f"{name} is not a valid command.")
    response_url = hub.response_urls.issue(user=user, channel=channel)
    payload = {
        **hub.payloads.command(person, channel, command=name, text=rest),
        "response_url": f"{hub.origin}/commands/{hub.workspace.team.id}/{response_url}",
        "trigger_id": hub.triggers.issue(user),
    }
    try:
        ack = await hub.deliveries.deliver("slash_commands", payload, accepts=True)
    except NotAnsweredError as missing:
        return failed(f'{name} failed with the error "{missing.shown}"')
    if ack.payload is not None and not _answered(hub, user, channel, ack.payload):
        return failed(f'{name} failed with the error "invalid_command_response"')
    return DONE


def _answered(hub: Hub, user: str, channel: str, body: Json) -> bool:
    """Post what the app put into its ack; false when Slack would refuse it."""
    try:
        content = content_of(body)
    except Refused as refused:
        refuse_ack(hub, "slash_commands", "invalid_command_response", body, refused.error, *refused.messages)
        return False
    only = None if body.get("response_type") == "in_channel" else user
    hub.post(hub.from_app(channel, text=content.text, blocks=content.blocks, only=only))
    return True
