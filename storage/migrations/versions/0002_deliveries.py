"""Which of Slack's deliveries were taken up, so that one that comes again has no second effect."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "deliveries",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("key", WORDS, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.workspace_id"], name="fk_deliveries_workspaces"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "key", name="pk_deliveries"),
    )
    op.create_index("ix_deliveries_at", "deliveries", ["workspace_id", "at"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("deliveries")
