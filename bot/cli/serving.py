"""Running something until somebody asks it to stop."""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, suppress
from typing import TypeVar

Started = TypeVar("Started")


def quick_loop() -> asyncio.AbstractEventLoop:
    """Return an event loop for many requests: uvloop's, or on Windows, which has none, the usual one."""
    if sys.platform == "win32":
        return asyncio.new_event_loop()
    import uvloop  # noqa: PLC0415 - it is there only where the platform has it

    return uvloop.new_event_loop()


def serve(
    block: Callable[[], AbstractAsyncContextManager[Started]],
    *,
    on_start: Callable[[Started], None],
    lost: Callable[[Started], Awaitable[None] | None] | None = None,
    loop_factory: Callable[[], asyncio.AbstractEventLoop] | None = None,
) -> None:
    """Enter a block, stay in it until SIGINT or SIGTERM, and leave it in order.

    Asked to stop while the block is still being entered, it is broken off there; either way this returns.

    Args:
        block: makes what is entered: it starts with the block and finishes what is under way at its end.
        on_start: told what has started.
        lost: waits for what would end it before anybody asks, and raises why; that is raised here too, when
            the block has been left in order.
        loop_factory: makes the event loop; the platform's own unless given.
    """
    with asyncio.Runner(loop_factory=loop_factory) as runner:
        runner.run(_serve(block, on_start, lost))


async def _serve(
    block: Callable[[], AbstractAsyncContextManager[Started]],
    on_start: Callable[[Started], None],
    lost: Callable[[Started], Awaitable[None] | None] | None,
) -> None:
    asked = asyncio.Event()
    started = False

    async def work() -> None:
        nonlocal started
        async with block() as what:
            started = True
            on_start(what)
            await _stay(asked, lost(what) if lost is not None else None)

    task = asyncio.create_task(work(), name="serving")

    def stop() -> None:
        first = not asked.is_set()
        asked.set()
        if first and not started:
            task.cancel()

    loop = asyncio.get_running_loop()
    for which in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(which, stop)
    with suppress(asyncio.CancelledError):
        await task


async def _stay(asked: asyncio.Event, lost: Awaitable[None] | None) -> None:
    """Wait until somebody asks to stop, or it is lost."""
    waiting: list[asyncio.Future[object]] = [asyncio.ensure_future(asked.wait())]
    if lost is not None:
        waiting.append(asyncio.ensure_future(lost))
    done, left = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for each in left:
        each.cancel()
    for each in done:
        each.result()
