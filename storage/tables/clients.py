"""The clients, their phones, and what they are found by.

Most clients are found by columns of their own. `client_tokens` has what some have besides: the middle
parts of a long name, a preferred name, a hyphenated one in one piece.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    false,
)

from storage.column_types import Words
from storage.tables.metadata import metadata, of_workspace, within_workspace, workspace_column

clients = Table(
    "clients",
    metadata,
    workspace_column(),
    Column("id", Words, nullable=False),
    Column("first_name", Words, nullable=False),
    Column("last_name", Words, nullable=False),
    Column("preferred_name", Words, nullable=False),
    Column("own_id", Words, nullable=False),
    Column("birth_date", Date),
    Column("email", Words),
    Column("status", Words, nullable=False),
    Column("deceased_on", Date),
    Column("version", Integer, nullable=False),
    Column("mail_opt_out", Boolean, nullable=False, server_default=false()),
    # Who is responsible, as a list of pairs in JSON; nothing where nobody is.
    Column("owners", Words),
    # What follows is computed from the columns above at each write, for finding, ordering and comparing.
    Column("status_rank", Integer, nullable=False),
    Column("whole_name", Words, nullable=False),
    Column("last_first", Words, nullable=False),
    Column("other_words", Words, nullable=False),
    Column("own_key", Words, nullable=False),
    Column("own_compact", Words, nullable=False),
    Column("own_tail", Words, nullable=False),
    Column("login", Words),
    PrimaryKeyConstraint("workspace_id", "id"),
    of_workspace(),
    CheckConstraint("status IN ('active', 'archived', 'deceased')", name="status"),
    CheckConstraint("version >= 1", name="version"),
)
Index(
    "uq_clients_own_id",
    clients.c.workspace_id,
    clients.c.own_key,
    unique=True,
    sqlite_where=clients.c.own_key != "",
    postgresql_where=clients.c.own_key != "",
)
# The first columns pick the clients and order them; with the id behind them no row need be read for either.
# Of names the rest is what other words are looked for in.
for _name, _more in (
    *((name, (clients.c.other_words, clients.c.birth_date)) for name in ("last_first", "whole_name")),
    *((name, ()) for name in ("own_compact", "own_tail", "login")),
):
    Index(
        f"ix_clients_{_name}",
        clients.c.workspace_id,
        clients.c.status_rank,
        clients.c[_name],
        clients.c.id,
        *_more,
    )
_HAS_NO_OWN_ID = clients.c.own_key == ""
for _name, _column in (("name", clients.c.whole_name), ("login", clients.c.login)):
    # Whom an import may mean by a row with an id that nobody has yet: few where the practice gives ids.
    Index(
        f"ix_clients_{_name}_without_own_id",
        clients.c.workspace_id,
        _column,
        sqlite_where=_HAS_NO_OWN_ID,
        postgresql_where=_HAS_NO_OWN_ID,
    )
Index("ix_clients_birth_date", clients.c.workspace_id, clients.c.birth_date)

client_phones = Table(
    "client_phones",
    metadata,
    workspace_column(),
    Column("client_id", Words, nullable=False),
    Column("position", Integer, nullable=False),
    Column("number", Words, nullable=False),
    Column("label", Words, nullable=False),
    # Computed at each write: the digits a number is found by, and where its client stands.
    Column("digits", Words, nullable=False),
    Column("status_rank", Integer, nullable=False),
    PrimaryKeyConstraint("workspace_id", "client_id", "position"),
    within_workspace("client_id", "clients"),
)
Index(
    "ix_client_phones_digits",
    client_phones.c.workspace_id,
    client_phones.c.status_rank,
    client_phones.c.digits,
    client_phones.c.client_id,
)

client_tokens = Table(
    "client_tokens",
    metadata,
    workspace_column(),
    Column("kind", Words, nullable=False),
    Column("status_rank", Integer, nullable=False),
    Column("token", Words, nullable=False),
    Column("client_id", Words, nullable=False),
    # All words of the client: others are looked for in them, and no row of theirs need be read for it.
    Column("words", Words, nullable=False),
    PrimaryKeyConstraint(
        "workspace_id", "kind", "status_rank", "token", "client_id", postgresql_include=["words"]
    ),
    within_workspace("client_id", "clients"),
    # The key has the whole row: SQLite keeps it as one B-tree.
    sqlite_with_rowid=False,
)
Index("ix_client_tokens_client", client_tokens.c.workspace_id, client_tokens.c.client_id)
