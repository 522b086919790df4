"""Telling staff in direct messages what happened by mail."""

from collections.abc import Awaitable, Callable

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import DirectoryUnavailable
from bot.domain.ids import StaffId, WorkspaceId
from bot.domain.settings import Sight
from bot.domain.staff import Reader
from bot.services.ports import StaffNotice, Telling
from bot.views.staff_notice import staff_message

_log = structlog.get_logger(__name__)


FOR_GOOD = frozenset(
    {"user_not_found", "user_disabled", "users_not_found", "cannot_dm_bot", "invalid_user_combination"}
)
"""What Slack says of people who can never be told: trying again would not help."""

SightOf = Callable[[StaffId], Awaitable[Sight | None]]
"""What of a client somebody may read in a direct message at present; None where nothing at all (P1, P7)."""


class SlackStaffNotices:
    """`bot.services.ports.StaffNotices` over Slack; names stand in the message alone.

    Args:
        client: calls Slack.
        sight_of: asked of each person before each message.
    """

    def __init__(self, client: AsyncWebClient, *, sight_of: SightOf) -> None:
        self._client = client
        self._sight_of = sight_of

    async def tell(self, workspace_id: WorkspaceId, notice: StaffNotice) -> Telling:
        """Tell everybody whom it is for; who cannot be told is in the log."""
        if not notice.staff:
            _log.warning("staff_notice.for_nobody", workspace_id=workspace_id, kind=type(notice).__name__)
        done = {await self._tell(each, notice) for each in notice.staff}
        if Telling.LATER in done:
            return Telling.LATER
        return Telling.DONE if Telling.DONE in done else Telling.NEVER

    async def _tell(self, staff_id: StaffId, notice: StaffNotice) -> Telling:
        try:
            sight = await self._sight_of(staff_id)
        except DirectoryUnavailable:
            _log.warning("staff_notice.failed", staff_id=staff_id, kind=DirectoryUnavailable.__name__)
            return Telling.LATER
        if sight is None:
            _log.warning("staff_notice.not_staff", staff_id=staff_id)
            return Telling.NEVER
        message = staff_message(notice, Reader(sight=sight))
        return await self._send(staff_id, message.text, list(message.blocks))

    async def _send(self, staff_id: StaffId, text: str, blocks: list[dict[str, object]]) -> Telling:
        try:
            opened = await self._client.conversations_open(users=staff_id)
            channel = opened.get("channel") or {}
            await self._client.chat_postMessage(channel=channel["id"], text=text, blocks=blocks)
        except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError, KeyError) as error:
            _log.warning("staff_notice.failed", staff_id=staff_id, kind=type(error).__name__)
            for_good = isinstance(error, SlackApiError) and error.response.get("error") in FOR_GOOD
            return Telling.NEVER if for_good else Telling.LATER
        return Telling.DONE
