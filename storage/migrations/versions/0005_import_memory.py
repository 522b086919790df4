"""What an import remembers between its batches: whom its rows mean, and who is called first."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "import_references",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("run", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("meant_id", WORDS, nullable=False),
        sa.CheckConstraint("kind IN ('client', 'person')", name="ck_import_references_kind"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.workspace_id"], name="fk_import_references_workspaces"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "run", "kind", "name", name="pk_import_references"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "import_places",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("run", WORDS, nullable=False),
        sa.Column("client_id", WORDS, nullable=False),
        sa.Column("relation_id", WORDS, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.workspace_id"], name="fk_import_places_workspaces"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "run", "client_id", "relation_id", name="pk_import_places"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("import_places")
    op.drop_table("import_references")
