"""The door for Slack's signed requests, as an ASGI app: one path for Slack, one that says the bot is up.

The signature is looked at here, before anything is read out of a body. Bolt's own check comes after the
body was parsed, takes no odd header calmly, and logs what it refuses, which may name a client. The check
itself is the SDK's: compared in constant time, and good for five minutes.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

import structlog
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

from bot.adapters.listening import AsgiApp
from bot.adapters.payload_shape import is_well_formed

EVENTS_PATH = "/slack/events"
HEALTH_PATH = "/health"

LARGEST_BODY_BYTES = 2 * 1024 * 1024
"""Slack's limit for a view is 250 kB, of which a form may make three times as much; typed text is extra."""

BODY_SECONDS = 3.0
"""How long a body may take to arrive: by then Slack itself has given up."""

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_METHODS = {EVENTS_PATH: ("POST",), HEALTH_PATH: ("GET", "HEAD")}
_RETRY_HEADERS = ("x-slack-retry-num", "x-slack-retry-reason")
_LONGEST_TIMESTAMP = 12
_log = structlog.get_logger(__name__)


class _Refused(Exception):  # noqa: N818 - named for what happens
    """The request is not taken, under this status."""

    def __init__(self, status: HTTPStatus, **headers: str) -> None:
        super().__init__(status)
        self.status = status
        self.headers = headers


class SlackDoor:
    """Hands signed requests to the Bolt app, and its answers back."""

    def __init__(self, app: AsyncApp, signing_secret: str, *, others: AsgiApp | None = None) -> None:
        self._app = app
        self._others = others
        self._verifier = SignatureVerifier(signing_secret)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        if self._others is not None and str(scope["path"]) not in _METHODS:
            await self._others(scope, receive, send)
            return
        try:
            if _path_of(scope) == HEALTH_PATH:
                await _answer(send, HTTPStatus.OK, "ok" if scope["method"] == "GET" else "")
            else:
                await self._take(scope, receive, send)
        except _Refused as refused:
            if scope["path"] == EVENTS_PATH:
                _log.warning("http.refused", status=refused.status.value)
            await _answer(send, refused.status, refused.status.phrase, **refused.headers)
        except _GoneError:
            return
        except Exception as error:  # noqa: BLE001 - the last net: a caller is answered, and without the reason
            _log.error("http.failed", exc_info=error)
            status = HTTPStatus.INTERNAL_SERVER_ERROR
            await _answer(send, status, status.phrase)

    async def _take(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.decode("latin-1").lower(): value for name, value in scope["headers"]}
        raw = await _body(headers, receive)
        if not self._is_signed(headers, raw):
            raise _Refused(HTTPStatus.UNAUTHORIZED)
        retry = {name: headers[name].decode("latin-1") for name in _RETRY_HEADERS if name in headers}
        # What is signed and parsed is what a socket would have brought, and goes the same way from here.
        # Bolt's own parser loses every form in which the word "payload" was typed.
        request = AsyncBoltRequest(mode="socket_mode", body=_parsed(headers, raw), headers={**retry})
        answer = await self._app.async_dispatch(request)
        kind = answer.first_headers().get("content-type", "")
        await _answer(send, HTTPStatus(answer.status), answer.body or "", **{"content-type": kind})

    def _is_signed(self, headers: Mapping[str, bytes], raw: bytes) -> bool:
        stamp = headers.get("x-slack-request-timestamp", b"")
        signature = headers.get("x-slack-signature", b"")
        # The SDK raises where these are not what they should be.
        if not stamp.isdigit() or len(stamp) > _LONGEST_TIMESTAMP or not signature.isascii():
            return False
        try:
            body = raw.decode("utf-8")
        except UnicodeDecodeError:
            return False
        return bool(self._verifier.is_valid(body, stamp.decode("ascii"), signature.decode("ascii")))


class _GoneError(Exception):
    """The caller has hung up."""


def _path_of(scope: Scope) -> str:
    path = str(scope["path"])
    allowed = _METHODS.get(path)
    if allowed is None:
        raise _Refused(HTTPStatus.NOT_FOUND)
    if scope["method"] not in allowed:
        raise _Refused(HTTPStatus.METHOD_NOT_ALLOWED, allow=", ".join(allowed))
    return path


async def _body(headers: Mapping[str, bytes], receive: Receive) -> bytes:
    length = headers.get("content-length", b"0")
    if not length.isdigit() or int(length[:20]) > LARGEST_BODY_BYTES:
        raise _Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, connection="close")
    parts = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise _GoneError
                parts += message.get("body", b"")
                if len(parts) > LARGEST_BODY_BYTES:
                    raise _Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, connection="close")
                if not message.get("more_body", False):
                    return bytes(parts)
    except TimeoutError:
        raise _Refused(HTTPStatus.REQUEST_TIMEOUT, connection="close") from None


def _parsed(headers: Mapping[str, bytes], raw: bytes) -> dict[str, Any]:
    """Read a body as Slack writes them: JSON for events, a form for commands, JSON in a form for the rest."""
    try:
        if headers.get("content-type", b"").lower().startswith(b"application/json"):
            body = json.loads(raw)
        else:
            form = dict(parse_qsl(raw.decode("utf-8"), keep_blank_values=True, errors="strict"))
            body = json.loads(form["payload"]) if "payload" in form else form
    except (ValueError, RecursionError):
        raise _Refused(HTTPStatus.BAD_REQUEST) from None
    if not isinstance(body, dict) or not is_well_formed(body):
        raise _Refused(HTTPStatus.BAD_REQUEST)
    return body


async def _answer(send: Send, status: HTTPStatus, body: str, **headers: str) -> None:
    raw = body.encode("utf-8")
    shown = {"content-type": "text/plain; charset=utf-8", **headers, "content-length": str(len(raw))}
    await send(
        {
            "type": "http.response.start",
            "status": status.value,
            "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in shown.items()],
        }
    )
    await send({"type": "http.response.body", "body": raw})
