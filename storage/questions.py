"""What is asked of the database in one trip: statements made once, each knowing the last one's answer.

A trip between threads costs more than a statement by a key. So whoever reads several things writes down the
questions as a generator, and what comes of them; who has a connection answers them all at once.
"""

import sqlite3
from collections.abc import Awaitable, Callable, Generator, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from storage.made_statements import WORKSPACE, Build, MadeStatement, made

Rows = Sequence[Sequence[Any]]
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Question:
    """A statement as `made` makes it, and its values but for the workspace."""

    build: Build
    shape: Mapping[str, Hashable]
    values: Mapping[str, object]


Questions = Generator[Question, Rows, Result]
"""Questions one after the other, each of which is sent the rows of its answer, and what comes of them."""

Fetch = Callable[[str, tuple[object, ...]], Awaitable[Rows]]
"""Carries out a statement with its values, and returns its rows."""


def answered(connection: sqlite3.Connection, workspace_id: str, questions: Questions[Result]) -> Result:
    """Have all questions answered by SQLite; called in the connection's thread."""
    try:
        question = next(questions)
        while True:
            statement, values = _placed(question, workspace_id, on_sqlite=True)
            cursor = connection.execute(statement.sql, values)
            rows = statement.read(cursor.fetchall())
            cursor.close()
            question = questions.send(rows)
    except StopIteration as end:
        result: Result = end.value
        return result


async def answered_by(fetch: Fetch, workspace_id: str, questions: Questions[Result]) -> Result:
    """Have all questions answered by PostgreSQL, one after the other."""
    try:
        question = next(questions)
        while True:
            statement, values = _placed(question, workspace_id, on_sqlite=False)
            question = questions.send(statement.read(await fetch(statement.sql, values)))
    except StopIteration as end:
        result: Result = end.value
        return result


def _placed(
    question: Question, workspace_id: str, *, on_sqlite: bool
) -> tuple[MadeStatement, tuple[object, ...]]:
    statement = made(question.build, tuple(question.shape.items()), on_sqlite=on_sqlite)
    return statement, statement.placed({**question.values, WORKSPACE: workspace_id}, on_sqlite=on_sqlite)
