"""Samples, and what is said of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round of one subject: what each request took, and the whole of them."""

    milliseconds: tuple[float, ...]
    seconds: float
    core_seconds: float = float("nan")
    """How long the subject had a core meanwhile."""

    @property
    def p50(self) -> float:
        """The middle of it, in milliseconds."""
        return median(self.milliseconds)

    @property
    def p99(self) -> float:
        """What one in a hundred takes longer than, in milliseconds."""
        return quantiles(self.milliseconds, n=100, method="inclusive")[98]

    @property
    def each_second(self) -> float:
        """How many a second."""
        return len(self.milliseconds) / self.seconds

    @property
    def core_milliseconds(self) -> float:
        """What each request took of a core, which says the same however busy the machine is."""
        return self.core_seconds * 1000 / len(self.milliseconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A bound for a ratio."""

    most: float | None = None
    least: float | None = None

    def is_met(self, ratio: float) -> bool:
        """Say whether a ratio is within it."""
        return (self.most is None or ratio <= self.most) and (self.least is None or ratio >= self.least)

    def __str__(self) -> str:
        return f"≤ {self.most:g}x" if self.most is not None else f"≥ {self.least:g}x"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the table."""

    what: str
    figure: float
    reference: float
    ratio: float
    unit: str
    against: str
    target: Target | None = None


def compared(
    what: str,
    figures: Sequence[float],
    references: Sequence[float],
    *,
    unit: str,
    against: str,
    target: Target | None = None,
) -> Finding:
    """Return the medians of what rounds came to, and of the ratios within each round.

    Within a round both met the same machine, whatever else it had to do then.
    """
    return Finding(
        what=what,
        figure=median(figures),
        reference=median(references),
        ratio=median(mine / theirs for mine, theirs in zip(figures, references, strict=True)),
        unit=unit,
        against=against,
        target=target,
    )


def p50(each: Round) -> float:
    """Return the middle of a round."""
    return each.p50


def p99(each: Round) -> float:
    """Return what one in a hundred of a round takes longer than."""
    return each.p99


def each_second(each: Round) -> float:
    """Return how many a second there were in a round."""
    return each.each_second


def of_a_core(each: Round) -> float:
    """Return what each request of a round took of a core, in milliseconds."""
    return each.core_milliseconds


def compared_rounds(
    what: str,
    by: Callable[[Round], float],
    mine: Sequence[Round],
    theirs: Sequence[Round],
    *,
    against: str = "no-op",
    target: Target | None = None,
) -> Finding:
    """Compare rounds by their middle, their slowest or their number a second."""
    unit = "/s" if by is each_second else "ms"
    figures, references = [by(each) for each in mine], [by(each) for each in theirs]
    return compared(what, figures, references, unit=unit, against=against, target=target)
