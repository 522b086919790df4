"""What the history keeps of a client or a relation: its whole state as plain JSON (R52).

An emergency position is not part of a relation's snapshot: it moves when others move. The order of
each client stands beside it, under `emergency_orders`, whenever the act changed that order.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.domain.client import Client
from bot.domain.history import JsonValue
from bot.domain.ids import ClientId, RelationId
from bot.domain.kinship import Label
from bot.domain.person import Person
from bot.domain.phone import Phone
from bot.domain.relationship import Link, Relation, Removal, Side
from bot.domain.roles import RoleHeld
from bot.domain.sharing import Sharing

Snapshot = dict[str, JsonValue]
Orders = Mapping[ClientId, Sequence[RelationId]]


def client_snapshot(client: Client) -> Snapshot:
    """Return a client's whole state."""
    details = client.details
    return {
        "id": client.id,
        "first_name": details.first_name,
        "last_name": details.last_name,
        "preferred_name": details.preferred_name,
        "own_id": details.own_id,
        "birth_date": _day(details.birth_date),
        "email": details.email,
        "phones": _phones(details.phones),
        "status": details.status.value,
        "deceased_on": _day(details.deceased_on),
        "version": client.version,
    }


def person_snapshot(person: Person) -> Snapshot:
    """Return a contact person's whole state."""
    details = person.details
    return {
        "id": person.id,
        "first_name": details.first_name,
        "last_name": details.last_name,
        "email": details.email,
        "phones": _phones(details.phones),
        "language": details.language,
        "version": person.version,
    }


def relation_snapshot(relation: Relation, person: Person | None = None) -> Snapshot:
    """Return a link's or contact's whole state, with the person where it is a contact."""
    snapshot: Snapshot = {
        "id": relation.id,
        "kind": relation.kind.value,
        "sides": [_side(side) for side in relation.sides],
        "active_from": relation.active_from.isoformat(),
        "ends_on": _day(relation.ends_on),
        "removal": _removal(relation.removal),
        "version": relation.version,
    }
    if isinstance(relation, Link):
        snapshot["added_from"] = relation.added_from
    if person is not None:
        snapshot["person"] = person_snapshot(person)
    return snapshot


def orders_snapshot(orders: Orders) -> Snapshot:
    """Return the emergency orders of some clients, each the first to call first."""
    return {client_id: [*order] for client_id, order in orders.items()}


def _side(side: Side) -> Snapshot:
    return {
        "client_id": side.client_id,
        "label": _label(side.label),
        "roles": [_role(held) for held in side.roles],
        "sharing": _sharing(side.sharing),
    }


def _label(label: Label) -> Snapshot:
    return {
        "kinship": label.kinship.value,
        "word": label.word.value if label.word else None,
        "own_words": label.own_words,
    }


def _role(held: RoleHeld) -> Snapshot:
    return {
        "role": held.role.value,
        "document": held.document,
        "valid_from": _day(held.valid_from),
        "valid_until": _day(held.valid_until),
    }


def _sharing(sharing: Sharing | None) -> Snapshot | None:
    if sharing is None:
        return None
    return {
        "categories": [category.value for category in sorted(sharing.categories)],
        "basis": sharing.basis.value if sharing.basis else None,
        "expires_on": _day(sharing.expires_on),
        "recorded_by": sharing.recorded_by,
        "recorded_at": sharing.recorded_at.isoformat(),
    }


def _removal(removal: Removal | None) -> Snapshot | None:
    if removal is None:
        return None
    return {
        "at": removal.at.isoformat(),
        "by": removal.by,
        "by_name": removal.by_name,
        "reason": removal.reason,
    }


def _phones(phones: Sequence[Phone]) -> list[JsonValue]:
    return [{"number": phone.number, "label": phone.label.value} for phone in phones]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
