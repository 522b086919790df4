"""Whom each member of staff has opened or changed lately."""

from sqlalchemy import Column, Index, PrimaryKeyConstraint, Table

from storage.column_types import Moment, Words
from storage.tables.metadata import metadata, within_workspace, workspace_column

recent_clients = Table(
    "recent_clients",
    metadata,
    workspace_column(),
    Column("staff_id", Words, nullable=False),
    Column("client_id", Words, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("workspace_id", "staff_id", "client_id"),
    within_workspace("client_id", "clients"),
    sqlite_with_rowid=False,
)
Index(
    "ix_recent_clients_staff", recent_clients.c.workspace_id, recent_clients.c.staff_id, recent_clients.c.at
)
Index("ix_recent_clients_at", recent_clients.c.workspace_id, recent_clients.c.at)
