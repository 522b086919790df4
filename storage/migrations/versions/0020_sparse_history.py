"""What most entries of the history have nothing of is no longer in its indices: another client, a person."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_INDICES = (
    ("ix_history_other_client", "other_client_id", ("kind", "number")),
    ("ix_history_person", "person_id", ("number",)),
)


def upgrade() -> None:
    """Make the indices anew, of the entries alone that have something there."""
    for name, column, further in _INDICES:
        op.drop_index(name, "history")
        has_it = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            name,
            "history",
            ["workspace_id", column, *further],
            sqlite_where=has_it,
            postgresql_where=has_it,
        )


def downgrade() -> None:
    """Make them of all entries again."""
    for name, column, further in _INDICES:
        op.drop_index(name, "history")
        op.create_index(name, "history", ["workspace_id", column, *further])
