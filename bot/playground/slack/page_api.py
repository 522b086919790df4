"""The surface for the page, `/ui/*`: what there is to see, and what a person can do."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from aiohttp import web

from bot.playground.slack.acts.clicks import act, report_state
from bot.playground.slack.acts.commands import command
from bot.playground.slack.acts.conversation import open_home, say
from bot.playground.slack.acts.faults import clear_faults, faults, order_fault
from bot.playground.slack.acts.forms import close, submit
from bot.playground.slack.acts.outcome import DONE, NotPossibleError, failed, person_of
from bot.playground.slack.acts.suggestions import suggest
from bot.playground.slack.hub import Hub
from bot.playground.slack.wire import Json

Answer: TypeAlias = Callable[[Hub, Json], Awaitable[Json]]


async def workspace(hub: Hub, _asked: Json) -> Json:
    """Tell who and what is there."""
    here, manifest = hub.workspace, hub.workspace.manifest
    return {
        "team": {"id": here.team.id, "name": here.team.name},
        "app": {
            "id": here.app.app_id,
            "name": manifest.bot_name,
            "bot_user_id": here.app.bot_user_id,
            "description": manifest.description,
        },
        "people": [person.to_page() for person in here.people.values()],
        "channels": [
            {
                "id": channel.id,
                "name": channel.name,
                "is_private": channel.is_private,
                "topic": channel.topic,
                "is_ext_shared": channel.is_ext_shared,
                "members": [person.id for person in here.people.values() if channel.has(person)],
            }
            for channel in here.channels.values()
        ],
        "commands": [
            {"command": known.command, "description": known.description, "usage_hint": known.usage_hint}
            for known in manifest.commands
        ],
        "offers": list(hub.offers),
        "home_enabled": manifest.home_enabled,
        "messages_enabled": manifest.messages_enabled and not manifest.messages_read_only,
    }


async def messages(hub: Hub, asked: Json) -> Json:
    """Tell what a person sees in a channel."""
    person = person_of(hub, _text(asked, "user"))
    channel = _text(asked, "channel")
    if not hub.workspace.may_read(person, channel):
        raise NotPossibleError("You are not in this channel.")
    return {"messages": [hub.on_page(message) for message in hub.messages.seen_by(person.id, channel)]}


async def dm(hub: Hub, asked: Json) -> Json:
    """Tell which channel is the direct message between a person and the app."""
    return {"channel": hub.workspace.dm_of(person_of(hub, _text(asked, "user")).id)}


async def do_command(hub: Hub, asked: Json) -> Json:
    """Type a slash command."""
    return await command(
        hub, _text(asked, "user"), channel=_text(asked, "channel"), text=_text(asked, "text")
    )


async def do_message(hub: Hub, asked: Json) -> Json:
    """Write a message."""
    return await say(hub, _text(asked, "user"), channel=_text(asked, "channel"), text=_text(asked, "text"))


async def do_action(hub: Hub, asked: Json) -> Json:
    """Use an element that tells the app at once."""
    return await act(
        hub,
        _text(asked, "user"),
        surface=_object(asked, "surface"),
        chosen={name: value for name, value in asked.items() if name not in ("user", "surface", "state")},
        state=asked.get("state"),
    )


async def do_state(hub: Hub, asked: Json) -> Json:
    """Report what stands in the inputs of a surface."""
    return report_state(
        hub, _text(asked, "user"), surface=_object(asked, "surface"), state=asked.get("state")
    )


async def do_submit(hub: Hub, asked: Json) -> Json:
    """Send a form."""
    return await submit(hub, _text(asked, "user"), view_id=_text(asked, "view_id"), state=asked.get("state"))


async def do_close(hub: Hub, asked: Json) -> Json:
    """Close a modal, or all of them."""
    return await close(
        hub, _text(asked, "user"), view_id=_text(asked, "view_id"), everything=bool(asked.get("all"))
    )


async def do_suggest(hub: Hub, asked: Json) -> Json:
    """Type into a select whose options come from the app."""
    return await suggest(
        hub,
        _text(asked, "user"),
        surface=_object(asked, "surface"),
        within=(_text(asked, "block_id"), _text(asked, "action_id")),
        value=str(asked.get("value", "")),
    )


async def do_read(hub: Hub, asked: Json) -> Json:
    """Have everything in a channel before one's eyes."""
    person = person_of(hub, _text(asked, "user"))
    channel = _text(asked, "channel")
    if not hub.workspace.may_read(person, channel):
        raise NotPossibleError("You are not in this channel.")
    hub.read_marks.read(person.id, channel)
    hub.show_unread(person.id)
    return DONE


async def do_home(hub: Hub, asked: Json) -> Json:
    """Open Home."""
    return await open_home(hub, _text(asked, "user"))


LOOKS: dict[str, Answer] = {
    "/ui/workspace": workspace,
    "/ui/messages": messages,
    "/ui/dm": dm,
    "/ui/faults": faults,
}
ACTS: dict[str, Answer] = {
    "/ui/command": do_command,
    "/ui/message": do_message,
    "/ui/action": do_action,
    "/ui/state": do_state,
    "/ui/submit": do_submit,
    "/ui/close": do_close,
    "/ui/suggest": do_suggest,
    "/ui/home": do_home,
    "/ui/read": do_read,
    "/ui/faults": order_fault,
    "/ui/faults/clear": clear_faults,
}


def looking(hub: Hub, answer: Answer) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Serve a look over GET, asked by the query."""

    async def handle(request: web.Request) -> web.Response:
        return web.json_response(await _answered(hub, answer, dict(request.query)))

    return handle


def acting(hub: Hub, answer: Answer) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Serve an act over POST, asked by a JSON object."""

    async def handle(request: web.Request) -> web.Response:
        # Another site's page can post plain forms here, but JSON only with a leave this server never gives.
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType(text="application/json is needed")
        try:
            asked = await request.json()
        except ValueError:
            raise web.HTTPBadRequest(text="a JSON object is needed") from None
        if not isinstance(asked, dict):
            raise web.HTTPBadRequest(text="a JSON object is needed")
        return web.json_response(await _answered(hub, answer, asked))

    return handle


async def _answered(hub: Hub, answer: Answer, asked: Json) -> Json:
    try:
        return await answer(hub, asked)
    except NotPossibleError as impossible:
        return failed(str(impossible))


def _text(asked: Json, name: str) -> str:
    value = asked.get(name)
    if not isinstance(value, str) or not value:
        raise NotPossibleError(f"`{name}` is missing.")
    return value


def _object(asked: Json, name: str) -> Json:
    value = asked.get(name)
    if not isinstance(value, dict):
        raise NotPossibleError(f"`{name}` is missing.")
    return value
