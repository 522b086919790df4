"""What an import is to do and what it has come to so far; kept with it, so that it can be continued."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from pydantic import TypeAdapter

from bot.services.ports import RowKind
from bot.services.roster.reading import FileShape
from bot.services.roster.taking import Outcome

MOST_ARCHIVED = 0.1
"""The share of the active clients that may be archived because the files no longer name them: where more of
them are missing, it looks like half a file, and has to be said once more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What was asked for, and how the files are built.

    `rejects` is where the rejected rows of each file are to be written, by the name of the file.
    """

    files: tuple[FileShape, ...] = ()
    is_dry_run: bool = False
    archives_missing: bool = False
    archives_many: bool = False
    rejects: Mapping[str, str] = field(default_factory=dict)

    def with_file(self, shape: FileShape) -> "ImportPlan":
        """Return the plan with one more file."""
        return replace(self, files=(*self.files, shape))

    def header(self, file: str, field_name: str) -> str | None:
        """Return the header under which a field stands in a file, or None where it has no column for it.

        What is a header of the file already stays as it is, and so does what stands in no table.
        """
        for shape in self.files:
            if shape.file == file:
                found = shape.headers.get(field_name)
                is_there = not shape.columns or field_name in shape.columns
                return found or (field_name if is_there or not field_name else None)
        return field_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What became of the rows of one kind."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    left_ended: int = 0
    """Relations that ended, which are not brought back (R43)."""
    kept: int = 0
    """Relations that the files have otherwise, but that staff had a hand in: they stay as staff left them."""

    def plus(self, outcomes: Iterable[Outcome]) -> "Counts":
        """Return the counts with more rows."""
        more = Counter(outcomes)
        return replace(
            self, **{each.value: getattr(self, each.value) + count for each, count in more.items()}
        )

    @property
    def total(self) -> int:
        """How many rows these are."""
        return self.added + self.changed + self.unchanged + self.left_ended + self.kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What an import has come to so far, in rows; `archived` in clients."""

    staged: int = 0
    clients: Counts = field(default_factory=Counts)
    relations: Counts = field(default_factory=Counts)
    rejected: int = 0
    rejects: int = 0
    """How many errors are kept; a row may have several."""
    archived: int = 0
    active_before: int = 0
    """How many clients were active before it; what part of them is missing is measured by that."""

    def of(self, kind: RowKind) -> Counts:
        """Return the counts of one kind of rows."""
        return self.clients if kind is RowKind.CLIENT else self.relations

    def plus(self, kind: RowKind, outcomes: Iterable[Outcome]) -> "Tally":
        """Return the tally with more rows taken in."""
        if kind is RowKind.CLIENT:
            return replace(self, clients=self.clients.plus(outcomes))
        return replace(self, relations=self.relations.plus(outcomes))

    @property
    def taken_in(self) -> int:
        """How many of the staged rows are dealt with, where none was rejected."""
        return self.clients.total + self.relations.total

    @property
    def written(self) -> int:
        """How many of them changed something."""
        return sum(each.added + each.changed for each in (self.clients, self.relations)) + self.archived


PLAN: TypeAdapter[ImportPlan] = TypeAdapter(ImportPlan)
TALLY: TypeAdapter[Tally] = TypeAdapter(Tally)
