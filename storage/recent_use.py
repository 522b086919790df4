"""Writing down whom a person has used lately."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, bindparam, select

from bot.domain.ids import ClientId, StaffId
from storage.search_recent import RECENT_OF_ONE
from storage.tables import clients, recent_clients
from storage.workspace_connection import IN_WORKSPACE, WorkspaceConnection

_STEP = timedelta(microseconds=1)
_IDS: BindParameter[Sequence[str]] = bindparam("of_clients", expanding=True)
_r = recent_clients.c
_MINE = (_r.workspace_id == IN_WORKSPACE, _r.staff_id == bindparam("of_person"))

_THERE = select(clients.c.id).where(clients.c.workspace_id == IN_WORKSPACE, clients.c.id.in_(_IDS))
_FORGET = recent_clients.delete().where(*_MINE, _r.client_id.in_(_IDS))
_LATEST = select(_r.client_id).where(*_MINE).order_by(_r.at.desc())


async def write_use(
    connection: WorkspaceConnection, client_ids: Sequence[ClientId], *, by: StaffId, at: datetime
) -> None:
    """Write down who was used, the latest last, and forget those who were used long before."""
    there = {row[0] for row in await connection.rows(_THERE, of_clients=sorted(set(client_ids)))}
    used = [each for each in dict.fromkeys(reversed(client_ids)) if each in there]
    if not used:
        return
    await connection.change(_FORGET, of_person=by, of_clients=sorted(used))
    rows = [
        {"staff_id": by, "client_id": client_id, "at": at - number * _STEP}
        for number, client_id in enumerate(used)
    ]
    await connection.insert(recent_clients, *rows)
    latest = await connection.rows(_LATEST, of_person=by)
    if forgotten := [row[0] for row in latest[RECENT_OF_ONE:]]:
        await connection.change(_FORGET, of_person=by, of_clients=forgotten)
