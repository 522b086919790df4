"""Carrying a reply to Slack: the body of the ack, and the calls that follow it in order for each person."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.ordered_calls import OrderedCalls, QueueFullError
from bot.adapters.slack_calls import CALL_LIMITS
from bot.app.claims import Claim
from bot.app.telling import FAILURES, TOLD, Delivered, Telling, code_of, log_failure
from bot.domain.errors import StorageUnavailable
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
from bot.services.summaries import Summaries
from bot.views.blocks import Json
from bot.views.sentences import say
from bot.views.summary import Message

_EXCHANGED = "exchanged_trigger_id"
"""The trigger has opened a window already: at another process, or at a first attempt that Slack's answer to
was lost. Either way the person has it."""

_MESSAGES = ":messages"

_log = structlog.get_logger(__name__)


@dataclass(slots=True, kw_only=True)
class _Occasion:
    """What the calls of one reply have in common."""

    interaction: Interaction
    claim: Claim | None = None
    is_saved: bool = False
    is_told: bool = False
    """Whether the person knows that not everything can be shown; once is enough."""


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

    def __init__(
        self,
        *,
        client: AsyncWebClient,
        queue: OrderedCalls,
        again_after: tuple[float, ...] = CALL_LIMITS.told_again,
        summaries: Summaries | None = None,
    ) -> None:
        self._client = client
        self._summaries = summaries
        self._queue = queue
        self._telling = Telling(client=client, queue=queue, again_after=again_after)
        self.send = self._telling.send
        self.tell = self._telling.tell

    def later(
        self, interaction: Interaction, *calls: Call, claim: Claim | None = None, is_saved: bool = False
    ) -> None:
        """Make the calls after everything that was put for this person before.

        Args:
            interaction: what they answer.
            calls: in the order in which they are made.
            claim: asked at the last moment whether they are to be made at all.
            is_saved: whether they show what was carried out, and is so where it cannot be shown.
        """
        occasion = _Occasion(interaction=interaction, claim=claim, is_saved=is_saved)
        for call in calls:
            self.soon(interaction, partial(self._make_once, occasion, call), line=_line(call))

    def soon(
        self, interaction: Interaction, work: Callable[[], Awaitable[object]], *, line: str = ""
    ) -> None:
        """Run work in the person's order; what is in a line of its own waits for that line only."""

        async def run() -> None:
            await work()

        self._queue.put(f"{interaction.actor.staff_id}{line}", run)

    async def drain(self) -> None:
        """Wait until every call is made."""
        self._telling.hurry()
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
            window.view_id = await self._open(_Occasion(interaction=interaction), view, push=push)

        self.soon(interaction, run)
        return window

    async def update(self, view_id: str, view: Json) -> Delivered:
        """Put a view in the place of another."""
        try:
            await self._client.views_update(view_id=view_id, view=view)
        except FAILURES as error:
            if code_of(error) in ("not_found", "view_not_found"):
                return Delivered.GONE
            log_failure("views.update", error)
            return Delivered.FAILED
        return Delivered.DONE

    async def show(self, interaction: Interaction, view_id: str, view: Json, *, is_saved: bool) -> None:
        """Put a view in the place of another, and tell the person where Slack does not do it."""
        occasion = _Occasion(interaction=interaction, is_saved=is_saved)
        await self._make(occasion, UpdateModal(view_id, view))

    async def _make_once(self, occasion: _Occasion, call: Call) -> None:
        match call:
            case OpenModal(view) | PushModal(view):
                # Its trigger opens one window and no second, so it need not be known who was first.
                await self._open(occasion, view, push=isinstance(call, PushModal))
            case _ if occasion.claim is None or await occasion.claim.is_first():
                await self._make(occasion, call)

    async def _make(
        self, occasion: _Occasion, call: UpdateModal | PublishHome | SendMessage | TellPrivately
    ) -> None:
        interaction = occasion.interaction
        match call:
            case UpdateModal(view_id, view):
                if await self.update(view_id, view) is Delivered.FAILED:
                    await self._tell_failed(occasion)
            case PublishHome(view):
                await self._publish(interaction, view)
            case SendMessage(message, failed, unsure):
                arrived = partial(self._remember, interaction)
                match await self.send(interaction.actor.staff_id, message, arrived=arrived):
                    case Delivered.FAILED:
                        await self.tell(interaction, Message(text=failed))
                    case Delivered.UNSURE:
                        await self.tell(interaction, Message(text=unsure))
            case TellPrivately(message):
                await self.tell(interaction, message)

    async def _remember(self, interaction: Interaction, channel: str, ts: str) -> None:
        """Remember a summary, which may have to be deleted after some days."""
        if self._summaries is None:
            return
        try:
            await self._summaries.sent(interaction.actor.workspace_id, channel=channel, ts=ts)
        except StorageUnavailable as error:
            _log.warning("summary.not_remembered", exc_info=error)

    async def _tell_failed(self, occasion: _Occasion) -> None:
        if not occasion.is_told:
            occasion.is_told = True
            key = "notice.saved_not_shown" if occasion.is_saved else "error.view_failed"
            await self.tell(occasion.interaction, Message(text=say(key)))

    async def _open(self, occasion: _Occasion, view: Json, *, push: bool) -> str | None:
        open_view = self._client.views_push if push else self._client.views_open
        claim = occasion.claim
        try:
            answer = await open_view(trigger_id=occasion.interaction.trigger_id or "", view=view)
        except FAILURES as error:
            log_failure("views.push" if push else "views.open", error)
            if claim is None or (code_of(error) != _EXCHANGED and await claim.is_first()):
                await self._tell_failed(occasion)
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
            log_failure("views.publish", error)
            if not interaction.sees_home:
                # Slack shows a page under construction there, and nothing says what else could be done.
                await self.tell(interaction, Message(text=say("home.failed")))


def _line(call: Call) -> str:
    """Return the line a call waits in.

    Slack may put a message off for a minute. A window must not wait for that, as its trigger dies; nor what
    is told where the person is, as they wait for it.
    """
    match call:
        case SendMessage():
            return _MESSAGES
        case TellPrivately():
            return TOLD
        case _:
            return ""
