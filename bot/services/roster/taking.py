"""How rows of one kind are taken in: checked as they are read, decided on, carried out.

The engine (`importing`, `staging`, `applying`) does the same for every kind; what differs stands behind
`Taking`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from bot.domain.ids import ClientId
from bot.services.errand import Errand
from bot.services.ports import RowKind
from bot.services.roster.rows import Row, RowError


class Outcome(StrEnum):
    """What becomes of a row that is not rejected; the names of the counts."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    LEFT_ENDED = "left_ended"
    KEPT = "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The import that a row belongs to. A dry run decides the same and changes nothing of the roster."""

    id: str
    is_dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """What checking needs to know of the practice."""

    today: date
    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A staged row with its place in the order of all of them."""

    number: int
    row: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """Why a row cannot come in."""

    number: int
    errors: tuple[RowError, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is to become of a row; each kind adds to it what carrying it out needs."""

    number: int
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What is to become of some rows.

    Attributes:
        decisions: of each row, in their order.
        about: clients of the roster that the rows are about.
        considered: clients of the roster that the rows might have been about. Where other rows have come in
            meanwhile that were about one of them, it has to be decided anew.
        prepared: what was computed for carrying it out.
    """

    decisions: tuple[Decision | Rejection, ...]
    about: frozenset[ClientId] = frozenset()
    considered: frozenset[ClientId] = frozenset()
    prepared: object = None


class Taking(Protocol):
    """Taking rows of one kind in; it is given no other ones, and gets its own decisions back.

    `decides_ahead` says that `decide` may run in a unit that only reads, before the one in which `carry_out`
    runs, and beside that of the rows before: the write lock is held for less time. `carry_out` then has to
    notice what changed in between and raise a KinwardError; the rows are decided on and carried out again,
    each in one writing unit.
    """

    kind: RowKind
    decides_ahead: bool

    def check(self, row: Row, practice: Practice) -> Row | tuple[RowError, ...]:
        """Return the row as it is to be staged, or why it cannot be; nothing of the database is asked."""
        ...

    def keys(self, row: Row) -> tuple[str, str]:
        """Return the own id and the likeness of a client, as `StagedRow` has them; two empty texts else."""
        ...

    async def decide(self, errand: Errand, run: Run, rows: Sequence[Numbered]) -> Decided:
        """Return what is to become of each row.

        What comes out may not depend on how rows are batched, nor on whether earlier rows of the import have
        come in: a dry run decides the same.
        """
        ...

    async def carry_out(self, errand: Errand, run: Run, decided: Decided) -> None:
        """Do what was decided; in a dry run only note what later decisions ask for.

        Raises:
            KinwardError: one of the rows is refused; nothing of the batch is kept.
        """
        ...

    async def conclude(self, errand: Errand, run: Run) -> bool:
        """Do a portion of what can be done only after the last row; say whether there is more of it.

        Called again and again, each time in a writing unit, until it says no. It may be called again from the
        start after an interruption. A dry run leaves it out.
        """
        ...
