"""How requests reach an app: through its socket, or as signed HTTP over connections that stay open."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol
from urllib.parse import urlsplit

import httptools

from tests.benchmarks.payloads import Request
from tests.benchmarks.stand_in import Connections

Send = Callable[[], Awaitable[str]]


class Caller(Protocol):
    """Sends requests to one app."""

    def prepared(self, request: Request) -> Send:
        """Return what sends a request and waits for its ack; writing and signing it is done by then."""


class SocketCaller:
    """Sends over the app's Socket Mode connection."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def prepared(self, request: Request) -> Send:
        """Return what sends a request."""
        envelope = request.envelope()
        return lambda: self._connections.deliver(envelope, request.envelope_id)


class HttpCaller:
    """Sends signed requests, over as many connections as there are requests at once."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._host, self._port, self._path = parts.hostname or "", parts.port or 80, parts.path
        self._idle: list[_Connection] = []

    def prepared(self, request: Request) -> Send:
        """Return what sends a request."""
        raw = request.http(host=f"{self._host}:{self._port}", path=self._path)
        return lambda: self._send(raw)

    async def _send(self, raw: bytes) -> str:
        connection = await self._connected()
        answer = await connection.ask(raw)
        self._idle.append(connection)
        return answer

    async def _connected(self) -> "_Connection":
        while self._idle:
            connection = self._idle.pop()
            # A server closes what was idle for some seconds, as happens between two rounds.
            if connection.is_open:
                return connection
        _, connection = await asyncio.get_running_loop().create_connection(
            _Connection, self._host, self._port
        )
        return connection


class _Connection(asyncio.Protocol):
    """One connection: a request, its answer, the next request."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._waiting: asyncio.Future[str] | None = None
        self._body = bytearray()
        self._parser = httptools.HttpResponseParser(self)

    @property
    def is_open(self) -> bool:
        """Whether the app has not hung up."""
        return self._transport is not None and not self._transport.is_closing()

    def ask(self, raw: bytes) -> asyncio.Future[str]:
        """Send a request."""
        if self._transport is None:
            raise ConnectionError("the connection is not open")
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(raw)
        return self._waiting

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]  # what create_connection makes is one

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def connection_lost(self, error: Exception | None) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(error or ConnectionError("the app has hung up"))

    def on_body(self, body: bytes) -> None:
        """Keep a part of an answer, as the parser has it."""
        self._body += body

    def on_message_complete(self) -> None:
        """Hand over the answer."""
        status, body = self._parser.get_status_code(), self._body.decode()
        self._body.clear()
        self._parser = httptools.HttpResponseParser(self)
        if self._waiting is None:
            return
        if status == 200:
            self._waiting.set_result(body)
        else:
            self._waiting.set_exception(ConnectionError(f"status {status}"))
