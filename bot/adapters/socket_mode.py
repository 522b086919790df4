"""Socket Mode that can end well: what is under way is answered before the socket closes."""

import asyncio

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient


class SocketMode(AsyncSocketModeHandler):
    """Bolt's handler, which also knows what it is answering just now."""

    def __init__(self, app: AsyncApp, app_token: str, *, web_client: AsyncWebClient) -> None:
        super().__init__(app, app_token, web_client=web_client)
        self._under_way = 0
        self._is_ending = False
        self._idle = asyncio.Event()
        self._idle.set()

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]  # as Bolt itself narrows it
        """Answer one envelope; one that comes while ending is left to another connection."""
        if self._is_ending:
            return
        self._under_way += 1
        self._idle.clear()
        try:
            await super().handle(client, req)
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._idle.set()

    async def end(self) -> None:
        """Take nothing new, and wait until everything that was taken is answered."""
        self._is_ending = True
        await self._idle.wait()
