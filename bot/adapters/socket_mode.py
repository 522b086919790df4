"""Socket Mode that comes back by itself, and can end well: what is under way is answered first."""

import asyncio
import json
from http import HTTPStatus
from time import time

import structlog
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.payload_shape import is_well_formed
from bot.adapters.socket_connection import Connection, Pace

_log = structlog.get_logger(__name__)

ANSWERED_SECONDS = 3
"""Slack waits so long for an ack: whatever was taken before is answered by then."""

_REFUSED_FOR_GOOD = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "token_expired",
        "token_revoked",
    }
)
"""What Slack says of a token that it will not take a minute later either."""

_PACE = Pace()


class SocketMode:
    """Keeps one connection, opens the next before it gives the last one up, and answers what arrives.

    Args:
        app: what answers.
        app_token: the app-level token.
        web_client: asks Slack where to connect.
        pace: how quickly a lost connection is noticed and replaced.
    """

    def __init__(
        self, app: AsyncApp, app_token: str, *, web_client: AsyncWebClient, pace: Pace = _PACE
    ) -> None:
        self._app = app
        self._app_token = app_token
        self._web_client = web_client
        self._pace = pace
        self._connection: Connection | None = None
        self._connected = asyncio.Event()
        self._answering: set[asyncio.Task[object]] = set()
        self._retiring: set[asyncio.Task[None]] = set()
        self._keeping: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Connect.

        Raises:
            SlackApiError: Slack does not take the token.
            OSError: Slack cannot be reached; aiohttp's ClientError and TimeoutError likewise.
        """
        first = await self._opened()
        self._take(first)
        self._keeping = asyncio.create_task(self._keep(first), name="socket-mode")

    async def lost(self) -> None:
        """Wait for as long as there is a connection, or may be one again.

        Raises:
            SlackApiError: Slack takes the token no more, so that there will be none.
        """
        if self._keeping is not None:
            await asyncio.shield(self._keeping)

    async def end(self) -> None:
        """Answer what was taken, and close.

        Until it is closed Slack sends payloads here and nowhere else, so those that come meanwhile are
        answered as well. What an answer still has to show needs no socket.
        """
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.wait({self._keeping})
        await self._answered()
        if self._connection is not None:
            await self._connection.end()
        if self._retiring:
            await asyncio.wait(set(self._retiring))

    async def _keep(self, connection: Connection) -> None:
        while True:
            await connection.lost()
            _log.warning("socket.lost")
            self._connected.clear()
            following = await self._next()
            self._take(following)
            _log.info("socket.back")
            task = asyncio.create_task(self._retire(connection), name="socket-mode-retiring")
            self._retiring.add(task)
            task.add_done_callback(self._retiring.discard)
            connection = following

    async def _next(self) -> Connection:
        """Connect again, however long that takes: Slack may be away for an hour while nobody watches."""
        wait, since = self._pace.first_wait, time()
        while True:
            try:
                return await self._opened()
            except Exception as error:
                # Whatever else it was, there is nothing to do but to try again.
                code = _code(error)
                if code in _REFUSED_FOR_GOOD:
                    raise
                _log.error("socket.unreachable", slack_error=code, seconds=round(time() - since))
            await asyncio.sleep(wait)
            wait = min(2 * wait, self._pace.longest_wait)

    async def _opened(self) -> Connection:
        asked = await self._web_client.apps_connections_open(app_token=self._app_token)
        connection = Connection(
            str(asked["url"]), self._app_token, web_client=self._web_client, pace=self._pace
        )
        connection.socket_mode_request_listeners.append(self._take_up)  # type: ignore[arg-type]  # the SDK's listeners are of its base class
        try:
            await connection.open()
        except BaseException:
            await connection.end()
            raise
        return connection

    def _take(self, connection: Connection) -> None:
        self._connection = connection
        self._connected.set()

    async def _retire(self, connection: Connection) -> None:
        """Close the connection before the present one, which Slack may have used until just now."""
        await self._answered()
        await connection.end()

    async def _answered(self) -> None:
        under_way = set(self._answering)
        if not under_way:
            return
        _, late = await asyncio.wait(under_way, timeout=ANSWERED_SECONDS)
        if late:
            _log.warning("socket.busy", count=len(late))

    async def _take_up(self, connection: Connection, request: SocketModeRequest) -> None:
        """Answer one envelope."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("an envelope arrives in a task of its own")
        # The SDK itself keeps no reference to it, and a task that nobody holds may be collected half-way.
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)
        if is_well_formed(request.payload):
            answer = await run_async_bolt_app(self._app, request)
        else:
            _log.warning("socket.malformed", payload_type=request.type)
            answer = BoltResponse(status=200)
        try:
            await _send(connection, request, answer)
        except ConnectionError:
            await self._answer_over_next(request, answer)

    async def _answer_over_next(self, request: SocketModeRequest, answer: BoltResponse) -> None:
        """Answer what arrived over a connection that is lost by now: Slack takes it over any of the app's."""
        try:
            async with asyncio.timeout(ANSWERED_SECONDS):
                await self._connected.wait()
                if self._connection is not None:
                    await _send(self._connection, request, answer)
        except (TimeoutError, ConnectionError):
            _log.warning("socket.unanswered", payload_type=request.type)


async def _send(connection: Connection, request: SocketModeRequest, answer: BoltResponse) -> None:
    """Send an answer; its body is JSON already, which Bolt's own way would read and write once more."""
    if answer.status != HTTPStatus.OK or answer.body[:1] not in ("{", ""):
        await send_async_response(connection, request, answer, time())
        return
    payload = f', "payload": {answer.body}' if answer.body else ""
    await connection.send_message(f'{{"envelope_id": {json.dumps(request.envelope_id)}{payload}}}')


def _code(error: Exception) -> str:
    if isinstance(error, SlackApiError):
        return str(error.response.get("error", ""))
    return type(error).__name__
