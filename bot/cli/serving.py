"""Running something until somebody asks it to stop."""

import asyncio
import signal
import sys
from collections.abc import Callable
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
    loop_factory: Callable[[], asyncio.AbstractEventLoop] | None = None,
) -> None:
    """Enter a block, stay in it until SIGINT or SIGTERM, and leave it in order.

    Asked to stop while the block is still being entered, it is broken off there; either way this returns.

    Args:
        block: makes what is entered: it starts with the block and finishes what is under way at its end.
        on_start: told what has started.
        loop_factory: makes the event loop; the platform's own unless given.
    """
    with asyncio.Runner(loop_factory=loop_factory) as runner:
        runner.run(_serve(block, on_start))


async def _serve(
    block: Callable[[], AbstractAsyncContextManager[Started]], on_start: Callable[[Started], None]
) -> None:
    asked = asyncio.Event()
    started = False

    async def work() -> None:
        nonlocal started
        async with block() as what:
            started = True
            on_start(what)
            await asked.wait()

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
