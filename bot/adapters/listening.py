"""An HTTP server on a port of this machine that begins and ends within the bot."""

import asyncio
import os
import socket
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager, suppress
from typing import Any

import structlog
import uvicorn

KEPT_OPEN_SECONDS = 75
"""How long an idle connection stays open: longer than a proxy in front keeps it (60 as a rule), which
otherwise would now and then send a request into a connection that is just closing."""

CLOSING_LOOK_SECONDS = 0.005
"""How often to look at the end whether everything has been answered."""

AsgiApp = Callable[
    [MutableMapping[str, Any], Callable[[], Awaitable[Any]], Callable[[Any], Awaitable[None]]],
    Awaitable[None],
]

_log = structlog.get_logger(__name__)


class CannotListenError(Exception):
    """The port cannot be listened on; the message says why, in the machine's words."""


class _Server(uvicorn.Server):
    """uvicorn's server, which ends the moment it is asked to.

    uvicorn's own looks ten times a second whether it is to end, and then as often whether everything has.
    Signals are the business of whoever runs the bot.
    """

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_listening = asyncio.Event()
        self._ending = asyncio.Event()

    def end(self) -> None:
        """Ask it to end."""
        self.should_exit = True
        self._ending.set()

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

    async def main_loop(self) -> None:
        """Renew the date that answers bear every second, until it is asked to end."""
        while not await self.on_tick(0):
            with suppress(TimeoutError):
                async with asyncio.timeout(1):
                    await self._ending.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take nothing more, answer what was taken for as long as that is waited for, and close."""
        # What follows a timer comes after all that is just being accepted. A server that is closed in between
        # loses sight of such a connection (CPython's issue 109564).
        await asyncio.sleep(CLOSING_LOOK_SECONDS)
        for listening in (*self.servers, *(sockets or ())):
            listening.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(self.config.timeout_graceful_shutdown):
                await self._all_answered()
        for late in self.server_state.tasks:
            late.cancel()

    async def _all_answered(self) -> None:
        # uvicorn tells nobody when a connection comes or goes.
        while await self._is_busy():
            for connection in list(self.server_state.connections):
                connection.shutdown()
        for server in self.servers:
            await server.wait_closed()

    async def _is_busy(self) -> bool:
        await asyncio.sleep(CLOSING_LOOK_SECONDS)
        return bool(self.server_state.connections or self.server_state.tasks)


class Listening:
    """Serves an app on a port.

    Args:
        app: what answers.
        host: the address to listen on.
        port: the port; 0 takes any free one.
        answered_seconds: how long what was taken is waited for at the end.
        name: of the task, for whoever looks at a process that hangs.
    """

    def __init__(self, app: AsgiApp, *, host: str, port: int, answered_seconds: int, name: str) -> None:
        self._app = app
        self._host = host
        self._port = port
        self._answered_seconds = answered_seconds
        self._name = name
        self._server: _Server | None = None
        self._serving: asyncio.Task[None] | None = None

    @property
    def address(self) -> str:
        """Where it listens, without a slash at the end, once it has begun."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"

    async def begin(self) -> None:
        """Listen.

        Raises:
            CannotListenError: the port is taken, or not ours to use.
        """
        listening = self._socket()
        self._port = int(listening.getsockname()[1])
        config = uvicorn.Config(
            self._app,
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
            timeout_graceful_shutdown=self._answered_seconds,
        )
        self._server = server = _Server(config)
        self._serving = asyncio.create_task(server.serve(sockets=[listening]), name=self._name)
        await server.is_listening.wait()
        if self._serving.done():
            self._serving.result()

    async def end(self) -> None:
        """Take no more requests, and answer those that were taken."""
        if self._server is None or self._serving is None:
            return
        self._server.end()
        await self._serving
        if self._server.server_state.tasks:
            _log.warning("http.busy", count=len(self._server.server_state.tasks))

    def _socket(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        try:
            listening = socket.create_server((self._host, self._port), family=family, backlog=2048)
        except OSError as error:
            raise CannotListenError(os.strerror(error.errno) if error.errno else str(error)) from error
        # A connection has it from here. Without it the body of an answer waits for the caller's system to
        # acknowledge its head, which on Linux takes forty milliseconds; asyncio sees to that only for sockets
        # that it has made itself.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listening
