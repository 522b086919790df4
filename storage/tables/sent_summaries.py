"""The summaries that stand in direct messages, so that they can be deleted from there."""

from sqlalchemy import Column, Index, PrimaryKeyConstraint, Table

from storage.column_types import Moment, Words
from storage.tables.metadata import metadata, of_workspace, workspace_column

sent_summaries = Table(
    "sent_summaries",
    metadata,
    workspace_column(),
    Column("channel", Words, nullable=False),
    Column("ts", Words, nullable=False),
    Column("sent_at", Moment, nullable=False),
    PrimaryKeyConstraint("workspace_id", "channel", "ts"),
    of_workspace(),
)
Index("ix_sent_summaries_sent_at", sent_summaries.c.workspace_id, sent_summaries.c.sent_at)
