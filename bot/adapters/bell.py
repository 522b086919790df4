"""A bell within one process: what is queued here is sent at once, and not when somebody looks again."""

import asyncio


class LocalBell:
    """`bot.services.ports.Bell` for the worker beside it."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Say that there is something to send."""
        self._rung.set()

    async def wait(self, seconds: float) -> None:
        """Wait until it rings, or so long."""
        try:
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        except TimeoutError:
            return
        self._rung.clear()
