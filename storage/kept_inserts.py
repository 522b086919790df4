"""Inserts made once for each table: the guard and SQLAlchemy read a statement at its first execution only."""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite


@cache
def insert_into(table: Table) -> Insert:
    """Return the plain insert."""
    return table.insert()


@cache
def insert_unless_there(
    table: Table,
    unique: tuple[str, ...],
    *,
    on_sqlite: bool,
    where: ColumnElement[bool] | None = None,
    returning: str | None = None,
) -> Insert:
    """Return the insert of rows of which none with the same unique columns is there.

    Args:
        table: where to insert.
        unique: the names of the columns of a unique constraint or index.
        on_sqlite: whether it is for SQLite.
        where: the criterion of the index, where it is a partial one: always the same object.
        returning: the name of the column that is returned of the rows that are inserted.
    """
    insert: Any = (sqlite if on_sqlite else postgresql).insert(table)
    insert = insert.on_conflict_do_nothing(index_elements=unique, index_where=where)
    made: Insert = insert if returning is None else insert.returning(table.c[returning])
    return made
