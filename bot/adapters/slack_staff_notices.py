"""Telling staff in direct messages what happened by mail."""

import aiohttp
import structlog
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.ids import StaffId, WorkspaceId
from bot.services.ports import StaffNotice
from bot.views.staff_notice import staff_message

_log = structlog.get_logger(__name__)


class SlackStaffNotices:
    """`bot.services.ports.StaffNotices` over Slack; names stand in the message alone."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def tell(self, workspace_id: WorkspaceId, notice: StaffNotice) -> None:
        """Tell everybody whom it is for; who cannot be told is in the log."""
        if not notice.staff:
            _log.warning("staff_notice.for_nobody", workspace_id=workspace_id, kind=type(notice).__name__)
        message = staff_message(notice)
        for staff_id in notice.staff:
            await self._send(staff_id, message.text, list(message.blocks))

    async def _send(self, staff_id: StaffId, text: str, blocks: list[dict[str, object]]) -> None:
        try:
            opened = await self._client.conversations_open(users=staff_id)
            channel = opened.get("channel") or {}
            await self._client.chat_postMessage(channel=channel["id"], text=text, blocks=blocks)
        except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError, KeyError) as error:
            _log.warning("staff_notice.failed", staff_id=staff_id, kind=type(error).__name__)
