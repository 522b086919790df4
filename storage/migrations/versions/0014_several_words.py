"""The indices by name have all that several words are looked for in: no row need be read for them."""

import sqlalchemy as sa
from alembic import op

from bot.domain.client import ClientDetails
from storage.client_tokens import findable
from storage.portions import portions

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

BY_NAME = ("last_first", "whole_name")
OF_CLIENT = ("first_name", "last_name", "preferred_name", "own_id")
"""What the other words are computed from."""


def upgrade() -> None:
    """Put the own ids beside the other words of everybody, and these into the indices by name."""
    for name in BY_NAME:
        op.drop_index(f"ix_clients_{name}", "clients")
    _put_own_ids()
    for name in BY_NAME:
        columns = ["workspace_id", "status_rank", name, "id", "other_words", "birth_date"]
        op.create_index(f"ix_clients_{name}", "clients", columns)


def downgrade() -> None:
    """Make the indices as they were; the own ids beside the other words do no harm."""
    for name in BY_NAME:
        op.drop_index(f"ix_clients_{name}", "clients")
        op.create_index(f"ix_clients_{name}", "clients", ["workspace_id", "status_rank", name, "id"])


def _put_own_ids() -> None:
    """Compute the other words of everybody anew; each row keeps its workspace."""
    connection = op.get_bind()
    clients = sa.table("clients", *map(sa.column, ("workspace_id", "id", "other_words", *OF_CLIENT)))
    c = clients.c
    changed = clients.update().where(c.workspace_id == sa.bindparam("w"), c.id == sa.bindparam("i"))
    changed = changed.values(other_words=sa.bindparam("words"))
    columns = (c.workspace_id, c.id, *(c[name] for name in OF_CLIENT))
    for portion in portions(connection.execute(sa.select(*columns).where(c.own_id != "")).fetchall()):
        rows = [
            {
                "w": workspace,
                "i": client_id,
                "words": findable(ClientDetails(**dict(zip(OF_CLIENT, details, strict=True)))).other_words,
            }
            for workspace, client_id, *details in portion
        ]
        connection.execute(changed, rows)
