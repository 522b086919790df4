"""Time and new ids."""

from datetime import date, datetime
from typing import Protocol


class Clock(Protocol):
    """The time, so that no service has a clock of its own."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        ...

    def today(self) -> date:
        """Return the date in the practice's time zone (R62)."""
        ...


class NewId(Protocol):
    """A source of opaque ids that were never given before and sort by the time they were given."""

    def __call__(self) -> str:
        """Return the next id: at most 40 ASCII letters and digits."""
        ...
