"""Clients with links and contacts as their accounts show them."""

import json
from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import Any

from bot.domain.client import Client
from bot.domain.email import login_equality
from bot.domain.family import ContactPerson, Family, LinkedClient
from bot.domain.folding import fold
from bot.domain.ids import ClientId
from bot.domain.phone import Phone
from storage.client_rows import client_from
from storage.family_statements import (
    ADDRESSES,
    CONTACT,
    LINK,
    ME,
    MINE,
    OF_CLIENT,
    OF_PERSON,
    OTHER,
    PAUSE,
    PERSON,
    THEIRS,
    members,
    numbers_and_pauses,
)
from storage.made_statements import Build
from storage.people import person_from
from storage.phones import Phones, gather_phones
from storage.portions import portions
from storage.questions import Question, Questions, Rows
from storage.relation_rows import contact_from, link_from
from storage.sides import side_from
from storage.workspace_connection import WorkspaceConnection

_FAMILIES_AT_ONCE = 50
_ONE, _SEVERAL = {"several": False}, {"several": True}


def family_of(client_id: ClientId) -> Questions[Family | None]:
    """Ask for a client with the active relations, each kind by folded name; None for no client."""
    values = {"of_client": client_id}
    rows = yield Question(members, _ONE, values)
    if not rows:
        return None
    return _families(rows, (yield Question(numbers_and_pauses, _ONE, values)))[client_id]


def families_made() -> Sequence[tuple[Build, Mapping[str, Hashable]]]:
    """Return what is asked for a family: what makes each statement, and of which shape."""
    return [(members, _ONE), (numbers_and_pauses, _ONE)]


async def read_families(
    connection: WorkspaceConnection, client_ids: Collection[ClientId]
) -> dict[ClientId, Family]:
    """Return several clients as `family_of` does, those of them that there are."""
    found: dict[ClientId, Family] = {}
    for portion in portions(sorted(set(client_ids)), _FAMILIES_AT_ONCE):
        found |= await connection.ask(_families_of(portion))
    return found


def _families_of(client_ids: Sequence[ClientId]) -> Questions[dict[ClientId, Family]]:
    values = {"of_clients": json.dumps([*client_ids])}
    rows = yield Question(members, _SEVERAL, values)
    return _families(rows, (yield Question(numbers_and_pauses, _SEVERAL, values)))


def _families(rows: Rows, others: Rows) -> dict[ClientId, Family]:
    """Return the families that rows are about, with the numbers and pauses of everybody in them."""
    linked, contact, of_client = LINK.start, CONTACT.start, defaultdict[ClientId, list[Sequence[Any]]](list)
    for row in rows:
        of_client[ClientId(row[ME.start])].append(row)
    client_numbers = gather_phones(row[1:4] for row in others if row[0] == OF_CLIENT)
    person_numbers = gather_phones(row[1:4] for row in others if row[0] == OF_PERSON)
    paused = frozenset(row[1] for row in others if row[0] == PAUSE)
    return {
        client_id: Family(
            client=_client(mine[0][ME], client_numbers),
            linked_clients=_linked_clients([row for row in mine if row[linked] is not None], client_numbers),
            contacts=_contacts([row for row in mine if row[contact] is not None], person_numbers),
            paused=paused & {login_equality(row[at]) for row in mine for at in ADDRESSES if row[at]}
            if paused
            else paused,
        )
        for client_id, mine in of_client.items()
    }


def _client(values: Sequence[Any], phones: Phones) -> Client:
    return client_from(values, _numbers_of(phones, values[0]))


def _numbers_of(phones: Phones, owner_id: str) -> tuple[Phone, ...]:
    return phones.get(owner_id, ())


def _linked_clients(rows: Rows, phones: Phones) -> tuple[LinkedClient, ...]:
    members = []
    for row in rows:
        side, reverse = side_from(row[MINE]), side_from(row[THEIRS])
        link = link_from(row[LINK], side, reverse)
        members.append(
            LinkedClient(link=link, side=side, reverse=reverse, client=_client(row[OTHER], phones))
        )
    return tuple(sorted(members, key=_name_of_client))


def _contacts(rows: Rows, phones: Phones) -> tuple[ContactPerson, ...]:
    members = []
    for row in rows:
        side = side_from(row[MINE])
        person = person_from(row[PERSON], _numbers_of(phones, row[PERSON.start]))
        members.append(ContactPerson(contact=contact_from(row[CONTACT], side), side=side, person=person))
    return tuple(sorted(members, key=_name_of_person))


def _name_of_client(member: LinkedClient) -> tuple[str, str, str]:
    details = member.client.details
    return (fold(details.last_name), fold(details.first_name), member.link.id)


def _name_of_person(member: ContactPerson) -> tuple[str, str, str]:
    details = member.person.details
    return (fold(details.last_name), fold(details.first_name), member.contact.id)
