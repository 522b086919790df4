"""A link or contact as a row, and rows as links and contacts."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypedDict

from sqlalchemy import ColumnElement, FromClause

from bot.domain.ids import ClientId, ContactId, LinkId, PersonId, StaffId
from bot.domain.relationship import Contact, Link, Relation, Removal, Side
from storage.sides import side_row
from storage.tables import contacts, links


def _life_columns(table: FromClause) -> tuple[ColumnElement[Any], ...]:
    c = table.c
    return (
        c.active_from,
        c.ends_on,
        c.removed_at,
        c.removed_by,
        c.removed_by_name,
        c.removed_reason,
        c.version,
    )


LINK_COLUMNS = (links.c.id, links.c.added_from_client_id, *_life_columns(links))
CONTACT_COLUMNS = (contacts.c.id, contacts.c.person_id, *_life_columns(contacts))


class _Life(TypedDict):
    active_from: datetime
    ends_on: date | None
    removal: Removal | None
    version: int


def link_from(values: Sequence[Any], one: Side, other: Side) -> Link:
    """Return the link that the values of `LINK_COLUMNS` and its two sides, in any order, make."""
    low, high = (one, other) if one.client_id < other.client_id else (other, one)
    return Link(
        id=LinkId(values[0]), low=low, high=high, added_from=ClientId(values[1]), **_life_from(values[2:])
    )


def contact_from(values: Sequence[Any], side: Side) -> Contact:
    """Return the contact that the values of `CONTACT_COLUMNS` and its side make."""
    return Contact(
        id=ContactId(values[0]), person_id=PersonId(values[1]), side=side, **_life_from(values[2:])
    )


def _life_from(values: Sequence[Any]) -> _Life:
    active_from, ends_on, removed_at, removed_by, removed_by_name, removed_reason, version = values
    removal = None
    if removed_at is not None:
        removal = Removal(
            at=removed_at, by=StaffId(removed_by), by_name=removed_by_name, reason=removed_reason
        )
    return _Life(active_from=active_from, ends_on=ends_on, removal=removal, version=version)


def link_row(link: Link) -> dict[str, object]:
    """Return a new link's own row."""
    return {
        "id": link.id,
        "low_client_id": link.low.client_id,
        "high_client_id": link.high.client_id,
        "added_from_client_id": link.added_from,
        **life_row(link),
    }


def contact_row(contact: Contact) -> dict[str, object]:
    """Return a new contact's own row."""
    return {
        "id": contact.id,
        "client_id": contact.side.client_id,
        "person_id": contact.person_id,
        **life_row(contact),
    }


def side_rows(relation: Relation) -> list[dict[str, object]]:
    """Return the rows of a new relation's sides."""
    is_link = isinstance(relation, Link)
    return [
        {
            "relation_id": relation.id,
            "client_id": side.client_id,
            "link_id": relation.id if is_link else None,
            "contact_id": None if is_link else relation.id,
            "is_active": relation.is_active,
            "emergency_position": side.emergency_position,
            **side_row(side),
        }
        for side in relation.sides
    ]


def life_row(relation: Relation) -> dict[str, object]:
    """Return what may change of a link's or contact's own row."""
    removal = relation.removal
    return {
        "active_from": relation.active_from,
        "ends_on": relation.ends_on,
        "removed_at": removal.at if removal else None,
        "removed_by": removal.by if removal else None,
        "removed_by_name": removal.by_name if removal else None,
        "removed_reason": removal.reason if removal else None,
        "version": relation.version,
    }
