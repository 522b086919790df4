"""The pace of an import: how much in one unit, how long a breath between two, so that staff keep working."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

HELD_SECONDS = 0.1
"""How long one unit is to hold the write lock. A save that meets it waits that long, and no more than a few
of them if it is unlucky."""

BREATH, LONGEST_BREATH = 1 / 2, 0.01
"""How long nothing is held between two units: a part of the time held, and seconds at most. Who waits for
SQLite's lock looks at it several times meanwhile (see `storage/sqlite_waiting.py`)."""

FIRST_ROWS, FEWEST_ROWS, MOST_ROWS = 200, 50, 2000


class Pace:
    """Sizes the batches of one import by the time they take.

    Args:
        held_seconds: how long one unit is to hold the write lock.
        breath: how long nothing is held between two units, as a part of the time held; 0 for not at all.
        most_rows: how many rows there are in a batch at most, however quick it would be.
    """

    def __init__(
        self, *, held_seconds: float = HELD_SECONDS, breath: float = BREATH, most_rows: int = MOST_ROWS
    ) -> None:
        self._wanted = held_seconds
        self._breath = breath
        self._most = most_rows
        self._free_since = perf_counter()
        self._to_breathe = 0.0
        self.rows = min(FIRST_ROWS, most_rows)

    @property
    def takes_no_breath(self) -> bool:
        """Whether units follow each other at once."""
        return not self._breath

    def begin_anew(self) -> None:
        """Forget what rows took so far: those of another step or kind may take ten times as long."""
        self.rows = min(FIRST_ROWS, self._most)

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Measure a block that ends with the end of a writing unit, and size the next batch by it."""
        began = perf_counter()
        try:
            yield
        finally:
            ended = perf_counter()
            held = max(ended - began, 1e-6)
            # By half or to the double at most: one slow moment of the machine says little.
            factor = min(2.0, max(0.5, self._wanted / held))
            self.rows = min(self._most, max(FEWEST_ROWS, round(self.rows * factor)))
            self._free_since, self._to_breathe = ended, min(held * self._breath, LONGEST_BREATH)

    async def breathe(self) -> None:
        """Wait until the lock was free for long enough since it was held; work done meanwhile counts."""
        left = self._free_since + self._to_breathe - perf_counter()
        self._to_breathe = 0.0
        if left > 0:
            await asyncio.sleep(left)
