"""JSON lists of texts as rows: how a statement that is kept as text takes any number of values."""

from typing import Any

from sqlalchemy import ColumnElement, bindparam, column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from storage.column_types import Words


class each_text(GenericFunction[str]):  # noqa: N801 - the name of the function
    """The texts of a JSON list, each in a row of its own."""

    type = Words
    inherit_cache = True


@compiles(each_text, "sqlite")
def _json_each(element: each_text, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(each_text, "postgresql")
def _jsonb_each(element: each_text, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    return f"jsonb_array_elements_text(CAST({compiler.process(element.clauses, **options)} AS JSONB))"


class each_list(GenericFunction[Any]):  # noqa: N801 - the name of the function
    """The lists of a JSON object, each in a row of its own with its name."""

    inherit_cache = True


@compiles(each_list, "sqlite")
def _json_each_list(element: each_list, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(each_list, "postgresql")
def _jsonb_each_list(element: each_list, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    return f"jsonb_each(CAST({compiler.process(element.clauses, **options)} AS JSONB))"


def lists_of(parameter: str) -> Any:  # noqa: ANN401 - SQLAlchemy's table of a function has no better type
    """Return a table with the columns `key` and `value`: names and lists of the parameter's JSON object."""
    return each_list(bindparam(parameter, type_=Words)).table_valued(column("key", Words), "value").alias()


def texts_in(value: ColumnElement[Any]) -> Any:  # noqa: ANN401 - SQLAlchemy's table of a function has no better type
    """Return a table with the column `value`: the texts of a JSON list in another table."""
    return each_text(value).table_valued("value").alias()


def texts_of(parameter: str) -> Any:  # noqa: ANN401 - SQLAlchemy's table of a function has no better type
    """Return a table with the column `value`: the texts of the JSON list that is the parameter's value."""
    return each_text(bindparam(parameter, type_=Words)).table_valued("value").alias()
