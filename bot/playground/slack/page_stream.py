"""The page's stream of Server-Sent Events: what changes before one person."""

import asyncio
import json
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.playground.slack.hub import Hub
from bot.playground.slack.wire import Json

KEEP_ALIVE_SECONDS = 15
TRAFFIC_BEFORE = 200
"""Entries of the log that a page which begins to watch is told of."""


def streaming(hub: Hub) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Serve `/ui/stream?user=U`, and with `&traffic=1` also what passes between Slack and the app."""

    async def handle(request: web.Request) -> web.StreamResponse:
        user = request.query.get("user", "")
        if user not in hub.workspace.people:
            raise web.HTTPNotFound(text="there is nobody with this id")
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        watches = request.query.get("traffic") == "1"
        with hub.streams.opened(user, watches=watches) as queue:
            try:
                for event in _now(hub, user, watches=watches):
                    await _write(response, json.dumps(event, ensure_ascii=False))
                while (told := await _next(queue)) is not None:
                    await _write(response, told)
            except ConnectionResetError:
                pass  # The page is gone.
        return response

    return handle


def _now(hub: Hub, user: str, *, watches: bool) -> list[Json]:
    """What a page has to know when it connects."""
    before = hub.traffic.latest(TRAFFIC_BEFORE) if watches else []
    return [
        {"type": "connected", "app": hub.deliveries.is_connected},
        {"type": "views", "stack": hub.views.stack(user)},
        {"type": "home", "view": hub.views.homes.get(user)},
        {"type": "unread", "counts": hub.read_marks.unread(user)},
        *before,
    ]


async def _next(queue: asyncio.Queue[str | None]) -> str | None:
    """Take the next event; an empty text stands for a while in which nothing happened."""
    try:
        async with asyncio.timeout(KEEP_ALIVE_SECONDS):
            return await queue.get()
    except TimeoutError:
        return ""


async def _write(response: web.StreamResponse, told: str) -> None:
    # A line that begins with a colon is a comment: it keeps the connection and shows when the page is gone.
    text = f"data: {told}\n\n" if told else ": still here\n\n"
    await response.write(text.encode())
