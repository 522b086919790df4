"""Statements compiled once for all tests, and not anew for the engine that each of them opens.

A process of the bot has one engine, which compiles a statement the first time it is carried out. Here there
are thousands of them.
"""

from collections.abc import Iterator, MutableMapping
from typing import Any, TypeAlias

from sqlalchemy import Connection, Dialect, Engine, event

Key: TypeAlias = tuple[Dialect, *tuple[Any, ...]]
"""As SQLAlchemy makes it: the engine's own dialect, and what tells one statement from another."""


class CompiledOnce(MutableMapping[Key, Any]):
    """What SQLAlchemy keeps of each statement, by the name of the dialect instead of the dialect itself."""

    def __init__(self) -> None:
        self._compiled: dict[tuple[Any, ...], Any] = {}

    def __getitem__(self, key: Key) -> Any:  # noqa: ANN401 - SQLAlchemy's own
        return self._compiled[_shared(key)]

    def __setitem__(self, key: Key, compiled: Any) -> None:  # noqa: ANN401 - as above
        self._compiled[_shared(key)] = compiled

    def __delitem__(self, key: Key) -> None:
        del self._compiled[_shared(key)]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._compiled)

    def __len__(self) -> int:
        return len(self._compiled)


def _shared(key: Key) -> tuple[Any, ...]:
    dialect, *statement = key
    return (dialect.name, *statement)


def compile_once() -> None:
    """Have all engines of this process keep what they compile in one place."""
    kept = CompiledOnce()

    def share(connection: Connection) -> None:
        connection.execution_options(compiled_cache=kept)

    event.listen(Engine, "engine_connect", share)
