"""Families as two lists: the clients, and their links and contacts, as the import reads them."""

from collections.abc import Iterable, Iterator
from datetime import date

from bot.adapters.roster.cells import phones_cell
from bot.adapters.roster.family_cells import categories_cell, emergency_cell, label_cell, roles_cell
from bot.adapters.roster.family_columns import Tells
from bot.adapters.roster.formulas import neutralised
from bot.adapters.roster.headers import Holds
from bot.domain.client import Client
from bot.domain.person import Person
from bot.domain.relationship import Side
from bot.services.roster.exporting import ExportedFamily, ExportedMember

CLIENT_HEADERS = (
    Holds.OWN_ID.value,
    Holds.FIRST_NAME.value,
    Holds.LAST_NAME.value,
    Holds.PREFERRED_NAME.value,
    Holds.BIRTH_DATE.value,
    Holds.EMAIL.value,
    "phones",
    Holds.STATUS.value,
    Holds.DECEASED_ON.value,
    Holds.REFERENCE.value,
)
FAMILY_HEADERS = tuple(each.value for each in Tells if each is not Tells.NAME)


def client_cells(client: Client) -> list[str]:
    """Return the row of a client; who has no own id gets a reference, by which the other list names them."""
    details = client.details
    return _safe(
        (
            details.own_id,
            details.first_name,
            details.last_name,
            details.preferred_name,
            _day(details.birth_date),
            details.email or "",
            phones_cell(details.phones),
            details.status.value,
            _day(details.deceased_on),
            _reference(client),
        )
    )


def family_rows(family: ExportedFamily) -> Iterator[list[str]]:
    """Yield the rows of the relations that are told on a client's account, each once."""
    for member in family.members:
        if member.is_first_half:
            cells = _relation(family.client, member)
            yield _safe(cells.get(Tells(header), "") for header in FAMILY_HEADERS)


def _relation(client: Client, member: ExportedMember) -> dict[Tells, str]:
    relation, related = member.relation, member.related
    cells = {
        Tells.CLIENT: client.details.own_id,
        Tells.CLIENT_REFERENCE: _reference(client),
        Tells.RELATIONSHIP: label_cell(member.side.label),
        Tells.SINCE: _day(relation.active_from.date()),
        **dict(
            zip(
                (Tells.ROLES, Tells.EMERGENCY, Tells.SHARED, Tells.BASIS, Tells.EXPIRES),
                _side(member.side, related),
                strict=True,
            )
        ),
    }
    if relation.removal is not None:
        cells[Tells.REMOVED_ON] = _day(relation.removal.at.date())
    else:
        cells[Tells.ENDS_ON] = _day(relation.ends_on)
    if isinstance(related, Person):
        return cells | _person(related)
    cells |= {Tells.RELATED: related.details.own_id, Tells.RELATED_REFERENCE: _reference(related)}
    if member.reverse is not None:
        cells[Tells.REVERSE_RELATIONSHIP] = label_cell(member.reverse.label)
        columns = (
            Tells.REVERSE_ROLES,
            Tells.REVERSE_EMERGENCY,
            Tells.REVERSE_SHARED,
            Tells.REVERSE_BASIS,
            Tells.REVERSE_EXPIRES,
        )
        cells |= dict(zip(columns, _side(member.reverse, client), strict=True))
    return cells


def _side(side: Side, related: Client | Person) -> tuple[str, str, str, str, str]:
    sharing = side.sharing
    return (
        roles_cell(side.roles),
        emergency_cell(side.emergency_position, has_phone=bool(related.phones)),
        categories_cell(sharing.categories if sharing else ()),
        sharing.basis.value if sharing and sharing.basis else "",
        _day(sharing.expires_on) if sharing else "",
    )


def _person(person: Person) -> dict[Tells, str]:
    details = person.details
    return {
        Tells.FIRST_NAME: details.first_name,
        Tells.LAST_NAME: details.last_name,
        Tells.PHONES: phones_cell(details.phones),
        Tells.EMAIL: details.email or "",
        Tells.LANGUAGE: details.language,
        Tells.PERSON: person.id,
    }


def _reference(client: Client) -> str:
    return "" if client.details.own_id else client.id


def _safe(cells: Iterable[str]) -> list[str]:
    return [neutralised(cell) for cell in cells]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
