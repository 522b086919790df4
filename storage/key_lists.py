"""Many keys in one value: the same statement for two of them and for two thousand, made once.

With a value for each key SQLAlchemy writes a statement of thousands of parameters anew each time, which takes
longer than the database does.
"""

import json
from collections.abc import Collection
from typing import Any, Self

from sqlalchemy import Boolean, ColumnElement, bindparam, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from storage.column_types import Words
from storage.json_texts import each_text


def among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Return that a column is one of some texts; `name` is that of the value, which `key_list` makes."""
    keys = each_text(bindparam(name, type_=Words)).table_valued("value")
    return is_one_of(column, select(keys.c.value).scalar_subquery())


class is_one_of(GenericFunction[bool]):  # noqa: N801 - it is written as a function
    """That a column is any of the texts of a subquery, each looked up in the index of the column.

    PostgreSQL makes a join of `IN`, and how it joins depends on how many rows it thinks there are: of those
    that have just come in it knows nothing. It then reads all of them for each batch of an import, and takes
    the longer for a row the more rows there are. Of an array it looks up one key after the other.
    """

    type = Boolean()
    inherit_cache = True

    def self_group(self, against: object = None) -> Self:  # noqa: ARG002 - SQLAlchemy's
        """Stand as it is: SQLAlchemy would write `= 1` behind it for SQLite, which then uses no index."""
        return self


@compiles(is_one_of, "sqlite")
def _in(element: is_one_of, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    column, keys = (compiler.process(each, **options) for each in element.clauses)
    return f"({column} IN {keys})"


@compiles(is_one_of, "postgresql")
def _any_of(element: is_one_of, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    column, keys = (compiler.process(each, **options) for each in element.clauses)
    return f"{column} = ANY (ARRAY{keys})"


def key_list(keys: Collection[str]) -> str:
    """Return texts as the one value that `among` takes, each once and in order."""
    return json.dumps(sorted(set(keys)), ensure_ascii=False)
