"""Having the database count what it holds while a bulk of rows comes in."""

from collections.abc import Awaitable, Callable

FEWEST = 500
"""So few rows change nothing for a database."""
GROWTH = 8
"""A database knows by itself how much longer its tables have become, and guesses by what it counted."""

Settle = Callable[[], Awaitable[None]]


class Settling:
    """Counts once there is something to count, and each time that there is a multiple of it.

    Staff save and search meanwhile, and the import asks for what came in: a database that plans by what it
    held when it was empty reads whole tables for each question.

    Args:
        settle: has the database count.
    """

    def __init__(self, settle: Settle) -> None:
        self._settle = settle
        self._next = FEWEST

    async def at(self, rows: int) -> None:
        """Count if it is time to, now that so many rows are in."""
        if rows >= self._next:
            await self._settle()
            self._next = GROWTH * rows


async def settle_nothing() -> None:
    """Leave the database to itself."""
