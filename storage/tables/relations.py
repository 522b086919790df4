"""Links and contacts, and their sides."""

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Index, Integer, PrimaryKeyConstraint, Table

from storage.column_types import Document, Moment, Words
from storage.tables.metadata import metadata, of_workspace, within_workspace, workspace_column


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
    workspace_column(),
    Column("id", Words, nullable=False),
    Column("low_client_id", Words, nullable=False),
    Column("high_client_id", Words, nullable=False),
    Column("added_from_client_id", Words, nullable=False),
    *_life_of_a_relation(),
    PrimaryKeyConstraint("workspace_id", "id"),
    of_workspace(),
    within_workspace("low_client_id", "clients", name="fk_links_low_client"),
    within_workspace("high_client_id", "clients", name="fk_links_high_client"),
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
    workspace_column(),
    Column("id", Words, nullable=False),
    Column("client_id", Words, nullable=False),
    Column("person_id", Words, nullable=False),
    *_life_of_a_relation(),
    PrimaryKeyConstraint("workspace_id", "id"),
    of_workspace(),
    within_workspace("client_id", "clients"),
    within_workspace("person_id", "people"),
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
    workspace_column(),
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
    within_workspace("client_id", "clients"),
    within_workspace("link_id", "links"),
    within_workspace("contact_id", "contacts"),
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
