"""Which tables of one SELECT, UPDATE or DELETE are bound to a workspace.

A table is covered where its `workspace_id` is compared by equality with a bound value, or with the
`workspace_id` of a covered table, in a criterion that every row must meet: in WHERE or in the ON of an inner
join, joined by AND. The ON of an outer join binds only the side it may leave empty.
"""

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    Alias,
    BinaryExpression,
    BindParameter,
    BooleanClauseList,
    ColumnClause,
    FromClause,
    TableClause,
    TableSample,
)
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import ClauseElement, Grouping

from storage.tables import metadata

WORKSPACE_COLUMN = "workspace_id"
TABLES = frozenset(name for name, table in metadata.tables.items() if WORKSPACE_COLUMN in table.c)
"""The tables whose rows belong to a workspace: all of them."""

_NAMED_IN_TEXT = re.compile(rf"\b({'|'.join(sorted(TABLES))})\b", re.IGNORECASE)


class WorkspaceBreach(RuntimeError):  # noqa: N818 - named for what happened
    """A statement would have reached into another workspace, or could have; it was not carried out."""


def refuse_text(text: str) -> None:
    """Refuse SQL in the form of text that names a table: what it asks for cannot be read."""
    if named := _NAMED_IN_TEXT.search(text):
        raise WorkspaceBreach(f"SQL as text names the table {named.group(1)}")


class Scope:
    """One SELECT, UPDATE or DELETE: its own tables, and what holds for each of its rows.

    Args:
        outer: the covered tables of the statements it stands in, to which it may refer.
    """

    def __init__(self, outer: frozenset[FromClause]) -> None:
        self.outer = outer
        self.tables: set[FromClause] = set()
        self.expressions: list[ClauseElement] = []
        self._bound: set[FromClause] = set()
        self._equal: list[tuple[FromClause, FromClause]] = []

    def add(self, table: FromClause, plain: FromClause) -> None:
        """Add one of its own tables, perhaps under an alias; `plain` is the table without it."""
        if is_guarded(plain):
            self.tables.add(table)

    def note(
        self, criterion: ClauseElement, *, binds: set[FromClause] | None = None
    ) -> list[BindParameter[Any]]:
        """Note what a criterion says of workspaces and return the values in it.

        Args:
            criterion: what holds for each row.
            binds: the only tables it says anything of, or None for all.
        """
        values = []
        for left, right in _equalities(criterion):
            table, other = _owner(left), _owner(right)
            if table is not None and other is not None:
                self._equal += [
                    pair for pair in ((table, other), (other, table)) if binds is None or pair[1] in binds
                ]
            elif table is not None and isinstance(right, BindParameter):
                values.append(right)
                if binds is None or table in binds:
                    self._bound.add(table)
        return values

    def covered(self) -> frozenset[FromClause]:
        """Return the tables all of whose rows are of the workspace.

        Raises:
            WorkspaceBreach: one of its own tables is not among them.
        """
        covered = self._bound | (self.outer - self.tables)
        while reached := {second for first, second in self._equal if first in covered} - covered:
            covered |= reached
        for table in self.tables - covered:
            raise WorkspaceBreach(f"the rows of {_name(table)} may be of any workspace")
        return frozenset(covered)


def is_guarded(table: FromClause) -> bool:
    """Say whether the rows of a table belong to workspaces; one that is only named by its name counts too."""
    return isinstance(table, TableClause) and table.name in TABLES


def _name(table: FromClause) -> str:
    return str(getattr(table, "name", table))


def _equalities(criterion: object) -> Iterator[tuple[ClauseElement, ClauseElement]]:
    """Yield both orders of each equality that must hold for the criterion to hold."""
    if isinstance(criterion, Grouping):
        yield from _equalities(criterion.element)
    elif isinstance(criterion, BooleanClauseList) and criterion.operator is operators.and_:
        for each in criterion.clauses:
            yield from _equalities(each)
    elif isinstance(criterion, BinaryExpression) and criterion.operator is operators.eq:
        yield criterion.left, criterion.right
        yield criterion.right, criterion.left


def _owner(expression: ClauseElement) -> FromClause | None:
    """Return the table whose `workspace_id` an expression is."""
    if not isinstance(expression, ColumnClause) or expression.name != WORKSPACE_COLUMN:
        return None
    table = expression.table
    plain = table.element if isinstance(table, Alias | TableSample) else table
    return table if plain is not None and is_guarded(plain) else None
