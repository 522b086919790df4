"""What undoes what: an entry of the history names the one it undoes, and none is undone twice (R43)."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the column; a table with a trigger against changes takes a new, empty column all the same."""
    op.add_column("history", sa.Column("undoes", NUMBER))
    op.create_index("ix_history_person", "history", ["workspace_id", "person_id", "number"])
    op.create_index(
        "uq_history_undoes",
        "history",
        ["workspace_id", "undoes"],
        unique=True,
        sqlite_where=sa.text("undoes IS NOT NULL"),
        postgresql_where=sa.text("undoes IS NOT NULL"),
    )


def downgrade() -> None:
    """Take the column away."""
    op.drop_index("uq_history_undoes", "history")
    op.drop_index("ix_history_person", "history")
    op.drop_column("history", "undoes")
