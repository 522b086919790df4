"""The tables of the first day, and the triggers that make the history append-only."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# A migration says what the tables were that day, so it takes nothing from the tables of today.
WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

WHOLE_REMOVAL_OR_NONE = (
    "(removed_at IS NULL AND removed_by IS NULL"
    " AND removed_by_name IS NULL AND removed_reason IS NULL)"
    " OR (removed_at IS NOT NULL AND removed_by IS NOT NULL"
    " AND removed_by_name IS NOT NULL AND removed_reason IS NOT NULL)"
)
WHOLE_SHARING_OR_NONE = (
    "(sharing_categories IS NULL) = (sharing_recorded_at IS NULL)"
    " AND (sharing_categories IS NULL) = (sharing_recorded_by IS NULL)"
    " AND (sharing_categories IS NOT NULL OR (sharing_basis IS NULL AND sharing_expires_on IS NULL))"
)

TABLES = (
    "workspaces",
    "clients",
    "people",
    "submissions",
    "client_phones",
    "client_tokens",
    "contacts",
    "history",
    "links",
    "person_phones",
    "sides",
)

TRIGGERS = {
    "sqlite": (
        """CREATE TRIGGER history_refuses_update BEFORE UPDATE ON history
        BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END""",
        """CREATE TRIGGER history_refuses_delete BEFORE DELETE ON history
        BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END""",
    ),
    "postgresql": (
        """CREATE FUNCTION history_refuses_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'the history is append-only' USING ERRCODE = 'restrict_violation'; END $$""",
        """CREATE TRIGGER history_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON history
        FOR EACH STATEMENT EXECUTE FUNCTION history_refuses_change()""",
    ),
}


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "workspaces",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", name="pk_workspaces"),
    )
    op.create_table(
        "clients",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("first_name", WORDS, nullable=False),
        sa.Column("last_name", WORDS, nullable=False),
        sa.Column("preferred_name", WORDS, nullable=False),
        sa.Column("own_id", WORDS, nullable=False),
        sa.Column("birth_date", sa.Date()),
        sa.Column("email", WORDS),
        sa.Column("status", WORDS, nullable=False),
        sa.Column("deceased_on", sa.Date()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status_rank", sa.Integer(), nullable=False),
        sa.Column("sort_last", WORDS, nullable=False),
        sa.Column("sort_first", WORDS, nullable=False),
        sa.Column("whole_name", WORDS, nullable=False),
        sa.Column("own_key", WORDS, nullable=False),
        sa.Column("login", WORDS),
        sa.CheckConstraint("status IN ('active', 'archived', 'deceased')", name=op.f("ck_clients_status")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_clients_version")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], name="fk_clients_workspaces"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_clients"),
    )
    op.create_index(
        "ix_clients_by_name", "clients", ["workspace_id", "status_rank", "sort_last", "sort_first", "id"]
    )
    op.create_index("ix_clients_login", "clients", ["workspace_id", "login"])
    op.create_index("ix_clients_whole_name", "clients", ["workspace_id", "whole_name"])
    op.create_index(
        "uq_clients_own_id",
        "clients",
        ["workspace_id", "own_key"],
        unique=True,
        sqlite_where=sa.text("own_key != ''"),
        postgresql_where=sa.text("own_key != ''"),
    )

    op.create_table(
        "people",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("first_name", WORDS, nullable=False),
        sa.Column("last_name", WORDS, nullable=False),
        sa.Column("email", WORDS),
        sa.Column("language", WORDS, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_people_version")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], name="fk_people_workspaces"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_people"),
    )
    op.create_table(
        "submissions",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("key", WORDS, nullable=False),
        sa.Column("subject_id", WORDS, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.workspace_id"], name="fk_submissions_workspaces"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "key", name="pk_submissions"),
    )
    op.create_table(
        "client_phones",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("client_id", WORDS, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", WORDS, nullable=False),
        sa.Column("label", WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "client_id"],
            ["clients.workspace_id", "clients.id"],
            name="fk_client_phones_clients",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "client_id", "position", name="pk_client_phones"),
    )
    op.create_table(
        "client_tokens",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("token", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("client_id", WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "client_id"],
            ["clients.workspace_id", "clients.id"],
            name="fk_client_tokens_clients",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "token", "client_id", "kind", name="pk_client_tokens"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_client_tokens_client", "client_tokens", ["workspace_id", "client_id"])

    op.create_table(
        "contacts",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("client_id", WORDS, nullable=False),
        sa.Column("person_id", WORDS, nullable=False),
        sa.Column("active_from", MOMENT, nullable=False),
        sa.Column("ends_on", sa.Date()),
        sa.Column("removed_at", MOMENT),
        sa.Column("removed_by", WORDS),
        sa.Column("removed_by_name", WORDS),
        sa.Column("removed_reason", WORDS),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(WHOLE_REMOVAL_OR_NONE, name=op.f("ck_contacts_removal")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_contacts_version")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "client_id"], ["clients.workspace_id", "clients.id"], name="fk_contacts_clients"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"], ["people.workspace_id", "people.id"], name="fk_contacts_people"
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], name="fk_contacts_workspaces"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_contacts"),
    )
    op.create_index("ix_contacts_person", "contacts", ["workspace_id", "person_id"])
    op.create_index(
        "uq_contacts_active_person",
        "contacts",
        ["workspace_id", "client_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )

    op.create_table(
        "history",
        sa.Column("number", NUMBER, sa.Identity(always=True), nullable=False),
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor_id", WORDS, nullable=False),
        sa.Column("actor_name", WORDS, nullable=False),
        sa.Column("surface", WORDS, nullable=False),
        sa.Column("act", WORDS, nullable=False),
        sa.Column("subject_id", WORDS, nullable=False),
        sa.Column("client_id", WORDS),
        sa.Column("other_client_id", WORDS),
        sa.Column("person_id", WORDS),
        sa.Column("before", DOCUMENT),
        sa.Column("after", DOCUMENT),
        sa.ForeignKeyConstraint(
            ["workspace_id", "client_id"], ["clients.workspace_id", "clients.id"], name="fk_history_client"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "other_client_id"],
            ["clients.workspace_id", "clients.id"],
            name="fk_history_other_client",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"], ["people.workspace_id", "people.id"], name="fk_history_person"
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], name="fk_history_workspaces"),
        sa.PrimaryKeyConstraint("number", name="pk_history"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_history_client", "history", ["workspace_id", "client_id", "number"])
    op.create_index("ix_history_other_client", "history", ["workspace_id", "other_client_id", "number"])
    op.create_index("ix_history_subject", "history", ["workspace_id", "subject_id", "number"])

    op.create_table(
        "links",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("low_client_id", WORDS, nullable=False),
        sa.Column("high_client_id", WORDS, nullable=False),
        sa.Column("added_from_client_id", WORDS, nullable=False),
        sa.Column("active_from", MOMENT, nullable=False),
        sa.Column("ends_on", sa.Date()),
        sa.Column("removed_at", MOMENT),
        sa.Column("removed_by", WORDS),
        sa.Column("removed_by_name", WORDS),
        sa.Column("removed_reason", WORDS),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(WHOLE_REMOVAL_OR_NONE, name=op.f("ck_links_removal")),
        sa.CheckConstraint(
            "added_from_client_id IN (low_client_id, high_client_id)", name=op.f("ck_links_added_from")
        ),
        sa.CheckConstraint("low_client_id < high_client_id", name=op.f("ck_links_ordered_pair")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_links_version")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "high_client_id"],
            ["clients.workspace_id", "clients.id"],
            name="fk_links_high_client",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "low_client_id"],
            ["clients.workspace_id", "clients.id"],
            name="fk_links_low_client",
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], name="fk_links_workspaces"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_links"),
    )
    op.create_index("ix_links_high_client", "links", ["workspace_id", "high_client_id"])
    op.create_index(
        "uq_links_active_pair",
        "links",
        ["workspace_id", "low_client_id", "high_client_id"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )

    op.create_table(
        "person_phones",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("person_id", WORDS, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", WORDS, nullable=False),
        sa.Column("label", WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["people.workspace_id", "people.id"],
            name="fk_person_phones_people",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", "position", name="pk_person_phones"),
    )
    op.create_table(
        "sides",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("relation_id", WORDS, nullable=False),
        sa.Column("client_id", WORDS, nullable=False),
        sa.Column("link_id", WORDS),
        sa.Column("contact_id", WORDS),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("kinship", WORDS, nullable=False),
        sa.Column("word", WORDS),
        sa.Column("own_words", WORDS, nullable=False),
        sa.Column("roles", DOCUMENT, nullable=False),
        sa.Column("emergency_position", sa.Integer()),
        sa.Column("sharing_categories", DOCUMENT),
        sa.Column("sharing_basis", WORDS),
        sa.Column("sharing_expires_on", sa.Date()),
        sa.Column("sharing_recorded_by", WORDS),
        sa.Column("sharing_recorded_at", MOMENT),
        sa.CheckConstraint("(link_id IS NULL) <> (contact_id IS NULL)", name=op.f("ck_sides_one_relation")),
        sa.CheckConstraint(WHOLE_SHARING_OR_NONE, name=op.f("ck_sides_sharing")),
        sa.CheckConstraint("emergency_position >= 1", name=op.f("ck_sides_emergency_position")),
        sa.CheckConstraint(
            "is_active OR emergency_position IS NULL", name=op.f("ck_sides_removed_without_position")
        ),
        sa.CheckConstraint("relation_id = COALESCE(link_id, contact_id)", name=op.f("ck_sides_relation_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "client_id"], ["clients.workspace_id", "clients.id"], name="fk_sides_clients"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"], ["contacts.workspace_id", "contacts.id"], name="fk_sides_contacts"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "link_id"], ["links.workspace_id", "links.id"], name="fk_sides_links"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "relation_id", "client_id", name="pk_sides"),
    )
    op.create_index("uq_sides_contact", "sides", ["workspace_id", "contact_id"], unique=True)
    op.create_index(
        "uq_sides_emergency_position",
        "sides",
        ["workspace_id", "client_id", "emergency_position"],
        unique=True,
    )

    for trigger in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(trigger)


def downgrade() -> None:
    """Leave nothing behind."""
    for table in reversed(TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION history_refuses_change()")
