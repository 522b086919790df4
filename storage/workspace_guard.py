"""The guard: no statement is carried out that could reach into another workspace.

It stands behind every repository, so that one forgotten criterion is an error in a test and not somebody
else's clients on a screen.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import ClauseElement, Connection, Engine, event
from sqlalchemy.engine import Compiled, ExecutionContext
from sqlalchemy.schema import ExecutableDDLElement

from storage.workspace_criteria import Asked, read_statement
from storage.workspace_scope import WORKSPACE_COLUMN, WorkspaceBreach, refuse_text

UNIT_WORKSPACE = "unit_workspace"
"""Execution option of a unit's connection: the workspace that the unit belongs to."""

READ_ONLY = "unit_only_reads"
"""Execution option of a reading unit's connection. PostgreSQL refuses its writes itself, SQLite does not."""

ACROSS_WORKSPACES = "across_workspaces"
"""Execution option of a statement that may reach across workspaces, or of SQL as text: the reason why."""

_asked: WeakKeyDictionary[ClauseElement, Asked] = WeakKeyDictionary()
"""What was read in each statement; most are made once, when the program starts."""


def guard(engine: Engine) -> None:
    """Have every statement on this engine checked before it is carried out."""
    event.listen(engine, "before_execute", _check_statement)
    event.listen(engine, "before_cursor_execute", _check_text)


def _check_statement(
    connection: Connection,
    statement: object,
    several: Sequence[Mapping[str, Any]],
    one: Mapping[str, Any],
    options: Mapping[str, Any],
) -> None:
    if isinstance(statement, Compiled):
        statement = statement.statement
    if not isinstance(statement, ClauseElement) or isinstance(statement, ExecutableDDLElement):
        return
    of_connection = connection.get_execution_options()
    if _has_reason({**of_connection, **statement.get_execution_options(), **options}):  # type: ignore[attr-defined] # whatever is executed has them
        return
    asked = _asked.get(statement)
    if asked is None:
        asked = _asked[statement] = read_statement(statement)
    if asked.writes and of_connection.get(READ_ONLY):
        raise WorkspaceBreach("a unit that only reads cannot write")
    unit_workspace = of_connection.get(UNIT_WORKSPACE)
    for row in several or (one,):
        for value in _workspaces_in(asked, row):
            if not value or (unit_workspace is not None and value != unit_workspace):
                raise WorkspaceBreach("the statement asks for another workspace than its unit's")


def _workspaces_in(asked: Asked, row: Mapping[str, Any]) -> list[Any]:
    values = [row.get(parameter.key, parameter.effective_value) for parameter in asked.values]
    if asked.inserts:
        values.append(row.get(WORKSPACE_COLUMN))
    return values


def _check_text(
    _connection: Connection, _cursor: object, sql: str, _values: object, context: ExecutionContext, *_: object
) -> None:
    """Check SQL that was handed to the driver as it is; all other SQL was checked before it became text."""
    if context.compiled is None and not _has_reason(context.execution_options):
        refuse_text(sql)


def _has_reason(options: Mapping[str, Any]) -> bool:
    reason = options.get(ACROSS_WORKSPACES)
    if reason is None:
        return False
    if not isinstance(reason, str) or not reason.strip():
        raise WorkspaceBreach("to reach across workspaces needs a reason in words")
    return True
