"""The append-only record of who did what, and what chains it together."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Identity,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
)

from storage.column_types import Moment, Number, Words
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
    # No foreign key: it would need a key of workspace and number.
    Column("undoes", Number),
    # What kind of thing the act is; those of the first days were all changes.
    Column("kind", Words, nullable=False, server_default="change"),
    # Of what stands in history_values; those values can be erased, and this stays.
    Column("values_digest", LargeBinary),
    PrimaryKeyConstraint("number"),
    of_workspace(),
    within_workspace("client_id", "clients", name="fk_history_client"),
    within_workspace("other_client_id", "clients", name="fk_history_other_client"),
    within_workspace("person_id", "people", name="fk_history_person"),
    sqlite_autoincrement=True,
)
# The kind stands in front of the number: a client's changes are found without passing each look at them.
Index("ix_history_client", history.c.workspace_id, history.c.client_id, history.c.kind, history.c.number)
# Most entries are about one client and no contact person: there is nothing of them in these two.
_HAS_OTHER_CLIENT, _HAS_PERSON = history.c.other_client_id.is_not(None), history.c.person_id.is_not(None)
Index(
    "ix_history_other_client",
    history.c.workspace_id,
    history.c.other_client_id,
    history.c.kind,
    history.c.number,
    sqlite_where=_HAS_OTHER_CLIENT,
    postgresql_where=_HAS_OTHER_CLIENT,
)
Index("ix_history_subject", history.c.workspace_id, history.c.subject_id, history.c.kind, history.c.number)
Index(
    "ix_history_person",
    history.c.workspace_id,
    history.c.person_id,
    history.c.number,
    sqlite_where=_HAS_PERSON,
    postgresql_where=_HAS_PERSON,
)
Index("ix_history_actor", history.c.workspace_id, history.c.actor_id, history.c.number)
Index("ix_history_kind", history.c.workspace_id, history.c.kind, history.c.number)
Index(
    "uq_history_undoes",
    history.c.workspace_id,
    history.c.undoes,
    unique=True,
    sqlite_where=history.c.undoes.is_not(None),
    postgresql_where=history.c.undoes.is_not(None),
)

history_values = Table(
    "history_values",
    metadata,
    workspace_column(),
    Column("number", Number, nullable=False),
    # Erased together with the values, so that nobody can guess them from the digest.
    Column("salt", LargeBinary, nullable=False),
    # The canonical text, of which the digest is: see storage/trail/canonical.py.
    Column("before", Words),
    Column("after", Words),
    PrimaryKeyConstraint("workspace_id", "number"),
)

history_chain = Table(
    "history_chain",
    metadata,
    workspace_column(),
    # One after the other without a gap, in the order of the commits; numbers have gaps.
    Column("place", Number, nullable=False),
    Column("number", Number, nullable=False),
    Column("version", Integer, nullable=False),
    Column("key_id", Words, nullable=False),
    Column("mac", LargeBinary, nullable=False),
    PrimaryKeyConstraint("workspace_id", "place"),
    sqlite_with_rowid=False,
)
Index("uq_history_chain_number", history_chain.c.workspace_id, history_chain.c.number, unique=True)

history_heads = Table(
    "history_heads",
    metadata,
    workspace_column(),
    Column("place", Number, nullable=False),
    Column("key_id", Words, nullable=False),
    Column("mac", LargeBinary, nullable=False),
    Column("seal", LargeBinary, nullable=False),
    PrimaryKeyConstraint("workspace_id"),
)

history_anchors = Table(
    "history_anchors",
    metadata,
    workspace_column(),
    # The last place that was dropped, and what stood there.
    Column("place", Number, nullable=False),
    Column("number", Number, nullable=False),
    Column("mac", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
    Column("key_id", Words, nullable=False),
    Column("seal", LargeBinary, nullable=False),
    PrimaryKeyConstraint("workspace_id", "place"),
)

history_permits = Table(
    "history_permits",
    metadata,
    workspace_column(),
    # Written and taken away in one transaction, so nobody else ever sees one. The triggers ask for it.
    Column("path", Words, nullable=False),
    Column("through", Number, nullable=False),
    PrimaryKeyConstraint("workspace_id", "path"),
    CheckConstraint("path IN ('erase', 'drop')", name="path"),
)
