"""Socket Mode that can end well: what is under way is answered before the socket closes."""

import asyncio

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

_log = structlog.get_logger(__name__)

ANSWERED_SECONDS = 3
"""Slack waits so long for an ack: whatever was taken before is answered by then."""


class SocketMode(AsyncSocketModeHandler):
    """Bolt's handler, which also knows what it is answering just now."""

    def __init__(self, app: AsyncApp, app_token: str, *, web_client: AsyncWebClient) -> None:
        super().__init__(app, app_token, web_client=web_client)
        self._under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def begin(self) -> None:
        """Connect, having asked for the address first: the SDK would try a wrong token again for ever.

        Raises:
            SlackApiError: Slack does not take the token.
        """
        self.client.wss_uri = await self.client.issue_new_wss_url()
        await self.connect_async()  # type: ignore[no-untyped-call]  # Bolt's own signature has no types

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]  # as Bolt itself narrows it
        """Answer one envelope."""
        self._under_way += 1
        self._idle.clear()
        try:
            await super().handle(client, req)
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._idle.set()

    async def end(self) -> None:
        """Answer what was taken, and close.

        Until it is closed Slack sends payloads here and nowhere else, so those that come meanwhile are
        answered as well. What an answer still has to show needs no socket.
        """
        try:
            async with asyncio.timeout(ANSWERED_SECONDS):
                await self._idle.wait()
        except TimeoutError:
            _log.warning("socket.busy", count=self._under_way)
        await self.close_async()  # type: ignore[no-untyped-call]  # Bolt's own signature has no types
