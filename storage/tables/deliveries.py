"""What was carried out already, of what is sent or delivered twice."""

from sqlalchemy import Column, Index, PrimaryKeyConstraint, Table

from storage.column_types import Moment, Words
from storage.tables.metadata import metadata, of_workspace, workspace_column

submissions = Table(
    "submissions",
    metadata,
    workspace_column(),
    Column("key", Words, nullable=False),
    Column("subject_id", Words, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("workspace_id", "key"),
    of_workspace(),
)

deliveries = Table(
    "deliveries",
    metadata,
    workspace_column(),
    Column("key", Words, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("workspace_id", "key"),
    of_workspace(),
)
Index("ix_deliveries_at", deliveries.c.workspace_id, deliveries.c.at)
