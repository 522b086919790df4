"""Imports of the roster under way: rows that were read, how far they have come in, and what was left out."""

from sqlalchemy import CheckConstraint, Column, Index, PrimaryKeyConstraint, Table

from storage.column_types import Moment, Number, Words
from storage.tables.metadata import metadata, of_workspace, within_workspace, workspace_column

imports = Table(
    "imports",
    metadata,
    workspace_column(),
    Column("id", Words, nullable=False),
    Column("runner", Words, nullable=False),
    Column("step", Words, nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("begun_by", Words, nullable=False),
    # Words and no JSON: the database never looks into them, and cells come back in their order.
    Column("plan", Words, nullable=False),
    Column("tally", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("mark", Number, nullable=False),
    PrimaryKeyConstraint("workspace_id", "id"),
    of_workspace(),
    CheckConstraint("step IN ('reading', 'foreseeing', 'applying', 'archiving', 'done')", name="step"),
)

import_rows = Table(
    "import_rows",
    metadata,
    workspace_column(),
    Column("import_id", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("number", Number, nullable=False),
    Column("file", Words, nullable=False),
    Column("line", Number, nullable=False),
    Column("document", Words, nullable=False),
    Column("own_key", Words, nullable=False),
    Column("likeness", Words, nullable=False),
    PrimaryKeyConstraint("workspace_id", "import_id", "kind", "number"),
    within_workspace("import_id", "imports"),
)
Index(
    "ix_import_rows_own_key",
    import_rows.c.workspace_id,
    import_rows.c.import_id,
    import_rows.c.own_key,
    sqlite_where=import_rows.c.own_key != "",
    postgresql_where=import_rows.c.own_key != "",
)
Index(
    "ix_import_rows_likeness",
    import_rows.c.workspace_id,
    import_rows.c.import_id,
    import_rows.c.likeness,
    sqlite_where=import_rows.c.likeness != "",
    postgresql_where=import_rows.c.likeness != "",
)

import_clients = Table(
    "import_clients",
    metadata,
    workspace_column(),
    Column("import_id", Words, nullable=False),
    # No foreign key: a dry run notes here whom it would add.
    Column("client_id", Words, nullable=False),
    PrimaryKeyConstraint("workspace_id", "import_id", "client_id"),
    within_workspace("import_id", "imports"),
    sqlite_with_rowid=False,
)

import_rejects = Table(
    "import_rejects",
    metadata,
    workspace_column(),
    Column("import_id", Words, nullable=False),
    Column("file", Words, nullable=False),
    Column("line", Number, nullable=False),
    Column("number", Number, nullable=False),
    Column("document", Words, nullable=False),
    PrimaryKeyConstraint("workspace_id", "import_id", "file", "line", "number"),
    within_workspace("import_id", "imports"),
)
