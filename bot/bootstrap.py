"""The composition root: settings -> database -> adapters -> services -> app, named together only here."""

import gc
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING

import structlog

from bot.adapters.bell import LocalBell
from bot.adapters.later_entries import SoonWritten
from bot.adapters.ordered_calls import OrderedCalls
from bot.adapters.signed_http import SignedHttp
from bot.adapters.slack_calls import CALL_LIMITS, CallLimits
from bot.adapters.slack_directory import SlackDirectory
from bot.adapters.slack_staff_notices import SlackStaffNotices
from bot.adapters.socket_mode import SocketMode
from bot.adapters.system_clock import SystemClock
from bot.adapters.ulids import new_ulid
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
from bot.domain.practice_zone import PracticeZone
from bot.domain.settings import Sight
from bot.incoming_notices import ApiPlace, taking_notices
from bot.services.announcing import Announcing
from bot.services.api_tokens import ApiTokens
from bot.services.audit import Audit
from bot.services.bounces import Bounces
from bot.services.client_naming import ClientNaming
from bot.services.clients import Clients
from bot.services.copies import Copies
from bot.services.dead_letters import DeadLetters
from bot.services.deliveries import Deliveries
from bot.services.history import HistoryReader
from bot.services.in_force import InForce
from bot.services.mail_intake import MailIntake
from bot.services.mail_rules import MailRules
from bot.services.must_not_receive import KeepingRestrictions
from bot.services.notice_status import NoticeStatus
from bot.services.notices import Notices
from bot.services.outbox import Outbox
from bot.services.owners import KeepingOwners
from bot.services.ports import Bell, Clock, Directory, StaffNotices
from bot.services.recent_clients import RecentClients
from bot.services.recipients import Recipients
from bot.services.relationships import Relationships
from bot.services.services import Services
from bot.services.settings import SettingsDesk
from bot.services.staff import Staff
from bot.services.summaries import Summaries
from bot.services.trail import TrailReader
from bot.services.unsubscribe import Unsubscribing
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


def build_services(
    database: Database,
    *,
    directory: Directory,
    zone: tzinfo,
    region: str,
    clock: Clock | None = None,
    bell: Bell | None = None,
    staff_notices: StaffNotices | None = None,
) -> Services:
    """Return every service over one database.

    Args:
        database: where everything is kept.
        directory: who people are.
        zone: the practice's time zone.
        region: the country of its telephone numbers.
        clock: the system's own unless given.
        bell: wakes the worker that sends mail, where one runs in this process.
        staff_notices: tells staff what happens by mail; without it nobody is told.
    """
    practice_zone = PracticeZone(zone)
    used_clock = clock or SystemClock(practice_zone)
    in_force = InForce(storage=database, clock=used_clock, zone=practice_zone)
    audit = Audit(storage=database, clock=used_clock, later=SoonWritten(storage=database))
    notices = Notices(storage=database, clock=used_clock, new_id=new_ulid, bell=bell)
    return Services(
        clients=Clients(storage=database, clock=used_clock, new_id=new_ulid, region=region, audit=audit),
        recent_clients=RecentClients(storage=database, clock=used_clock),
        owners=KeepingOwners(storage=database, clock=used_clock, new_id=new_ulid, directory=directory),
        relationships=Relationships(
            storage=database, clock=used_clock, new_id=new_ulid, region=region, audit=audit
        ),
        history=HistoryReader(storage=database, audit=audit),
        audit=audit,
        trail=TrailReader(storage=database, clock=used_clock, audit=audit),
        staff=Staff(directory=directory, in_force=in_force),
        settings=SettingsDesk(
            storage=database, clock=used_clock, in_force=in_force, directory=directory, region=region
        ),
        in_force=in_force,
        summaries=Summaries(storage=database, clock=used_clock),
        deliveries=Deliveries(storage=database, clock=used_clock),
        recipients=Recipients(storage=database, clock=used_clock, audit=audit),
        notices=notices,
        outbox=Outbox(storage=database, clock=used_clock, new_id=new_ulid),
        dead_letters=DeadLetters(storage=database, clock=used_clock, bell=bell),
        copies=Copies(storage=database, clock=used_clock, audit=audit),
        bounces=Bounces(storage=database, clock=used_clock),
        unsubscribing=Unsubscribing(
            storage=database, clock=used_clock, new_id=new_ulid, staff_notices=staff_notices
        ),
        must_not_receive=KeepingRestrictions(storage=database, clock=used_clock, new_id=new_ulid),
        notice_status=NoticeStatus(storage=database, audit=audit),
        client_naming=ClientNaming(storage=database),
        mail_rules=MailRules(storage=database, clock=used_clock, new_id=new_ulid),
        mail_intake=MailIntake(
            storage=database, notices=notices, in_force=in_force, staff_notices=staff_notices
        ),
        api_tokens=ApiTokens(storage=database, clock=used_clock, new_id=new_ulid),
        announcing=Announcing(storage=database, clock=used_clock, new_id=new_ulid),
        clock=used_clock,
        zone=practice_zone,
    )


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
