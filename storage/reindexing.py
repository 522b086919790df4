"""Computing anew what clients are found by, a portion at a time, while everybody goes on working."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from bot.domain.ids import ClientId
from storage.client_rows import client_columns, client_from
from storage.client_writing import ClientWriting
from storage.phones import phones_of
from storage.tables import client_phones, clients
from storage.workspace_connection import IN_WORKSPACE, WorkspaceConnection

_NEXT = (
    select(*client_columns(clients))
    .where(clients.c.workspace_id == IN_WORKSPACE, clients.c.id > bindparam("after"))
    .order_by(clients.c.id)
    .limit(bindparam("most"))
    .with_for_update(key_share=True)
)


async def reindex_next(
    connection: WorkspaceConnection, *, after: ClientId | None, most: int
) -> Sequence[ClientId]:
    """Compute anew for the next clients by id, and return whose it was; nothing is the end."""
    rows = await connection.rows(_NEXT, after=after or "", most=most)
    ids = [row[0] for row in rows]
    phones = await phones_of(connection, client_phones.c.client_id, client_phones, ids)
    found = [client_from(row, phones.get(row[0], ())) for row in rows]
    await ClientWriting(connection).write_again(found)
    return [client.id for client in found]
