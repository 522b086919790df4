"""Every row that is stored, in few words, over a line of its own."""

import asyncio
import hashlib
import sqlite3
from contextlib import closing
from typing import Self

import asyncpg  # type: ignore[import-untyped] # it has no types

from bot.domain.ids import WorkspaceId
from storage.address import DatabaseAddress
from storage.tables import metadata
from storage.workspace_scope import WORKSPACE_COLUMN

_TABLES = [name for name, table in sorted(metadata.tables.items()) if WORKSPACE_COLUMN in table.c]


class StoredRows:
    """Reads what is stored of a workspace in a process that forks: no thread, and no file that stays open.

    A line to a server stays open, for a new one would look each table up. A child has it too and leaves it
    alone.
    """

    def __init__(self, url: str) -> None:
        self._address = DatabaseAddress.parse(url)
        self._runner = asyncio.Runner()
        self._line: asyncpg.Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._line is not None:
            self._runner.run(self._line.close())
        self._runner.close()

    def fingerprint(self, workspace_id: WorkspaceId) -> str:
        """Return a fingerprint of every row of a workspace."""
        if self._address.path is not None:
            rows = self._in_file(workspace_id)
        else:
            rows = self._runner.run(self._at_server(workspace_id))
        return hashlib.sha256(repr(sorted(rows)).encode()).hexdigest()

    def _in_file(self, workspace_id: WorkspaceId) -> list[str]:
        with closing(sqlite3.connect(str(self._address.path))) as connection:
            return [
                repr((name, *row))
                for name in _TABLES
                for row in connection.execute(_rows_of(name, "*", "?"), (workspace_id,))
            ]

    async def _at_server(self, workspace_id: WorkspaceId) -> list[str]:
        if self._line is None:
            self._line = await asyncpg.connect(self._address.dsn)
        asked = (_rows_of(name, f"'{name}' || {name}::text", "$1") for name in _TABLES)
        return [row[0] for row in await self._line.fetch(" UNION ALL ".join(asked), workspace_id)]


def _rows_of(table: str, what: str, value: str) -> str:
    return f"SELECT {what} FROM {table} WHERE {WORKSPACE_COLUMN} = {value}"  # noqa: S608 - the names are our own
