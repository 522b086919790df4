"""Clients are found by columns of their own, in the order shown; and who was used lately."""

import sqlalchemy as sa
from alembic import op

from bot.domain.client import ClientDetails
from storage.client_tokens import findable
from storage.phones import found_digits
from storage.portions import portions

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NEW_OF_CLIENTS = ("last_first", "other_words", "own_compact", "own_tail")
OF_CLIENT = ("first_name", "last_name", "preferred_name", "own_id")
"""What they are computed from."""
INDEXED = ("last_first", "whole_name", "own_compact", "own_tail", "login")


def upgrade() -> None:
    """Make the columns, tables and indices; who is there already is taken in by the step after this."""
    for name in ("ix_clients_by_name", "ix_clients_whole_name", "ix_clients_login"):
        op.drop_index(name, "clients")
    op.drop_table("client_tokens")
    for name in ("sort_last", "sort_first"):
        op.drop_column("clients", name)
    for name in NEW_OF_CLIENTS:
        op.add_column("clients", sa.Column(name, WORDS, nullable=False, server_default=""))
    op.add_column("client_phones", sa.Column("digits", WORDS, nullable=False, server_default=""))
    op.add_column("client_phones", sa.Column("status_rank", sa.Integer, nullable=False, server_default="0"))
    op.create_table(
        "client_tokens",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("status_rank", sa.Integer(), nullable=False),
        sa.Column("token", WORDS, nullable=False),
        sa.Column("client_id", WORDS, nullable=False),
        sa.PrimaryKeyConstraint(
            "workspace_id", "kind", "status_rank", "token", "client_id", name="pk_client_tokens"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "client_id"],
            ["clients.workspace_id", "clients.id"],
            name="fk_client_tokens_clients",
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "recent_clients",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("staff_id", WORDS, nullable=False),
        sa.Column("client_id", WORDS, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "staff_id", "client_id", name="pk_recent_clients"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "client_id"],
            ["clients.workspace_id", "clients.id"],
            name="fk_recent_clients_clients",
        ),
        sqlite_with_rowid=False,
    )
    reindex(op.get_bind())
    for name in INDEXED:
        op.create_index(f"ix_clients_{name}", "clients", ["workspace_id", "status_rank", name, "id"])
    op.create_index("ix_clients_birth_date", "clients", ["workspace_id", "birth_date"])
    op.create_index(
        "ix_client_phones_digits", "client_phones", ["workspace_id", "status_rank", "digits", "client_id"]
    )
    op.create_index("ix_client_tokens_client", "client_tokens", ["workspace_id", "client_id"])
    op.create_index("ix_recent_clients_staff", "recent_clients", ["workspace_id", "staff_id", "at"])
    op.create_index("ix_recent_clients_at", "recent_clients", ["workspace_id", "at"])


def downgrade() -> None:
    """Put the former columns and tokens back, empty: an older version needs its own rebuilt."""
    op.drop_table("recent_clients")
    op.drop_table("client_tokens")
    op.drop_index("ix_client_phones_digits", "client_phones")
    op.drop_index("ix_clients_birth_date", "clients")
    for name in INDEXED:
        op.drop_index(f"ix_clients_{name}", "clients")
    for name in ("digits", "status_rank"):
        op.drop_column("client_phones", name)
    for name in NEW_OF_CLIENTS:
        op.drop_column("clients", name)
    for name in ("sort_last", "sort_first"):
        op.add_column("clients", sa.Column(name, WORDS, nullable=False, server_default=""))
    op.create_index(
        "ix_clients_by_name", "clients", ["workspace_id", "status_rank", "sort_last", "sort_first", "id"]
    )
    op.create_index("ix_clients_whole_name", "clients", ["workspace_id", "whole_name"])
    op.create_index("ix_clients_login", "clients", ["workspace_id", "login"])
    op.create_table(
        "client_tokens",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("token", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("client_id", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "token", "client_id", "kind", name="pk_client_tokens"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "client_id"],
            ["clients.workspace_id", "clients.id"],
            name="fk_client_tokens_clients",
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_client_tokens_client", "client_tokens", ["workspace_id", "client_id"])


def reindex(connection: sa.Connection) -> None:
    """Compute for everybody what is computed at each write from now on; each row keeps its workspace."""
    clients = sa.table(
        "clients",
        *map(sa.column, (*OF_CLIENT, "workspace_id", "id", "status_rank", "whole_name", *NEW_OF_CLIENTS)),
    )
    phones = sa.table(
        "client_phones",
        *map(sa.column, ("workspace_id", "client_id", "position", "number", "digits", "status_rank")),
    )
    tokens = sa.table(
        "client_tokens", *map(sa.column, ("workspace_id", "client_id", "kind", "token", "status_rank"))
    )
    changed = clients.update().where(
        clients.c.workspace_id == sa.bindparam("w"), clients.c.id == sa.bindparam("i")
    )
    numbered = phones.update().where(
        phones.c.workspace_id == sa.bindparam("w"),
        phones.c.client_id == sa.bindparam("i"),
        phones.c.position == sa.bindparam("p"),
    )
    columns = [clients.c[name] for name in ("workspace_id", "id", "status_rank", *OF_CLIENT)]
    everybody = connection.execute(sa.select(*columns)).fetchall()
    ranks = {}
    for portion in portions(everybody):
        rows, made = [], []
        for workspace, client_id, rank, *details in portion:
            found = findable(ClientDetails(**dict(zip(OF_CLIENT, details, strict=True))))
            ranks[workspace, client_id] = rank
            rows.append(
                {
                    "w": workspace,
                    "i": client_id,
                    **{name: getattr(found, name) for name in ("whole_name", *NEW_OF_CLIENTS)},
                }
            )
            of_client = {"workspace_id": workspace, "client_id": client_id, "status_rank": rank}
            made += [{**of_client, "kind": kind.value, "token": token} for kind, token in found.tokens]
        connection.execute(
            changed.values({name: sa.bindparam(name) for name in ("whole_name", *NEW_OF_CLIENTS)}), rows
        )
        if made:
            connection.execute(tokens.insert(), made)
    columns = [phones.c[name] for name in ("workspace_id", "client_id", "position", "number")]
    for portion in portions(connection.execute(sa.select(*columns)).fetchall()):
        rows = [
            {"w": w, "i": i, "p": p, "digits": found_digits(number), "status_rank": ranks[w, i]}
            for w, i, p, number in portion
        ]
        connection.execute(
            numbered.values(digits=sa.bindparam("digits"), status_rank=sa.bindparam("status_rank")), rows
        )
