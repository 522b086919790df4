"""Carrying a reply to Slack: the body of the ack, and the calls that follow it in order for each person."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.adapters.ordered_calls import OrderedCalls, QueueFullError
from bot.app.claims import Claim
from bot.domain.ids import StaffId
from bot.handlers.interaction import Interaction
from bot.handlers.reply import (
    Ack,
    Call,
    FieldErrors,
    OpenModal,
    PublishHome,
    PushModal,
    ReplaceForm,
    SendMessage,
    Suggest,
    TellPrivately,
    UpdateModal,
)
from bot.views.blocks import Json
from bot.views.sentences import say
from bot.views.summary import Message

FAILURES = (SlackApiError, SlackClientError, aiohttp.ClientError, TimeoutError, OSError)
"""What a call to Slack can end with."""

_EXCHANGED = "exchanged_trigger_id"
"""The trigger has opened a window already: at another process, or at a first attempt that Slack's answer to
was lost. Either way the person has it."""

_MESSAGES = ":messages"
_TOLD = ":told"

_log = structlog.get_logger(__name__)


class Delivered(StrEnum):
    """How a call ended."""

    DONE = "done"
    GONE = "gone"
    """The view was closed meanwhile."""
    FAILED = "failed"


@dataclass(slots=True)
class Window:
    """A modal that is being opened; its id is known once Slack has answered."""

    view_id: str | None = None


def ack_body(ack: Ack | None) -> Json:
    """Return the body that answers Slack; an empty one closes the form or just confirms."""
    match ack:
        case None:
            return {}
        case ReplaceForm(view):
            return {"response_action": "update", "view": view}
        case FieldErrors(errors):
            return {"response_action": "errors", "errors": dict(errors)}
        case Suggest(body):
            return body


class Delivery:
    """Makes the calls of replies, and tells the person when one that matters cannot be made."""

    def __init__(self, *, client: AsyncWebClient, queue: OrderedCalls) -> None:
        self._client = client
        self._queue = queue

    def later(self, interaction: Interaction, *calls: Call, claim: Claim | None = None) -> None:
        """Make the calls after everything that was put for this person before.

        Args:
            interaction: what they answer.
            calls: in the order in which they are made.
            claim: asked at the last moment whether they are to be made at all.
        """
        for call in calls:
            work = partial(self._make_once, interaction, call, claim)
            self.soon(interaction, work, line=_line(call))

    def soon(
        self, interaction: Interaction, work: Callable[[], Awaitable[object]], *, line: str = ""
    ) -> None:
        """Run work in the person's order; what is in a line of its own waits for that line only."""

        async def run() -> None:
            await work()

        self._queue.put(f"{interaction.actor.staff_id}{line}", run)

    async def drain(self) -> None:
        """Wait until every call is made."""
        await self._queue.drain()

    async def caught_up(self, interaction: Interaction, *, until: float) -> None:
        """Wait for the calls put for this person before, at most until a moment of the loop's clock."""
        try:
            async with asyncio.timeout_at(until):
                await self._queue.caught_up(interaction.actor.staff_id)
        except (TimeoutError, QueueFullError):
            _log.warning("queue.behind", staff_id=interaction.actor.staff_id)

    def open_window(self, interaction: Interaction, view: Json) -> Window:
        """Open a modal now, to be filled later."""
        window = Window()
        push = interaction.view is not None and interaction.view.is_modal

        async def run() -> None:
            window.view_id = await self._open(interaction, view, push=push)

        self.soon(interaction, run)
        return window

    async def update(self, view_id: str, view: Json) -> Delivered:
        """Put a view in the place of another."""
        try:
            await self._client.views_update(view_id=view_id, view=view)
        except FAILURES as error:
            if _code(error) in ("not_found", "view_not_found"):
                return Delivered.GONE
            _failed("views.update", error)
            return Delivered.FAILED
        return Delivered.DONE

    async def send(self, staff_id: StaffId, message: Message) -> Delivered:
        """Send a direct message."""
        try:
            opened = await self._client.conversations_open(users=staff_id)
            channel = opened.get("channel")
            channel_id = str(channel.get("id")) if isinstance(channel, Mapping) else ""
            await self._client.chat_postMessage(
                channel=channel_id,
                text=message.text,
                blocks=list(message.blocks) or None,
                unfurl_links=False,
                unfurl_media=False,
            )
        except FAILURES as error:
            _failed("chat.postMessage", error)
            return Delivered.FAILED
        return Delivered.DONE

    async def tell(self, interaction: Interaction, message: Message) -> None:
        """Tell the person something that names no client: where they are, else in a direct message."""
        if interaction.response_url:
            # Over the client's own connections, which are open already.
            webhook = AsyncWebhookClient(
                interaction.response_url, timeout=self._client.timeout, session=self._client.session
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
                _failed("response_url", error)
            else:
                if answer.status_code == 200:  # noqa: PLR2004 - HTTP's own number
                    return
        await self.send(interaction.actor.staff_id, message)

    async def _make_once(self, interaction: Interaction, call: Call, claim: Claim | None) -> None:
        match call:
            case OpenModal(view) | PushModal(view):
                # Its trigger opens one window and no second, so it need not be known who was first.
                await self._open(interaction, view, push=isinstance(call, PushModal), claim=claim)
            case _ if claim is None or await claim.is_first():
                await self._make(interaction, call)

    async def _make(
        self, interaction: Interaction, call: UpdateModal | PublishHome | SendMessage | TellPrivately
    ) -> None:
        match call:
            case UpdateModal(view_id, view):
                if await self.update(view_id, view) is Delivered.FAILED:
                    await self._tell_failed(interaction)
            case PublishHome(view):
                await self._publish(interaction, view)
            case SendMessage(message, failed):
                if await self.send(interaction.actor.staff_id, message) is Delivered.FAILED:
                    await self.tell(interaction, Message(text=failed))
            case TellPrivately(message):
                await self.tell(interaction, message)

    async def _tell_failed(self, interaction: Interaction) -> None:
        await self.tell(interaction, Message(text=say("error.view_failed")))

    async def _open(
        self, interaction: Interaction, view: Json, *, push: bool, claim: Claim | None = None
    ) -> str | None:
        open_view = self._client.views_push if push else self._client.views_open
        try:
            answer = await open_view(trigger_id=interaction.trigger_id or "", view=view)
        except FAILURES as error:
            _failed("views.push" if push else "views.open", error)
            if claim is None or (_code(error) != _EXCHANGED and await claim.is_first()):
                await self._tell_failed(interaction)
            return None
        finally:
            if claim is not None:
                claim.begin()
        opened = answer.get("view")
        return str(opened.get("id")) if isinstance(opened, Mapping) else None

    async def _publish(self, interaction: Interaction, view: Json) -> None:
        try:
            await self._client.views_publish(user_id=interaction.actor.staff_id, view=view)
        except FAILURES as error:
            _failed("views.publish", error)


def _line(call: Call) -> str:
    """Return the line a call waits in.

    Slack may put a message off for a minute. A window must not wait for that, as its trigger dies; nor what
    is told where the person is, as they wait for it.
    """
    match call:
        case SendMessage():
            return _MESSAGES
        case TellPrivately():
            return _TOLD
        case _:
            return ""


def _code(error: BaseException) -> str:
    if isinstance(error, SlackApiError) and error.response is not None:
        return str(error.response.get("error", ""))
    return type(error).__name__


def _failed(method: str, error: BaseException) -> None:
    _log.warning("slack.call_refused", method=method, slack_error=_code(error))
