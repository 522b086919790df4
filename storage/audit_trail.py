"""The record as a whole: its pages, its chain, and the two guarded ways to take something out of it."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, bindparam, or_, select

from bot.domain.audit import Prefix, TrailFilter, Verdict
from bot.domain.history import Act, HistoryEntry
from bot.domain.ids import ClientId, PersonId
from storage.history import IN_HISTORY, entry_from
from storage.tables import history, history_anchors, history_chain, history_permits, history_values
from storage.trail import canonical
from storage.trail.trail import Trail
from storage.trail.verifying import verify
from storage.trail.walking import Walk
from storage.workspace_connection import IN_WORKSPACE, AnySelect, WorkspaceConnection

_ABOUT = select(history.c.number).where(
    history.c.workspace_id == IN_WORKSPACE,
    # Why something was erased stays.
    history.c.act != Act.VALUES_ERASED.value,
    or_(
        history.c.client_id == bindparam("of_client"),
        history.c.other_client_id == bindparam("of_client"),
        history.c.person_id == bindparam("of_person"),
    ),
)
_ERASE = history_values.delete().where(
    history_values.c.workspace_id == IN_WORKSPACE, history_values.c.number.in_(_ABOUT)
)
_DROPPED = select(history_chain.c.number).where(
    history_chain.c.workspace_id == IN_WORKSPACE, history_chain.c.place <= bindparam("through")
)
# The chain goes last: the triggers look up in it what may go.
_DROP = (
    history_values.delete().where(
        history_values.c.workspace_id == IN_WORKSPACE, history_values.c.number.in_(_DROPPED)
    ),
    history.delete().where(history.c.workspace_id == IN_WORKSPACE, history.c.number.in_(_DROPPED)),
    history_chain.delete().where(
        history_chain.c.workspace_id == IN_WORKSPACE, history_chain.c.place <= bindparam("through")
    ),
)
_END_PERMIT = history_permits.delete().where(
    history_permits.c.workspace_id == IN_WORKSPACE, history_permits.c.path == bindparam("of_path")
)


class SqlAuditTrail:
    """`bot.services.ports.AuditTrail` in SQL."""

    def __init__(self, connection: WorkspaceConnection, trail: Trail) -> None:
        self._connection = connection
        self._trail = trail

    async def newest(
        self, asked: TrailFilter, *, limit: int, before: int | None = None, skip: int = 0
    ) -> tuple[HistoryEntry, ...]:
        """Return entries of every kind, newest first, those below number `before` if given.

        `skip` leaves out so many of the newest of them: the pages before.
        """
        statement = IN_HISTORY.where(*_criteria(asked)).order_by(history.c.number.desc()).limit(limit)
        statement = statement.offset(skip)
        if before is not None:
            statement = statement.where(history.c.number < before)
        return await self._read(statement)

    async def oldest(self, asked: TrailFilter, *, limit: int, after: int = 0) -> tuple[HistoryEntry, ...]:
        """Return entries of every kind, oldest first, those above number `after`."""
        statement = IN_HISTORY.where(*_criteria(asked), history.c.number > after)
        return await self._read(statement.order_by(history.c.number).limit(limit))

    async def verify(self) -> Verdict:
        """Check every entry against the chain, and the chain against the ends that were kept of it."""
        return await verify(self._connection, self._trail)

    async def erase_values(self, *, client_id: ClientId | None, person_id: PersonId | None) -> int:
        """Erase what entries keep of before and after; the entries stay, and so does the chain."""
        async with self._permit("erase", through=0):
            return await self._connection.change(_ERASE, of_client=client_id, of_person=person_id)

    async def prefix(self, *, before: datetime, limit: int | None = None) -> Prefix | None:
        """Return the oldest entries, all written before a moment and checked; None where there are none.

        Raises:
            TrailBroken: one of them does not fit.
        """
        walk = Walk(self._connection, self._trail.keys)
        await walk.begin()
        found: Prefix | None = None
        async for step in walk.steps():
            if step.at >= before or (found is not None and found.entries == limit):
                break
            found = Prefix(
                entries=found.entries + 1 if found else 1,
                place=step.place,
                number=step.number,
                oldest=min(found.oldest, step.at) if found else step.at,
                newest=max(found.newest, step.at) if found else step.at,
            )
        return found

    async def drop(self, prefix: Prefix) -> None:
        """Take the oldest entries out and leave a sealed anchor; the chain goes on from there."""
        async with self._permit("drop", through=prefix.place):
            await self._anchor(prefix)
            for statement in _DROP:
                await self._connection.change(statement, through=prefix.place)

    async def _anchor(self, prefix: Prefix) -> None:
        row = await self._connection.row(_MAC, at_place=prefix.place)
        if row is None:
            raise LookupError("there is no such place in the chain")
        key, at = self._trail.keys.current, datetime.now(tz=UTC)
        sealed = canonical.anchor_bytes(
            workspace_id=self._connection.workspace_id,
            place=prefix.place,
            number=prefix.number,
            mac=row[0],
            at=at,
        )
        await self._connection.insert(
            history_anchors,
            {
                "place": prefix.place,
                "number": prefix.number,
                "mac": row[0],
                "at": at,
                "key_id": key.id,
                "seal": key.code(sealed),
            },
        )

    @asynccontextmanager
    async def _permit(self, path: str, *, through: int) -> AsyncIterator[None]:
        """Have the triggers let one kind of DELETE through, in this unit and until the block ends."""
        await self._connection.insert(history_permits, {"path": path, "through": through})
        yield
        await self._connection.change(_END_PERMIT, of_path=path)

    async def _read(self, statement: AnySelect) -> tuple[HistoryEntry, ...]:
        return tuple(map(entry_from, await self._connection.rows(statement)))


_MAC = select(history_chain.c.mac).where(
    history_chain.c.workspace_id == IN_WORKSPACE, history_chain.c.place == bindparam("at_place")
)


def _criteria(asked: TrailFilter) -> Iterator[ColumnElement[bool]]:
    if asked.kinds:
        yield history.c.kind.in_(sorted(kind.value for kind in asked.kinds))
    if asked.staff_id is not None:
        yield history.c.actor_id == asked.staff_id
    if asked.client_id is not None:
        yield or_(history.c.client_id == asked.client_id, history.c.other_client_id == asked.client_id)
    if asked.person_id is not None:
        yield history.c.person_id == asked.person_id
    if asked.since is not None:
        yield history.c.at >= asked.since
    if asked.until is not None:
        yield history.c.at < asked.until
