"""The tables. Every one belongs to a workspace, which stands in its primary key and in its foreign keys."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
)

from storage.column_types import Document, Moment, Number, Words

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _workspace() -> Column[str]:
    return Column("workspace_id", Words, nullable=False)


def _of_workspace() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"])


def _within_workspace(column: str, table: str, *, name: str | None = None) -> ForeignKeyConstraint:
    """Return a foreign key that cannot reach into another workspace."""
    return ForeignKeyConstraint(["workspace_id", column], [f"{table}.workspace_id", f"{table}.id"], name=name)


workspaces = Table(
    "workspaces",
    metadata,
    _workspace(),
    Column("name", Words, nullable=False),
    PrimaryKeyConstraint("workspace_id"),
)

clients = Table(
    "clients",
    metadata,
    _workspace(),
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
    # What follows is computed from the columns above at each write, for ordering and comparing.
    Column("status_rank", Integer, nullable=False),
    Column("sort_last", Words, nullable=False),
    Column("sort_first", Words, nullable=False),
    Column("whole_name", Words, nullable=False),
    Column("own_key", Words, nullable=False),
    Column("login", Words),
    PrimaryKeyConstraint("workspace_id", "id"),
    _of_workspace(),
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
Index(
    "ix_clients_by_name",
    clients.c.workspace_id,
    clients.c.status_rank,
    clients.c.sort_last,
    clients.c.sort_first,
    clients.c.id,
)
Index("ix_clients_whole_name", clients.c.workspace_id, clients.c.whole_name)
Index("ix_clients_login", clients.c.workspace_id, clients.c.login)

client_phones = Table(
    "client_phones",
    metadata,
    _workspace(),
    Column("client_id", Words, nullable=False),
    Column("position", Integer, nullable=False),
    Column("number", Words, nullable=False),
    Column("label", Words, nullable=False),
    PrimaryKeyConstraint("workspace_id", "client_id", "position"),
    _within_workspace("client_id", "clients"),
)

client_tokens = Table(
    "client_tokens",
    metadata,
    _workspace(),
    Column("token", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("client_id", Words, nullable=False),
    PrimaryKeyConstraint("workspace_id", "token", "client_id", "kind"),
    _within_workspace("client_id", "clients"),
    # The key is the whole row: SQLite keeps it as one B-tree.
    sqlite_with_rowid=False,
)
Index("ix_client_tokens_client", client_tokens.c.workspace_id, client_tokens.c.client_id)

people = Table(
    "people",
    metadata,
    _workspace(),
    Column("id", Words, nullable=False),
    Column("first_name", Words, nullable=False),
    Column("last_name", Words, nullable=False),
    Column("email", Words),
    Column("language", Words, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("workspace_id", "id"),
    _of_workspace(),
    CheckConstraint("version >= 1", name="version"),
)

person_phones = Table(
    "person_phones",
    metadata,
    _workspace(),
    Column("person_id", Words, nullable=False),
    Column("position", Integer, nullable=False),
    Column("number", Words, nullable=False),
    Column("label", Words, nullable=False),
    PrimaryKeyConstraint("workspace_id", "person_id", "position"),
    _within_workspace("person_id", "people"),
)

person_tokens = Table(
    "person_tokens",
    metadata,
    _workspace(),
    Column("token", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("person_id", Words, nullable=False),
    PrimaryKeyConstraint("workspace_id", "token", "person_id", "kind"),
    _within_workspace("person_id", "people"),
    # The key is the whole row: SQLite keeps it as one B-tree.
    sqlite_with_rowid=False,
)
Index("ix_person_tokens_person", person_tokens.c.workspace_id, person_tokens.c.person_id)


def _life_of_a_relation() -> tuple[Column[object] | CheckConstraint, ...]:
    """Return what links and contacts have in common: since when, until when, ended by whom (R5)."""
    return (
        Column("active_from", Moment, nullable=False),
        Column("ends_on", Date),
        Column("removed_at", Moment),
        Column("removed_by", Words),
        Column("removed_by_name", Words),
        Column("removed_reason", Words),
        Column("version", Integer, nullable=False),
        CheckConstraint(
            "(removed_at IS NULL AND removed_by IS NULL"
            " AND removed_by_name IS NULL AND removed_reason IS NULL)"
            " OR (removed_at IS NOT NULL AND removed_by IS NOT NULL"
            " AND removed_by_name IS NOT NULL AND removed_reason IS NOT NULL)",
            name="removal",
        ),
        CheckConstraint("version >= 1", name="version"),
    )


links = Table(
    "links",
    metadata,
    _workspace(),
    Column("id", Words, nullable=False),
    Column("low_client_id", Words, nullable=False),
    Column("high_client_id", Words, nullable=False),
    Column("added_from_client_id", Words, nullable=False),
    *_life_of_a_relation(),
    PrimaryKeyConstraint("workspace_id", "id"),
    _of_workspace(),
    _within_workspace("low_client_id", "clients", name="fk_links_low_client"),
    _within_workspace("high_client_id", "clients", name="fk_links_high_client"),
    # Strictly less: no self-link (R11), and one way only to write a pair down (R3).
    CheckConstraint("low_client_id < high_client_id", name="ordered_pair"),
    CheckConstraint("added_from_client_id IN (low_client_id, high_client_id)", name="added_from"),
)
Index(
    "uq_links_active_pair",
    links.c.workspace_id,
    links.c.low_client_id,
    links.c.high_client_id,
    unique=True,
    sqlite_where=links.c.removed_at.is_(None),
    postgresql_where=links.c.removed_at.is_(None),
)
Index("ix_links_high_client", links.c.workspace_id, links.c.high_client_id)

contacts = Table(
    "contacts",
    metadata,
    _workspace(),
    Column("id", Words, nullable=False),
    Column("client_id", Words, nullable=False),
    Column("person_id", Words, nullable=False),
    *_life_of_a_relation(),
    PrimaryKeyConstraint("workspace_id", "id"),
    _of_workspace(),
    _within_workspace("client_id", "clients"),
    _within_workspace("person_id", "people"),
)
Index(
    "uq_contacts_active_person",
    contacts.c.workspace_id,
    contacts.c.client_id,
    contacts.c.person_id,
    unique=True,
    sqlite_where=contacts.c.removed_at.is_(None),
    postgresql_where=contacts.c.removed_at.is_(None),
)
Index("ix_contacts_person", contacts.c.workspace_id, contacts.c.person_id)

sides = Table(
    "sides",
    metadata,
    _workspace(),
    Column("relation_id", Words, nullable=False),
    Column("client_id", Words, nullable=False),
    Column("link_id", Words),
    Column("contact_id", Words),
    Column("is_active", Boolean, nullable=False),
    Column("kinship", Words, nullable=False),
    Column("word", Words),
    Column("own_words", Words, nullable=False),
    Column("roles", Document, nullable=False),
    Column("emergency_position", Integer),
    Column("sharing_categories", Document),
    Column("sharing_basis", Words),
    Column("sharing_expires_on", Date),
    Column("sharing_recorded_by", Words),
    Column("sharing_recorded_at", Moment),
    PrimaryKeyConstraint("workspace_id", "relation_id", "client_id"),
    _within_workspace("client_id", "clients"),
    _within_workspace("link_id", "links"),
    _within_workspace("contact_id", "contacts"),
    CheckConstraint("(link_id IS NULL) <> (contact_id IS NULL)", name="one_relation"),
    CheckConstraint("relation_id = COALESCE(link_id, contact_id)", name="relation_id"),
    CheckConstraint("emergency_position >= 1", name="emergency_position"),
    CheckConstraint("is_active OR emergency_position IS NULL", name="removed_without_position"),
    CheckConstraint(
        "(sharing_categories IS NULL) = (sharing_recorded_at IS NULL)"
        " AND (sharing_categories IS NULL) = (sharing_recorded_by IS NULL)"
        " AND (sharing_categories IS NOT NULL OR (sharing_basis IS NULL AND sharing_expires_on IS NULL))",
        name="sharing",
    ),
)
Index(
    "uq_sides_emergency_position",
    sides.c.workspace_id,
    sides.c.client_id,
    sides.c.emergency_position,
    unique=True,
)
Index("uq_sides_contact", sides.c.workspace_id, sides.c.contact_id, unique=True)

history = Table(
    "history",
    metadata,
    # The one key without the workspace: one sequence orders all entries, and SQLite counts only
    # a lone INTEGER key.
    Column("number", Number, Identity(always=True), nullable=False),
    _workspace(),
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
    _of_workspace(),
    _within_workspace("client_id", "clients", name="fk_history_client"),
    _within_workspace("other_client_id", "clients", name="fk_history_other_client"),
    _within_workspace("person_id", "people", name="fk_history_person"),
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

submissions = Table(
    "submissions",
    metadata,
    _workspace(),
    Column("key", Words, nullable=False),
    Column("subject_id", Words, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("workspace_id", "key"),
    _of_workspace(),
)

deliveries = Table(
    "deliveries",
    metadata,
    _workspace(),
    Column("key", Words, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("workspace_id", "key"),
    _of_workspace(),
)
Index("ix_deliveries_at", deliveries.c.workspace_id, deliveries.c.at)
