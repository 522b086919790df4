"""Which summaries stand in direct messages, so that they can be deleted from there."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table. What was sent before stays where it is."""
    op.create_table(
        "sent_summaries",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("channel", WORDS, nullable=False),
        sa.Column("ts", WORDS, nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.workspace_id"], name="fk_sent_summaries_workspaces"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "channel", "ts", name="pk_sent_summaries"),
    )
    op.create_index("ix_sent_summaries_sent_at", "sent_summaries", ["workspace_id", "sent_at"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("sent_summaries")
