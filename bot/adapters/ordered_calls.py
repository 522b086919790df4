"""The queue of calls to Slack: in order for each person, side by side for different people.

The reply to Slack leaves when a listener returns, so everything slower goes here. Order matters: two
quick choices in a form must not update it the wrong way round.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

import structlog

Work = Callable[[], Awaitable[None]]

MOST_WAITING = 5_000
"""Calls that may wait in all: minutes of work for the busiest practice; past it something is broken."""

_log = structlog.get_logger(__name__)


class QueueFullError(RuntimeError):
    """More is waiting than can sensibly be caught up with."""


class OrderedCalls:
    """Runs work one piece after the other for each key; the pieces handle their own errors."""

    def __init__(self, *, most_waiting: int = MOST_WAITING) -> None:
        self._most_waiting = most_waiting
        self._waiting: dict[str, deque[Work]] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._count = 0

    def put(self, key: str, work: Work) -> None:
        """Run `work` after everything put under the same key before.

        Raises:
            QueueFullError: too much is waiting.
        """
        if self._count >= self._most_waiting:
            raise QueueFullError
        self._count += 1
        if key in self._waiting:
            self._waiting[key].append(work)
            return
        self._waiting[key] = deque([work])
        task = asyncio.create_task(self._run(key), name="slack-calls")
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _run(self, key: str) -> None:
        waiting = self._waiting[key]
        while waiting:
            work = waiting.popleft()
            try:
                await work()
            except Exception as error:  # noqa: BLE001 - one failed call must not stop those behind it
                _log.error("slack.call_failed", exc_info=error)
            finally:
                self._count -= 1
        del self._waiting[key]

    async def caught_up(self, key: str) -> None:
        """Wait until everything that was put under a key so far has run.

        Raises:
            QueueFullError: too much is waiting.
        """
        if key not in self._waiting:
            return
        reached = asyncio.Event()

        async def reach() -> None:
            reached.set()

        self.put(key, reach)
        await reached.wait()

    async def drain(self) -> None:
        """Wait until everything that was put has run."""
        while self._running:
            await asyncio.wait(set(self._running))
