"""One connection of Socket Mode, which ends once and for all.

The SDK's client connects again by itself, and now and then gets stuck in that: it tries a used address
for ever, or it is connected with nobody left who listens. Here a client is good for one connection, and
whoever keeps it opens another.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import structlog
from aiohttp import ClientError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How quickly it is noticed that a connection is gone, and how soon another one is tried, in seconds."""

    look: float = 0.2
    """Between two looks whether it is still there."""
    ping: float = 5.0
    """Between two pings; without an answer to any of four the connection counts as dead."""
    hello: float = 10.0
    """Until Slack has said hello over a new connection: only then does anything arrive there."""
    goodbye: float = 2.0
    """For a connection to close; one that is dead does not answer to that either."""
    first_wait: float = 0.5
    """Before the second try to connect; then twice as long each time."""
    longest_wait: float = 15.0
    """Between two tries while Slack is away: people are told by Slack that the app does not answer."""


class Connection(SocketModeClient):
    """The SDK's client for a single connection."""

    def __init__(self, address: str, app_token: str, *, web_client: AsyncWebClient, pace: Pace) -> None:
        super().__init__(app_token=app_token, web_client=web_client, ping_interval=pace.ping)
        self.wss_uri = address
        self._pace = pace
        self._greeted = asyncio.Event()
        self._over = asyncio.Event()
        self.message_listeners.append(self._listen)

    async def open(self) -> None:
        """Connect, and wait for Slack's hello.

        Raises:
            OSError: it could not be opened, or was closed again at once; aiohttp's ClientError and
                TimeoutError likewise.
        """
        async with asyncio.timeout(self._pace.hello):
            await self.connect()
            while not self._greeted.is_set():
                if await self.is_over():
                    raise ConnectionResetError("closed without a hello")
                await _first_of(self._greeted, self._over, seconds=self._pace.look)

    async def connect(self) -> None:
        """Connect once: the SDK's own way tries the same address again for ever."""
        self.current_session = await self.aiohttp_client_session.ws_connect(
            self.wss_uri or "",
            autoping=False,
            heartbeat=self.ping_interval,
            proxy=self.proxy,
            ssl=True if self.web_client.ssl is None else self.web_client.ssl,
        )
        self.current_session_monitor = asyncio.ensure_future(self.monitor_current_session())
        self.message_receiver = asyncio.ensure_future(self.receive_messages())

    async def connect_to_new_endpoint(self, force: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - as the SDK calls it
        """Say that it is over, where the SDK would connect again: Slack sends it away, or is not heard."""
        self._over.set()

    async def is_over(self) -> bool:
        """Say whether nothing, or soon nothing, arrives any more."""
        readers = (self.message_receiver, self.message_processor)
        stopped = any(reader is None or reader.done() for reader in readers)
        return self._over.is_set() or stopped or not await self.is_connected()

    async def lost(self) -> None:
        """Wait until it is over."""
        while not await self.is_over():
            await _first_of(self._over, seconds=self._pace.look)

    async def end(self) -> None:
        """Close it, and wait for nobody who does not answer."""
        try:
            async with asyncio.timeout(self._pace.goodbye):
                await self.close()  # type: ignore[no-untyped-call]  # the SDK's own has no types
        except (TimeoutError, ClientError, OSError):
            self.current_session = None
            await self.close()  # type: ignore[no-untyped-call]  # the SDK's own has no types

    async def _listen(self, _client: object, message: Mapping[str, object], _raw: str | None) -> None:
        if message.get("type") == "hello":
            self._greeted.set()


async def _first_of(*events: asyncio.Event, seconds: float) -> None:
    """Wait until one of the events is set, or the time is over."""
    waiting = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in waiting:
            each.cancel()
