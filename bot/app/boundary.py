"""Around every listener: a time limit, and an answer whatever happens.

Slack waits three seconds for an ack. A command, or a click that opens a window, is acked at once and carried
out right after: what it shows are calls, which wait for no ack. A form and a type-ahead are answered on the
ack itself; whatever else is clicked, and an event, is acked when it is done.

A handler that is not done after `PATIENCE` gets a stand-in: a window that says "one moment" and is filled
when the handler is done, so that nobody is left with Slack's time-out, nor with a trigger that has died.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace

import structlog

from bot.adapters.ordered_calls import QueueFullError
from bot.app.claims import Claim, Claims
from bot.app.delivery import Delivery
from bot.app.handling import Handling
from bot.app.late import LateReply, in_a_message, stand_in, without_calls, without_own_view
from bot.app.turns import Turn, Turns
from bot.handlers.interaction import Interaction, Kind
from bot.handlers.reply import Ack, Reply
from bot.handlers.routes import changes_data, changes_view, opens_window
from bot.handlers.showing import said
from bot.services.services import Services
from bot.views.sentences import say

_log = structlog.get_logger(__name__)

_SHOWN_BY_CALLS = frozenset({Kind.COMMAND, Kind.ACTION})
"""Acts whose acks say nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long is waited, in seconds, and for how many."""

    patience: float = 1.5
    """Until the stand-in: half of Slack's three seconds, the other half for the network and the window."""
    endurance: float = 30.0
    """Until a handler is given up and the person is told to try again."""
    ack_travels: float = 0.5
    """How long an ack may take to Slack. A call that leaves sooner after it may be there before it."""
    claim: float = 0.25
    """How long an answer is held back to know whether it was given before. With the database locked it then
    goes out: a window that opens twice is refused by Slack, and what is saved has a key of its own."""
    under_way: int = 1_000
    """Commands and clicks that may be acked and not yet carried out; one more is refused, and told so."""


class Boundary:
    """Runs handlers and never raises."""

    def __init__(
        self, *, services: Services, delivery: Delivery, limits: Callable[[], Limits] = Limits
    ) -> None:
        self._delivery = delivery
        self._limits = limits
        self._handling = Handling(services, endurance=lambda: limits().endurance)
        self._claims = Claims(services.deliveries, patience=lambda: limits().claim)
        self._turns = Turns()
        self._acked: set[asyncio.Task[Ack | None]] = set()
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
            if interaction.kind in _SHOWN_BY_CALLS and opens_window(interaction):
                await self._begin(interaction, claim)
            else:
                ack = await self._answered(interaction, claim, self._turn(interaction))
        finally:
            claim.ack.set_result(ack)
        return ack

    async def _begin(self, interaction: Interaction, claim: Claim) -> None:
        """Have an act carried out right after this, which is when its ack leaves."""
        if len(self._acked) >= self._limits().under_way:
            _log.error("boundary.full", staff_id=interaction.actor.staff_id)
            await self._queued(interaction, said(interaction, say("error.busy")))
            return
        task = asyncio.create_task(
            self._answered(interaction, claim, self._turn(interaction)), name="acked-already"
        )
        self._acked.add(task)
        task.add_done_callback(self._acked.discard)

    def _turn(self, interaction: Interaction) -> Turn:
        return self._turns.take(interaction, changes_view=changes_view(interaction))

    async def _answered(self, interaction: Interaction, claim: Claim, turn: Turn) -> Ack | None:
        try:
            if changes_data(interaction) and not await claim.is_first():
                return None
            return await self._answer(interaction, claim, turn)
        except Exception as error:  # noqa: BLE001 - the last net: whatever happens, the person is answered
            return await self._queued(interaction, self._handling.refused(interaction, error))
        finally:
            self._turns.end(interaction, turn)

    async def _answer(self, interaction: Interaction, claim: Claim, turn: Turn) -> Ack | None:
        task = asyncio.create_task(self._handling.reply(interaction), name="handler")
        self._working.add(task)
        task.add_done_callback(self._working.discard)
        patience = self._limits().patience
        until = asyncio.get_running_loop().time() + patience
        done, _ = await asyncio.wait({task}, timeout=patience)
        if not done:
            return self._stand_in(interaction, task, turn) if await claim.is_first() else None
        # Whoever acted before has been answered or became late by now, or does so before this one would.
        await turn.comes()
        if interaction.kind is Kind.SUBMISSION:
            # The ack overtakes the calls: a redraw that still waits would put the form back over its end.
            await self._delivery.caught_up(interaction, until=until)
        return await self._queued(interaction, task.result(), claim)

    async def _queued(self, interaction: Interaction, reply: Reply, claim: Claim | None = None) -> Ack | None:
        try:
            self._delivery.later(interaction, *reply.calls, claim=claim, is_saved=reply.carried_out)
        except QueueFullError:
            _log.error("queue.full", staff_id=interaction.actor.staff_id)
            if (
                interaction.kind in _SHOWN_BY_CALLS
                and reply.calls
                and (claim is None or await claim.is_first())
            ):
                await self._delivery.tell(interaction, in_a_message(reply))
            return reply.ack or without_calls(interaction, reply)
        return reply.ack

    def _stand_in(self, interaction: Interaction, task: asyncio.Task[Reply], turn: Turn) -> Ack | None:
        _log.warning("interaction.slow", kind=interaction.kind, route=interaction.route)
        try:
            stand = stand_in(
                interaction,
                self._delivery,
                opens=opens_window(interaction),
                saves=changes_data(interaction),
            )
        except QueueFullError:
            _log.error("queue.full", staff_id=interaction.actor.staff_id)
            stand = LateReply()
        # What stands in on the ack itself must not come after the end that is put in its place.
        not_before = asyncio.get_running_loop().time()
        if stand.ack is not None:
            not_before += self._limits().ack_travels
        late = asyncio.create_task(
            self._finish(interaction, task, stand, turn=turn, not_before=not_before), name="late-reply"
        )
        self._late.add(late)
        late.add_done_callback(self._late.discard)
        return stand.ack

    async def _finish(
        self,
        interaction: Interaction,
        task: asyncio.Task[Reply],
        stand: LateReply,
        *,
        turn: Turn,
        not_before: float,
    ) -> None:
        reply = await task
        await asyncio.sleep(not_before - asyncio.get_running_loop().time())
        if changes_view(interaction) and self._turns.is_overtaken(interaction, turn):
            reply = without_own_view(interaction, reply)
        try:
            stand.deliver(interaction, reply, self._delivery)
        except QueueFullError:
            _log.error("queue.full", staff_id=interaction.actor.staff_id)
        except Exception as error:  # noqa: BLE001 - nobody awaits this task: what it raised would be lost
            refused = self._handling.refused(interaction, error)
            LateReply().deliver(interaction, replace(refused, ack=None, calls=()), self._delivery)

    async def finish(self) -> None:
        """Wait until all that was acked is carried out, late replies too, every call is made and claimed."""
        while under_way := {*self._acked, *self._working, *self._late}:
            await asyncio.wait(under_way)
        await self._delivery.drain()
        await self._claims.finish()
        await self._handling.finish()
