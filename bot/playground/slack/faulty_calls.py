"""What an ordered fault does to a call of the app, or to its use of a response_url."""

import asyncio
from collections.abc import Callable

from aiohttp import web

from bot.playground.slack.faults import Fault, FaultKind, Faults
from bot.playground.slack.refused import Refused
from bot.playground.slack.wire import Json

CALLER_GONE_SECONDS = 0.2
"""How often it is looked whether a caller without an answer has given up."""
_GATEWAY_PAGE = "<!doctype html><title>Unavailable</title><p>The service is unavailable.</p>"


class LostAnswerError(Exception):
    """The call gets no answer: its connection is gone."""


async def carried_out(
    work: Callable[[], Json], *, fault: Fault | None, faults: Faults, request: web.Request
) -> Json:
    """Do the work of a call with what was ordered for it, and return its answer.

    Raises:
        Refused: the call is refused, by the fault or by the work itself.
        LostAnswerError: there is nothing left to answer to.
    """
    if fault is None:
        return work()
    match fault.kind:
        case FaultKind.NO_ANSWER | FaultKind.CUT:
            if fault.carried_out:
                work()
            if fault.kind is FaultKind.NO_ANSWER:
                await _caller_gives_up(faults, request)
            if request.transport is not None:
                request.transport.abort()
            raise LostAnswerError
        case FaultKind.SLOW:
            await _pause(faults, fault.seconds)
            return work()
        case _:
            raise _refusal(fault)


def gateway_page(status: int) -> web.Response:
    """Answer as a gateway does before a service that is down: with a page, and no JSON."""
    return web.Response(text=_GATEWAY_PAGE, status=status, content_type="text/html")


def _refusal(fault: Fault) -> Refused:
    headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    if fault.kind is FaultKind.RATE_LIMITED:
        return Refused(
            "ratelimited", status=web.HTTPTooManyRequests.status_code, headers=headers, is_fault=True
        )
    return Refused(fault.error, status=fault.status, headers=headers, is_fault=True)


async def _pause(faults: Faults, seconds: float) -> None:
    """Wait, but no longer than the server runs."""
    try:
        async with asyncio.timeout(seconds):
            await faults.stopped.wait()
    except TimeoutError:
        return


async def _caller_gives_up(faults: Faults, request: web.Request) -> None:
    while request.transport is not None and not request.transport.is_closing():
        if faults.stopped.is_set():
            return
        await _pause(faults, CALLER_GONE_SECONDS)
