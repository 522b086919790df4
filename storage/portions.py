"""Lists in portions that one statement can take."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

Each = TypeVar("Each")

MOST_VALUES = 1000
"""Values in one IN (...): far below what the engines take (32,766 in SQLite), and the server remembers
the plan of a statement of each length."""


def portions(values: Sequence[Each], size: int = MOST_VALUES) -> Iterator[Sequence[Each]]:
    """Yield the values in their order, so many at once."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
