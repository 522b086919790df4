"""Faults on demand: what goes wrong between the app and the local Slack because somebody ordered it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count

from bot.playground.slack.changes import Changes

ANY = "*"


class FaultKind(StrEnum):
    """What can be made to go wrong, for the next calls or the next payloads that fit."""

    RATE_LIMITED = "rate_limited"
    """A call is answered with HTTP 429 and Retry-After."""
    SERVER_ERROR = "server_error"
    """A call is answered with a 5xx status and a page instead of JSON, as gateways do."""
    REFUSED = "refused"
    """A call is answered with `ok: false` and an error."""
    SLOW = "slow"
    """A call is carried out and answered late."""
    NO_ANSWER = "no_answer"
    """A call is never answered; its connection stays open until the app gives up."""
    CUT = "cut"
    """A call's connection is cut instead of an answer."""
    LATE = "late"
    """A payload reaches the app late, while Slack's clock has been running."""
    REPEATED = "repeated"
    """The same envelope arrives twice."""
    REDELIVERED = "redelivered"
    """The same payload arrives a second time in an envelope of its own."""
    EXPIRED_TRIGGER = "expired_trigger"
    """The payload's trigger_id is past its time when it arrives."""
    CUT_SOCKET = "cut_socket"
    """The connection that carries the payload is cut behind it, so that its ack is lost."""
    LATE_ACK = "late_ack"
    """The ack of a payload is on its way for long, so that later calls of the app overtake it."""


OF_DELIVERIES = frozenset(
    {
        FaultKind.LATE,
        FaultKind.REPEATED,
        FaultKind.REDELIVERED,
        FaultKind.EXPIRED_TRIGGER,
        FaultKind.CUT_SOCKET,
        FaultKind.LATE_ACK,
    }
)
"""What befalls a payload on its way to the app; everything else befalls a call of the app."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault: what, where, and how often."""

    kind: FaultKind
    on: str = ANY
    """A Web API method or `response_url`; for a delivery the type of the payload, such as
    `slash_commands`, `block_actions`, `view_submission` or the event's type. `*` stands for any."""
    times: int = 1
    error: str = "internal_error"
    """What a refused call is told."""
    status: int = 503
    """The HTTP status of a server error, or of a refusal that has one of its own."""
    retry_after: int | None = None
    """Seconds in the header Retry-After."""
    seconds: float = 5.0
    """How late a slow answer, a late payload or a late ack is."""
    carried_out: bool = False
    """Whether a call without an answer is carried out all the same."""

    @property
    def befalls_deliveries(self) -> bool:
        """Whether it befalls what Slack sends, and not what the app calls."""
        return self.kind in OF_DELIVERIES


@dataclass(slots=True)
class Ordered:
    """A fault that waits for what it is to befall."""

    number: int
    fault: Fault
    left: int


@dataclass(slots=True)
class Faults:
    """Keeps what was ordered and hands each fault to the first that fits it."""

    changes: Changes
    tell: Callable[[], None] = lambda: None
    """Told after each change of what is waiting."""
    waiting: list[Ordered] = field(default_factory=list)
    """What has not happened yet, in the order in which it was ordered."""
    stopped: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the server stops, so that nothing is kept waiting any longer."""
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def order(self, fault: Fault) -> Ordered:
        """Let it happen to the next that fits, as often as it says."""
        ordered = Ordered(next(self._numbers), fault, fault.times)
        self.waiting.append(ordered)
        self._changed()
        return ordered

    def clear(self, number: int | None = None) -> None:
        """Take back one fault by its number, or all of them."""
        self.waiting = [one for one in self.waiting if number is not None and one.number != number]
        self._changed()

    def of_call(self, method: str) -> Fault | None:
        """Take the fault that is to befall this call, if there is one."""
        return self._take(method, deliveries=False)

    def of_delivery(self, name: str, *, has_trigger: bool) -> Fault | None:
        """Take the fault that is to befall this payload; only one with a trigger_id can lose it."""
        return self._take(name, deliveries=True, has_trigger=has_trigger)

    def _take(self, name: str, *, deliveries: bool, has_trigger: bool = True) -> Fault | None:
        for ordered in self.waiting:
            fault = ordered.fault
            if fault.befalls_deliveries != deliveries or fault.on not in (ANY, name):
                continue
            if fault.kind is FaultKind.EXPIRED_TRIGGER and not has_trigger:
                continue
            ordered.left -= 1
            if ordered.left <= 0:
                self.waiting.remove(ordered)
            self._changed()
            return fault
        return None

    def _changed(self) -> None:
        self.tell()
        self.changes.notify()
