"""The append-only record of what changed."""

from sqlalchemy import Column, Identity, Index, PrimaryKeyConstraint, Table

from storage.column_types import Document, Moment, Number, Words
from storage.tables.metadata import metadata, of_workspace, within_workspace, workspace_column

history = Table(
    "history",
    metadata,
    # The one key without the workspace: one sequence orders all entries, and SQLite counts only
    # a lone INTEGER key.
    Column("number", Number, Identity(always=True), nullable=False),
    workspace_column(),
    Column("at", Moment, nullable=False),
    Column("actor_id", Words, nullable=False),
    Column("actor_name", Words, nullable=False),
    Column("surface", Words, nullable=False),
    Column("act", Words, nullable=False),
    Column("subject_id", Words, nullable=False),
    Column("client_id", Words),
    Column("other_client_id", Words),
    Column("person_id", Words),
    Column("before", Document),
    Column("after", Document),
    # No foreign key: it would need a key of workspace and number, and nothing is ever deleted here.
    Column("undoes", Number),
    PrimaryKeyConstraint("number"),
    of_workspace(),
    within_workspace("client_id", "clients", name="fk_history_client"),
    within_workspace("other_client_id", "clients", name="fk_history_other_client"),
    within_workspace("person_id", "people", name="fk_history_person"),
    sqlite_autoincrement=True,
)
Index("ix_history_client", history.c.workspace_id, history.c.client_id, history.c.number)
Index("ix_history_other_client", history.c.workspace_id, history.c.other_client_id, history.c.number)
Index("ix_history_subject", history.c.workspace_id, history.c.subject_id, history.c.number)
Index("ix_history_person", history.c.workspace_id, history.c.person_id, history.c.number)
Index(
    "uq_history_undoes",
    history.c.workspace_id,
    history.c.undoes,
    unique=True,
    sqlite_where=history.c.undoes.is_not(None),
    postgresql_where=history.c.undoes.is_not(None),
)
