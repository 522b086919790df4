"""The workspaces."""

from sqlalchemy import Column, Integer, PrimaryKeyConstraint, Table

from storage.column_types import Words
from storage.tables.metadata import metadata, workspace_column

workspaces = Table(
    "workspaces",
    metadata,
    workspace_column(),
    Column("name", Words, nullable=False),
    # By which folding (bot/domain/folding.py) everybody here is found; none is an older one.
    Column("folding", Integer),
    PrimaryKeyConstraint("workspace_id"),
)
