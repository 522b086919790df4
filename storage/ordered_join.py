"""A join that is carried out in the order in which it is written.

SQLite has counted nothing and may begin with the larger side. CROSS JOIN tells it not to
(https://www.sqlite.org/optoverview.html#manual_control_of_query_plans_using_cross_join); PostgreSQL has its
statistics and is left to them.
"""

from itertools import product
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Join, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler


class InOrder(Join):
    """An inner join that begins with its left side."""

    inherit_cache = True

    def __init__(self, left: FromClause, right: FromClause, onclause: ColumnElement[bool]) -> None:
        super().__init__(left, right, onclause)


@compiles(InOrder, "sqlite")
def _cross_join(element: InOrder, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    linter = options.get("from_linter")
    if linter is not None:
        # As for any join: what is joined is no cartesian product.
        linter.edges.update(product(element.left._from_objects, element.right._from_objects))  # noqa: SLF001 - the compiler of joins does the same
    sides = {**options, "asfrom": True}
    left, right = compiler.process(element.left, **sides), compiler.process(element.right, **sides)
    criterion = compiler.process(
        true() if element.onclause is None else element.onclause, **{**options, "asfrom": False}
    )
    return f"{left} CROSS JOIN {right} ON {criterion}"
