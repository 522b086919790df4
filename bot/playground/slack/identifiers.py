"""Ids and timestamps in Slack's style."""

import secrets
import string

from bot.playground.slack.clock import Clock

_LETTERS = string.ascii_letters + string.digits
_CAPITALS = string.ascii_uppercase + string.digits
_MICROSECONDS = 1_000_000


def short_id() -> str:
    """Make an id such as Slack gives a block or an action that came without one."""
    return "".join(secrets.choice(_LETTERS) for _ in range(5))


def object_id(prefix: str) -> str:
    """Make an id such as V05ABCDEFGH; the prefix says of what."""
    return prefix + "0" + "".join(secrets.choice(_CAPITALS) for _ in range(9))


class Timestamps:
    """Slack timestamps ("1700000000.000100"): seconds since 1970, each later than the one before."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> str:
        """Take the time now, or a microsecond past the last one given if that is later."""
        now = int(self._clock().timestamp() * _MICROSECONDS)
        self._last = max(now, self._last + 1)
        return f"{self._last // _MICROSECONDS}.{self._last % _MICROSECONDS:06d}"

    def continue_after(self, timestamp: str) -> None:
        """Give only timestamps after this one, which an earlier start gave."""
        seconds, _, fraction = timestamp.partition(".")
        self._last = max(self._last, int(seconds) * _MICROSECONDS + int(fraction or "0"))
