"""A client as a row, and a row as a client."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import FromClause
from sqlalchemy.sql import ColumnElement

from bot.domain.client import Client, ClientDetails, ClientStatus, own_id_equality
from bot.domain.email import login_equality
from bot.domain.folding import fold
from bot.domain.ids import ClientId
from bot.domain.phone import Phone
from storage.client_tokens import whole_name
from storage.tables import clients

CLIENTS_BY_NAME = (clients.c.status_rank, clients.c.sort_last, clients.c.sort_first, clients.c.id)
FEW_CLIENTS_BY_NAME = (clients.c.status_rank + 0, *CLIENTS_BY_NAME[1:])
"""The same order where few are expected. As an expression it has no index: SQLite, which has counted nothing,
would go through all clients in the index's order to spare itself the sorting of those few."""

_STATUS_RANK = {ClientStatus.ACTIVE: 0, ClientStatus.ARCHIVED: 1, ClientStatus.DECEASED: 2}


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
    )


def client_from(values: Sequence[Any], phones: tuple[Phone, ...]) -> Client:
    """Return the client that the values of `client_columns` and the numbers make."""
    client_id, first, last, preferred, own_id, birth_date, email, status, deceased_on, version, opt_out = (
        values
    )
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
            status=ClientStatus(status),
            deceased_on=deceased_on,
        ),
        version=version,
        mail_opt_out=opt_out,
    )


def client_row(client: Client) -> dict[str, object]:
    """Return a client's row, with what is computed for ordering and comparing."""
    details = client.details
    return {
        "id": client.id,
        "first_name": details.first_name,
        "last_name": details.last_name,
        "preferred_name": details.preferred_name,
        "own_id": details.own_id,
        "birth_date": details.birth_date,
        "email": details.email,
        "status": details.status.value,
        "deceased_on": details.deceased_on,
        "version": client.version,
        "mail_opt_out": client.mail_opt_out,
        "status_rank": _STATUS_RANK[details.status],
        "sort_last": fold(details.last_name),
        "sort_first": fold(details.first_name),
        "whole_name": whole_name(details),
        "own_key": own_id_equality(details.own_id),
        "login": login_equality(details.email) if details.email else None,
    }
