"""What answers Slack's payloads, however they come in."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.response import BoltResponse

Headers = Mapping[str, str | Sequence[str]]
Answers = Callable[[Mapping[str, object], Headers], Awaitable[BoltResponse]]
"""Answers a payload; with it come the headers that say how often Slack has sent it before."""


def through_bolt(app: AsyncApp) -> Answers:
    """Return an app of Bolt's as what answers."""

    async def answered(body: Mapping[str, object], headers: Headers) -> BoltResponse:
        # What is verified and parsed by now goes on as what a socket brings, whichever way it came.
        request = AsyncBoltRequest(mode="socket_mode", body={**body}, headers={**headers})
        return await app.async_dispatch(request)

    return answered
