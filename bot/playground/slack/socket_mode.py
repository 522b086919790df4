"""Socket Mode: the app's connections, envelopes out, acks in."""

import asyncio
import json
import secrets
import uuid
from collections.abc import Callable, Coroutine
from typing import Literal

from aiohttp import WSMsgType, web

from bot.playground.slack.acks import Ack, NotAnsweredError
from bot.playground.slack.changes import Changes
from bot.playground.slack.faults import Fault, FaultKind
from bot.playground.slack.traffic import Entry, Traffic
from bot.playground.slack.wire import Json

MOST_CONNECTIONS = 10
CONNECTION_SECONDS = 18_060
CLOSED_AFTER_SECONDS = 10.0
"""How long a connection stays open after its disconnect frame, for the app to open another one."""

DisconnectReason = Literal["warning", "refresh_requested"]


class SocketMode:
    """Holds the app's connections and gives each payload to one of them."""

    def __init__(
        self, *, app_id: str, traffic: Traffic, changes: Changes, ack_seconds: Callable[[], float]
    ) -> None:
        self._app_id = app_id
        self._traffic = traffic
        self._changes = changes
        self._ack_seconds = ack_seconds
        self._tickets: set[str] = set()
        self._connections: list[web.WebSocketResponse] = []
        self._transports: dict[web.WebSocketResponse, asyncio.BaseTransport | None] = {}
        self._deaf: set[web.WebSocketResponse] = set()
        self._waiting: dict[str, asyncio.Future[Json | None]] = {}
        self._background: set[asyncio.Task[None]] = set()

    @property
    def connections(self) -> int:
        """How many connections the app has."""
        return len(self._connections)

    @property
    def is_connected(self) -> bool:
        """Whether the app has a connection."""
        return bool(self._connections)

    def new_ticket(self) -> str:
        """Let the app connect once more."""
        ticket = str(uuid.uuid4())
        self._tickets.add(ticket)
        return ticket

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until it closes."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=401, text="invalid ticket")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(heartbeat=20, timeout=1)
        await socket.prepare(request)
        if len(self._connections) >= MOST_CONNECTIONS:
            await socket.send_json(self._disconnect("too_many_websockets"))
            await socket.close()
            return socket
        self._connections.append(socket)
        self._transports[socket] = request.transport
        try:
            await socket.send_json(self._hello())
            self._log_connection("opened")
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._receive(message.data)
        except ConnectionResetError:
            pass  # The app is gone; what is left to do is below.
        finally:
            self._forget(socket)
        return socket

    async def deliver(
        self,
        kind: str,
        payload: Json,
        *,
        accepts: bool,
        extra: Json | None = None,
        fault: Fault | None = None,
    ) -> Ack:
        """Send a payload over one connection and wait for its ack.

        Raises:
            NotAnsweredError: the app is not connected, or did not ack within three seconds.
        """
        envelope_id = str(uuid.uuid4())
        envelope = {
            "envelope_id": envelope_id,
            "payload": payload,
            "type": kind,
            "accepts_response_payload": accepts,
            **(extra or {}),
        }
        name = payload_name(kind, payload)
        sent_at = self._traffic.now_ms()
        answer: asyncio.Future[Json | None] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = answer
        try:
            if fault is not None and fault.kind is FaultKind.LATE:
                self._start(self._send_late(envelope, fault.seconds))
            else:
                await self._send(envelope, fault=fault)
            self._traffic.add(
                Entry(
                    at_ms=sent_at,
                    kind="envelope",
                    name=name,
                    sent=payload,
                    envelope_id=envelope_id,
                    fault=fault.kind if fault else None,
                )
            )
            async with asyncio.timeout(self._ack_seconds()):
                body = await answer
        except TimeoutError:
            self._log_timeout(name, payload, envelope_id, sent_at)
            raise NotAnsweredError(connected=True) from None
        finally:
            del self._waiting[envelope_id]
        now = self._traffic.now_ms()
        self._traffic.add(
            Entry(
                at_ms=now,
                kind="ack",
                name=name,
                sent=body or {},
                took_ms=now - sent_at,
                envelope_id=envelope_id,
            )
        )
        return Ack(payload=body)

    async def send_away(
        self, reason: DisconnectReason, *, closed_after: float = CLOSED_AFTER_SECONDS
    ) -> None:
        """Tell each connection that it ends soon, as Slack does when it recycles them, and end it then."""
        for socket in tuple(self._connections):
            try:
                await socket.send_json(self._disconnect(reason))
            except ConnectionResetError:
                self._forget(socket)
            else:
                self._start(_close_later(socket, closed_after))
        self._log_connection(f"disconnect: {reason}")

    def cut(self) -> None:
        """Cut every connection without a word."""
        for socket in tuple(self._connections):
            self._cut(socket)

    def deafen(self) -> None:
        """Let nothing through any more in either direction, and keep the connections open all the same.

        As a machine in between does that has forgotten them. Once the app has another one, that is used.
        """
        for socket in self._connections:
            transport = self._transports.get(socket)
            if isinstance(transport, asyncio.ReadTransport):
                transport.pause_reading()
            self._deaf.add(socket)

    def _cut(self, socket: web.WebSocketResponse) -> None:
        transport = self._transports.get(socket)
        if isinstance(transport, asyncio.WriteTransport):
            transport.abort()
        self._forget(socket)

    async def close(self) -> None:
        """Tell each connection to go, and close it."""
        for task in tuple(self._background):
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        for socket in tuple(self._connections):
            try:
                await socket.send_json(self._disconnect("link_disabled"))
                await socket.close()
            except ConnectionResetError:
                self._forget(socket)

    def _log_timeout(self, name: str, payload: Json, envelope_id: str, sent_at: float) -> None:
        now = self._traffic.now_ms()
        self._traffic.add(
            Entry(
                at_ms=now,
                kind="timeout",
                name=name,
                sent=payload,
                took_ms=now - sent_at,
                envelope_id=envelope_id,
            )
        )

    async def _send_late(self, envelope: Json, seconds: float) -> None:
        await asyncio.sleep(seconds)
        try:
            await self._send(envelope)
        except NotAnsweredError:
            return  # Nobody was there any more; whoever waited has been told so by the time that ran out.

    def _start(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _send(self, envelope: Json, *, fault: Fault | None = None) -> None:
        while self._connections:
            # Any connection may get a payload, so each in turn does.
            self._connections.sort(key=self._deaf.__contains__)
            socket = self._connections.pop(0)
            self._connections.append(socket)
            if socket in self._deaf:
                return
            try:
                await socket.send_json(envelope)
                if fault is not None and fault.kind is FaultKind.REPEATED:
                    await socket.send_json(envelope)
                if fault is not None and fault.kind is FaultKind.CUT_SOCKET:
                    self._cut(socket)
            except ConnectionResetError:
                self._forget(socket)
            else:
                return
        raise NotAnsweredError(connected=False)

    def _receive(self, text: str) -> None:
        try:
            answer = json.loads(text)
        except ValueError:
            return
        if not isinstance(answer, dict):
            return
        waiting = self._waiting.get(str(answer.get("envelope_id")))
        if waiting is not None and not waiting.done():
            payload = answer.get("payload")
            waiting.set_result(payload if isinstance(payload, dict) and payload else None)

    def _forget(self, socket: web.WebSocketResponse) -> None:
        self._transports.pop(socket, None)
        self._deaf.discard(socket)
        if socket in self._connections:
            self._connections.remove(socket)
            self._log_connection("gone")

    def _log_connection(self, what: str) -> None:
        entry = Entry(
            at_ms=self._traffic.now_ms(),
            kind="connection",
            name=what,
            sent={"num_connections": len(self._connections)},
        )
        self._traffic.add(entry)

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._connections),
            "debug_info": {
                "host": "applink-local",
                "build_number": 1,
                "approximate_connection_time": CONNECTION_SECONDS,
            },
            "connection_info": {"app_id": self._app_id},
        }

    def _disconnect(self, reason: str) -> Json:
        return {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-local"}}


async def _close_later(socket: web.WebSocketResponse, seconds: float) -> None:
    await asyncio.sleep(seconds)
    await socket.close()


def payload_name(kind: str, payload: Json) -> str:
    """Name a payload as the log and the faults do: a command, an interaction, or the event in it."""
    if kind == "slash_commands":
        return kind
    if kind == "events_api":
        return str(payload["event"]["type"])
    return str(payload["type"])


def event_id() -> str:
    """Make the id of an event."""
    return "Ev0" + secrets.token_hex(5).upper()
