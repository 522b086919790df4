"""Many rows at once by the driver's own way: `executemany` with tuples on SQLite, COPY on PostgreSQL."""

from collections.abc import Sequence
from typing import Any

import asyncpg  # type: ignore[import-untyped] # it has no types
from sqlalchemy import Date, Table
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.workspace_guard import ACROSS_WORKSPACES

Records = Sequence[tuple[object, ...]]

_OPTIONS = {ACROSS_WORKSPACES: "each row carries the workspace of its unit"}


async def insert_in_bulk(
    connection: AsyncConnection, table: Table, names: Sequence[str], records: Records
) -> None:
    """Insert records with values of these columns; each carries its workspace.

    Raises:
        IntegrityError: one of them broke a constraint.
    """
    if connection.dialect.name == "sqlite":
        dates = [place for place, name in enumerate(names) if isinstance(table.c[name].type, Date)]
        rows = [_with_text(record, dates) for record in records] if dates else list(records)
        marks = ", ".join("?" * len(names))
        sql = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - the names are our own
        await connection.exec_driver_sql(sql, rows, execution_options=_OPTIONS)
        return
    raw = await connection.get_raw_connection()
    driver: Any = raw.driver_connection
    try:
        await driver.copy_records_to_table(table.name, records=records, columns=list(names))
    except asyncpg.IntegrityConstraintViolationError as error:
        raise IntegrityError(f"COPY {table.name}", None, error) from error


def _with_text(record: Sequence[Any], dates: Sequence[int]) -> tuple[object, ...]:
    """Return a record with its dates as SQLAlchemy keeps them in SQLite, which has no dates."""
    values = list(record)
    for place in dates:
        if values[place] is not None:
            values[place] = values[place].isoformat()
    return tuple(values)
