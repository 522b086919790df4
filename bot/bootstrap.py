"""The composition root: settings -> database -> adapters -> services -> app, named together only here.

The services alone are put together in `services_building`, for commands that have nothing to do with Slack.
"""

import gc
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from bot.adapters.bell import LocalBell
from bot.adapters.ordered_calls import OrderedCalls
from bot.adapters.signed_http import SignedHttp
from bot.adapters.slack_calls import CALL_LIMITS, CallLimits
from bot.adapters.slack_directory import SlackDirectory
from bot.adapters.slack_staff_notices import SlackStaffNotices
from bot.adapters.socket_mode import SocketMode
from bot.api.door import ApiDoor
from bot.app.announcing import LOOK_SECONDS, TellingStaff
from bot.app.bolt_app import build_app
from bot.app.boundary import Boundary, Limits
from bot.app.clearing import Clearing
from bot.app.delivery import Delivery
from bot.app.warming import Warming
from bot.config import (
    HttpSettings,
    MailSettings,
    Settings,
)
from bot.connecting import begin, lost_of, receiver_for, slack
from bot.domain.ids import StaffId, WorkspaceId
from bot.domain.settings import Sight
from bot.incoming_notices import ApiPlace, taking_notices
from bot.services.ports import Clock
from bot.services.services import Services
from bot.services_building import build_services
from bot.without_slack import opened_database
from storage.database import Database
from storage.trail.heads import Head

if TYPE_CHECKING:
    from bot.adapters.outbox_worker import OutboxWorker
    from bot.adapters.smtp_listener import SmtpListener

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningBot:
    """The bot, connected to Slack."""

    services: Services
    database: Database
    workspace_id: WorkspaceId
    address: str | None = None
    """Where it takes Slack's requests over signed HTTP; over Socket Mode there is no such place."""
    api: ApiPlace | None = None
    """Where the systems of the practice hand notices in."""
    mail: "SmtpListener | None" = None
    """Where they hand in mail for clients."""
    lost: Callable[[], Awaitable[None]] | None = None
    """Over Socket Mode: waits until Slack takes the bot no more, and raises a ConfigurationError then."""


@asynccontextmanager
async def running(
    settings: Settings | HttpSettings,
    *,
    clock: Clock | None = None,
    limits: Callable[[], Limits] = Limits,
    calls: CallLimits = CALL_LIMITS,
    warms_up: bool = False,
    looks_every: float = LOOK_SECONDS,
) -> AsyncIterator[RunningBot]:
    """Run the bot until the block ends, then finish what is under way; the settings say how payloads arrive.

    Args:
        settings: of the practice, and of how payloads arrive.
        clock: the time.
        limits: how long a handler is waited for.
        calls: how long Slack is.
        warms_up: whether it gets ready for every kind of search at the start, for almost a second of a core.
        looks_every: how often it looks, in seconds, for something to tell staff.

    Raises:
        ConfigurationError: Slack does not take a token, or the port cannot be listened on.
    """
    async with (
        slack(settings, calls) as (client, workspace_id, name),
        opened_database(settings.database_url) as database,
    ):
        await database.ensure_workspace(workspace_id, name)
        bell = LocalBell()
        database.trail.heads.tell(_tell_of_head)

        async def sight_of(staff_id: StaffId) -> Sight | None:
            return await services.staff.sight_in_messages(workspace_id, staff_id)

        staff_notices = SlackStaffNotices(client, sight_of=sight_of)
        services = build_services(
            database,
            directory=SlackDirectory(client, team_id=workspace_id),
            zone=settings.timezone,
            region=settings.region,
            clock=clock,
            bell=bell,
            staff_notices=staff_notices,
        )
        # The time zone that was chosen holds from the first moment on.
        await services.in_force.read(workspace_id)
        worker = _outbox_worker(settings, services, workspace_id, bell)
        delivery = Delivery(
            client=client,
            queue=OrderedCalls(),
            again_after=calls.told_again,
            summaries=services.summaries,
        )
        clearing = Clearing(client=client, summaries=services.summaries, workspace_id=workspace_id)
        telling = TellingStaff(
            announcing=services.announcing,
            staff_notices=staff_notices,
            workspace_id=workspace_id,
            looks_every=looks_every,
        )
        # What is in memory by then stays there until the end: Python looks through it no more for what could
        # go, which takes a tenth of a second each time that somebody may be waiting for, and that mail is.
        warming = Warming(database.finding.get_ready(), then=gc.freeze)
        refolding = Warming(database.fold_anew(workspace_id))
        boundary = Boundary(services=services, delivery=delivery, limits=limits)
        app = build_app(client=client, boundary=boundary, workspace_id=workspace_id)
        door = ApiDoor(services, workspace_id)
        receiver = receiver_for(settings, app, calls, door)
        try:
            await begin(receiver)
            clearing.begin()
            telling.begin()
            refolding.begin()
            if warms_up:
                warming.begin()
            if worker is not None:
                worker.begin()
            async with taking_notices(settings, services, door, receiver) as doors:
                yield RunningBot(
                    services=services,
                    database=database,
                    workspace_id=workspace_id,
                    address=receiver.address if isinstance(receiver, SignedHttp) else None,
                    lost=lost_of(receiver) if isinstance(receiver, SocketMode) else None,
                    api=doors.api,
                    mail=doors.mail,
                )
        finally:
            await receiver.end()
            await clearing.end()
            await telling.end()
            await warming.end()
            await refolding.end()
            if worker is not None:
                await worker.end()
            await boundary.finish()
            await services.audit.drain()


def _outbox_worker(
    settings: MailSettings, services: Services, workspace_id: WorkspaceId, bell: LocalBell
) -> "OutboxWorker | None":
    if settings.smtp_url is None:
        return None
    from bot.outgoing_mail import worker_for  # noqa: PLC0415 - only who sends mail waits for its libraries

    return worker_for(settings, services, workspace_id=workspace_id, bell=bell)


def _tell_of_head(head: Head) -> None:
    """Leave the end of the history's chain in the log, which is often collected on another machine."""
    _log.info("audit.head", workspace_id=head.workspace_id, number=head.place, digest=head.mac.hex())
