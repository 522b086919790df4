"""Every service over one database, put together; what speaks with Slack is not needed for it."""

from datetime import tzinfo

from bot.adapters.later_entries import SoonWritten
from bot.adapters.system_clock import SystemClock
from bot.adapters.ulids import new_ulid
from bot.domain.practice_zone import PracticeZone
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
from storage.database import Database


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
