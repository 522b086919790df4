"""Around every listener: admission, a time limit, and an answer whatever happens.

Slack waits three seconds for an ack. A handler that is not done after `PATIENCE` gets a stand-in: a window
that says "one moment" and is filled when the handler is done, so that nobody is left with Slack's time-out.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

import structlog

from bot.adapters.ordered_calls import QueueFullError
from bot.app.claims import Claim, Claims
from bot.app.delivery import Delivery
from bot.app.late import LateReply, stand_in, without_calls, without_own_view
from bot.app.turns import Turns
from bot.domain.errors import NotAllowed, NotFound, StorageUnavailable
from bot.domain.staff import Actor
from bot.handlers.errors import is_expected, reply_to_error
from bot.handlers.interaction import Interaction, Kind
from bot.handlers.reply import Ack, Reply
from bot.handlers.routes import changes_data, changes_view, opens_window, route_of
from bot.handlers.showing import said
from bot.services.services import Services
from bot.views.sentences import say

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long is waited, in seconds."""

    patience: float = 1.5
    """Until the stand-in: half of Slack's three seconds, the other half for the network and the window."""
    endurance: float = 30.0
    """Until a handler is given up and the person is told to try again."""


class Boundary:
    """Runs handlers and never raises."""

    def __init__(self, *, services: Services, delivery: Delivery, limits: Limits | None = None) -> None:
        self._services = services
        self._delivery = delivery
        self._limits = limits or Limits()
        self._claims = Claims(services.deliveries)
        self._turns = Turns()
        self._working: set[asyncio.Task[Reply]] = set()
        self._late: set[asyncio.Task[None]] = set()

    async def answer(self, interaction: Interaction) -> Ack | None:
        """Run the handler and return what goes on the ack; the calls are queued.

        What was delivered before is acked as it was then, and has no other effect.
        """
        earlier = self._claims.earlier(interaction)
        if earlier is not None:
            _log.info("interaction.repeated", kind=interaction.kind, route=interaction.route)
            return await asyncio.shield(earlier.ack)
        claim = self._claims.claim(interaction)
        ack: Ack | None = None
        try:
            ack = await self._answered(interaction, claim)
        finally:
            claim.ack.set_result(ack)
        return ack

    async def _answered(self, interaction: Interaction, claim: Claim) -> Ack | None:
        turn = self._turns.take(interaction, changes_view=changes_view(interaction))
        try:
            if changes_data(interaction) and not await claim.is_first():
                return None
            return await self._answer(interaction, claim, turn.comes)
        except Exception as error:  # noqa: BLE001 - the last net: whatever happens, the person is answered
            return self._refused(interaction, error).ack
        finally:
            self._turns.end(interaction, turn)

    async def _answer(
        self, interaction: Interaction, claim: Claim, turn_comes: Callable[[], Awaitable[None]]
    ) -> Ack | None:
        task = asyncio.create_task(self._reply(interaction), name="handler")
        self._working.add(task)
        task.add_done_callback(self._working.discard)
        until = asyncio.get_running_loop().time() + self._limits.patience
        done, _ = await asyncio.wait({task}, timeout=self._limits.patience)
        if not done:
            return None if claim.is_repetition else self._stand_in(interaction, task)
        # Whoever acted before has been answered or became late by now, or does so before this one would.
        await turn_comes()
        if interaction.kind is Kind.SUBMISSION:
            # The ack overtakes the calls: a redraw that still waits would put the form back over its end.
            await self._delivery.caught_up(interaction, until=until)
        return self._queued(interaction, claim, task.result())

    def _queued(self, interaction: Interaction, claim: Claim, reply: Reply) -> Ack | None:
        try:
            self._delivery.later(interaction, *reply.calls, only_if=claim.is_first)
        except QueueFullError:
            _log.error("queue.full", staff_id=interaction.actor.staff_id)
            return reply.ack or without_calls(interaction, reply)
        return reply.ack

    async def _reply(self, interaction: Interaction) -> Reply:
        try:
            async with asyncio.timeout(self._limits.endurance):
                return await self._handled(interaction)
        except TimeoutError as error:
            return self._refused(interaction, StorageUnavailable(), cause=error)
        except Exception as error:  # noqa: BLE001 - whatever a handler raises, the person is answered
            return self._refused(interaction, error)

    async def _handled(self, interaction: Interaction) -> Reply:
        route = route_of(interaction)
        if interaction.kind is Kind.OTHER:
            return await route.handler(interaction, self._services)
        actor = await self._admitted(interaction)
        return await route.handler(replace(interaction, actor=actor), self._services)

    async def _admitted(self, interaction: Interaction) -> Actor:
        try:
            return await self._services.staff.admit(interaction.actor, claimed_team=interaction.claimed_team)
        except NotFound as unknown:
            # Slack does not show people of other workspaces to everybody: to the bot they do not exist.
            raise NotAllowed from unknown

    def _refused(
        self, interaction: Interaction, error: Exception, *, cause: Exception | None = None
    ) -> Reply:
        reference = secrets.token_hex(4).upper()
        where = {
            "kind": interaction.kind,
            "route": interaction.route,
            "staff_id": interaction.actor.staff_id,
            "surface": interaction.actor.surface,
        }
        if is_expected(error) and cause is None:
            _log.info("interaction.refused", key=getattr(error, "key", type(error).__name__), **where)
        else:
            _log.error("interaction.failed", reference=reference, exc_info=cause or error, **where)
        try:
            return reply_to_error(interaction, error, reference)
        except Exception as broken:  # noqa: BLE001 - an error in telling of an error must still be answered
            _log.error("interaction.unanswerable", reference=reference, exc_info=broken, **where)
            return said(interaction, say("error.unexpected", reference=reference))

    def _stand_in(self, interaction: Interaction, task: asyncio.Task[Reply]) -> Ack | None:
        _log.warning("interaction.slow", kind=interaction.kind, route=interaction.route)
        try:
            stand = stand_in(interaction, self._delivery, opens=opens_window(interaction))
        except QueueFullError:
            _log.error("queue.full", staff_id=interaction.actor.staff_id)
            stand = LateReply()
        late = asyncio.create_task(self._finish(interaction, task, stand), name="late-reply")
        self._late.add(late)
        late.add_done_callback(self._late.discard)
        return stand.ack

    async def _finish(self, interaction: Interaction, task: asyncio.Task[Reply], stand: LateReply) -> None:
        reply = await task
        if changes_view(interaction) and self._turns.is_overtaken(interaction):
            reply = without_own_view(interaction, reply)
        try:
            stand.deliver(interaction, reply, self._delivery)
        except QueueFullError:
            _log.error("queue.full", staff_id=interaction.actor.staff_id)
        except Exception as error:  # noqa: BLE001 - nobody awaits this task: what it raised would be lost
            refused = self._refused(interaction, error)
            LateReply().deliver(interaction, replace(refused, ack=None, calls=()), self._delivery)

    async def finish(self) -> None:
        """Wait until every handler that is under way, every late reply and every claim is done."""
        while self._working or self._late:
            await asyncio.wait({*self._working, *self._late})
        await self._claims.finish()
