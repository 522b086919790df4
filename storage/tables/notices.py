"""The outbox: notices, one mail of each to each recipient, and addresses that do not work."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
)

from storage.column_types import Moment, Words
from storage.tables.metadata import metadata, of_workspace, within_workspace, workspace_column

notices = Table(
    "notices",
    metadata,
    workspace_column(),
    Column("id", Words, nullable=False),
    Column("client_id", Words),
    Column("addressed_to", Words, nullable=False),
    Column("category", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("html", Words, nullable=False),
    Column("original", LargeBinary),
    Column("source", Words, nullable=False),
    Column("requested_by", Words, nullable=False),
    Column("send_at", Moment),
    Column("event_id", Words),
    Column("idempotency_key", Words),
    Column("digest", Words, nullable=False),
    Column("queued_at", Moment, nullable=False),
    Column("opened", Boolean, nullable=False),
    PrimaryKeyConstraint("workspace_id", "id"),
    of_workspace(),
    within_workspace("client_id", "clients"),
    CheckConstraint("client_id IS NOT NULL OR addressed_to <> ''", name="addressed"),
)
Index("uq_notices_idempotency_key", notices.c.workspace_id, notices.c.idempotency_key, unique=True)
Index("ix_notices_send_at", notices.c.workspace_id, notices.c.opened, notices.c.send_at)
Index("ix_notices_client", notices.c.workspace_id, notices.c.client_id)

notice_attachments = Table(
    "notice_attachments",
    metadata,
    workspace_column(),
    Column("notice_id", Words, nullable=False),
    Column("position", Integer, nullable=False),
    Column("filename", Words, nullable=False),
    Column("content_type", Words, nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("workspace_id", "notice_id", "position"),
    within_workspace("notice_id", "notices"),
)

mail_copies = Table(
    "mail_copies",
    metadata,
    workspace_column(),
    Column("id", Words, nullable=False),
    Column("notice_id", Words, nullable=False),
    Column("client_id", Words),
    Column("kind", Words, nullable=False),
    Column("recipient_client_id", Words),
    Column("person_id", Words),
    Column("relation_id", Words),
    Column("name", Words, nullable=False),
    Column("address", Words),
    Column("event_key", Words, nullable=False),
    Column("category", Words, nullable=False),
    Column("basis", Words),
    Column("reason", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("message_id", Words, nullable=False),
    Column("return_token", Words, nullable=False),
    Column("stop_token", Words, nullable=False),
    Column("queued_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("result", Words, nullable=False),
    Column("bounced_at", Moment),
    Column("misdirected_at", Moment),
    Column("misdirected_by", Words),
    Column("misdirected_by_name", Words),
    Column("misdirected_note", Words),
    # Which worker has taken it, and until when nobody else may.
    Column("worker", Words),
    Column("leased_until", Moment),
    # The occasion and the inbox while the mail is sent or to be sent, and nothing once it is not to be.
    Column("held_event", Words),
    Column("inbox", Words),
    PrimaryKeyConstraint("workspace_id", "id"),
    within_workspace("notice_id", "notices"),
    within_workspace("client_id", "clients", name="fk_mail_copies_client"),
    within_workspace("recipient_client_id", "clients", name="fk_mail_copies_recipient_client"),
    within_workspace("person_id", "people"),
    CheckConstraint(
        "state IN ('queued', 'sending', 'sent', 'failed', 'dead', 'dropped', 'suppressed')", name="state"
    ),
    CheckConstraint("(state = 'suppressed') = (held_event IS NULL)", name="held_event"),
    CheckConstraint("(held_event IS NULL) = (inbox IS NULL)", name="inbox"),
    CheckConstraint("state = 'suppressed' OR address IS NOT NULL", name="address"),
    CheckConstraint("(state = 'sending') = (worker IS NOT NULL)", name="worker"),
    CheckConstraint("attempts >= 0", name="attempts"),
)
Index(
    "uq_mail_copies_event",
    mail_copies.c.workspace_id,
    mail_copies.c.held_event,
    mail_copies.c.inbox,
    unique=True,
)
Index("uq_mail_copies_return", mail_copies.c.workspace_id, mail_copies.c.return_token, unique=True)
Index("uq_mail_copies_stop", mail_copies.c.workspace_id, mail_copies.c.stop_token, unique=True)
Index("ix_mail_copies_due", mail_copies.c.workspace_id, mail_copies.c.state, mail_copies.c.due_at)
Index("ix_mail_copies_notice", mail_copies.c.workspace_id, mail_copies.c.notice_id)
Index("ix_mail_copies_client", mail_copies.c.workspace_id, mail_copies.c.client_id, mail_copies.c.id)

address_pauses = Table(
    "address_pauses",
    metadata,
    workspace_column(),
    Column("address", Words, nullable=False),
    Column("since", Moment, nullable=False),
    Column("code", Words, nullable=False),
    Column("copy_id", Words, nullable=False),
    PrimaryKeyConstraint("workspace_id", "address"),
    within_workspace("copy_id", "mail_copies"),
)
