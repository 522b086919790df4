"""Contact persons, their phones, and what those alike are found by."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, PrimaryKeyConstraint, Table

from storage.column_types import Words
from storage.tables.metadata import metadata, of_workspace, within_workspace, workspace_column

people = Table(
    "people",
    metadata,
    workspace_column(),
    Column("id", Words, nullable=False),
    Column("first_name", Words, nullable=False),
    Column("last_name", Words, nullable=False),
    Column("email", Words),
    Column("language", Words, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("workspace_id", "id"),
    of_workspace(),
    CheckConstraint("version >= 1", name="version"),
)

person_phones = Table(
    "person_phones",
    metadata,
    workspace_column(),
    Column("person_id", Words, nullable=False),
    Column("position", Integer, nullable=False),
    Column("number", Words, nullable=False),
    Column("label", Words, nullable=False),
    PrimaryKeyConstraint("workspace_id", "person_id", "position"),
    within_workspace("person_id", "people"),
)

person_tokens = Table(
    "person_tokens",
    metadata,
    workspace_column(),
    Column("token", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("person_id", Words, nullable=False),
    PrimaryKeyConstraint("workspace_id", "token", "person_id", "kind"),
    within_workspace("person_id", "people"),
    # The key is the whole row: SQLite keeps it as one B-tree.
    sqlite_with_rowid=False,
)
Index("ix_person_tokens_person", person_tokens.c.workspace_id, person_tokens.c.person_id)
