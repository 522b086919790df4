"""A join that is carried out in the order in which it is written.

SQLite has counted nothing and may begin with the larger side. CROSS JOIN tells it not to
(https://www.sqlite.org/optoverview.html#manual_control_of_query_plans_using_cross_join); PostgreSQL has its
statistics and is left to them.
"""

from itertools import product
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Join, Table, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler


class InOrder(Join):
    """An inner join that begins with its left side."""

    inherit_cache = True

    def __init__(self, left: FromClause, right: FromClause, onclause: ColumnElement[bool]) -> None:
        super().__init__(left, right, onclause)


class ForEach(InOrder):
    """An inner join that looks rows of a table up for each row of its left side, by the criterion alone.

    Where PostgreSQL does not know how many rows there are on the left it may rather go through all of the
    table. What has an OFFSET it leaves as it is written.
    """

    inherit_cache = True

    def __init__(self, left: FromClause, right: Table, onclause: ColumnElement[bool]) -> None:
        super().__init__(left, right, onclause)


@compiles(ForEach, "postgresql")
def _lateral(element: ForEach, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    sides = {**options, "asfrom": True}
    left, right = compiler.process(element.left, **sides), compiler.process(element.right, **sides)
    criterion = compiler.process(_criterion(element), **{**options, "asfrom": False})
    return f"{left} CROSS JOIN LATERAL (SELECT * FROM {right} WHERE {criterion} OFFSET 0) AS {right}"  # noqa: S608 - all of it is SQLAlchemy's


@compiles(ForEach, "sqlite")
@compiles(InOrder, "sqlite")
def _cross_join(element: InOrder, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    linter = options.get("from_linter")
    if linter is not None:
        # As for any join: what is joined is no cartesian product.
        linter.edges.update(product(element.left._from_objects, element.right._from_objects))  # noqa: SLF001 - the compiler of joins does the same
    sides = {**options, "asfrom": True}
    left, right = compiler.process(element.left, **sides), compiler.process(element.right, **sides)
    criterion = compiler.process(_criterion(element), **{**options, "asfrom": False})
    return f"{left} CROSS JOIN {right} ON {criterion}"


def _criterion(join: Join) -> ColumnElement[bool]:
    return true() if join.onclause is None else join.onclause
