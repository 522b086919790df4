"""The connection of one unit of work: every statement runs in its workspace, every failure is sorted."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    CompoundSelect,
    Executable,
    Row,
    Select,
    Table,
    bindparam,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import StorageUnavailable
from bot.domain.ids import WorkspaceId
from storage.bulk import insert_in_bulk
from storage.column_types import Words
from storage.errors import failures_sorted
from storage.kept_inserts import insert_into, insert_unless_there
from storage.many_rows import MANY, change_tuples, insert_many, insert_tuples
from storage.questions import Questions, answered, answered_by
from storage.sqlite_connection import OneTripConnection
from storage.workspace_guard import ACROSS_WORKSPACES

Result = TypeVar("Result")

AnyRow = Row[*tuple[Any, ...]]
AnySelect = Select[*tuple[Any, ...]]
AnyCompoundSelect = CompoundSelect[*tuple[Any, ...]]

IN_WORKSPACE: BindParameter[str] = bindparam("in_workspace", type_=Words)
"""The unit's workspace, filled in at each execution: compare the workspace of every table with it."""

_MADE = {ACROSS_WORKSPACES: "it was read by the guard when it was made"}


class WorkspaceConnection:
    """A connection with an open transaction, for one workspace.

    Each call runs as a task of its own. Whoever waits for it can so be cancelled at once, while the driver
    comes to its end in the background; the unit then abandons the connection.
    """

    def __init__(self, connection: AsyncConnection, workspace_id: WorkspaceId) -> None:
        self._connection = connection
        self._values = {"in_workspace": workspace_id}
        self.workspace_id = workspace_id
        self.pending: asyncio.Future[Any] | None = None

    @property
    def on_sqlite(self) -> bool:
        """Whether it is SQLite, where nobody else writes while this unit does."""
        return self._connection.dialect.name == "sqlite"

    @property
    def driver(self) -> Any:  # noqa: ANN401 - aiosqlite's or asyncpg's
        """The driver's own connection, for what is too much to ask of SQLAlchemy at every act.

        Nothing guards it: a statement on it names the unit's workspace by itself, and a transaction must be
        under way already.
        """
        synchronous = self._connection.sync_connection
        if synchronous is None:
            raise StorageUnavailable("the connection was given up")
        return synchronous.connection.driver_connection

    async def rows(self, statement: Executable, /, **values: object) -> Sequence[AnyRow]:
        """Return all rows of a statement."""
        result = await self.finish(self._connection.execute(statement, {**self._values, **values}))
        return result.fetchall()

    async def ask(self, questions: Questions[Result]) -> Result:
        """Return what comes of questions; on SQLite they make one trip."""
        driver = self.driver
        if not isinstance(driver, OneTripConnection):
            return await self.finish(answered_by(self._fetch, self.workspace_id, questions))
        self.pending = answer = driver.trip(
            lambda connection: answered(connection, self.workspace_id, questions)
        )
        with failures_sorted():
            result = await answer
        self.pending = None
        return result

    async def _fetch(self, sql: str, values: tuple[object, ...]) -> Sequence[AnyRow]:
        result = await self._connection.exec_driver_sql(sql, values, execution_options=_MADE)
        return result.fetchall()

    async def row(self, statement: Executable, /, **values: object) -> AnyRow | None:
        """Return the first row of a statement, or None where it has none."""
        result = await self.finish(self._connection.execute(statement, {**self._values, **values}))
        return result.first()

    async def change(self, statement: Executable, /, **values: object) -> int:
        """Carry out an UPDATE or DELETE and return how many rows it met."""
        result = await self.finish(self._connection.execute(statement, {**self._values, **values}))
        return result.rowcount

    async def change_each(self, statement: Executable, rows: Sequence[Mapping[str, object]], /) -> None:
        """Carry out an UPDATE or DELETE once for each row of values."""
        if rows:
            placed = [{**self._values, **row} for row in rows]
            await self.finish(self._connection.execute(statement, placed))

    async def insert(self, table: Table, *rows: Mapping[str, object]) -> None:
        """Insert rows in one statement; the workspace is added to each."""
        if len(rows) >= MANY:
            await self.finish(insert_many(self._connection, table, self.workspace_id, rows))
        elif rows:
            await self.finish(self._connection.execute(insert_into(table), self._placed(rows)))

    async def insert_tuples(
        self, table: Table, names: tuple[str, ...], rows: Sequence[Sequence[object]]
    ) -> None:
        """Insert many rows with values of these columns; the workspace is added to each."""
        if rows:
            await self.finish(insert_tuples(self._connection, table, self.workspace_id, names, rows))

    async def change_tuples(
        self, table: Table, names: tuple[str, ...], rows: Sequence[Sequence[object]]
    ) -> None:
        """Give many rows new values of these columns; behind its values each has the id of the row."""
        if rows:
            await self.finish(change_tuples(self._connection, table, self.workspace_id, names, rows))

    async def insert_records(
        self, table: Table, columns: Sequence[str], records: Sequence[Sequence[object]]
    ) -> None:
        """Insert many rows by the driver's own bulk way, which makes no statement for them.

        Values are texts, whole numbers, dates and truths: what the drivers take as they are, but for dates
        in SQLite. To be called in a savepoint: on PostgreSQL only a statement begins the transaction.
        """
        names = ["workspace_id", *columns]
        placed = [(self.workspace_id, *record) for record in records]
        if placed:
            await self.finish(insert_in_bulk(self._connection, table, names, placed))

    async def insert_unless_there(
        self,
        table: Table,
        row: Mapping[str, object],
        *,
        unique: Sequence[Column[Any]],
        where: ColumnElement[bool] | None = None,
    ) -> bool:
        """Insert a row unless one with the same unique columns is there, and say whether it was inserted.

        Waits for a unit that is inserting the same and has not ended.

        Args:
            table: where to insert.
            row: the values.
            unique: the columns of a unique constraint or index.
            where: the criterion of the index, where it is a partial one: always the same object.
        """
        names = tuple(column.name for column in unique)
        statement = insert_unless_there(table, names, on_sqlite=self.on_sqlite, where=where)
        result = await self.finish(self._connection.execute(statement, self._placed((row,))))
        return bool(result.rowcount == 1)

    async def insert_those_not_there(
        self,
        table: Table,
        rows: Sequence[Mapping[str, object]],
        *,
        unique: Sequence[Column[Any]],
        returning: Column[Any],
    ) -> Sequence[Any]:
        """Insert the rows of which none with the same unique columns is there; return a column of those.

        Waits for a unit that is inserting the same and has not ended.
        """
        names = tuple(column.name for column in unique)
        statement = insert_unless_there(table, names, on_sqlite=self.on_sqlite, returning=returning.name)
        result = await self.finish(self._connection.execute(statement, self._placed(rows)))
        return result.scalars().all()

    async def insert_and_return_each(
        self, statement: Executable, rows: Sequence[Mapping[str, object]]
    ) -> Sequence[AnyRow]:
        """Insert rows with a statement that returns something of each, in their order."""
        result = await self.finish(self._connection.execute(statement, self._placed(rows)))
        return result.fetchall()

    async def insert_and_return(self, statement: Executable, row: Mapping[str, object]) -> AnyRow:
        """Insert a row with a statement that returns something of it."""
        result = await self.finish(self._connection.execute(statement, self._placed((row,))[0]))
        return result.one()

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """Undo only what is in this block when it fails, so that the unit may go on and ask why."""
        savepoint = await self.finish(self._begin_nested())
        try:
            yield
        except Exception:
            await self.finish(savepoint.rollback())
            raise
        await self.finish(savepoint.commit())

    async def _begin_nested(self) -> Any:  # noqa: ANN401 - SQLAlchemy's transaction
        return await self._connection.begin_nested()

    async def finish(self, call: Coroutine[Any, Any, Result]) -> Result:
        """Wait for a call to the database and sort its failure."""
        self.pending = task = asyncio.ensure_future(call)
        with failures_sorted():
            result = await asyncio.shield(task)
        self.pending = None
        return result

    def _placed(self, rows: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
        return [{"workspace_id": self.workspace_id, **row} for row in rows]
