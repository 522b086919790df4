"""Reading a statement: which workspace does it ask for, and does it ask for one everywhere it must?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    Alias,
    BindParameter,
    ColumnClause,
    Delete,
    FromClause,
    Insert,
    Join,
    Lateral,
    Select,
    TableClause,
    TableSample,
    TextClause,
    Update,
)
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.selectable import AliasedReturnsRows, FromGrouping, SelectBase

from storage.workspace_scope import WORKSPACE_COLUMN, Scope, WorkspaceBreach, is_guarded, refuse_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a statement asks for.

    `values` are what its tables are bound to. `inserts` says that each row it is given needs a workspace
    of its own, `writes` that it writes or locks.
    """

    values: tuple[BindParameter[Any], ...] = ()
    inserts: bool = False
    writes: bool = False


def read_statement(statement: ClauseElement) -> Asked:
    """Return what a statement asks for.

    Raises:
        WorkspaceBreach: some table in it is not covered, or it cannot be read.
    """
    reader = _Reader()
    reader.read(statement, outer=frozenset())
    return Asked(values=tuple(reader.values), inserts=reader.inserts, writes=reader.writes)


class _Reader:
    def __init__(self) -> None:
        self.values: list[BindParameter[Any]] = []
        self.inserts = False
        self.writes = False
        self._read_ctes: set[CTE] = set()

    def read(self, statement: ClauseElement, *, outer: frozenset[FromClause]) -> None:
        """Read a statement or an expression that stands in one with these covered tables."""
        match statement:
            case TextClause():
                refuse_text(statement.text)
            case ColumnClause() if statement.is_literal:
                refuse_text(statement.name)
            case Select():
                self._read_select(statement, outer)
            case Insert():
                self._read_insert(statement)
            case Update() | Delete():
                self._read_change(statement)
            case FromClause():
                self._read_derived(statement, outer)
            case _:
                self._read_children(statement, outer=outer)

    def _read_children(self, element: ClauseElement, *, outer: frozenset[FromClause]) -> None:
        if isinstance(element, TextClause):
            refuse_text(element.text)
        for child in element.get_children():
            self.read(child, outer=outer)

    def _read_select(self, select: Select[*tuple[Any, ...]], outer: frozenset[FromClause]) -> None:
        scope = Scope(outer)
        for each in _final_froms(select):
            # A table of the statement around this one is only referred to, unless that is switched off.
            if not (each in outer and select._auto_correlate):  # noqa: SLF001 - nothing public tells it
                self._add_from(each, scope)
        self.writes |= select._for_update_arg is not None  # noqa: SLF001 - the same
        self._finish(scope, select)

    def _read_change(self, change: Update | Delete) -> None:
        self.writes = True
        scope = Scope(frozenset())
        for table in {change.table, *_tables_of_columns(change)}:
            self._add_from(table, scope)
        if any(getattr(column, "key", column) == WORKSPACE_COLUMN for column in _values_of(change)):
            raise WorkspaceBreach("a row never moves to another workspace")
        self._finish(scope, change)

    def _finish(self, scope: Scope, statement: Select[*tuple[Any, ...]] | Update | Delete) -> None:
        if statement.whereclause is not None:
            self.values += scope.note(statement.whereclause)
        covered = scope.covered()
        parts = [part for part in statement.get_children() if not isinstance(part, FromClause)]
        for part in (*parts, *scope.expressions):
            self.read(part, outer=covered)

    def _read_insert(self, insert: Insert) -> None:
        self.writes = True
        if not is_guarded(insert.table):
            return
        if insert.select is not None or insert._multi_values:  # noqa: SLF001 - nothing public tells it
            raise WorkspaceBreach(
                "rows are inserted from values that are given when the statement is executed"
            )
        placed = [
            value
            for column, value in _values_of(insert).items()
            if getattr(column, "key", column) == WORKSPACE_COLUMN
        ]
        self.values += [value for value in placed if isinstance(value, BindParameter)]
        self.inserts = not placed
        if any(not isinstance(value, BindParameter) for value in placed):
            raise WorkspaceBreach("the workspace of a new row is a plain value")
        conflict = insert._post_values_clause  # noqa: SLF001 - the same
        if conflict is not None:
            _refuse_to_change_others(conflict)

    def _read_derived(self, derived: FromClause, outer: frozenset[FromClause]) -> None:
        """Read a table-like expression where it is not one of the tables of a FROM."""
        scope = Scope(outer)
        self._add_from(derived, scope)
        scope.covered()
        for part in scope.expressions:
            self.read(part, outer=outer)

    def _add_from(self, source: ClauseElement, scope: Scope) -> None:
        match source:
            case Join():
                self._add_join(source, scope)
            case TableClause():
                scope.add(source, source)
            case Alias() | TableSample() if isinstance(source.element, TableClause):
                scope.add(source, source.element)
            case CTE() if source in self._read_ctes:
                return
            case CTE():
                self._read_ctes.add(source)
                self.read(source.element, outer=frozenset())
            case Lateral():
                self.read(source.element, outer=scope.outer | scope.tables)
            case AliasedReturnsRows() | FromGrouping():
                self.read(source.element, outer=frozenset())
            case _:
                self._read_children(source, outer=scope.outer)

    def _add_join(self, join: Join, scope: Scope) -> None:
        self._add_from(join.left, scope)
        before = set(scope.tables)
        self._add_from(join.right, scope)
        if join.onclause is None:
            return
        scope.expressions.append(join.onclause)
        if join.full:
            binds: set[FromClause] | None = set()
        else:
            binds = scope.tables - before if join.isouter else None
        self.values += scope.note(join.onclause, binds=binds)


_DIALECT = DefaultDialect()
_COMPILER: Any = _DIALECT.statement_compiler(_DIALECT, None)


def _final_froms(select: Select[*tuple[Any, ...]]) -> Sequence[FromClause]:
    """Return what `select.get_final_froms()` does, which first compiles all of it and throws that away.

    For a statement in a statement in a statement that takes longer than everything else about it.
    """
    state: Any = select._compile_state_factory(select, _COMPILER)  # noqa: SLF001 - as the method itself does
    froms: Sequence[FromClause] = state._get_display_froms()  # noqa: SLF001 - the same
    return froms


def _tables_of_columns(element: ClauseElement) -> Iterator[FromClause]:
    """Yield the tables of the columns in a statement, those in statements within it left out."""
    for child in element.get_children():
        if isinstance(child, ColumnClause) and child.table is not None:
            yield child.table
        elif not isinstance(child, SelectBase | FromClause):
            yield from _tables_of_columns(child)


def _values_of(change: Insert | Update | Delete) -> dict[Any, Any]:
    """Return the values that stand in the statement itself, by column."""
    return dict(getattr(change, "_values", None) or {})


def _refuse_to_change_others(conflict: ClauseElement) -> None:
    """Refuse an ON CONFLICT DO UPDATE that may meet a row of another workspace, or move one there."""
    changed = dict(getattr(conflict, "update_values_to_set", None) or ())
    target = getattr(conflict, "inferred_target_elements", None) or ()
    if not changed:
        return
    if any(getattr(column, "key", column) == WORKSPACE_COLUMN for column in changed):
        raise WorkspaceBreach("a row never moves to another workspace")
    if not any(getattr(column, "key", column) == WORKSPACE_COLUMN for column in target):
        raise WorkspaceBreach("the row in conflict may be of any workspace")
