"""How large a request may be and how long it may take to arrive, whatever is behind this door."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from typing import Any

from starlette.types import ASGIApp

from bot.api.problems import Refusal

LARGEST_BODY_BYTES = 24 * 1024 * 1024
"""Attachments of 10 MB are 13.4 MB in base64; the longest text and HTML are there beside them."""

BODY_SECONDS = 30.0
"""How long a body may take to arrive."""

TAKING_JSON = frozenset({"/v1/notifications"})
"""Whatever has a body here has it as JSON."""

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_TOO_LARGE = Refusal(
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "too-large",
    "A request has at most 24 MB; all attachments of a notice together have at most 10 MB.",
    headers={"Connection": "close"},
)
_TOO_SLOW = Refusal(
    HTTPStatus.REQUEST_TIMEOUT,
    "too-slow",
    "The body did not arrive within 30 seconds.",
    headers={"Connection": "close"},
)
_NOT_JSON = Refusal(
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "not-json", "Send the body as application/json, in UTF-8."
)


class Limits:
    """Reads the whole body before the app sees the request, and refuses what is too large or too slow."""

    def __init__(self, app: ASGIApp, *, body_seconds: float = BODY_SECONDS) -> None:
        self._app = app
        self._body_seconds = body_seconds

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            body = await self._body(scope, receive)
        except Refusal as refused:
            await refused.answer()(scope, receive, send)
            return
        if body is None:
            return
        given = False

        async def replay() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, replay, send)

    async def _body(self, scope: MutableMapping[str, Any], receive: Receive) -> bytes | None:
        """Return the body, or None where the caller has hung up."""
        headers = {name.lower(): value for name, value in scope["headers"]}
        kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
        if scope["method"] == "POST" and scope["path"] in TAKING_JSON and kind != b"application/json":
            raise _NOT_JSON
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or int(length[:20]) > LARGEST_BODY_BYTES:
            raise _TOO_LARGE
        parts = bytearray()
        try:
            async with asyncio.timeout(self._body_seconds):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        return None
                    parts += message.get("body", b"")
                    if len(parts) > LARGEST_BODY_BYTES:
                        raise _TOO_LARGE
                    if not message.get("more_body", False):
                        break
        except TimeoutError:
            raise _TOO_SLOW from None
        return bytes(parts)
