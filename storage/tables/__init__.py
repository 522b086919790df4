"""The tables, a file a noun; all of them on one metadata."""

from storage.tables.announcements import announcements
from storage.tables.api_tokens import api_tokens
from storage.tables.clients import client_phones, client_tokens, clients
from storage.tables.deliveries import deliveries, submissions
from storage.tables.history import (
    history,
    history_anchors,
    history_chain,
    history_heads,
    history_permits,
    history_values,
)
from storage.tables.import_memory import import_places, import_references
from storage.tables.imports import import_clients, import_rejects, import_rows, imports
from storage.tables.mail_rules import mail_rules
from storage.tables.metadata import metadata
from storage.tables.must_not_receive import must_not_receive
from storage.tables.notices import address_pauses, mail_copies, notice_attachments, notices
from storage.tables.people import people, person_phones, person_tokens
from storage.tables.recent_clients import recent_clients
from storage.tables.relations import contacts, links, sides
from storage.tables.sent_summaries import sent_summaries
from storage.tables.settings import practice_settings, staff_roles
from storage.tables.workspaces import workspaces

IMPORT_TABLES = (import_rows, import_clients, import_references, import_places)
"""What an import keeps between its batches, and looks up in each of them."""

__all__ = [
    "IMPORT_TABLES",
    "address_pauses",
    "announcements",
    "api_tokens",
    "client_phones",
    "client_tokens",
    "clients",
    "contacts",
    "deliveries",
    "history",
    "history_anchors",
    "history_chain",
    "history_heads",
    "history_permits",
    "history_values",
    "import_clients",
    "import_places",
    "import_references",
    "import_rejects",
    "import_rows",
    "imports",
    "links",
    "mail_copies",
    "mail_rules",
    "metadata",
    "must_not_receive",
    "notice_attachments",
    "notices",
    "people",
    "person_phones",
    "person_tokens",
    "practice_settings",
    "recent_clients",
    "sent_summaries",
    "sides",
    "staff_roles",
    "submissions",
    "workspaces",
]
