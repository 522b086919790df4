"""A loopback Slack that speaks the protocol and keeps no rules, so that it costs as little as possible.

The local Slack of the playground checks whatever it is sent, which takes longer than the bot's answer.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import StrEnum
from time import perf_counter

from aiohttp import WSMsgType, web

from tests.databases import WORKSPACE, WORKSPACE_NAME

TOLD = "/told/"
"""Where what is told in answer to a command arrives, followed by the command's trigger."""

_TRIGGER = re.compile(rb'"trigger_id": ?"([^"]+)"')


class Connections:
    """The sockets of one app, and the envelopes that wait for its ack."""

    def __init__(self) -> None:
        self.connected = asyncio.Event()
        self._socket: web.WebSocketResponse | None = None
        self._waiting: dict[str, asyncio.Future[str]] = {}

    async def serve(self, socket: web.WebSocketResponse) -> None:
        """Take acks until the socket closes."""
        self._socket = socket
        await socket.send_json({"type": "hello", "num_connections": 1})
        self.connected.set()
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                # The envelope's id is the first thing that the SDK writes; the rest is read later, if at all.
                waiting = self._waiting.pop(message.data.split('"', 4)[3], None)
                if waiting is not None:
                    waiting.set_result(message.data)

    async def deliver(self, envelope: str, envelope_id: str) -> str:
        """Send an envelope and return its ack."""
        if self._socket is None:
            raise ConnectionError("the app is not connected")
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = answer
        await self._socket.send_str(envelope)
        return await answer


class Shown(StrEnum):
    """What follows the ack of a command."""

    WINDOW = "window"
    MESSAGE = "message"


class StandIn:
    """The Web API and Socket Mode, for several apps at once; each app is named by its tokens."""

    def __init__(self) -> None:
        self.origin = ""
        self._apps: dict[str, Connections] = {}
        self._shown: dict[str, tuple[Shown, asyncio.Future[float]]] = {}

    def app(self, name: str) -> Connections:
        """Return an app's connections."""
        return self._apps.setdefault(name, Connections())

    def shown(self, trigger_id: str, what: Shown) -> asyncio.Future[float]:
        """Return when a window or a message arrives for this trigger, by the clock of `perf_counter`."""
        arrival: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._shown[trigger_id] = what, arrival
        return arrival

    async def link(self, request: web.Request) -> web.WebSocketResponse:
        """Serve a socket."""
        socket = web.WebSocketResponse(compress=False, max_msg_size=0)
        await socket.prepare(request)
        await self.app(request.query["app"]).serve(socket)
        return socket

    async def told(self, request: web.Request) -> web.Response:
        """Take what is told in answer to a command."""
        self._arrived(request.match_info["trigger"], perf_counter(), Shown.MESSAGE)
        await request.read()
        return web.Response(text="ok")

    async def api(self, request: web.Request) -> web.Response:
        """Answer a call of the Web API."""
        body = await request.read()
        match request.match_info["method"]:
            case "views.open" | "views.push":
                return self._open(body)
            case "users.info":
                answer = _person(request.query["user"])
            case "apps.connections.open":
                app = request.headers["Authorization"].rpartition("-")[2]
                answer = {"url": f"{self.origin.replace('http', 'ws', 1)}/link/?app={app}"}
            case "auth.test":
                answer = {"team_id": WORKSPACE, "team": WORKSPACE_NAME, "user_id": "U0BOT", "bot_id": "B0BOT"}
            case _:
                answer = {"channel": {"id": "D0"}, "view": {"id": "V0"}}
        return web.Response(text=json.dumps({"ok": True, **answer}), content_type="application/json")

    def _open(self, body: bytes) -> web.Response:
        now = perf_counter()
        found = _TRIGGER.search(body)
        if found:
            self._arrived(found.group(1).decode(), now, Shown.WINDOW)
        # Slack answers with the view, so the app has as much to read as it has sent.
        echo = b'{"ok": true, "view": {"id": "V0", "sent": ' + body + b"}}"
        return web.Response(body=echo, content_type="application/json")

    def _arrived(self, trigger_id: str, now: float, shown: Shown) -> None:
        awaited, arrival = self._shown.pop(trigger_id, (shown, None))
        if arrival is None:
            return
        if shown is awaited:
            arrival.set_result(now)
        else:
            arrival.set_exception(RuntimeError(f"a {awaited} was to be shown, and it was a {shown}"))


def _person(user: object) -> dict[str, object]:
    name = f"Staff {user}"
    profile = {"real_name": name, "team": WORKSPACE}
    return {"user": {"id": user, "team_id": WORKSPACE, "real_name": name, "profile": profile}}


@asynccontextmanager
async def standing_in() -> AsyncIterator[StandIn]:
    """Run a stand-in on a free port of this machine."""
    slack = StandIn()
    application = web.Application(client_max_size=4 * 1024 * 1024)
    application.router.add_route("*", "/api/{method}", slack.api)
    application.router.add_post(TOLD + "{trigger}", slack.told)
    application.router.add_get("/link/", slack.link)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        slack.origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield slack
    finally:
        await runner.cleanup()
