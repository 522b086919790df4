"""What the services need of the world outside, as protocols they own, a file a noun."""

from bot.services.ports.announcements import Announcements
from bot.services.ports.api_tokens import ApiTokens
from bot.services.ports.audit_trail import AuditTrail
from bot.services.ports.clients import Clients, Finding, FoundClients
from bot.services.ports.clock import Clock, NewId
from bot.services.ports.deliveries import Deliveries, Submissions
from bot.services.ports.directory import Directory
from bot.services.ports.families import Families
from bot.services.ports.history import History
from bot.services.ports.import_memory import ImportMemory, StatedPlace
from bot.services.ports.later import LaterEntries
from bot.services.ports.mail_rules import MailRules
from bot.services.ports.must_not_receive import Restrictions
from bot.services.ports.notices import AddressPauses, Bell, Copies, Grounds, Lease, Notices, SentMail
from bot.services.ports.people import People
from bot.services.ports.relations import Relations
from bot.services.ports.roster import ImportRecord, Imports, ImportStep, RejectedRow, RowKind, StagedRow
from bot.services.ports.sent_summaries import SentSummaries
from bot.services.ports.settings import PracticeSettings
from bot.services.ports.staff_notices import (
    MailNotCopied,
    RecipientsChanged,
    SharingStopped,
    StaffNotice,
    StaffNotices,
    Telling,
)
from bot.services.ports.storage import Storage, UnitOfWork

__all__ = [
    "AddressPauses",
    "Announcements",
    "ApiTokens",
    "AuditTrail",
    "Bell",
    "Clients",
    "Clock",
    "Copies",
    "Deliveries",
    "Directory",
    "Families",
    "Finding",
    "FoundClients",
    "Grounds",
    "History",
    "ImportMemory",
    "ImportRecord",
    "ImportStep",
    "Imports",
    "LaterEntries",
    "Lease",
    "MailNotCopied",
    "MailRules",
    "NewId",
    "Notices",
    "People",
    "PracticeSettings",
    "RecipientsChanged",
    "RejectedRow",
    "Relations",
    "Restrictions",
    "RowKind",
    "SentMail",
    "SentSummaries",
    "SharingStopped",
    "StaffNotice",
    "StaffNotices",
    "StagedRow",
    "StatedPlace",
    "Storage",
    "Submissions",
    "Telling",
    "UnitOfWork",
]
