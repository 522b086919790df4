"""What the practice says its mail is about."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "mail_rules",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("sender", WORDS, nullable=False),
        sa.Column("subject", WORDS, nullable=False),
        sa.Column("category", WORDS, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", WORDS, nullable=False),
        sa.Column("made_by_name", WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.workspace_id"], name="fk_mail_rules_workspaces"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_mail_rules"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("mail_rules")
