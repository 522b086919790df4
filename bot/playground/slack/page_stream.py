"""The page's stream of Server-Sent Events: what changes before one person."""

import asyncio
import json
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.playground.slack.hub import Hub
from bot.playground.slack.wire import Json

KEEP_ALIVE_SECONDS = 15


def streaming(hub: Hub) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Serve `/ui/stream?user=U`."""

    async def handle(request: web.Request) -> web.StreamResponse:
        user = request.query.get("user", "")
        if user not in hub.workspace.people:
            raise web.HTTPNotFound(text="there is nobody with this id")
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        with hub.streams.opened(user) as queue:
            try:
                for event in _now(hub, user):
                    await _write(response, json.dumps(event, ensure_ascii=False))
                while (told := await _next(queue)) is not None:
                    await _write(response, told)
            except ConnectionResetError:
                pass  # The page is gone.
        return response

    return handle


def _now(hub: Hub, user: str) -> list[Json]:
    """What a page has to know when it connects."""
    return [
        {"type": "connected", "app": hub.socket.connections > 0},
        {"type": "views", "stack": hub.views.stack(user)},
        {"type": "home", "view": hub.views.homes.get(user)},
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
