"""The outbox: notices, a mail of each to each recipient, addresses that do not work, who must not receive."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables, and the column of who wants no mail."""
    op.create_table(
        "must_not_receive",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("client_id", WORDS, nullable=False),
        sa.Column("person_id", WORDS),
        sa.Column("barred_client_id", WORDS),
        sa.Column("address", WORDS),
        sa.Column("class", WORDS, nullable=False),
        sa.Column("document", WORDS, nullable=False),
        sa.Column("expires_on", sa.Date()),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by", WORDS, nullable=False),
        sa.Column("recorded_by_name", WORDS, nullable=False),
        sa.Column("lifted_at", MOMENT),
        sa.Column("lifted_by", WORDS),
        sa.Column("lifted_by_name", WORDS),
        sa.Column("lifted_reason", WORDS),
        sa.CheckConstraint(
            "class IN ('client_request', 'court_order', 'safety')", name="ck_must_not_receive_class"
        ),
        sa.CheckConstraint(
            "(address IS NOT NULL) <> (person_id IS NOT NULL OR barred_client_id IS NOT NULL)",
            name="ck_must_not_receive_barred",
        ),
        sa.CheckConstraint(
            "(lifted_at IS NULL) = (lifted_by IS NULL) AND (lifted_at IS NULL) = (lifted_by_name IS NULL)"
            " AND (lifted_at IS NULL) = (lifted_reason IS NULL)",
            name="ck_must_not_receive_lifting",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "barred_client_id"],
            ["clients.workspace_id", "clients.id"],
            name="fk_must_not_receive_barred_client",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "client_id"],
            ["clients.workspace_id", "clients.id"],
            name="fk_must_not_receive_client",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["people.workspace_id", "people.id"],
            name="fk_must_not_receive_people",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.workspace_id"], name="fk_must_not_receive_workspaces"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_must_not_receive"),
    )
    op.create_index("ix_must_not_receive_client", "must_not_receive", ["workspace_id", "client_id"])
    op.create_index("ix_must_not_receive_person", "must_not_receive", ["workspace_id", "person_id"])

    op.create_table(
        "notices",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("client_id", WORDS),
        sa.Column("addressed_to", WORDS, nullable=False),
        sa.Column("category", WORDS, nullable=False),
        sa.Column("subject", WORDS, nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("html", WORDS, nullable=False),
        sa.Column("original", sa.LargeBinary()),
        sa.Column("source", WORDS, nullable=False),
        sa.Column("requested_by", WORDS, nullable=False),
        sa.Column("send_at", MOMENT),
        sa.Column("event_id", WORDS),
        sa.Column("idempotency_key", WORDS),
        sa.Column("digest", WORDS, nullable=False),
        sa.Column("queued_at", MOMENT, nullable=False),
        sa.Column("opened", sa.Boolean(), nullable=False),
        sa.CheckConstraint("client_id IS NOT NULL OR addressed_to <> ''", name="ck_notices_addressed"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "client_id"], ["clients.workspace_id", "clients.id"], name="fk_notices_clients"
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], name="fk_notices_workspaces"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_notices"),
    )
    op.create_index("ix_notices_client", "notices", ["workspace_id", "client_id"])
    op.create_index("ix_notices_send_at", "notices", ["workspace_id", "opened", "send_at"])
    op.create_index("uq_notices_idempotency_key", "notices", ["workspace_id", "idempotency_key"], unique=True)

    op.create_table(
        "mail_copies",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("notice_id", WORDS, nullable=False),
        sa.Column("client_id", WORDS),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("recipient_client_id", WORDS),
        sa.Column("person_id", WORDS),
        sa.Column("relation_id", WORDS),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("address", WORDS),
        sa.Column("event_key", WORDS, nullable=False),
        sa.Column("category", WORDS, nullable=False),
        sa.Column("basis", WORDS),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("message_id", WORDS, nullable=False),
        sa.Column("return_token", WORDS, nullable=False),
        sa.Column("stop_token", WORDS, nullable=False),
        sa.Column("queued_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT),
        sa.Column("result", WORDS, nullable=False),
        sa.Column("bounced_at", MOMENT),
        sa.Column("misdirected_at", MOMENT),
        sa.Column("misdirected_by", WORDS),
        sa.Column("misdirected_by_name", WORDS),
        sa.Column("misdirected_note", WORDS),
        sa.Column("worker", WORDS),
        sa.Column("leased_until", MOMENT),
        sa.Column("held_event", WORDS),
        sa.Column("inbox", WORDS),
        sa.CheckConstraint("(state = 'sending') = (worker IS NOT NULL)", name="ck_mail_copies_worker"),
        sa.CheckConstraint("(state = 'suppressed') = (held_event IS NULL)", name="ck_mail_copies_held_event"),
        sa.CheckConstraint("state = 'suppressed' OR address IS NOT NULL", name="ck_mail_copies_address"),
        sa.CheckConstraint(
            "state IN ('queued', 'sending', 'sent', 'failed', 'dead', 'dropped', 'suppressed')",
            name="ck_mail_copies_state",
        ),
        sa.CheckConstraint("(held_event IS NULL) = (inbox IS NULL)", name="ck_mail_copies_inbox"),
        sa.CheckConstraint("attempts >= 0", name="ck_mail_copies_attempts"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "client_id"],
            ["clients.workspace_id", "clients.id"],
            name="fk_mail_copies_client",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "notice_id"],
            ["notices.workspace_id", "notices.id"],
            name="fk_mail_copies_notices",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"], ["people.workspace_id", "people.id"], name="fk_mail_copies_people"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "recipient_client_id"],
            ["clients.workspace_id", "clients.id"],
            name="fk_mail_copies_recipient_client",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_mail_copies"),
    )
    op.create_index("ix_mail_copies_client", "mail_copies", ["workspace_id", "client_id", "id"])
    op.create_index("ix_mail_copies_due", "mail_copies", ["workspace_id", "state", "due_at"])
    op.create_index("ix_mail_copies_notice", "mail_copies", ["workspace_id", "notice_id"])
    op.create_index(
        "uq_mail_copies_event", "mail_copies", ["workspace_id", "held_event", "inbox"], unique=True
    )
    op.create_index("uq_mail_copies_return", "mail_copies", ["workspace_id", "return_token"], unique=True)
    op.create_index("uq_mail_copies_stop", "mail_copies", ["workspace_id", "stop_token"], unique=True)

    op.create_table(
        "notice_attachments",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("notice_id", WORDS, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("filename", WORDS, nullable=False),
        sa.Column("content_type", WORDS, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "notice_id"],
            ["notices.workspace_id", "notices.id"],
            name="fk_notice_attachments_notices",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "notice_id", "position", name="pk_notice_attachments"),
    )
    op.create_table(
        "address_pauses",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("address", WORDS, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("copy_id", WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "copy_id"],
            ["mail_copies.workspace_id", "mail_copies.id"],
            name="fk_address_pauses_mail_copies",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "address", name="pk_address_pauses"),
    )
    op.add_column(
        "clients", sa.Column("mail_opt_out", sa.Boolean(), server_default=sa.false(), nullable=False)
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_column("clients", "mail_opt_out")

    op.drop_table("address_pauses")
    op.drop_table("notice_attachments")

    op.drop_table("mail_copies")

    op.drop_table("notices")

    op.drop_table("must_not_receive")
