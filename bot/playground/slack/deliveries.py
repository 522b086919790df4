"""Payloads on their way to the app, with whatever was ordered to befall them."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress

from bot.playground.slack.acks import Ack, NotAnsweredError
from bot.playground.slack.faults import FaultKind, Faults
from bot.playground.slack.signed_http import SignedHttp
from bot.playground.slack.socket_mode import SocketMode, payload_name
from bot.playground.slack.wire import Json


class Deliveries:
    """Hands payloads to the app and brings its acks back."""

    def __init__(
        self, transport: SocketMode | SignedHttp, faults: Faults, *, expire: Callable[[str], None]
    ) -> None:
        self._transport = transport
        self._faults = faults
        self._expire = expire
        self._second: set[asyncio.Task[None]] = set()

    @property
    def is_connected(self) -> bool:
        """Whether the app is there to hand something to."""
        return self._transport.is_connected

    def go_over(self, transport: SocketMode | SignedHttp) -> None:
        """Hand over what comes from now on by another transport."""
        self._transport = transport

    async def deliver(self, kind: str, payload: Json, *, accepts: bool, extra: Json | None = None) -> Ack:
        """Hand a payload over and wait for its ack.

        Raises:
            NotAnsweredError: the app is not connected, or did not ack within three seconds.
        """
        trigger_id = payload.get("trigger_id")
        fault = self._faults.of_delivery(payload_name(kind, payload), has_trigger=trigger_id is not None)
        if fault is not None and fault.kind is FaultKind.EXPIRED_TRIGGER and trigger_id is not None:
            self._expire(trigger_id)
        if fault is not None and fault.kind is FaultKind.REDELIVERED:
            self._start(self._deliver_again(kind, payload, accepts=accepts, extra=extra))
        ack = await self._transport.deliver(kind, payload, accepts=accepts, extra=extra, fault=fault)
        if fault is not None and fault.kind is FaultKind.LATE_ACK:
            with suppress(TimeoutError):
                async with asyncio.timeout(fault.seconds):
                    await self._faults.stopped.wait()
        return ack

    async def end(self) -> None:
        """End what is still under way."""
        for task in tuple(self._second):
            task.cancel()
        await asyncio.gather(*self._second, return_exceptions=True)

    async def _deliver_again(self, kind: str, payload: Json, *, accepts: bool, extra: Json | None) -> None:
        # Slack counts the tries of an event only; of anything else the second one says nothing of the first.
        retried = {**extra, "retry_attempt": 1, "retry_reason": "timeout"} if extra else None
        try:
            await self._transport.deliver(kind, payload, accepts=accepts, extra=retried)
        except NotAnsweredError:
            return  # The first one speaks for both.

    def _start(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work)
        self._second.add(task)
        task.add_done_callback(self._second.discard)
