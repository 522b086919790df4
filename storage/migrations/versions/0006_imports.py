"""Imports of the roster: what was read is kept until it has come in, so that nothing is lost or doubled."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables, and what the clients without an own id are found by."""
    op.create_table(
        "imports",
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("runner", WORDS, nullable=False),
        sa.Column("step", WORDS, nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by", WORDS, nullable=False),
        sa.Column("plan", WORDS, nullable=False),
        sa.Column("tally", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("mark", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], name="fk_imports_workspaces"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_imports"),
        sa.CheckConstraint(
            "step IN ('reading', 'foreseeing', 'applying', 'archiving', 'done')", name="ck_imports_step"
        ),
    )
    op.create_table(
        "import_rows",
        *_of_import("import_rows"),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("file", WORDS, nullable=False),
        sa.Column("line", NUMBER, nullable=False),
        sa.Column("document", WORDS, nullable=False),
        sa.Column("own_key", WORDS, nullable=False),
        sa.Column("likeness", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "import_id", "kind", "number", name="pk_import_rows"),
    )
    for column in ("own_key", "likeness"):
        stated = sa.text(f"{column} <> ''")
        op.create_index(
            f"ix_import_rows_{column}",
            "import_rows",
            ["workspace_id", "import_id", column],
            sqlite_where=stated,
            postgresql_where=stated,
        )
    op.create_table(
        "import_clients",
        *_of_import("import_clients"),
        sa.Column("client_id", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "import_id", "client_id", name="pk_import_clients"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "import_rejects",
        *_of_import("import_rejects"),
        sa.Column("file", WORDS, nullable=False),
        sa.Column("line", NUMBER, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("document", WORDS, nullable=False),
        sa.PrimaryKeyConstraint(
            "workspace_id", "import_id", "file", "line", "number", name="pk_import_rejects"
        ),
    )
    for name, column in (("name", "whole_name"), ("login", "login")):
        op.create_index(
            f"ix_clients_{name}_without_own_id",
            "clients",
            ["workspace_id", column],
            sqlite_where=sa.text("own_key = ''"),
            postgresql_where=sa.text("own_key = ''"),
        )


def downgrade() -> None:
    """Drop the indices and the tables."""
    for name in ("name", "login"):
        op.drop_index(f"ix_clients_{name}_without_own_id", "clients")
    for table in ("import_rejects", "import_clients", "import_rows", "imports"):
        op.drop_table(table)


def _of_import(table: str) -> tuple[sa.Column[str] | sa.ForeignKeyConstraint, ...]:
    return (
        sa.Column("workspace_id", WORDS, nullable=False),
        sa.Column("import_id", WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "import_id"],
            ["imports.workspace_id", "imports.id"],
            name=f"fk_{table}_imports",
        ),
    )
