"""What the practice has chosen, and who has which role."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
DOCUMENT = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    """Make the tables. Nothing is chosen yet: the first admin who comes is asked."""
    op.create_table(
        "practice_settings",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("chosen", DOCUMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.workspace_id"], name="fk_practice_settings_workspaces"
        ),
        sa.CheckConstraint("version >= 1", name="ck_practice_settings_version"),
        sa.PrimaryKeyConstraint("workspace_id", name="pk_practice_settings"),
    )
    op.create_table(
        "staff_roles",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("holder_kind", WORDS, nullable=False),
        sa.Column("holder_id", WORDS, nullable=False),
        sa.Column("roles", DOCUMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.workspace_id"], name="fk_staff_roles_workspaces"
        ),
        sa.CheckConstraint("holder_kind IN ('person', 'group')", name="ck_staff_roles_holder_kind"),
        sa.PrimaryKeyConstraint("workspace_id", "holder_kind", "holder_id", name="pk_staff_roles"),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("staff_roles")
    op.drop_table("practice_settings")
