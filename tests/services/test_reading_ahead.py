"""Reading ahead: batches in order, errors where they are waited for, and nothing read once it is left."""

import asyncio
import threading
from collections import deque
from collections.abc import Iterator
from itertools import count, islice

import pytest

from bot.services.roster.reading_ahead import ReadingAhead


def threes(items: Iterator[int]) -> list[int] | None:
    return list(islice(items, 3)) or None


def reading() -> list[threading.Thread]:
    return [each for each in threading.enumerate() if each.name == "reading ahead"]


async def test_batches_come_in_order_up_to_the_last() -> None:
    found = []
    async with ReadingAhead(iter(range(7)), threes) as ahead:
        while batch := await ahead.next():
            found.append(batch)
        assert await ahead.next() is None
    assert found == [[0, 1, 2], [3, 4, 5], [6]]


async def test_what_cannot_be_read_is_raised_where_it_is_waited_for() -> None:
    def until_it_breaks() -> Iterator[int]:
        yield from range(3)
        raise OSError("no more")

    async with ReadingAhead(until_it_breaks(), threes) as ahead:
        assert await ahead.next() == [0, 1, 2]
        with pytest.raises(OSError, match="no more"):
            await ahead.next()


async def test_who_leaves_early_has_nothing_read_any_more() -> None:
    """A thread within a row would be broken off at the end of the program, and may take it down."""
    begun = threading.Event()

    def without_end() -> Iterator[int]:
        for each in count():
            begun.set()
            yield each

    async def read_on() -> None:
        async with ReadingAhead(without_end(), lambda items: deque(items, maxlen=0), patience=10) as ahead:
            await ahead.next()

    reader = asyncio.create_task(read_on())
    await asyncio.to_thread(begun.wait)
    reader.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reader
    for each in reading():
        await asyncio.to_thread(each.join, 10)
    assert not reading()


async def test_a_line_that_is_still_to_be_typed_is_not_waited_for() -> None:
    typed = threading.Event()

    def typing() -> Iterator[int]:
        yield 1
        typed.wait()

    async with ReadingAhead(typing(), threes, patience=0.01):
        assert reading()
    assert reading()
    typed.set()
    for each in reading():
        await asyncio.to_thread(each.join, 10)
    assert not reading()
