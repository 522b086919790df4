"""Imports of the roster: what was read of the files, how far it has come in, and what was left out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.domain.ids import ClientId


class ImportStep(StrEnum):
    """How far an import has come. Only in the two steps in the middle may the roster have changed by it."""

    READING = "reading"
    FORESEEING = "foreseeing"
    APPLYING = "applying"
    ARCHIVING = "archiving"
    DONE = "done"


class RowKind(StrEnum):
    """What a staged row is about; clients are taken in before relations."""

    CLIENT = "client"
    RELATION = "relation"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRecord:
    """One import as stored.

    `runner` is the run of the program that it belongs to: another run that goes on with it writes its own
    there. `plan` and `tally` are JSON. `kind` and `mark` are the last row that was taken in.
    """

    id: str
    runner: str
    step: ImportStep
    begun_at: datetime
    begun_by: str
    plan: str
    tally: str
    kind: RowKind = RowKind.CLIENT
    mark: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedRow:
    """A row that was read and checked, as JSON, with what it is told by from the other rows.

    `own_key` is the own id and `likeness` name, birth date and e-mail, both as they are compared; both are
    empty for a relation.
    """

    number: int
    kind: RowKind
    file: str
    line: int
    document: str
    own_key: str = ""
    likeness: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedRow:
    """What was left out, as JSON of a `RowError`, in the order of the file."""

    number: int
    file: str
    line: int
    document: str


class Imports(Protocol):
    """The imports of one workspace."""

    async def open_ones(self) -> tuple[ImportRecord, ...]:
        """Return the imports that something is kept of yet, the oldest first."""
        ...

    async def get(self, import_id: str) -> ImportRecord | None:
        """Return an import, or None."""
        ...

    async def begin(self, record: ImportRecord) -> None:
        """Store a new import."""
        ...

    async def advance(self, record: ImportRecord) -> bool:
        """Store how far an import has come, and say whether it still belongs to `record.runner`.

        If not, nothing is stored.
        """
        ...

    async def take_over(self, import_id: str, runner: str) -> None:
        """Have an import belong to another run of the program from now on."""
        ...

    async def stage(self, import_id: str, rows: Sequence[StagedRow], *, first: int) -> None:
        """Keep rows until they are taken in, numbered from `first` on in their order."""
        ...

    async def staged(self, import_id: str, kind: RowKind, *, after: int, limit: int) -> tuple[StagedRow, ...]:
        """Return the first rows of a kind behind a number, in their order."""
        ...

    async def staged_like(
        self, import_id: str, *, own_keys: Collection[str] = (), likenesses: Collection[str] = ()
    ) -> tuple[StagedRow, ...]:
        """Return the rows of clients that have one of these own ids or likenesses, in their order."""
        ...

    async def meet(self, import_id: str, client_ids: Collection[ClientId]) -> None:
        """Note that the files name these clients, whether they were added, changed or as they were."""
        ...

    async def met(self, import_id: str, client_ids: Collection[ClientId]) -> frozenset[ClientId]:
        """Return those of the clients whom earlier rows were about."""
        ...

    async def count_active(self) -> int:
        """Return how many active clients there are."""
        ...

    async def count_missing(self, import_id: str) -> int:
        """Return how many of them no row was about."""
        ...

    async def missing(self, import_id: str, *, after: ClientId | None, limit: int) -> tuple[ClientId, ...]:
        """Return the next active clients by id whom no row was about."""
        ...

    async def reject(self, import_id: str, rows: Sequence[RejectedRow]) -> None:
        """Keep what was left out."""
        ...

    async def rejected(
        self, import_id: str, *, after: tuple[str, int, int] | None, limit: int
    ) -> tuple[RejectedRow, ...]:
        """Return what was left out by file, line and number, behind a place in that order."""
        ...

    async def clear(self, import_id: str, *, limit: int) -> int:
        """Delete some of what is kept of an import besides its record, and return how much that was."""
        ...

    async def forget(self, import_id: str) -> None:
        """Delete the record of an import of which nothing else is kept any more."""
        ...
