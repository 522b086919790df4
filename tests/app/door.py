"""The real app at the local Slack, put together by hand: its directory, limits and queue are the test's."""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.ordered_calls import OrderedCalls
from bot.adapters.slack_directory import SlackDirectory
from bot.adapters.socket_mode import SocketMode
from bot.app.bolt_app import build_app
from bot.app.boundary import Boundary, Limits
from bot.app.delivery import Delivery
from bot.bootstrap import RunningBot
from bot.domain.history import HistoryEntry
from bot.domain.ids import ClientId, StaffId, WorkspaceId
from bot.domain.staff import StaffMember
from bot.domain.staff_access import GroupId, StaffGroup
from bot.manifest import manifest
from bot.playground.practice import CHANNELS, GROUPS, PEOPLE
from bot.playground.slack import LocalSlack, Person
from bot.services.audit import Audit
from bot.services.ports import Directory
from bot.services_building import build_services
from storage.database import Database
from tests.app.waits import PATIENTLY
from tests.office import PATIENT, Office, set_up


class StandIns:
    """A directory in which a test can make the next questions wait or fail."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._before: list[Callable[[], Any]] = []
        self._held = 0
        self._changed = asyncio.Condition()

    async def member(self, staff_id: StaffId) -> StaffMember:
        """Answer, after what the test has put before it."""
        if self._before:
            await self._before.pop(0)()
        return await self._directory.member(staff_id)

    async def members_of(self, group_id: GroupId) -> frozenset[StaffId]:
        """Answer."""
        return await self._directory.members_of(group_id)

    async def groups(self) -> tuple[StaffGroup, ...]:
        """Answer."""
        return await self._directory.groups()

    def forget(self, staff_id: StaffId) -> None:
        """Ask anew about a person."""
        self._directory.forget(staff_id)

    def forget_group(self, group_id: GroupId) -> None:
        """Ask anew about a group."""
        self._directory.forget_group(group_id)

    def hold(self) -> asyncio.Event:
        """Let the next question wait until the event is set."""
        released = asyncio.Event()

        async def wait() -> None:
            async with self._changed:
                self._held += 1
                self._changed.notify_all()
            await released.wait()

        self._before.append(wait)
        return released

    async def asked(self, times: int) -> None:
        """Return once so many questions have been made to wait."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._held >= times)

    def fail(self, error: Exception) -> None:
        """Let the next question fail."""

        async def fail() -> None:
            raise error

        self._before.append(fail)


@dataclass(frozen=True, slots=True, kw_only=True)
class Door(Office):
    """An office whose directory, time and app a test can reach."""

    directory: StandIns
    app: "App"

    async def history(self, client_id: ClientId) -> tuple[HistoryEntry, ...]:
        """Return what was done to a client, newest first."""
        return await self.services.history.of_client(self.actor, client_id, limit=1000)

    async def acts(self, client_id: ClientId) -> list[str]:
        """Return the acts on a client, oldest first."""
        return [str(entry.act) for entry in reversed(await self.history(client_id))]

    def become(self, person: Person, **changes: bool | str) -> None:
        """Change what Slack says of a person."""
        people = self.slack.hub.workspace.people
        people[person.id] = replace(people[person.id], **changes)  # type: ignore[arg-type]  # any of its flags


@dataclass(slots=True, kw_only=True)
class App:
    """The running app, which a test can end before its office closes."""

    bolt: AsyncApp
    client: AsyncWebClient
    socket: SocketMode
    boundary: Boundary
    queue: OrderedCalls
    audit: Audit
    is_over: bool = False

    async def settled(self) -> None:
        """Wait until everything that was acked is carried out, and shown."""
        await self.boundary.finish()
        await self.audit.drain()

    async def end(self) -> None:
        """End as the bot ends at SIGTERM: what is under way first."""
        if self.is_over:
            return
        self.is_over = True
        await self.socket.end()
        await self.settled()


@asynccontextmanager
async def open_door(
    database_url: str,
    *,
    limits: Callable[[], Limits] = PATIENTLY,
    monotonic: Callable[[], float] | None = None,
    most_waiting: int = 1000,
    people: tuple[Person, ...] = (),
    refusals: tuple[str, ...] = (),
    is_set_up: bool = True,
) -> AsyncIterator[Door]:
    """Open an office; at the end Slack has refused nothing but what the test expects by method."""
    slack = LocalSlack(manifest(), (*PEOPLE, *people), CHANNELS, groups=GROUPS, timing=PATIENT)
    await slack.start()
    database = Database.open(database_url)
    try:
        client = AsyncWebClient(
            token=slack.bot_token,
            base_url=slack.api_url,
            retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=2)],
        )
        workspace_id = WorkspaceId(slack.hub.workspace.team.id)
        await database.ensure_workspace(workspace_id, "The practice")
        asked = SlackDirectory(client, monotonic=monotonic) if monotonic else SlackDirectory(client)
        directory = StandIns(asked)
        services = build_services(database, directory=directory, zone=UTC, region="US")
        queue = OrderedCalls(most_waiting=most_waiting)
        delivery = Delivery(client=client, queue=queue, summaries=services.summaries)
        boundary = Boundary(services=services, delivery=delivery, limits=limits)
        bolt = build_app(client=client, boundary=boundary, workspace_id=workspace_id)
        web_client = AsyncWebClient(token=slack.app_token, base_url=slack.api_url)
        socket = SocketMode(bolt, slack.app_token, web_client=web_client)
        app = App(
            bolt=bolt, client=client, socket=socket, boundary=boundary, queue=queue, audit=services.audit
        )
        try:
            await socket.begin()
            bot = RunningBot(services=services, database=database, workspace_id=workspace_id)
            door = Door(slack=slack, bot=bot, directory=directory, app=app)
            if is_set_up:
                await set_up(services, door.actor)
            yield door
        finally:
            await app.end()
        unexpected = [refusal for refusal in slack.refusals if refusal.name not in refusals]
        assert not unexpected, f"Slack refused: {unexpected}"
        assert not slack.hub.traffic.timeouts(), "somebody was left with Slack's time-out"
    finally:
        await database.close()
        await slack.stop()


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    """Return the log's lines."""
    return [json.loads(line) for line in log.getvalue().splitlines()]


def errors(log: io.StringIO) -> list[dict[str, Any]]:
    """Return the log's lines that tell of an error."""
    return [line for line in lines(log) if line["level"] == "error"]
