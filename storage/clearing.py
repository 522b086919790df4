"""Deleting what is kept of an import, some of it at once: a whole table would keep staff waiting."""

from sqlalchemy import BindParameter, Column, Delete, Table, bindparam, column, delete, select, tuple_

from storage.column_types import Words
from storage.key_lists import is_one_of
from storage.workspace_connection import IN_WORKSPACE, WorkspaceConnection

_OF_IMPORT: BindParameter[str] = bindparam("of_import")
_MOST: BindParameter[int] = bindparam("most")


class Clearing:
    """The rows of a table by the import they belong to.

    Args:
        table: where they are.
        of_import: the column that says to which import a row belongs; it stands in the key.
    """

    def __init__(self, table: Table, of_import: Column[str]) -> None:
        self._table = table
        self._ours = (table.c.workspace_id == IN_WORKSPACE, of_import == _OF_IMPORT)
        self._key = [each for each in table.primary_key if each.name not in ("workspace_id", of_import.name)]
        self._on_sqlite, self._on_postgresql = self._by_key(), self._by_place()

    async def some(self, connection: WorkspaceConnection, import_id: str, *, most: int) -> int:
        """Delete so many rows of an import at most, and return how many those were."""
        statement = self._on_sqlite if connection.on_sqlite else self._on_postgresql
        return await connection.change(statement, of_import=import_id, most=most)

    def _by_key(self) -> Delete:
        some = select(*self._key).where(*self._ours).limit(_MOST)
        return delete(self._table).where(*self._ours, tuple_(*self._key).in_(some))

    def _by_place(self) -> Delete:
        """Return what goes to each row where it lies: by keys PostgreSQL would read the table each time."""
        place: Column[str] = column("ctid", Words)  # type: ignore[assignment] # a column that every table has
        some = select(place).select_from(self._table).where(*self._ours).order_by(*self._key).limit(_MOST)
        return delete(self._table).where(*self._ours, is_one_of(place, some.scalar_subquery()))
