"""Getting ready, beside whatever else there is to do, for what takes longer the first time."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

import structlog

from bot.domain.errors import StorageUnavailable

_BREATH_SECONDS = 0.02
"""Between two steps: whoever is there already goes first."""

_log = structlog.get_logger(__name__)


class Warming:
    """Goes through some steps until they are over, or it is ended.

    Args:
        steps: each short.
        then: is called when all of them are over.
    """

    def __init__(self, steps: AsyncIterator[None], *, then: Callable[[], None] = lambda: None) -> None:
        self._steps = steps
        self._then = then
        self._ending = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Begin."""
        self._task = asyncio.create_task(self._go_through(), name="warming")

    async def end(self) -> None:
        """End after the step that is under way."""
        self._ending.set()
        if self._task is not None:
            await self._task

    async def _go_through(self) -> None:
        try:
            async for _ in self._steps:
                if self._ending.is_set():
                    return
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._ending.wait(), timeout=_BREATH_SECONDS)
        except StorageUnavailable as error:
            # Whoever needs the database now is told so; what is left of this waits for the next start.
            _log.warning("warming.broken_off", exc_info=error)
        else:
            self._then()
