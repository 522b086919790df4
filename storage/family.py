"""Clients with links and contacts as their accounts show them, read in two statements."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import bindparam, literal, select, union_all

from bot.domain.client import Client
from bot.domain.email import login_equality
from bot.domain.family import ContactPerson, Family, LinkedClient
from bot.domain.folding import fold
from bot.domain.ids import ClientId
from bot.domain.phone import Phone
from storage.client_rows import client_columns, client_from
from storage.people import PERSON_COLUMNS, person_from
from storage.phones import Phones, gather_phones
from storage.portions import portions
from storage.relation_rows import CONTACT_COLUMNS, LINK_COLUMNS, contact_from, link_from
from storage.sides import side_columns, side_from
from storage.tables import (
    address_pauses,
    client_phones,
    clients,
    contacts,
    links,
    people,
    person_phones,
    sides,
)
from storage.workspace_connection import IN_WORKSPACE, AnyRow, WorkspaceConnection

_me = clients.alias("me")
_mine = sides.alias("mine")
_theirs = sides.alias("theirs")
_other = clients.alias("other")

_GROUPS = (
    client_columns(_me),
    side_columns(_mine),
    LINK_COLUMNS,
    side_columns(_theirs),
    client_columns(_other),
    CONTACT_COLUMNS,
    PERSON_COLUMNS,
)


def _slices() -> tuple[slice, ...]:
    """Return where in a row each group of columns stands."""
    bounds = [0]
    for group in _GROUPS:
        bounds.append(bounds[-1] + len(group))
    return tuple(map(slice, bounds, bounds[1:]))


_ME, _MINE, _LINK, _THEIRS, _OTHER, _CONTACT, _PERSON = _slices()
_ADDRESSES = (
    _ME.start + client_columns(_me).index(_me.c.email),
    _OTHER.start + client_columns(_other).index(_other.c.email),
    _PERSON.start + PERSON_COLUMNS.index(people.c.email),
)

_JOINED = (
    select(*(column for group in _GROUPS for column in group))
    .select_from(
        _me.outerjoin(
            _mine,
            (_mine.c.workspace_id == _me.c.workspace_id)
            & (_mine.c.client_id == _me.c.id)
            & _mine.c.is_active,
        )
        .outerjoin(links, (links.c.workspace_id == _mine.c.workspace_id) & (links.c.id == _mine.c.link_id))
        .outerjoin(
            _theirs,
            (_theirs.c.workspace_id == _mine.c.workspace_id)
            & (_theirs.c.relation_id == _mine.c.link_id)
            & (_theirs.c.client_id != _mine.c.client_id),
        )
        .outerjoin(
            _other,
            (_other.c.workspace_id == _theirs.c.workspace_id) & (_other.c.id == _theirs.c.client_id),
        )
        .outerjoin(
            contacts,
            (contacts.c.workspace_id == _mine.c.workspace_id) & (contacts.c.id == _mine.c.contact_id),
        )
        .outerjoin(
            people,
            (people.c.workspace_id == contacts.c.workspace_id) & (people.c.id == contacts.c.person_id),
        )
    )
    .where(_me.c.workspace_id == IN_WORKSPACE)
)
_MEMBERS = _JOINED.where(_me.c.id == bindparam("of_client"))
_MEMBERS_OF_SEVERAL = _JOINED.where(_me.c.id.in_(bindparam("of_clients", expanding=True)))

_PAUSE = "pause"
_FAMILIES_AT_ONCE = 50
_PHONES = union_all(
    select(
        literal("client"),
        client_phones.c.client_id,
        client_phones.c.number,
        client_phones.c.label,
        client_phones.c.position,
    ).where(
        client_phones.c.workspace_id == IN_WORKSPACE,
        client_phones.c.client_id.in_(bindparam("of_clients", expanding=True)),
    ),
    select(
        literal("person"),
        person_phones.c.person_id,
        person_phones.c.number,
        person_phones.c.label,
        person_phones.c.position,
    ).where(
        person_phones.c.workspace_id == IN_WORKSPACE,
        person_phones.c.person_id.in_(bindparam("of_people", expanding=True)),
    ),
    # In the same statement, because each one costs a trip: which of their addresses do not work.
    select(literal(_PAUSE), address_pauses.c.address, literal(""), literal(""), literal(0)).where(
        address_pauses.c.workspace_id == IN_WORKSPACE,
        address_pauses.c.address.in_(bindparam("addresses", expanding=True)),
    ),
).order_by("position")


async def read_family(connection: WorkspaceConnection, client_id: ClientId) -> Family | None:
    """Return a client with the active relations, each kind by folded name; None for no client."""
    rows = await connection.rows(_MEMBERS, of_client=client_id)
    return (await _families(connection, rows)).get(client_id) if rows else None


async def read_families(
    connection: WorkspaceConnection, client_ids: Collection[ClientId]
) -> dict[ClientId, Family]:
    """Return several clients as `read_family` does, those of them that there are."""
    found: dict[ClientId, Family] = {}
    for portion in portions(sorted(set(client_ids)), _FAMILIES_AT_ONCE):
        rows = await connection.rows(_MEMBERS_OF_SEVERAL, of_clients=portion)
        found |= await _families(connection, rows)
    return found


async def _families(connection: WorkspaceConnection, rows: Sequence[AnyRow]) -> dict[ClientId, Family]:
    """Return the families that rows are about, with the numbers and pauses of everybody in them."""
    linked, contact, of_client = _LINK.start, _CONTACT.start, defaultdict[ClientId, list[AnyRow]](list)
    for row in rows:
        of_client[ClientId(row[_ME.start])].append(row)
    phones = await connection.rows(
        _PHONES,
        of_clients=[*of_client, *(row[_OTHER.start] for row in rows if row[linked] is not None)],
        of_people=[row[_PERSON.start] for row in rows if row[contact] is not None],
        addresses=sorted({login_equality(row[at]) for row in rows for at in _ADDRESSES if row[at]}),
    )
    client_numbers = gather_phones(row[1:4] for row in phones if row[0] == "client")
    person_numbers = gather_phones(row[1:4] for row in phones if row[0] == "person")
    paused = frozenset(row[1] for row in phones if row[0] == _PAUSE)
    return {
        client_id: Family(
            client=_client(mine[0][_ME], client_numbers),
            linked_clients=_linked_clients([row for row in mine if row[linked] is not None], client_numbers),
            contacts=_contacts([row for row in mine if row[contact] is not None], person_numbers),
            paused=paused & {login_equality(row[at]) for row in mine for at in _ADDRESSES if row[at]}
            if paused
            else paused,
        )
        for client_id, mine in of_client.items()
    }


def _client(values: Sequence[Any], phones: Phones) -> Client:
    return client_from(values, _numbers(phones, values[0]))


def _numbers(phones: Phones, owner_id: str) -> tuple[Phone, ...]:
    return phones.get(owner_id, ())


def _linked_clients(rows: Sequence[AnyRow], phones: Phones) -> tuple[LinkedClient, ...]:
    members = []
    for row in rows:
        side, reverse = side_from(row[_MINE]), side_from(row[_THEIRS])
        link = link_from(row[_LINK], side, reverse)
        members.append(
            LinkedClient(link=link, side=side, reverse=reverse, client=_client(row[_OTHER], phones))
        )
    return tuple(sorted(members, key=_name_of_client))


def _contacts(rows: Sequence[AnyRow], phones: Phones) -> tuple[ContactPerson, ...]:
    members = []
    for row in rows:
        side = side_from(row[_MINE])
        person = person_from(row[_PERSON], _numbers(phones, row[_PERSON.start]))
        members.append(ContactPerson(contact=contact_from(row[_CONTACT], side), side=side, person=person))
    return tuple(sorted(members, key=_name_of_person))


def _name_of_client(member: LinkedClient) -> tuple[str, str, str]:
    details = member.client.details
    return (fold(details.last_name), fold(details.first_name), member.link.id)


def _name_of_person(member: ContactPerson) -> tuple[str, str, str]:
    details = member.person.details
    return (fold(details.last_name), fold(details.first_name), member.contact.id)
