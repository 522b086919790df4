"""What the practice has chosen, and who has which role."""

from sqlalchemy import CheckConstraint, Column, Integer, PrimaryKeyConstraint, Table

from storage.column_types import Document, Words
from storage.tables.metadata import metadata, of_workspace, workspace_column

practice_settings = Table(
    "practice_settings",
    metadata,
    workspace_column(),
    Column("chosen", Document, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("workspace_id"),
    of_workspace(),
    CheckConstraint("version >= 1", name="version"),
)

staff_roles = Table(
    "staff_roles",
    metadata,
    workspace_column(),
    Column("holder_kind", Words, nullable=False),
    Column("holder_id", Words, nullable=False),
    Column("roles", Document, nullable=False),
    PrimaryKeyConstraint("workspace_id", "holder_kind", "holder_id"),
    of_workspace(),
    CheckConstraint("holder_kind IN ('person', 'group')", name="holder_kind"),
)
