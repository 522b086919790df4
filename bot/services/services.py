"""Every service in one value, as handlers and commands are given them."""

from dataclasses import dataclass
from datetime import tzinfo

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
from bot.services.ports import Clock
from bot.services.recent_clients import RecentClients
from bot.services.recipients import Recipients
from bot.services.relationships import Relationships
from bot.services.settings import SettingsDesk
from bot.services.staff import Staff
from bot.services.summaries import Summaries
from bot.services.trail import TrailReader
from bot.services.unsubscribe import Unsubscribing


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What the desk can ask for, and the practice's clock."""

    clients: Clients
    recent_clients: RecentClients
    owners: KeepingOwners
    relationships: Relationships
    history: HistoryReader
    audit: Audit
    trail: TrailReader
    staff: Staff
    settings: SettingsDesk
    in_force: InForce
    summaries: Summaries
    deliveries: Deliveries
    recipients: Recipients
    notices: Notices
    outbox: Outbox
    dead_letters: DeadLetters
    copies: Copies
    bounces: Bounces
    unsubscribing: Unsubscribing
    must_not_receive: KeepingRestrictions
    notice_status: NoticeStatus
    client_naming: ClientNaming
    api_tokens: ApiTokens
    mail_rules: MailRules
    mail_intake: MailIntake
    announcing: Announcing
    clock: Clock
    zone: tzinfo
