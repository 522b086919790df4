"""The tokens of systems that hand in notices; of their secrets only hashes."""

from sqlalchemy import CheckConstraint, Column, Integer, PrimaryKeyConstraint, Table

from storage.column_types import Moment, Words
from storage.tables.metadata import metadata, of_workspace, workspace_column

api_tokens = Table(
    "api_tokens",
    metadata,
    workspace_column(),
    Column("id", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("digest", Words, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("created_by", Words, nullable=False),
    Column("created_by_name", Words, nullable=False),
    Column("uses", Integer, nullable=False),
    Column("last_used_at", Moment),
    Column("revoked_at", Moment),
    Column("revoked_by", Words),
    Column("revoked_by_name", Words),
    PrimaryKeyConstraint("workspace_id", "id"),
    of_workspace(),
    CheckConstraint("(uses = 0) = (last_used_at IS NULL)", name="uses"),
    CheckConstraint(
        "(revoked_at IS NULL) = (revoked_by IS NULL) AND (revoked_at IS NULL) = (revoked_by_name IS NULL)",
        name="revoking",
    ),
)
