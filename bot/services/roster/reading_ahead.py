"""Reading a file beside the work on what was read before, and without anybody waiting for standard input."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Thread
from typing import Generic, TypeVar

Batch = TypeVar("Batch")


class ReadingAhead(Generic[Batch]):
    """Takes batches one after the other in a thread, one of them ahead.

    The threads are daemons: whoever breaks an import off does not wait for the rest of a line that is still
    to be typed.

    Args:
        take: returns the next batch, or None behind the last.
    """

    def __init__(self, take: Callable[[], Batch | None]) -> None:
        self._take = take
        self._next: asyncio.Future[Batch | None] = self._begin()

    async def next(self) -> Batch | None:
        """Return the next batch, or None behind the last; what `take` raises is raised here."""
        batch = await self._next
        if batch is not None:
            self._next = self._begin()
        return batch

    def _begin(self) -> "asyncio.Future[Batch | None]":
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Batch | None] = loop.create_future()

        def work() -> None:
            try:
                batch = self._take()
            except BaseException as error:  # noqa: BLE001 - it is raised where the batch is waited for
                _tell(loop, partial(_fail, future, error))
            else:
                _tell(loop, partial(_settle, future, batch))

        Thread(target=work, daemon=True, name="reading ahead").start()
        return future


def _settle(future: asyncio.Future[Batch | None], batch: Batch | None) -> None:
    if not future.done():
        future.set_result(batch)


def _fail(future: asyncio.Future[Batch | None], error: BaseException) -> None:
    if not future.done():
        future.set_exception(error)


def _tell(loop: asyncio.AbstractEventLoop, what: Callable[[], object]) -> None:
    # Where the loop has ended meanwhile, nobody waits for it any more.
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(what)
