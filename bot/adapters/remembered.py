"""Answers that count for a while, and not once somebody has said that they changed."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

MOST_REMEMBERED = 10_000

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Remembered(Generic[Key, Value]):
    """Keeps answers for some seconds; the oldest go first where there are too many.

    Args:
        seconds: how long an answer counts.
        monotonic: the seconds that pass.
    """

    def __init__(self, seconds: float, monotonic: Callable[[], float]) -> None:
        self._seconds = seconds
        self._monotonic = monotonic
        self._known: OrderedDict[Key, tuple[float, Value]] = OrderedDict()
        self._forgotten = 0

    def get(self, key: Key) -> Value | None:
        """Return an answer that still counts."""
        known = self._known.get(key)
        if known is None or self._monotonic() - known[0] >= self._seconds:
            return None
        return known[1]

    def mark(self) -> int:
        """Return the moment at which a question is asked, for `keep`."""
        return self._forgotten

    def keep(self, key: Key, value: Value, *, since: int) -> None:
        """Keep an answer, unless something was forgotten while it was on its way: it may be the old one."""
        if since != self._forgotten:
            return
        self._known[key] = (self._monotonic(), value)
        self._known.move_to_end(key)
        while len(self._known) > MOST_REMEMBERED:
            self._known.popitem(last=False)

    def forget(self, key: Key) -> None:
        """Let an answer count no more."""
        self._forgotten += 1
        self._known.pop(key, None)
