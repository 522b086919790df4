"""Inserting many rows as the driver takes them: SQLAlchemy would make a dictionary of each and look at it."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Dialect, Table
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.several_rows import in_hundreds
from storage.workspace_guard import ACROSS_WORKSPACES, READ_ONLY
from storage.workspace_scope import WORKSPACE_COLUMN, WorkspaceBreach

MANY = 20
"""Below so many it makes no difference."""

_REASON = {ACROSS_WORKSPACES: "each row is given the workspace of its unit"}


class _Plain(NamedTuple):
    begun: str
    """The statement up to its VALUES."""
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
    options = {} if connection.sync_connection is None else connection.sync_connection.get_execution_options()
    if options.get(READ_ONLY):
        raise WorkspaceBreach("a unit that only reads cannot write")
    names = tuple(rows[0])
    if WORKSPACE_COLUMN in names:
        raise WorkspaceBreach("a row is of its unit's workspace")
    plain = _plain(table, names, connection.dialect)
    columns: list[Sequence[object]] = []
    for name, processor in zip(names, plain.processors, strict=True):
        values = [row[name] for row in rows]
        columns.append(values if processor is None else _processed(processor, values))
    placed = [(workspace_id, *values) for values in zip(*columns, strict=True)]
    if connection.dialect.name == "sqlite":
        for sql, several in in_hundreds(plain.begun, placed):
            await connection.exec_driver_sql(sql, list(several), execution_options=_REASON)
    else:
        sql = f"{plain.begun} VALUES ({plain.places})"
        await connection.exec_driver_sql(sql, placed, execution_options=_REASON)


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
        tuple(table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names),
    )
