"""What staff are to be told in a direct message."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
DOCUMENT = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    """Make the table. Of what was changed before nobody is told."""
    op.create_table(
        "announcements",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("staff_id", WORDS, nullable=False),
        sa.Column("client_id", WORDS, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_name", WORDS, nullable=False),
        sa.Column("changes", DOCUMENT, nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.workspace_id"], name="fk_announcements_workspaces"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "client_id"],
            ["clients.workspace_id", "clients.id"],
            name="fk_announcements_clients",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_announcements"),
    )
    op.create_index("ix_announcements_client", "announcements", ["workspace_id", "client_id"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("announcements")
