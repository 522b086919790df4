"""Tells whoever waits that something in the local Slack has changed."""

import asyncio
from collections.abc import Callable


class Changes:
    """Wakes every waiter after each change, so that nobody has to sleep and look again."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()
        self.number = 0
        """How many changes there have been."""

    def notify(self) -> None:
        """Wake everybody who waits."""
        self.number += 1
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)
        self._waiting.clear()

    async def until(self, holds: Callable[[], bool], *, timeout: float) -> None:  # noqa: ASYNC109 - the caller's patience is part of the question
        """Return once the condition holds; it is looked at now and after each change.

        Raises:
            TimeoutError: it did not hold within `timeout` seconds.
        """
        async with asyncio.timeout(timeout):
            while not holds():
                await self.next()

    async def next(self) -> None:
        """Return at the next change."""
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            await waiter
        finally:
            self._waiting.discard(waiter)
