"""Having the database count what it holds while a bulk of rows comes in."""

from typing import Protocol

FEWEST = 500
"""So few rows change nothing for a database."""
GROWTH = 8
"""A database knows by itself how much longer its tables have become, and guesses by what it counted."""


class Settle(Protocol):
    """Has the database count what it holds, or only what imports keep between their batches."""

    async def __call__(self, *, imports_only: bool = False) -> None:
        """Count."""
        ...


class Settling:
    """Counts once there is something to count, and each time that there is a multiple of it.

    Staff save and search meanwhile, and the import asks for what came in: a database that plans by what it
    held when it was empty reads whole tables for each question.

    Args:
        settle: has the database count.
    """

    def __init__(self, settle: Settle) -> None:
        self._settle = settle
        self._next_rows = self._next_written = FEWEST

    async def at(self, rows: int, *, written: int = 0) -> None:
        """Count if it is time to, now that so many rows are in and so many of them changed the roster."""
        if written >= self._next_written:
            await self._settle()
            self._next_written, self._next_rows = GROWTH * written, GROWTH * rows
        elif rows >= self._next_rows:
            await self._settle(imports_only=True)
            self._next_rows = GROWTH * rows


async def settle_nothing(*, imports_only: bool = False) -> None:
    """Leave the database to itself."""
