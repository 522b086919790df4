"""What the practice says its mail is about."""

from sqlalchemy import Column, PrimaryKeyConstraint, Table

from storage.column_types import Moment, Words
from storage.tables.metadata import metadata, of_workspace, workspace_column

mail_rules = Table(
    "mail_rules",
    metadata,
    workspace_column(),
    Column("id", Words, nullable=False),
    Column("sender", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("category", Words, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("made_by", Words, nullable=False),
    Column("made_by_name", Words, nullable=False),
    PrimaryKeyConstraint("workspace_id", "id"),
    of_workspace(),
)
