"""Telling a person something in a message, wherever it reaches them, and again later where it did not."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from enum import StrEnum

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.adapters.ordered_calls import OrderedCalls, QueueFullError
from bot.adapters.slack_calls import CALL_LIMITS
from bot.domain.ids import StaffId
from bot.handlers.interaction import Interaction
from bot.views.summary import Message

FAILURES = (SlackApiError, SlackClientError, aiohttp.ClientError, TimeoutError, OSError)
"""What a call to Slack can end with."""

TOLD = ":told"
"""The line, in each person's order, of what they are told."""

Arrived = Callable[[str, str], Awaitable[None]]
"""Told the channel of a message that was sent, and its time there, which is its name."""

_log = structlog.get_logger(__name__)


class Delivered(StrEnum):
    """How a call ended."""

    DONE = "done"
    GONE = "gone"
    """The view was closed meanwhile."""
    FAILED = "failed"
    UNSURE = "unsure"
    """Slack's answer was lost: nobody can know whether it was carried out."""


class Telling:
    """Sends direct messages, and answers where the person is.

    Args:
        client: calls Slack.
        queue: where what is told again waits.
        again_after: seconds before each further try.
    """

    def __init__(
        self,
        *,
        client: AsyncWebClient,
        queue: OrderedCalls,
        again_after: tuple[float, ...] = CALL_LIMITS.told_again,
    ) -> None:
        self._client = client
        self._queue = queue
        self._again_after = again_after
        self._ending = asyncio.Event()

    def hurry(self) -> None:
        """Wait no more between two tries: the program ends."""
        self._ending.set()

    async def send(self, staff_id: StaffId, message: Message, *, arrived: Arrived | None = None) -> Delivered:
        """Send a direct message, and tell `arrived` where it stands."""
        try:
            opened = await self._client.conversations_open(users=staff_id)
        except FAILURES as error:
            log_failure("conversations.open", error)
            return Delivered.FAILED
        channel = opened.get("channel")
        channel_id = str(channel.get("id")) if isinstance(channel, Mapping) else ""
        try:
            answer = await self._client.chat_postMessage(
                channel=channel_id,
                text=message.text,
                blocks=list(message.blocks) or None,
                unfurl_links=False,
                unfurl_media=False,
            )
        except FAILURES as error:
            log_failure("chat.postMessage", error)
            return Delivered.FAILED if _is_refused(error) else Delivered.UNSURE
        if arrived is not None:
            await arrived(channel_id, str(answer.get("ts")))
        return Delivered.DONE

    async def tell(self, interaction: Interaction, message: Message) -> None:
        """Tell the person something that names no client: where they are, else in a direct message.

        Where neither can be done now it is tried again later, behind whatever else they are told.
        """
        if not await self._told(interaction, message):
            self._again(interaction, message, self._again_after)

    def _again(self, interaction: Interaction, message: Message, after: tuple[float, ...]) -> None:
        async def again() -> None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), timeout=after[0])
            if not await self._told(interaction, message):
                self._again(interaction, message, after[1:])

        if not after:
            _log.error("person.untold", staff_id=interaction.actor.staff_id)
            return
        try:
            self._queue.put(f"{interaction.actor.staff_id}{TOLD}", again)
        except QueueFullError:
            _log.error("queue.full", staff_id=interaction.actor.staff_id)

    async def _told(self, interaction: Interaction, message: Message) -> bool:
        if interaction.response_url and await self._answered(interaction.response_url, message):
            return True
        # A message that may have arrived is not sent a second time.
        return await self.send(interaction.actor.staff_id, message) is not Delivered.FAILED

    async def _answered(self, response_url: str, message: Message) -> bool:
        # Over the client's own connections, which are open already.
        webhook = AsyncWebhookClient(
            response_url,
            timeout=self._client.timeout,
            session=self._client.session,
            logger=self._client.logger,
        )
        try:
            answer = await webhook.send(
                text=message.text,
                blocks=list(message.blocks) or None,
                response_type="ephemeral",
                replace_original=False,
                delete_original=False,
            )
        except FAILURES as error:
            log_failure("response_url", error)
            return False
        return answer.status_code == 200  # noqa: PLR2004 - HTTP's own number


def code_of(error: BaseException) -> str:
    """Return Slack's word for a failure, or the kind of it where Slack has not answered."""
    if isinstance(error, SlackApiError) and error.response is not None:
        return str(error.response.get("error", ""))
    return type(error).__name__


def log_failure(method: str, error: BaseException) -> None:
    """Write down that a call has failed."""
    _log.warning("slack.call_refused", method=method, slack_error=code_of(error))


def _is_refused(error: BaseException) -> bool:
    """Say whether Slack itself has answered that it does not do it."""
    return isinstance(error, SlackApiError) and bool(code_of(error))
