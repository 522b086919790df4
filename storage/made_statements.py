"""Statements made into SQL once for each shape: checked by the guard then, and kept as text.

A search is a long statement, of which there are some dozens. As text they take little room; SQLAlchemy's own
cache would keep the whole tree of each, and look it up by going through all of it.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import Dialect
from sqlalchemy.dialects.postgresql import asyncpg
from sqlalchemy.dialects.sqlite import aiosqlite
from sqlalchemy.sql import ClauseElement

from storage.workspace_criteria import read_statement
from storage.workspace_scope import WorkspaceBreach

STATEMENTS_KEPT = 256
"""Texts have few shapes: one or two plain words, most of them."""
_DIALECTS: Mapping[bool, Dialect] = {
    True: aiosqlite.dialect(json_deserializer=orjson.loads),
    False: asyncpg.dialect(),  # type: ignore[no-untyped-call] # SQLAlchemy's
}
WORKSPACE = "in_workspace"
"""The value that every statement has: the workspace of whoever asks."""

Build = Callable[..., ClauseElement]
Shape = tuple[tuple[str, Hashable], ...]
"""The arguments of `build`, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeStatement:
    """SQL, the names of its values in their order, those it has itself, and how columns are read."""

    sql: str
    names: tuple[str, ...]
    own: Mapping[str, object]
    readers: tuple[tuple[int, Callable[[Any], Any]], ...]

    def placed(self, values: Mapping[str, object], *, on_sqlite: bool) -> tuple[object, ...]:
        """Return the values in the order in which the SQL has them."""
        every = {**self.own, **values}
        if on_sqlite:
            for name, value in every.items():
                if isinstance(value, date):
                    # As SQLAlchemy writes them: SQLite has no dates.
                    every[name] = value.isoformat()
        return tuple(map(every.__getitem__, self.names))

    def read(self, rows: Sequence[Sequence[Any]]) -> Sequence[Sequence[Any]]:
        """Return rows with values as they are meant, where the driver has them otherwise."""
        if not self.readers:
            return rows
        read = []
        for row in rows:
            values = list(row)
            for place, reader in self.readers:
                if values[place] is not None:
                    values[place] = reader(values[place])
            read.append(values)
        return read


@lru_cache(maxsize=STATEMENTS_KEPT)
def made(build: Build, shape: Shape, *, on_sqlite: bool) -> MadeStatement:
    """Return what `build` makes of a shape, as SQL.

    Raises:
        WorkspaceBreach: it could reach into another workspace than its unit's.
    """
    statement = build(**dict(shape))
    asked = read_statement(statement)
    if asked.writes or any(value.key != WORKSPACE for value in asked.values):
        raise WorkspaceBreach("a statement that is kept as text only reads, and in the workspace of its unit")
    dialect = _DIALECTS[on_sqlite]
    compiled = statement.compile(dialect=dialect)
    selected: Any = statement
    readers = [
        (place, reader)
        for place, column in enumerate(selected.selected_columns)
        if (reader := column.type.dialect_impl(dialect).result_processor(dialect, None)) is not None
    ]
    names: Any = compiled.positiontup  # type: ignore[attr-defined] # of a compiled statement of SQL
    return MadeStatement(
        sql=str(compiled),
        names=tuple(names),
        own={name: value for name, value in compiled.params.items() if value is not None},
        readers=tuple(readers),
    )
