"""Many rows, new or changed, as the driver takes them: SQLAlchemy would make a dictionary of each."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Dialect, Table
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.bulk import insert_in_bulk
from storage.several_rows import in_hundreds
from storage.workspace_guard import ACROSS_WORKSPACES, READ_ONLY
from storage.workspace_scope import WORKSPACE_COLUMN, WorkspaceBreach

MANY = 20
"""Below so many it makes no difference."""

_REASON = {ACROSS_WORKSPACES: "each row is given the workspace of its unit"}


class _Plain(NamedTuple):
    begun: str
    """The statement, an INSERT up to its VALUES."""
    places: str
    processors: tuple[Any, ...]
    """What makes the driver's value out of each column's; None where it is the same."""


async def insert_many(
    connection: AsyncConnection, table: Table, workspace_id: str, rows: Sequence[Mapping[str, object]]
) -> None:
    """Insert rows that all have the same columns; the workspace is added to each.

    Raises:
        WorkspaceBreach: the unit only reads, or a row brings a workspace along.
    """
    names = tuple(rows[0])
    await insert_tuples(
        connection, table, workspace_id, names, [[row[name] for name in names] for row in rows]
    )


async def insert_tuples(
    connection: AsyncConnection,
    table: Table,
    workspace_id: str,
    names: tuple[str, ...],
    rows: Sequence[Sequence[object]],
) -> None:
    """Insert rows with values of these columns; the workspace is added to each.

    Raises:
        WorkspaceBreach: the unit only reads, or a row brings a workspace along.
    """
    _refuse_reading(connection)
    if WORKSPACE_COLUMN in names:
        raise WorkspaceBreach("a row is of its unit's workspace")
    plain = _plain(table, names, connection.dialect)
    placed = [(workspace_id, *values) for values in _driven(rows, plain.processors)]
    if connection.dialect.name == "sqlite":
        for sql, several in in_hundreds(plain.begun, placed):
            await connection.exec_driver_sql(sql, list(several), execution_options=_REASON)
    elif len(placed) >= MANY:
        # PostgreSQL takes them as one. In a savepoint, since the driver by itself begins no transaction.
        async with connection.begin_nested():
            await insert_in_bulk(connection, table, (WORKSPACE_COLUMN, *names), placed)
    else:
        sql = f"{plain.begun} VALUES ({plain.places})"
        await connection.exec_driver_sql(sql, placed, execution_options=_REASON)


async def change_tuples(
    connection: AsyncConnection,
    table: Table,
    workspace_id: str,
    names: tuple[str, ...],
    rows: Sequence[Sequence[object]],
) -> None:
    """Give rows of the workspace new values of these columns; behind its values each has the id of the row.

    Raises:
        WorkspaceBreach: the unit only reads, or a row were to change its workspace.
    """
    _refuse_reading(connection)
    if WORKSPACE_COLUMN in names:
        raise WorkspaceBreach("a row never moves to another workspace")
    changing = _changing(table, names, connection.dialect)
    placed = [(*values, workspace_id) for values in _driven(rows, changing.processors)]
    await connection.exec_driver_sql(changing.begun, placed, execution_options=_REASON)


def _refuse_reading(connection: AsyncConnection) -> None:
    options = {} if connection.sync_connection is None else connection.sync_connection.get_execution_options()
    if options.get(READ_ONLY):
        raise WorkspaceBreach("a unit that only reads cannot write")


def _driven(rows: Sequence[Sequence[object]], processors: Sequence[Any]) -> Sequence[Sequence[object]]:
    """Return rows as the driver takes them."""
    if not any(processors):
        return rows
    columns = [
        values if processor is None else _processed(processor, values)
        for values, processor in zip(zip(*rows, strict=True), processors, strict=True)
    ]
    return list(zip(*columns, strict=True))


def _processed(processor: Callable[[Any], Any], values: Sequence[object]) -> Sequence[object]:
    """Return the driver's values; where all are one and the same, such as a moment, it is made once."""
    first = values[0]
    if all(value is first for value in values):
        return [processor(first)] * len(values)
    return [processor(value) for value in values]


@lru_cache(maxsize=256)
def _plain(table: Table, names: tuple[str, ...], dialect: Dialect) -> _Plain:
    columns = (WORKSPACE_COLUMN, *names)
    on_postgresql = dialect.name == "postgresql"
    places = [f"${number}" if on_postgresql else "?" for number in range(1, len(columns) + 1)]
    listed = ", ".join(dialect.identifier_preparer.quote(name) for name in columns)
    return _Plain(
        f"INSERT INTO {table.name} ({listed})",
        ", ".join(places),
        _processors(table, names, dialect),
    )


@lru_cache(maxsize=256)
def _changing(table: Table, names: tuple[str, ...], dialect: Dialect) -> _Plain:
    """Return an UPDATE by id, whose values are those of the columns, the id and the workspace."""
    on_postgresql = dialect.name == "postgresql"
    columns = (*names, "id", WORKSPACE_COLUMN)
    places = [f"${number}" if on_postgresql else "?" for number in range(1, len(columns) + 1)]
    quoted = [
        f"{dialect.identifier_preparer.quote(name)} = {place}"
        for name, place in zip(columns, places, strict=True)
    ]
    found = f"UPDATE {table.name} SET {', '.join(quoted[:-2])} WHERE {' AND '.join(quoted[-2:])}"  # noqa: S608 - the names are our own
    return _Plain(found, "", _processors(table, columns[:-1], dialect))


def _processors(table: Table, names: Sequence[str], dialect: Dialect) -> tuple[Any, ...]:
    return tuple(table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names)
