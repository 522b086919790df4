"""What is told of an import: how far it has come, and what it came to."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.services.ports import ImportStep
from bot.services.roster.plan import ImportPlan, Tally
from bot.services.roster.rows import RowError


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a step has come, in rows; `of` is None where nobody knows."""

    step: ImportStep
    done: int
    of: int | None


Tell = Callable[[Progress], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import came to, or in a dry run would come to.

    `missing` are the active clients that no row was about, None where the files state no client at all.
    `archives` says how many of them are archived, and `why_not` why none, by the key of the sentence.
    """

    id: str
    plan: ImportPlan
    tally: Tally
    missing: int | None = None
    archived: int = 0
    why_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectsPage:
    """Some of what was left out, in the order of the files, and the place of the last of it."""

    errors: tuple[RowError, ...]
    last: tuple[str, int, int] | None = None


def nobody_told(_: Progress) -> None:
    """Tell nobody."""
