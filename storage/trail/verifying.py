"""Whether a workspace's record can be trusted: each entry, and the end of the chain."""

from sqlalchemy import and_, bindparam, select

from bot.domain.audit import Fault, TrailBroken, Verdict
from storage.tables import history, history_chain, history_heads
from storage.trail import canonical
from storage.trail.heads import Head
from storage.trail.trail import Trail
from storage.trail.walking import Walk
from storage.workspace_connection import IN_WORKSPACE, WorkspaceConnection

_PORTION = 5000
_HEAD = select(
    history_heads.c.place, history_heads.c.key_id, history_heads.c.mac, history_heads.c.seal
).where(history_heads.c.workspace_id == IN_WORKSPACE)
_IN_CHAIN_OR_NOT = (
    select(history.c.number, history_chain.c.place)
    .select_from(
        history.outerjoin(
            history_chain,
            and_(
                history_chain.c.workspace_id == history.c.workspace_id,
                history_chain.c.number == history.c.number,
            ),
        )
    )
    .where(history.c.workspace_id == IN_WORKSPACE, history.c.number > bindparam("after"))
    .order_by(history.c.number)
    .limit(_PORTION)
)


async def verify(connection: WorkspaceConnection, trail: Trail) -> Verdict:
    """Check every entry of the connection's workspace, portion by portion.

    The end of the chain has to be the one that the database keeps, and to reach at least as far as the last
    one that was kept outside of it.
    """
    walk = Walk(connection, trail.keys)
    kept = trail.heads.last(connection.workspace_id)
    try:
        await walk.begin()
        async for step in walk.steps():
            if kept is not None and step.place == kept.place and step.mac != kept.mac:
                raise walk.broken(Fault.HEAD, step.place, step.number)
        await _check_end(connection, trail, walk, kept)
        await _check_outside(connection, walk)
    except TrailBroken as broken:
        return broken.verdict
    return Verdict(checked=walk.place - walk.dropped, dropped=walk.dropped)


async def _check_end(connection: WorkspaceConnection, trail: Trail, walk: Walk, kept: Head | None) -> None:
    row = await connection.row(_HEAD)
    farthest = max(row[0] if row else 0, kept.place if kept else 0)
    if farthest > walk.place:
        raise walk.broken(Fault.CUT_OFF, walk.place + 1)
    if row is None:
        if walk.place:
            raise walk.broken(Fault.HEAD, walk.place)
        return
    place, key_id, mac, seal = row
    key = trail.keys.get(key_id)
    sealed = canonical.head_bytes(workspace_id=connection.workspace_id, place=place, mac=mac)
    if place != walk.place or mac != walk.mac or key is None or not key.made(seal, sealed):
        raise walk.broken(Fault.HEAD, walk.place)


async def _check_outside(connection: WorkspaceConnection, walk: Walk) -> None:
    """Look for entries that nobody chained: they were written past the program."""
    after = 0
    while rows := await connection.rows(_IN_CHAIN_OR_NOT, after=after):
        for number, place in rows:
            if place is None:
                raise walk.broken(Fault.OUTSIDE, None, number)
        after = rows[-1][0]
