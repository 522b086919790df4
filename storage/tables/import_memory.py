"""What an import remembers between its batches."""

from sqlalchemy import CheckConstraint, Column, Integer, PrimaryKeyConstraint, Table

from storage.column_types import Words
from storage.tables.metadata import metadata, of_workspace, workspace_column

import_references = Table(
    "import_references",
    metadata,
    workspace_column(),
    Column("run", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("name", Words, nullable=False),
    # Of a client or of a contact person, as the kind says.
    Column("meant_id", Words, nullable=False),
    PrimaryKeyConstraint("workspace_id", "run", "kind", "name"),
    of_workspace(),
    CheckConstraint("kind IN ('client', 'person')", name="kind"),
    # The key is nearly the whole row: SQLite keeps it as one B-tree.
    sqlite_with_rowid=False,
)

import_places = Table(
    "import_places",
    metadata,
    workspace_column(),
    Column("run", Words, nullable=False),
    # No foreign key: a dry run notes here whom it would add.
    Column("client_id", Words, nullable=False),
    Column("relation_id", Words, nullable=False),
    Column("place", Integer, nullable=False),
    PrimaryKeyConstraint("workspace_id", "run", "client_id", "relation_id"),
    of_workspace(),
    sqlite_with_rowid=False,
)
