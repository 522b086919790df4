"""Finding clients: all that one search asks goes to the database in one trip, past SQLAlchemy.

A person types, and each letter is a search: what SQLAlchemy and a thread cost at every statement would be
more than the search itself. The statements are made by it all the same, and read by the guard, once for each
shape of text.
"""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Sequence
from typing import Any

from sqlalchemy import select

from bot.domain.ids import ClientId, StaffId, WorkspaceId
from bot.domain.sought import Sought
from bot.services.ports import FoundClients
from storage.client_rows import client_from
from storage.client_search import Asker, Question, Questions, search, statements
from storage.json_texts import texts_of
from storage.made_statements import made
from storage.ordered_join import InOrder
from storage.phones import gather_phones
from storage.reading_lanes import ReadingLanes
from storage.tables import client_phones
from storage.unit_of_work import Units
from storage.workspace_connection import IN_WORKSPACE, AnySelect

_USUAL = ("", "lopez", "maria lo", "k-1")
"""A text of each kind that people type most; nobody need have the name."""


class SqlFinding:
    """`bot.services.ports.Finding` in SQL.

    Args:
        units: where connections to a server come from.
        lanes: the connections to a SQLite file, where it is one.
    """

    def __init__(self, units: Units, lanes: ReadingLanes | None) -> None:
        self._units = units
        self._lanes = lanes

    async def search(
        self,
        workspace_id: WorkspaceId,
        sought: Sought,
        *,
        limit: int,
        by: StaffId | None = None,
        leave_out_family_of: ClientId | None = None,
    ) -> FoundClients:
        """Return the best pickable clients who have every group of what was typed."""
        questions = _found(sought, Asker(by=by, leave_out=leave_out_family_of), limit=limit)
        if self._lanes is not None:
            return await self._lanes.carry_out(
                lambda connection: _in_file(connection, workspace_id, questions)
            )
        async with self._units.bare(workspace_id) as calls:
            return await calls.finish(_at_server(calls.driver, workspace_id, questions))

    async def get_ready(self) -> AsyncIterator[None]:
        """Make what the usual searches ask, which takes a core some milliseconds each; stop at any time."""
        on_sqlite = self._lanes is not None
        for leaves_out in (True, False):
            for text in _USUAL:
                for build, shape in statements(Sought.read(text), leaves_out=leaves_out):
                    await asyncio.to_thread(made, build, tuple(shape.items()), on_sqlite=on_sqlite)
                    yield


def _found(sought: Sought, asker: Asker, *, limit: int) -> Questions[FoundClients]:
    hits = yield from search(sought, asker, limit=limit)
    ids = [row[0] for row in hits.rows]
    phones = gather_phones((yield Question(_phones, {}, {"of_clients": json.dumps(ids)}))) if ids else {}
    found = tuple(client_from(row, phones.get(row[0], ())) for row in hits.rows)
    return FoundClients(clients=found, total=hits.total, is_more=hits.is_more)


def _phones() -> AnySelect:
    """Return the statement for the numbers of the clients whose ids are a JSON list."""
    p = client_phones.c
    ids = texts_of("of_clients")
    return (
        select(p.client_id, p.number, p.label)
        .select_from(InOrder(ids, client_phones, p.client_id == ids.c.value))
        .where(p.workspace_id == IN_WORKSPACE)
        .order_by(p.client_id, p.position)
    )


def _in_file(
    connection: sqlite3.Connection, workspace_id: WorkspaceId, questions: Questions[FoundClients]
) -> FoundClients:
    """Have all questions answered by SQLite, as of one moment; called in the connection's thread."""
    connection.execute("BEGIN").close()
    try:
        rows: Sequence[Sequence[Any]] | None = None
        while True:
            try:
                question = next(questions) if rows is None else questions.send(rows)
            except StopIteration as end:
                found: FoundClients = end.value
                return found
            statement = made(question.build, tuple(question.shape.items()), on_sqlite=True)
            values = statement.placed({**question.values, IN_WORKSPACE.key: workspace_id}, on_sqlite=True)
            cursor = connection.execute(statement.sql, values)
            rows = statement.read(cursor.fetchall())
            cursor.close()
    finally:
        connection.execute("ROLLBACK").close()


async def _at_server(
    driver: Any,  # noqa: ANN401 - asyncpg's, which has no types
    workspace_id: WorkspaceId,
    questions: Questions[FoundClients],
) -> FoundClients:
    """Have the questions answered by PostgreSQL, each as of its moment: a transaction would be two more."""
    rows: Sequence[Sequence[Any]] | None = None
    while True:
        try:
            question = next(questions) if rows is None else questions.send(rows)
        except StopIteration as end:
            found: FoundClients = end.value
            return found
        statement = made(question.build, tuple(question.shape.items()), on_sqlite=False)
        values = statement.placed({**question.values, IN_WORKSPACE.key: workspace_id}, on_sqlite=False)
        rows = statement.read([tuple(row) for row in await driver.fetch(statement.sql, *values)])
