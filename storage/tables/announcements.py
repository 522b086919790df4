"""What staff are to be told in a direct message; a row is gone once they were."""

from sqlalchemy import Column, Index, PrimaryKeyConstraint, Table

from storage.column_types import Document, Moment, Words
from storage.tables.metadata import metadata, of_workspace, within_workspace, workspace_column

announcements = Table(
    "announcements",
    metadata,
    workspace_column(),
    Column("id", Words, nullable=False),
    Column("staff_id", Words, nullable=False),
    Column("client_id", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by_name", Words, nullable=False),
    Column("changes", Document, nullable=False),
    # Everybody who is told of the same change, where that is more than the one of this row.
    Column("known_to", Document),
    # Until when whoever has taken it may tell it; nobody has taken it where there is none.
    Column("leased_until", Moment),
    PrimaryKeyConstraint("workspace_id", "id"),
    of_workspace(),
    within_workspace("client_id", "clients"),
)
Index("ix_announcements_client", announcements.c.workspace_id, announcements.c.client_id)
