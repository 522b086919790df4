"""Several rows in one statement of SQLite's, which is quicker than one by one where a table has a trigger.

A statement that a trigger may break off keeps a copy of every page it changes until it has ended: eight or
more for one row with its indices, and hardly more for a hundred rows.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

AT_ONCE = 100
"""Rows in a statement; with more it is not quicker any more."""

Values = Sequence[object]


def in_hundreds(begun: str, rows: Sequence[Values]) -> Iterator[tuple[str, Sequence[Values]]]:
    """Yield statements with the values of each time that one is to be carried out, all rows in their order.

    Args:
        begun: an INSERT up to its VALUES.
        rows: the values of each row.
    """
    full = len(rows) // AT_ONCE * AT_ONCE
    if full:
        hundreds = [
            tuple(chain.from_iterable(rows[start : start + AT_ONCE])) for start in range(0, full, AT_ONCE)
        ]
        yield f"{begun} VALUES {_marks(rows[0], AT_ONCE)}", hundreds
    if full < len(rows):
        yield f"{begun} VALUES {_marks(rows[0], 1)}", rows[full:]


def _marks(row: Values, count: int) -> str:
    return ", ".join([f"({', '.join('?' * len(row))})"] * count)
