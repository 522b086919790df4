"""Clients and relations made again from what the history keeps of them, and from nothing else."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bot.domain.client import Client, ClientDetails, ClientStatus
from bot.domain.ids import ClientId, ContactId, LinkId, PersonId, StaffId
from bot.domain.kinship import Kinship, Label, Word
from bot.domain.person import Person, PersonDetails
from bot.domain.phone import Phone, PhoneLabel
from bot.domain.relationship import Contact, Link, Relation, Removal, Side
from bot.domain.roles import Role, RoleHeld
from bot.domain.sharing import Basis, Category, Sharing

Kept = Mapping[str, Any]
Orders = Mapping[str, list[str]]


def client_from(kept: Kept) -> Client:
    """Make a client again."""
    details = ClientDetails(
        first_name=kept["first_name"],
        last_name=kept["last_name"],
        preferred_name=kept["preferred_name"],
        own_id=kept["own_id"],
        birth_date=_day(kept["birth_date"]),
        email=kept["email"],
        phones=_phones(kept["phones"]),
        status=ClientStatus(kept["status"]),
        deceased_on=_day(kept["deceased_on"]),
    )
    return Client(
        id=ClientId(kept["id"]),
        details=details,
        version=kept["version"],
        mail_opt_out=kept["mail_opt_out"],
    )


def person_from(kept: Kept) -> Person:
    """Make a contact person again."""
    details = PersonDetails(
        first_name=kept["first_name"],
        last_name=kept["last_name"],
        email=kept["email"],
        phones=_phones(kept["phones"]),
        language=kept["language"],
    )
    return Person(id=PersonId(kept["id"]), details=details, version=kept["version"])


def relation_from(kept: Kept, orders: Orders) -> Relation:
    """Make a relation again, with its places in the emergency orders of its clients."""
    sides = [_side(side, kept["id"], orders) for side in kept["sides"]]
    active_from, ends_on = datetime.fromisoformat(kept["active_from"]), _day(kept["ends_on"])
    removal = _removal(kept["removal"])
    if kept["kind"] == "linked_client":
        low, high = sides
        return Link(
            id=LinkId(kept["id"]),
            low=low,
            high=high,
            added_from=ClientId(kept["added_from"]),
            active_from=active_from,
            ends_on=ends_on,
            removal=removal,
            version=kept["version"],
        )
    (side,) = sides
    return Contact(
        id=ContactId(kept["id"]),
        person_id=PersonId(kept["person"]["id"]),
        side=side,
        active_from=active_from,
        ends_on=ends_on,
        removal=removal,
        version=kept["version"],
    )


def _side(kept: Kept, relation_id: str, orders: Orders) -> Side:
    order = orders.get(kept["client_id"], [])
    label = kept["label"]
    return Side(
        client_id=ClientId(kept["client_id"]),
        label=Label(
            kinship=Kinship(label["kinship"]),
            word=Word(label["word"]) if label["word"] else None,
            own_words=label["own_words"],
        ),
        roles=tuple(
            RoleHeld(
                role=Role(role["role"]),
                document=role["document"],
                valid_from=_day(role["valid_from"]),
                valid_until=_day(role["valid_until"]),
            )
            for role in kept["roles"]
        ),
        emergency_position=order.index(relation_id) + 1 if relation_id in order else None,
        sharing=_sharing(kept["sharing"]),
    )


def _sharing(kept: Kept | None) -> Sharing | None:
    if kept is None:
        return None
    return Sharing(
        categories=frozenset(Category(category) for category in kept["categories"]),
        basis=Basis(kept["basis"]) if kept["basis"] else None,
        expires_on=_day(kept["expires_on"]),
        recorded_by=StaffId(kept["recorded_by"]),
        recorded_at=datetime.fromisoformat(kept["recorded_at"]),
    )


def _removal(kept: Kept | None) -> Removal | None:
    if kept is None:
        return None
    at = datetime.fromisoformat(kept["at"])
    return Removal(at=at, by=StaffId(kept["by"]), by_name=kept["by_name"], reason=kept["reason"])


def _phones(kept: list[Kept]) -> tuple[Phone, ...]:
    return tuple(Phone(number=phone["number"], label=PhoneLabel(phone["label"])) for phone in kept)


def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None
