"""Who must not receive a client's mail (R50)."""

from sqlalchemy import CheckConstraint, Column, Date, Index, PrimaryKeyConstraint, Table

from storage.column_types import Moment, Words
from storage.tables.metadata import metadata, of_workspace, within_workspace, workspace_column

must_not_receive = Table(
    "must_not_receive",
    metadata,
    workspace_column(),
    Column("id", Words, nullable=False),
    Column("client_id", Words, nullable=False),
    Column("person_id", Words),
    Column("barred_client_id", Words),
    Column("address", Words),
    Column("class", Words, nullable=False),
    Column("document", Words, nullable=False),
    Column("expires_on", Date),
    Column("recorded_at", Moment, nullable=False),
    Column("recorded_by", Words, nullable=False),
    Column("recorded_by_name", Words, nullable=False),
    Column("lifted_at", Moment),
    Column("lifted_by", Words),
    Column("lifted_by_name", Words),
    Column("lifted_reason", Words),
    PrimaryKeyConstraint("workspace_id", "id"),
    of_workspace(),
    within_workspace("client_id", "clients", name="fk_must_not_receive_client"),
    within_workspace("barred_client_id", "clients", name="fk_must_not_receive_barred_client"),
    within_workspace("person_id", "people"),
    CheckConstraint(
        "(address IS NOT NULL) <> (person_id IS NOT NULL OR barred_client_id IS NOT NULL)", name="barred"
    ),
    CheckConstraint("class IN ('client_request', 'court_order', 'safety')", name="class"),
    CheckConstraint(
        "(lifted_at IS NULL) = (lifted_by IS NULL) AND (lifted_at IS NULL) = (lifted_by_name IS NULL)"
        " AND (lifted_at IS NULL) = (lifted_reason IS NULL)",
        name="lifting",
    ),
)
Index("ix_must_not_receive_client", must_not_receive.c.workspace_id, must_not_receive.c.client_id)
Index("ix_must_not_receive_person", must_not_receive.c.workspace_id, must_not_receive.c.person_id)
