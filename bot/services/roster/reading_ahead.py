"""Reading a file beside the work on what was read before, and without anybody waiting for standard input."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from threading import Event, Thread
from types import TracebackType
from typing import Generic, Self, TypeVar

Item = TypeVar("Item")
Batch = TypeVar("Batch")

SECONDS_TO_STOP = 1.0
"""An item takes milliseconds; what takes longer is a line that is still to be typed."""


class ReadingAhead(Generic[Item, Batch]):
    """Takes batches one after the other in a thread, one of them ahead.

    Whoever leaves it early, for whatever reason, waits for the item that is being read, and no more are read.
    A line that is still to be typed is not waited for: the threads are daemons. None may be left within a
    row, though: a program that ends meanwhile breaks its threads off, and there are libraries beneath a row's
    check that end the whole program then.

    Args:
        items: what is read.
        take: returns the next batch of them, or None behind the last.
        patience: seconds to wait for an item that is being read when it is left.
    """

    def __init__(
        self,
        items: Iterator[Item],
        take: Callable[[Iterator[Item]], Batch | None],
        *,
        patience: float = SECONDS_TO_STOP,
    ) -> None:
        self._stopped = Event()
        self._items = _until(self._stopped, items)
        self._take = take
        self._patience = patience
        self._next: asyncio.Future[Batch | None] | None = None

    async def __aenter__(self) -> Self:
        """Begin to read."""
        self._next = self._begin()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Read no more."""
        self._stopped.set()
        if self._next is not None:
            await asyncio.wait((self._next,), timeout=self._patience)
            if self._next.done():
                # It may have failed as well; what is raised here already says enough.
                self._next.exception()

    async def next(self) -> Batch | None:
        """Return the next batch, or None behind the last; what `take` raises is raised here."""
        reading, self._next = self._next, None
        if reading is None:
            return None
        try:
            batch = await asyncio.shield(reading)
        except asyncio.CancelledError:
            self._next = reading
            raise
        if batch is not None:
            self._next = self._begin()
        return batch

    def _begin(self) -> "asyncio.Future[Batch | None]":
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Batch | None] = loop.create_future()

        def work() -> None:
            try:
                batch = self._take(self._items)
            except BaseException as error:  # noqa: BLE001 - it is raised where the batch is waited for
                _tell(loop, partial(_fail, future, error))
            else:
                _tell(loop, partial(_settle, future, batch))

        Thread(target=work, daemon=True, name="reading ahead").start()
        return future


def _until(stopped: Event, items: Iterator[Item]) -> Iterator[Item]:
    for each in items:
        if stopped.is_set():
            return
        yield each


def _settle(future: "asyncio.Future[Batch | None]", batch: Batch | None) -> None:
    if not future.done():
        future.set_result(batch)


def _fail(future: "asyncio.Future[Batch | None]", error: BaseException) -> None:
    if not future.done():
        future.set_exception(error)


def _tell(loop: asyncio.AbstractEventLoop, what: Callable[[], object]) -> None:
    # Where the loop has ended meanwhile, nobody waits for it any more.
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(what)
