"""The workspaces."""

from sqlalchemy import Column, PrimaryKeyConstraint, Table

from storage.column_types import Words
from storage.tables.metadata import metadata, workspace_column

workspaces = Table(
    "workspaces",
    metadata,
    workspace_column(),
    Column("name", Words, nullable=False),
    PrimaryKeyConstraint("workspace_id"),
)
