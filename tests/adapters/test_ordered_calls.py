"""The queue of calls: in order for each person, side by side for different people, and none lost."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.adapters.ordered_calls import OrderedCalls, QueueFullError


class Pieces:
    """Pieces of work that note when they run, and wait until they may."""

    def __init__(self) -> None:
        self.ran: list[str] = []
        self.gates: dict[str, asyncio.Event] = {}

    def held(self, name: str) -> Callable[[], Awaitable[None]]:
        """Make a piece that waits."""
        self.gates[name] = asyncio.Event()

        async def run() -> None:
            await self.gates[name].wait()
            self.ran.append(name)

        return run

    def quick(self, name: str) -> Callable[[], Awaitable[None]]:
        """Make a piece that does not wait."""

        async def run() -> None:
            self.ran.append(name)

        return run


def failing(error: Exception) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        raise error

    return run


async def test_one_persons_calls_run_one_after_the_other() -> None:
    queue, pieces = OrderedCalls(), Pieces()
    queue.put("U1", pieces.held("first"))
    queue.put("U1", pieces.quick("second"))
    queue.put("U2", pieces.quick("another's"))
    await queue.caught_up("U2")
    assert pieces.ran == ["another's"]
    pieces.gates["first"].set()
    await queue.drain()
    assert pieces.ran == ["another's", "first", "second"]


async def test_a_call_that_fails_does_not_stop_those_behind_it() -> None:
    queue, pieces = OrderedCalls(), Pieces()
    queue.put("U1", failing(ValueError("no")))
    queue.put("U1", pieces.quick("second"))
    await queue.drain()
    assert pieces.ran == ["second"]


async def test_what_is_put_by_a_call_runs_before_the_queue_is_drained() -> None:
    queue, pieces = OrderedCalls(), Pieces()

    async def put_more() -> None:
        queue.put("U2", pieces.quick("more"))

    queue.put("U1", put_more)
    await queue.drain()
    assert pieces.ran == ["more"]


async def test_catching_up_waits_for_what_was_put_before_and_for_nothing_else() -> None:
    queue, pieces = OrderedCalls(), Pieces()
    await queue.caught_up("U1")
    queue.put("U1", pieces.held("first"))
    catching_up = asyncio.create_task(queue.caught_up("U1"))
    await asyncio.sleep(0)
    queue.put("U1", pieces.held("second"))
    assert not catching_up.done()
    pieces.gates["first"].set()
    await catching_up
    assert pieces.ran == ["first"]
    pieces.gates["second"].set()
    await queue.drain()


async def test_more_than_can_be_caught_up_with_is_refused_until_there_is_room() -> None:
    queue, pieces = OrderedCalls(most_waiting=2), Pieces()
    queue.put("U1", pieces.held("first"))
    queue.put("U2", pieces.quick("second"))
    with pytest.raises(QueueFullError):
        queue.put("U3", pieces.quick("third"))
    pieces.gates["first"].set()
    await queue.drain()
    queue.put("U3", pieces.quick("third"))
    await queue.drain()
    assert sorted(pieces.ran) == ["first", "second", "third"]


async def test_a_failed_call_makes_room() -> None:
    queue = OrderedCalls(most_waiting=1)
    for _ in range(3):
        queue.put("U1", failing(ValueError("no")))
        await queue.drain()
