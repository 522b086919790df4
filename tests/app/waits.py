"""How long the app waits in a test: as short as the test wants where something is to be late, else long.

Nothing is late only because the machine is busy.
"""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

from bot.app.boundary import Limits
from tests.app.locked import locked

STANDING_IN = Limits(patience=0.15, endurance=20, claim=0.05)
"""An app that soon says "one moment"."""

GIVING_UP = Limits(patience=0.15, endurance=1.0, claim=0.05)
"""An app that soon gives up."""

LONG = Limits(patience=60, endurance=90, claim=60)
"""So long that whatever is late then is late for ever."""


class Waits:
    """The limits of an app, which are short while something is made to be late."""

    def __init__(self, short: Limits) -> None:
        self._short = short
        self._now = LONG

    def __call__(self) -> Limits:
        """Return the limits as they are now."""
        return self._now

    @contextmanager
    def short(self) -> Iterator[None]:
        """Let what begins in this block be late soon."""
        self._now = self._short
        try:
            yield
        finally:
            self._now = LONG

    @asynccontextmanager
    async def locked(self, database_url: str) -> AsyncIterator[None]:
        """Hold the database, for which the app waits only shortly."""
        async with locked(database_url):
            with self.short():
                yield


def always(limits: Limits) -> Callable[[], Limits]:
    """Return limits that are the same whatever is going on."""
    return lambda: limits


PATIENTLY = always(LONG)
"""For an app of which nothing is to be late."""
