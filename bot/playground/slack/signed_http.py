"""Signed HTTP: payloads go to the app's own address as Slack's requests do, and the answers are its acks."""

import asyncio
import hashlib
import hmac
import json
import secrets
import time
import uuid
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

import aiohttp

from bot.playground.slack.acks import Ack, NotAnsweredError
from bot.playground.slack.changes import Changes
from bot.playground.slack.faults import Fault, FaultKind
from bot.playground.slack.socket_mode import payload_name
from bot.playground.slack.traffic import Entry, Traffic
from bot.playground.slack.wire import Json

_FORM = "application/x-www-form-urlencoded"
_JSON = "application/json"
_OK = 200
_SERVER_ERRORS = 500
_MOST_FAILED = 1_000


class RequestUrlRefusedError(Exception):
    """The address did not answer Slack's question whether it is the app's; the message says how it failed."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a request was answered."""

    status: int
    kind: str
    text: str
    no_retry: bool


class SignedHttp:
    """Posts payloads to the app and takes its answers for acks.

    Args:
        url: the app's Request URL, for commands, interactivity, options and events alike.
        secret: the signing secret.
        verification_token: the old token that Slack still sends along.
        traffic: where it is logged.
        changes: told when the app is reached, or no longer.
        ack_seconds: how long an answer may take.
    """

    def __init__(
        self,
        url: str,
        *,
        secret: str,
        verification_token: str,
        traffic: Traffic,
        changes: Changes,
        ack_seconds: Callable[[], float],
    ) -> None:
        self._url = url
        self._secret = secret
        self._verification_token = verification_token
        self._traffic = traffic
        self._changes = changes
        self._ack_seconds = ack_seconds
        self._session: aiohttp.ClientSession | None = None
        self._background: set[asyncio.Task[_Answer]] = set()
        self._failed: OrderedDict[str, str] = OrderedDict()
        self.is_connected = False
        """Whether the app was there at the last request."""

    async def verify(self) -> None:
        """Ask the address for a challenge back, as Slack does before it takes one for the app's.

        Raises:
            RequestUrlRefusedError: it did not give it back.
        """
        challenge = secrets.token_urlsafe(32)
        asked = {"token": self._verification_token, "challenge": challenge, "type": "url_verification"}
        try:
            async with asyncio.timeout(self._ack_seconds()):
                answer = await self._post(json.dumps(asked).encode(), _JSON, {})
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise RequestUrlRefusedError(type(error).__name__) from error
        if answer.status != _OK or _challenge_in(answer) != challenge:
            raise RequestUrlRefusedError(f"HTTP {answer.status}")
        self._reached(connected=True)

    async def deliver(
        self,
        kind: str,
        payload: Json,
        *,
        accepts: bool,  # noqa: ARG002 - over HTTP every request has an answer; its body is looked at by who acts
        extra: Json | None = None,
        fault: Fault | None = None,
    ) -> Ack:
        """Post a payload and wait for the answer.

        Raises:
            NotAnsweredError: there was none within three seconds, or it was not HTTP 200.
        """
        name, request_id, sent_at = payload_name(kind, payload), str(uuid.uuid4()), self._traffic.now_ms()
        headers = self._retry_headers(payload, extra)
        self._traffic.add(
            Entry(
                at_ms=sent_at,
                kind="envelope",
                name=name,
                sent=payload,
                envelope_id=request_id,
                fault=fault.kind if fault else None,
            )
        )
        try:
            async with asyncio.timeout(self._ack_seconds()):
                answer = await self._request(kind, payload, headers, fault)
            body = _body(kind, answer)
        except (TimeoutError, aiohttp.ClientError, OSError, NotAnsweredError) as failure:
            self._log("timeout", name, payload, request_id, sent_at)
            raise self._not_answered(payload, failure) from None
        self._reached(connected=True)
        self._log("ack", name, body or {}, request_id, sent_at)
        return Ack(payload=body)

    async def close(self) -> None:
        """Let go of the connections."""
        for task in tuple(self._background):
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
        self.is_connected = False

    async def _request(
        self, kind: str, payload: Json, headers: Mapping[str, str], fault: Fault | None
    ) -> _Answer:
        body, content_type = _written(kind, payload)
        if fault is not None and fault.kind is FaultKind.LATE:
            # It goes out even where nobody waits for its answer any more.
            late = self._start(self._post_late(body, content_type, headers, seconds=fault.seconds))
            return await asyncio.shield(late)
        if fault is not None and fault.kind is FaultKind.REPEATED:
            self._start(self._post(body, content_type, headers))
        answer = await self._post(body, content_type, headers)
        if fault is not None and fault.kind is FaultKind.CUT_SOCKET:
            # The app has answered; Slack never reads it.
            raise aiohttp.ServerDisconnectedError
        return answer

    def _start(self, work: Coroutine[object, object, _Answer]) -> asyncio.Task[_Answer]:
        def over(task: asyncio.Task[_Answer]) -> None:
            self._background.discard(task)
            if not task.cancelled():
                # Looked at, so that nobody is warned of a failure that nobody waits for.
                task.exception()

        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(over)
        return task

    async def _post_late(
        self, body: bytes, content_type: str, headers: Mapping[str, str], *, seconds: float
    ) -> _Answer:
        await asyncio.sleep(seconds)
        return await self._post(body, content_type, headers)

    async def _post(self, body: bytes, content_type: str, headers: Mapping[str, str]) -> _Answer:
        if self._session is None:
            self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        stamp = str(int(time.time()))
        signature = hmac.new(self._secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256)
        sent = {
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "Accept": "*/*",
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={signature.hexdigest()}",
            **headers,
        }
        async with self._session.post(self._url, data=body, headers=sent, allow_redirects=False) as response:
            return _Answer(
                status=response.status,
                kind=response.content_type,
                text=await response.text(),
                no_retry=response.headers.get("X-Slack-No-Retry") == "1",
            )

    def _retry_headers(self, payload: Json, extra: Json | None) -> dict[str, str]:
        """Return what says that an event comes again, and why; nothing else is ever sent again."""
        attempt = (extra or {}).get("retry_attempt", 0)
        if not attempt:
            return {}
        reason = self._failed.get(str(payload.get("event_id")), "http_timeout")
        return {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason}

    def _not_answered(self, payload: Json, failure: Exception) -> NotAnsweredError:
        match failure:
            case NotAnsweredError():
                missing, reason = failure, "http_error"
            case aiohttp.ClientConnectorError():
                missing, reason = NotAnsweredError(connected=False), "connection_failed"
                self._reached(connected=False)
            case TimeoutError():
                missing, reason = NotAnsweredError(connected=True), "http_timeout"
            case _:
                missing, reason = NotAnsweredError(connected=True), "connection_failed"
        if "event_id" in payload:
            self._failed[payload["event_id"]] = reason
            while len(self._failed) > _MOST_FAILED:
                self._failed.popitem(last=False)
        return missing

    def _reached(self, *, connected: bool) -> None:
        if connected != self.is_connected:
            self.is_connected = connected
            self._changes.notify()

    def _log(
        self, kind: Literal["ack", "timeout"], name: str, sent: Json, request_id: str, sent_at: float
    ) -> None:
        now = self._traffic.now_ms()
        self._traffic.add(
            Entry(at_ms=now, kind=kind, name=name, sent=sent, took_ms=now - sent_at, envelope_id=request_id)
        )


def _written(kind: str, payload: Json) -> tuple[bytes, str]:
    """Write a payload as Slack does: an event as JSON, a command as a form, the rest as JSON in a form."""
    if kind == "events_api":
        return json.dumps(payload).encode(), _JSON
    form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(form).encode(), _FORM


def _body(kind: str, answer: _Answer) -> Json | None:
    """Read what an answer carries.

    Raises:
        NotAnsweredError: it is no HTTP 200, or is not what it says it is.
    """
    if answer.status != _OK:
        shown = "http_service_error" if answer.status >= _SERVER_ERRORS else "http_client_error"
        raise NotAnsweredError(connected=True, shown=shown, is_final=answer.no_retry)
    if kind == "events_api" or not answer.text.strip():
        return None
    if answer.kind == _JSON:
        try:
            body = json.loads(answer.text)
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise NotAnsweredError(connected=True, shown="invalid_command_response")
        return body or None
    # A command may be answered in plain words.
    return {"text": answer.text}


def _challenge_in(answer: _Answer) -> str:
    if answer.kind != _JSON:
        return answer.text.strip()
    try:
        body = json.loads(answer.text)
    except ValueError:
        return ""
    return str(body.get("challenge")) if isinstance(body, dict) else ""
