"""How calls to Slack are made: how long one may take, and which are made again, and when.

What fails for a moment only is tried again, and nothing that may have been done. A window that is opened
twice is refused by Slack, but a message that is posted twice stands there twice. So a call that posts is
made again only where it was certainly not carried out.
"""

import asyncio
import logging
from dataclasses import dataclass

from aiohttp import ClientConnectorError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.http_retry.builtin_interval_calculators import FixedValueRetryIntervalCalculator
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient

LONGEST_WAIT_SECONDS = 60
"""How long is waited where Slack asks for it; a message may be late."""

LONGEST_WAIT_FOR_WINDOW_SECONDS = 1
"""The same for what a person has before them: they are better told at once. A trigger dies meanwhile, and
whatever they do next waits behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLimits:
    """How long is waited for a call to Slack, in seconds."""

    answer: float = 10.0
    """Until a call that has no answer is given up."""
    pause: float = 0.3
    """Before a second try: a trigger lives three seconds, and a window that comes later is of no use."""
    told_again: tuple[float, ...] = (2.0, 10.0, 30.0)
    """Before each further try to tell a person something: Slack is seldom away for longer than that."""


CALL_LIMITS = CallLimits()

_TOO_MANY_REQUESTS = 429
_GATEWAY_ERRORS = frozenset({500, 502, 503, 504})


def slack_client(token: str, *, base_url: str, limits: CallLimits = CALL_LIMITS) -> AsyncWebClient:
    """Return a client of Slack's Web API that tries again what is worth it: left alone it gives up at 429."""
    interval = FixedValueRetryIntervalCalculator(limits.pause)
    return AsyncWebClient(
        token=token,
        base_url=base_url,
        timeout=limits.answer,  # type: ignore[arg-type]  # aiohttp, which is given it, takes fractions
        logger=_not_for_debugging(),
        retry_handlers=[
            _LineRetries(max_retry_count=1, interval_calculator=interval),
            _RateLimitRetries(max_retry_count=2),
            _GatewayRetries(max_retry_count=1, interval_calculator=interval),
        ],
    )


def _not_for_debugging() -> logging.Logger:
    """Return a logger at which the SDK sees that nobody reads its lines for debugging.

    It looks at the level of the very logger. Where that is not set it writes out every view that goes and
    comes, names and all, for lines that are then thrown away: a third of what a call takes.
    """
    logger = logging.getLogger("slack_sdk.web.calls")
    logger.setLevel(logging.INFO)
    return logger


def _posts(request: HttpRequest) -> bool:
    return _method(request) == "chat.postMessage"


def _method(request: HttpRequest) -> str:
    return str(request.url).rpartition("/")[2]


class _LineRetries(AsyncConnectionErrorRetryHandler):
    """After a connection that could not be made, or was lost."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if _posts(request) and not isinstance(error, ClientConnectorError):
            return False
        return await super()._can_retry_async(state=state, request=request, response=response, error=error)


class _GatewayRetries(AsyncServerErrorRetryHandler):
    """After the error of a gateway, behind which the call may have been carried out all the same."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,  # noqa: ARG002 - as the SDK calls it
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,  # noqa: ARG002 - as the SDK calls it
    ) -> bool:
        return response is not None and response.status_code in _GATEWAY_ERRORS and not _posts(request)


class _RateLimitRetries(AsyncRetryHandler):
    """After Slack's "not so quick": the SDK's own would open a window long after its trigger has died."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,  # noqa: ARG002 - as the SDK calls it
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,  # noqa: ARG002 - as the SDK calls it
    ) -> bool:
        if response is None or response.status_code != _TOO_MANY_REQUESTS:
            return False
        longest = LONGEST_WAIT_SECONDS
        if _method(request).startswith("views."):
            longest = LONGEST_WAIT_FOR_WINDOW_SECONDS
        return _wait(response) <= longest

    async def prepare_for_next_attempt_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,  # noqa: ARG002 - as the SDK calls it
        response: HttpResponse | None = None,
        error: Exception | None = None,  # noqa: ARG002 - as the SDK calls it
    ) -> None:
        """Wait as long as Slack says."""
        state.next_attempt_requested = True
        await asyncio.sleep(_wait(response) if response is not None else 0)
        state.increment_current_attempt()


def _wait(response: HttpResponse) -> float:
    """Return how many seconds Slack asks to wait; one where it does not say."""
    for name, value in response.headers.items():
        if name.lower() == "retry-after":
            said = value if isinstance(value, str) else next(iter(value), "")
            return float(said) if said.isdecimal() else 1
    return 1
