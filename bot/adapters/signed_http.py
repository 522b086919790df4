"""Signed HTTP that can end well: Slack calls the bot, and what it has called for is answered at the end."""

import asyncio
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
import uvicorn
from slack_bolt.async_app import AsyncApp

from bot.adapters.slack_door import EVENTS_PATH, SlackDoor

ANSWERED_SECONDS = 3
"""Slack waits so long for an answer: whatever was taken before is answered by then."""

KEPT_OPEN_SECONDS = 75
"""How long an idle connection stays open: longer than a proxy in front keeps it (60 as a rule), which
otherwise would now and then send a request into a connection that is just closing."""

_log = structlog.get_logger(__name__)


class CannotListenError(Exception):
    """The port cannot be listened on; the message says why, in the machine's words."""


class _Server(uvicorn.Server):
    """uvicorn's server; signals are the business of whoever runs the bot."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_listening = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Take requests on the sockets."""
        try:
            await super().startup(sockets)
        finally:
            self.is_listening.set()


class SignedHttp:
    """Listens for Slack's requests.

    Args:
        app: what answers them.
        signing_secret: what Slack signs them with.
        host: the address to listen on.
        port: the port; 0 takes any free one.
    """

    def __init__(self, app: AsyncApp, signing_secret: str, *, host: str, port: int) -> None:
        self._door = SlackDoor(app, signing_secret)
        self._host = host
        self._port = port
        self._server: _Server | None = None
        self._serving: asyncio.Task[None] | None = None

    @property
    def address(self) -> str:
        """Where Slack's requests are taken, once it has begun."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}{EVENTS_PATH}"

    async def begin(self) -> None:
        """Listen.

        Raises:
            CannotListenError: the port is taken, or not ours to use.
        """
        listening = self._socket()
        self._port = int(listening.getsockname()[1])
        config = uvicorn.Config(
            self._door,
            http="httptools",
            # The loop is there already: whoever runs the bot has chosen it.
            loop="none",
            ws="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=KEPT_OPEN_SECONDS,
            timeout_graceful_shutdown=ANSWERED_SECONDS,
        )
        self._server = server = _Server(config)
        self._serving = asyncio.create_task(server.serve(sockets=[listening]), name="signed-http")
        await server.is_listening.wait()
        if self._serving.done():
            self._serving.result()

    async def end(self) -> None:
        """Take no more requests, and answer those that were taken."""
        if self._server is None or self._serving is None:
            return
        self._server.should_exit = True
        await self._serving
        if self._server.server_state.tasks:
            _log.warning("http.busy", count=len(self._server.server_state.tasks))

    def _socket(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        try:
            return socket.create_server((self._host, self._port), family=family, backlog=2048)
        except OSError as error:
            raise CannotListenError(os.strerror(error.errno) if error.errno else str(error)) from error
