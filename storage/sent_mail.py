"""What is asked between mails, in one trip: to keep that some were sent, and whether anything changed."""

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy.dialects import sqlite

from bot.domain.ids import CopyId, WorkspaceId
from bot.domain.mail_copy import MailCopy
from bot.services.ports import Grounds
from storage.column_types import Moment
from storage.server_lanes import ServerLanes
from storage.sqlite_waiting import begin_writing
from storage.writing_lane import WritingLane

# The drivers are asked directly here, past the guard: each statement names the workspace itself.
_VALUES = "state = 'sent', worker = NULL, leased_until = NULL"
# A mail is found by its id alone: along the index of the states lies every mail that was lately on its way,
# until PostgreSQL has tidied up.
_SENT = (
    f"UPDATE mail_copies SET {_VALUES}, attempts = $3, message_id = $4, sent_at = $5, result = $6"  # noqa: S608 - of the constant above
    " WHERE workspace_id = $1 AND id = $2 AND (state = 'sending') IS TRUE"
)
# Several in one statement, held in the order in which every other unit holds the mails of a notice.
_SENT_TOGETHER = (
    "WITH held AS (SELECT copies.id, known.* FROM"  # noqa: S608 - of constants
    " unnest($2::text[], $3::int[], $4::text[], $5::timestamptz[], $6::text[])"
    " AS known (known_id, attempts, message_id, sent_at, result)"
    " CROSS JOIN mail_copies AS copies WHERE copies.id = known.known_id"
    " AND copies.workspace_id = $1 AND (copies.state = 'sending') IS TRUE ORDER BY copies.id"
    " FOR NO KEY UPDATE OF copies),"
    f" sent AS (UPDATE mail_copies AS copies SET {_VALUES}, attempts = held.attempts,"
    " message_id = held.message_id, sent_at = held.sent_at, result = held.result FROM held"
    " WHERE copies.workspace_id = $1 AND copies.id = held.id RETURNING copies.id)"
)
# By places in the chain, which are given in the order of the commits; numbers are not, on PostgreSQL. A cross
# join keeps SQLite to this order of the tables: there are few places after a decision, and many changes.
_NEWS = (
    "(SELECT count(*) FROM history_chain AS chain CROSS JOIN history"
    " WHERE history.number = chain.number AND history.workspace_id = chain.workspace_id"
    " AND chain.workspace_id = $1 AND chain.place > $2 AND history.kind = 'change'),"
    " (SELECT count(*) FROM must_not_receive WHERE workspace_id = $1),"
    " (SELECT count(*) FROM address_pauses WHERE workspace_id = $1)"
)
_SELECT_NEWS = f"SELECT {_NEWS}"
# SQLite's parameters have another sign.
_SENT_ON_SQLITE, _NEWS_ON_SQLITE = _SENT.replace("$", "?"), _SELECT_NEWS.replace("$", "?")
_AND_NEWS = f"SELECT {_NEWS.replace('$2', '$7')}, (SELECT array_agg(id) FROM sent)"  # noqa: S608 - the same
_ONE_AND_NEWS = f"WITH sent AS ({_SENT} RETURNING id) {_AND_NEWS}"
_SEVERAL_AND_NEWS = f"{_SENT_TOGETHER} {_AND_NEWS}"
_STORED_MOMENT = Moment().dialect_impl(sqlite.dialect()).bind_processor(sqlite.dialect())


class SqlSentMail:
    """`bot.services.ports.SentMail` in SQL."""

    def __init__(self, lane: WritingLane | ServerLanes) -> None:
        self._lane = lane

    async def keep(
        self, workspace_id: WorkspaceId, copies: Sequence[MailCopy], *, since: Grounds
    ) -> tuple[frozenset[CopyId], bool]:
        """Store that mails were sent, and return which were stored, and whether nothing has changed."""

        def work(connection: sqlite3.Connection) -> Sequence[Any]:
            begin_writing(connection)
            try:
                stored = [copy.id for copy in copies if _keep_one(connection, workspace_id, copy)]
                news = connection.execute(_NEWS_ON_SQLITE, (workspace_id, since.place)).fetchone()
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            return (*news, stored)

        sent = [(copy.id, copy.attempts, copy.message_id, copy.sent_at, copy.result) for copy in copies]
        if len(sent) == 1:
            row = await self._asked(workspace_id, work, _ONE_AND_NEWS, (*sent[0], since.place))
        else:
            lists = map(list, zip(*sent, strict=True))
            row = await self._asked(workspace_id, work, _SEVERAL_AND_NEWS, (*lists, since.place))
        return frozenset(row[-1] or ()), _unchanged(row, since)

    async def unchanged(self, workspace_id: WorkspaceId, since: Grounds) -> bool:
        """Say whether nothing has changed on which decisions rest."""

        def work(connection: sqlite3.Connection) -> Sequence[Any]:
            found: Sequence[Any] = connection.execute(_NEWS_ON_SQLITE, (workspace_id, since.place)).fetchone()
            return found

        return _unchanged(await self._asked(workspace_id, work, _SELECT_NEWS, (since.place,)), since)

    async def _asked(
        self,
        workspace_id: WorkspaceId,
        on_sqlite: Callable[[sqlite3.Connection], Sequence[Any]],
        on_postgresql: str,
        values: Sequence[object],
    ) -> Sequence[Any]:
        """Return the one row of an answer, which takes one trip on either database."""
        lane = self._lane
        if isinstance(lane, WritingLane):
            return await lane.carry_out(on_sqlite)

        async def work(connection: Any) -> Sequence[Any]:  # noqa: ANN401 - asyncpg's, which has no types
            row: Sequence[Any] = await connection.fetchrow(on_postgresql, workspace_id, *values)
            return row

        return await lane.carry_out(work)


def _keep_one(connection: sqlite3.Connection, workspace_id: WorkspaceId, copy: MailCopy) -> bool:
    sent_at = _STORED_MOMENT(copy.sent_at) if _STORED_MOMENT else copy.sent_at
    values = (workspace_id, copy.id, copy.attempts, copy.message_id, sent_at, copy.result)
    return connection.execute(_SENT_ON_SQLITE, values).rowcount == 1


def _unchanged(row: Sequence[Any], since: Grounds) -> bool:
    changes, restrictions, pauses = row[:3]
    return (changes, restrictions, pauses) == (0, since.restrictions, since.pauses)
