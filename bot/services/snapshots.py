"""What the history keeps of a client or a relation, its whole state as plain JSON, and reading it (R52).

An emergency position is not part of a relation's snapshot: it moves when others move. The order of
each client stands beside it, under `emergency_orders`, whenever the act changed that order.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bot.domain.client import Client, ClientDetails, ClientStatus, Owner
from bot.domain.history import JsonValue
from bot.domain.ids import ClientId, ContactId, LinkId, PersonId, RelationId, StaffId
from bot.domain.kinship import Kinship, Label, Word
from bot.domain.person import Person, PersonDetails
from bot.domain.phone import Phone, PhoneLabel
from bot.domain.relationship import Contact, Link, Relation, RelationKind, Removal, Side
from bot.domain.roles import Role, RoleHeld
from bot.domain.sharing import Basis, Category, Sharing

Snapshot = dict[str, JsonValue]
Kept = Mapping[str, Any]
"""A snapshot as it comes back: only this file knows what stands where in it."""
Orders = Mapping[ClientId, Sequence[RelationId]]


def client_snapshot(client: Client) -> Snapshot:
    """Return a client's whole state."""
    details = client.details
    # Most have nobody of their own.
    owners: Snapshot = {"owners": [{"id": each.id, "name": each.name} for each in client.owners]}
    return {
        **(owners if client.owners else {}),
        "id": client.id,
        "first_name": details.first_name,
        "last_name": details.last_name,
        "preferred_name": details.preferred_name,
        "own_id": details.own_id,
        "birth_date": _day(details.birth_date),
        "email": details.email,
        "phones": _phones(details.phones),
        "status": str(details.status),
        "deceased_on": _day(details.deceased_on),
        "mail_opt_out": client.mail_opt_out,
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
    return [{"number": phone.number, "label": str(phone.label)} for phone in phones]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def client_from(kept: Kept) -> Client:
    """Return the client that `client_snapshot` kept."""
    details = ClientDetails(
        first_name=kept["first_name"],
        last_name=kept["last_name"],
        preferred_name=kept["preferred_name"],
        own_id=kept["own_id"],
        birth_date=_day_from(kept["birth_date"]),
        email=kept["email"],
        phones=_phones_from(kept["phones"]),
        status=ClientStatus(kept["status"]),
        deceased_on=_day_from(kept["deceased_on"]),
    )
    # Entries from before there was such a choice do not have it.
    opt_out = bool(kept.get("mail_opt_out", False))
    owners = tuple(Owner(id=StaffId(each["id"]), name=each["name"]) for each in kept.get("owners", ()))
    return Client(
        id=ClientId(kept["id"]),
        details=details,
        version=kept["version"],
        mail_opt_out=opt_out,
        owners=owners,
    )


def person_from(kept: Kept) -> Person:
    """Return the contact person that `person_snapshot` kept."""
    details = PersonDetails(
        first_name=kept["first_name"],
        last_name=kept["last_name"],
        email=kept["email"],
        phones=_phones_from(kept["phones"]),
        language=kept["language"],
    )
    return Person(id=PersonId(kept["id"]), details=details, version=kept["version"])


def relation_from(kept: Kept) -> tuple[Relation, Person | None]:
    """Return the relation that `relation_snapshot` kept, with the person of a contact.

    It stands in no emergency order: its place was never part of the snapshot.
    """
    sides = [_side_from(side) for side in kept["sides"]]
    active_from, ends_on = datetime.fromisoformat(kept["active_from"]), _day_from(kept["ends_on"])
    removal, version = _removal_from(kept["removal"]), kept["version"]
    if RelationKind(kept["kind"]) is RelationKind.LINKED_CLIENT:
        low, high = sides
        link = Link(
            id=LinkId(kept["id"]),
            low=low,
            high=high,
            added_from=ClientId(kept["added_from"]),
            active_from=active_from,
            ends_on=ends_on,
            removal=removal,
            version=version,
        )
        return link, None
    person = person_from(kept["person"])
    contact = Contact(
        id=ContactId(kept["id"]),
        person_id=person.id,
        side=sides[0],
        active_from=active_from,
        ends_on=ends_on,
        removal=removal,
        version=version,
    )
    return contact, person


def orders_from(kept: Kept) -> dict[ClientId, tuple[RelationId, ...]]:
    """Return the emergency orders that `orders_snapshot` kept."""
    # A contact's id is looked up the same way as a link's.
    return {ClientId(client_id): tuple(map(LinkId, order)) for client_id, order in kept.items()}


def _side_from(kept: Kept) -> Side:
    return Side(
        client_id=ClientId(kept["client_id"]),
        label=_label_from(kept["label"]),
        roles=tuple(map(_role_from, kept["roles"])),
        sharing=_sharing_from(kept["sharing"]),
    )


def _label_from(kept: Kept) -> Label:
    word = Word(kept["word"]) if kept["word"] else None
    return Label(kinship=Kinship(kept["kinship"]), word=word, own_words=kept["own_words"])


def _role_from(kept: Kept) -> RoleHeld:
    return RoleHeld(
        role=Role(kept["role"]),
        document=kept["document"],
        valid_from=_day_from(kept["valid_from"]),
        valid_until=_day_from(kept["valid_until"]),
    )


def _sharing_from(kept: Kept | None) -> Sharing | None:
    if kept is None:
        return None
    return Sharing(
        categories=frozenset(map(Category, kept["categories"])),
        basis=Basis(kept["basis"]) if kept["basis"] else None,
        expires_on=_day_from(kept["expires_on"]),
        recorded_by=StaffId(kept["recorded_by"]),
        recorded_at=datetime.fromisoformat(kept["recorded_at"]),
    )


def _removal_from(kept: Kept | None) -> Removal | None:
    if kept is None:
        return None
    return Removal(
        at=datetime.fromisoformat(kept["at"]),
        by=StaffId(kept["by"]),
        by_name=kept["by_name"],
        reason=kept["reason"],
    )


def _phones_from(kept: Sequence[Kept]) -> tuple[Phone, ...]:
    return tuple(Phone(number=phone["number"], label=PhoneLabel(phone["label"])) for phone in kept)


def _day_from(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None
