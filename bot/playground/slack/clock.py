"""Time, handed in so that a test can move it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias

Clock: TypeAlias = Callable[[], datetime]
"""Tells the time now, with its zone."""


def system_clock() -> datetime:
    """Tell the machine's time, in UTC."""
    return datetime.now(UTC)
