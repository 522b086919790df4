"""A side of a relation as a row, and a row as a side."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause

from bot.domain.ids import ClientId, StaffId
from bot.domain.kinship import Kinship, Label, Word
from bot.domain.relationship import Side
from bot.domain.roles import Role, RoleHeld
from bot.domain.sharing import Basis, Category, Sharing


def side_columns(table: FromClause) -> tuple[ColumnElement[Any], ...]:
    """Return the columns that `side_from` reads, in its order; `table` is `sides` or an alias of it."""
    c = table.c
    return (
        c.client_id,
        c.kinship,
        c.word,
        c.own_words,
        c.roles,
        c.emergency_position,
        c.sharing_categories,
        c.sharing_basis,
        c.sharing_expires_on,
        c.sharing_recorded_by,
        c.sharing_recorded_at,
    )


def side_from(values: Sequence[Any]) -> Side:
    """Return the side that the values of `side_columns` make."""
    client_id, kinship, word, own_words, roles, position, categories, basis, expires_on, by, at = values
    sharing = None
    if categories is not None:
        sharing = Sharing(
            categories=frozenset(map(Category, categories)),
            basis=Basis(basis) if basis is not None else None,
            expires_on=expires_on,
            recorded_by=StaffId(by),
            recorded_at=at,
        )
    return Side(
        client_id=ClientId(client_id),
        label=Label(
            kinship=Kinship(kinship), word=Word(word) if word is not None else None, own_words=own_words
        ),
        roles=tuple(map(_role_from, roles)),
        emergency_position=position,
        sharing=sharing,
    )


def side_row(side: Side) -> dict[str, object]:
    """Return the values of a side, all but whose it is and its place in the emergency order."""
    sharing = side.sharing
    return {
        "kinship": side.label.kinship.value,
        "word": side.label.word.value if side.label.word is not None else None,
        "own_words": side.label.own_words,
        "roles": [_role_document(held) for held in side.roles],
        "sharing_categories": sorted(each.value for each in sharing.categories) if sharing else None,
        "sharing_basis": sharing.basis.value if sharing and sharing.basis else None,
        "sharing_expires_on": sharing.expires_on if sharing else None,
        "sharing_recorded_by": sharing.recorded_by if sharing else None,
        "sharing_recorded_at": sharing.recorded_at if sharing else None,
    }


def _role_document(held: RoleHeld) -> dict[str, str]:
    """Return a role with only what is known of the paper it rests on."""
    document = {"role": held.role.value}
    if held.document:
        document["document"] = held.document
    if held.valid_from:
        document["valid_from"] = held.valid_from.isoformat()
    if held.valid_until:
        document["valid_until"] = held.valid_until.isoformat()
    return document


def _role_from(document: Mapping[str, str]) -> RoleHeld:
    return RoleHeld(
        role=Role(document["role"]),
        document=document.get("document", ""),
        valid_from=_day(document.get("valid_from")),
        valid_until=_day(document.get("valid_until")),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
