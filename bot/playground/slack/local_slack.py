"""The local Slack as one thing: made, started, asked, stopped."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from aiohttp import web

from bot.playground.slack import state_file
from bot.playground.slack.changes import Changes
from bot.playground.slack.clock import Clock, system_clock
from bot.playground.slack.deliveries import Deliveries
from bot.playground.slack.faults import Fault, FaultKind, Faults
from bot.playground.slack.hub import Hub
from bot.playground.slack.identifiers import Timestamps
from bot.playground.slack.interactivity import Payloads
from bot.playground.slack.manifest import Manifest
from bot.playground.slack.messages import Messages
from bot.playground.slack.people import Channel, Person, UserGroup
from bot.playground.slack.read_marks import ReadMarks
from bot.playground.slack.response_urls import ResponseUrls
from bot.playground.slack.server import Annex, build
from bot.playground.slack.signed_http import SignedHttp
from bot.playground.slack.socket_mode import DisconnectReason, SocketMode
from bot.playground.slack.streams import Streams
from bot.playground.slack.traffic import Refusal, Traffic
from bot.playground.slack.triggers import Triggers
from bot.playground.slack.views import Views
from bot.playground.slack.workspace import Workspace

SAVE_AFTER_SECONDS = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """How patient the local Slack is."""

    ack_seconds: float = 3.0
    """Slack waits three seconds for an ack."""
    event_retry_seconds: tuple[float, ...] = (0.0, 60.0, 300.0)
    """Waits before an event without an ack is sent again: at once, after a minute, after five."""
    trigger_seconds: float = 3.0
    """A trigger_id works for three seconds, and once."""


class LocalSlack:
    """A workspace on this machine that speaks Slack's APIs and refuses what Slack refuses."""

    def __init__(
        self,
        manifest: Mapping[str, object],
        people: Sequence[Person],
        channels: Sequence[Channel],
        *,
        groups: Sequence[UserGroup] = (),
        page: Path | None = None,
        state_file: Path | None = None,
        clock: Clock = system_clock,
        timing: Timing | None = None,
        annexes: Sequence[Annex] = (),
    ) -> None:
        self.timing = timing or Timing()
        """How patient it is from now on."""
        workspace = Workspace(Manifest.read(manifest), people, channels, groups)
        self.changes = Changes()
        streams = Streams()
        self.traffic = Traffic(self.changes, tell=streams.tell_watchers)
        self.faults = Faults(self.changes, tell=lambda: streams.tell_watchers({"type": "faults"}))
        triggers = Triggers(clock, lifetime=lambda: timedelta(seconds=self.timing.trigger_seconds))
        messages = Messages()
        socket = SocketMode(
            app_id=workspace.app.app_id,
            traffic=self.traffic,
            changes=self.changes,
            ack_seconds=self._patience,
        )
        self.hub = Hub(
            workspace=workspace,
            clock=clock,
            timestamps=Timestamps(clock),
            views=Views(workspace, clock),
            messages=messages,
            read_marks=ReadMarks(workspace, messages),
            triggers=triggers,
            response_urls=ResponseUrls(clock),
            payloads=Payloads(workspace),
            socket=socket,
            faults=self.faults,
            deliveries=Deliveries(socket, self.faults, expire=triggers.expire),
            streams=streams,
            traffic=self.traffic,
            changes=self.changes,
            event_retry_seconds=self.timing.event_retry_seconds,
            offers=tuple(annex.name for annex in annexes),
        )
        self._annexes = annexes
        self._page = page
        self._state_file = state_file
        self._http: SignedHttp | None = None
        self._runner: web.AppRunner | None = None
        self._port: int | None = None

    def _patience(self) -> float:
        return self.timing.ack_seconds

    @property
    def bot_token(self) -> str:
        """The token with which the app calls the Web API."""
        return self.hub.workspace.app.bot_token

    @property
    def app_token(self) -> str:
        """The token with which the app opens Socket Mode connections."""
        return self.hub.workspace.app.app_token

    @property
    def signing_secret(self) -> str:
        """What requests are signed with over HTTP."""
        return self.hub.workspace.app.signing_secret

    @property
    def port(self) -> int:
        """The port it listens on, once started."""
        if self._port is None:
            raise RuntimeError("The local Slack has not been started.")
        return self._port

    @property
    def api_url(self) -> str:
        """Where the Web API is; it ends in `/api/`."""
        return f"http://127.0.0.1:{self.port}/api/"

    @property
    def page_url(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def refusals(self) -> list[Refusal]:
        """Everything the app sent that Slack refuses."""
        return self.traffic.refusals

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; port 0 takes any free one.

        Raises:
            OSError: the port is taken.
        """
        self._restore()
        self.faults.stopped.clear()
        application = build(self.hub, page=self._page, annexes=self._annexes)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        try:
            await site.start()
        except OSError:
            await self._runner.cleanup()
            raise
        self._port = int(self._runner.addresses[0][1])
        self.hub.origin = f"http://127.0.0.1:{self._port}"
        self.hub.start(self._tell_connected())
        if self._state_file is not None:
            self.hub.start(self._keep_saving(since=self.changes.number))

    async def stop(self) -> None:
        """Send the app's connections away, end the streams, keep what is kept, and listen no more."""
        self.hub.streams.end()
        self.faults.stopped.set()
        await self.hub.deliveries.end()
        await self.hub.socket.close()
        if self._http is not None:
            await self._http.close()
        await self.hub.end_tasks()
        self._save()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def speak_http(self, request_url: str) -> None:
        """Send everything from now on to a Request URL of the app's, signed, once it has proved to be one.

        Raises:
            RequestUrlRefusedError: what answers there is not the app, or nobody does.
        """
        app = self.hub.workspace.app
        http = SignedHttp(
            request_url,
            secret=app.signing_secret,
            verification_token=app.verification_token,
            traffic=self.traffic,
            changes=self.changes,
            ack_seconds=self._patience,
        )
        try:
            await http.verify()
        except BaseException:
            await http.close()
            raise
        if self._http is not None:
            await self._http.close()
        self._http = http
        self.hub.deliveries.go_over(http)
        self.changes.notify()

    async def app_connected(self, *, timeout: float = 30) -> None:  # noqa: ASYNC109 - the caller's patience
        """Return once the app has a Socket Mode connection, or has answered at its Request URL.

        Raises:
            TimeoutError: it has not after `timeout` seconds.
        """
        await self.until(lambda: self.hub.deliveries.is_connected, timeout=timeout)

    async def until(self, holds: Callable[[], bool], *, timeout: float = 30) -> None:  # noqa: ASYNC109 - the caller's patience
        """Return once the condition holds; it is looked at again after each change of the local Slack.

        Raises:
            TimeoutError: it did not hold within `timeout` seconds.
        """
        await self.changes.until(holds, timeout=timeout)

    def fail_next(
        self, method: str, error: str, *, status: int = 200, retry_after: int | None = None, times: int = 1
    ) -> None:
        """Refuse the next call, or the next few, of a method; `faults.order` does everything else."""
        self.faults.order(
            Fault(
                kind=FaultKind.REFUSED,
                on=method,
                error=error,
                status=status,
                retry_after=retry_after,
                times=times,
            )
        )

    async def send_away(self, reason: DisconnectReason, *, closed_after: float = 10.0) -> None:
        """Send each connection of the app a disconnect frame, and close it some seconds later."""
        await self.hub.socket.send_away(reason, closed_after=closed_after)

    def cut_sockets(self) -> None:
        """Cut every connection of the app without a word."""
        self.hub.socket.cut()

    def deafen_sockets(self) -> None:
        """Keep every connection of the app open, and let nothing through it any more."""
        self.hub.socket.deafen()

    async def _tell_connected(self) -> None:
        known = False
        while True:
            now = self.hub.deliveries.is_connected
            if now != known:
                known = now
                self.hub.streams.tell_all({"type": "connected", "app": now})
            await self.changes.next()

    async def _keep_saving(self, *, since: int) -> None:
        saved = since
        while True:
            while self.changes.number == saved:
                await self.changes.next()
            await asyncio.sleep(SAVE_AFTER_SECONDS)
            self._save()
            self.changes.notify()
            saved = self.changes.number

    def _save(self) -> None:
        if self._state_file is not None:
            state_file.save(
                self._state_file,
                {
                    "messages": self.hub.messages.lasting(),
                    "homes": self.hub.views.homes,
                    "read": self.hub.read_marks.marks,
                },
            )

    def _restore(self) -> None:
        kept = state_file.load(self._state_file) if self._state_file is not None else None
        if kept is None:
            return
        self.hub.messages.restore(kept["messages"])
        self.hub.views.homes.update(kept["homes"])
        self.hub.read_marks.marks.update(kept.get("read", {}))
        for message in kept["messages"]:
            self.hub.timestamps.continue_after(message["ts"])
