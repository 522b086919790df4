"""Telling staff in direct messages what happened by mail."""

from collections.abc import Awaitable, Callable

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import StorageUnavailable
from bot.domain.ids import StaffId, WorkspaceId
from bot.domain.settings import Sight
from bot.domain.staff import Reader
from bot.services.ports import StaffNotice
from bot.views.staff_notice import staff_message

_log = structlog.get_logger(__name__)


FOR_GOOD = frozenset(
    {"user_not_found", "user_disabled", "users_not_found", "cannot_dm_bot", "invalid_user_combination"}
)
"""What Slack says of people who can never be told: trying again would not help."""

InMessages = Callable[[], Awaitable[Sight]]
"""What of a client may stand in a direct message at present (P1)."""


class SlackStaffNotices:
    """`bot.services.ports.StaffNotices` over Slack; names stand in the message alone.

    Args:
        client: calls Slack.
        in_messages: asked before each message.
    """

    def __init__(self, client: AsyncWebClient, *, in_messages: InMessages) -> None:
        self._client = client
        self._in_messages = in_messages

    async def tell(self, workspace_id: WorkspaceId, notice: StaffNotice) -> bool:
        """Tell everybody whom it is for; who cannot be told is in the log. False: some may be told later."""
        if not notice.staff:
            _log.warning("staff_notice.for_nobody", workspace_id=workspace_id, kind=type(notice).__name__)
        try:
            sight = await self._in_messages()
        except StorageUnavailable:
            # What may be shown is not known: as little as ever.
            sight = Sight.INITIALS_ONLY
        message = staff_message(notice, Reader(sight=sight))
        done = [await self._send(each, message.text, list(message.blocks)) for each in notice.staff]
        return all(done)

    async def _send(self, staff_id: StaffId, text: str, blocks: list[dict[str, object]]) -> bool:
        try:
            opened = await self._client.conversations_open(users=staff_id)
            channel = opened.get("channel") or {}
            await self._client.chat_postMessage(channel=channel["id"], text=text, blocks=blocks)
        except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError, KeyError) as error:
            _log.warning("staff_notice.failed", staff_id=staff_id, kind=type(error).__name__)
            return isinstance(error, SlackApiError) and error.response.get("error") in FOR_GOOD
        return True
