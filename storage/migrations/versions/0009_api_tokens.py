"""The tokens of systems that hand in notices."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "api_tokens",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("digest", WORDS, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", WORDS, nullable=False),
        sa.Column("created_by_name", WORDS, nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("last_used_at", MOMENT),
        sa.Column("revoked_at", MOMENT),
        sa.Column("revoked_by", WORDS),
        sa.Column("revoked_by_name", WORDS),
        sa.CheckConstraint("(uses = 0) = (last_used_at IS NULL)", name="ck_api_tokens_uses"),
        sa.CheckConstraint(
            "(revoked_at IS NULL) = (revoked_by IS NULL)"
            " AND (revoked_at IS NULL) = (revoked_by_name IS NULL)",
            name="ck_api_tokens_revoking",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.workspace_id"], name="fk_api_tokens_workspaces"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_api_tokens"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("api_tokens")
