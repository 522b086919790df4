"""A client as a row, and a row as a client."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import FromClause
from sqlalchemy.sql import ColumnElement

from bot.domain.client import Client, ClientDetails, ClientStatus, Owner, own_id_equality
from bot.domain.email import login_equality
from bot.domain.ids import ClientId, StaffId
from bot.domain.phone import Phone
from storage.client_tokens import Findable
from storage.tables import clients

FEW_CLIENTS_BY_NAME = (clients.c.status_rank + 0, clients.c.last_first, clients.c.id)
"""By name, where few are expected. As an expression it has no index: SQLite, which has counted nothing,
would go through all clients in the index's order to spare itself the sorting of those few."""

STATUS_RANK = {ClientStatus.ACTIVE: 0, ClientStatus.ARCHIVED: 1, ClientStatus.DECEASED: 2}
_STATUSES = {str(each): each for each in ClientStatus}
PICKABLE_RANKS = (0, 1)
"""The ranks of the active and the archived: the deceased are not offered (R60)."""


def client_columns(table: FromClause) -> tuple[ColumnElement[Any], ...]:
    """Return the columns that `client_from` reads, in its order; `table` is `clients` or an alias of it."""
    c = table.c
    return (
        c.id,
        c.first_name,
        c.last_name,
        c.preferred_name,
        c.own_id,
        c.birth_date,
        c.email,
        c.status,
        c.deceased_on,
        c.version,
        c.mail_opt_out,
        c.owners,
    )


def client_from(values: Sequence[Any], phones: tuple[Phone, ...]) -> Client:
    """Return the client that the values of `client_columns` and the numbers make."""
    client_id, first, last, preferred, own_id, birth_date, email, status, deceased_on, version, *more = values
    opt_out, owners = more
    return Client(
        id=ClientId(client_id),
        details=ClientDetails(
            first_name=first,
            last_name=last,
            preferred_name=preferred,
            own_id=own_id,
            birth_date=birth_date,
            email=email,
            phones=phones,
            status=_STATUSES[status],
            deceased_on=deceased_on,
        ),
        version=version,
        mail_opt_out=opt_out,
        owners=_owners(owners) if owners else (),
    )


def _owners(kept: str) -> tuple[Owner, ...]:
    return tuple(Owner(id=StaffId(staff_id), name=name) for staff_id, name in json.loads(kept))


def client_row(client: Client, found: Findable) -> dict[str, object]:
    """Return a client's row, with what is computed for finding, ordering and comparing."""
    details = client.details
    return {
        "id": client.id,
        "first_name": details.first_name,
        "last_name": details.last_name,
        "preferred_name": details.preferred_name,
        "own_id": details.own_id,
        "birth_date": details.birth_date,
        "email": details.email,
        "status": str(details.status),
        "deceased_on": details.deceased_on,
        "version": client.version,
        "mail_opt_out": client.mail_opt_out,
        "owners": json.dumps([(each.id, each.name) for each in client.owners]) if client.owners else None,
        "status_rank": STATUS_RANK[details.status],
        "whole_name": found.whole_name,
        "last_first": found.last_first,
        "other_words": found.other_words,
        "own_key": own_id_equality(details.own_id),
        "own_compact": found.own_compact,
        "own_tail": found.own_tail,
        "login": login_equality(details.email) if details.email else None,
    }
