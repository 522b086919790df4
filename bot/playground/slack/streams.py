"""What each open page is told: one queue of events for each."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeAlias

from bot.playground.slack.wire import Json

MOST_WAITING = 500
"""Events a page may be behind before it is told no more of the traffic."""
EventQueue: TypeAlias = asyncio.Queue[str | None]


class Streams:
    """Hands events to the pages of a person, or of everybody."""

    def __init__(self) -> None:
        self._open: dict[str, set[EventQueue]] = defaultdict(set)
        self._watching: set[EventQueue] = set()

    @contextmanager
    def opened(self, user: str, *, watches: bool = False) -> Iterator[EventQueue]:
        """Open a queue for one page of the person, which may also watch the traffic.

        None in it means that the server stops.
        """
        queue: EventQueue = asyncio.Queue()
        self._open[user].add(queue)
        if watches:
            self._watching.add(queue)
        try:
            yield queue
        finally:
            self._open[user].discard(queue)
            self._watching.discard(queue)

    def tell(self, user: str, event: Json) -> None:
        """Tell each open page of one person."""
        # Written out at once: the event holds live objects, which may be something else when it is read.
        told = json.dumps(event, ensure_ascii=False)
        for queue in self._open.get(user, ()):
            queue.put_nowait(told)

    def tell_all(self, event: Json) -> None:
        """Tell every open page."""
        for user in tuple(self._open):
            self.tell(user, event)

    def tell_watchers(self, event: Json) -> None:
        """Tell the pages that watch the traffic; one that reads too slowly misses some."""
        waiting = [queue for queue in self._watching if queue.qsize() < MOST_WAITING]
        if not waiting:
            return
        told = json.dumps(event, ensure_ascii=False)
        for queue in waiting:
            queue.put_nowait(told)

    def end(self) -> None:
        """End every stream."""
        for queues in self._open.values():
            for queue in queues:
                queue.put_nowait(None)
