"""The machine's clock, and the date by the practice's time zone."""

from datetime import UTC, date, datetime, tzinfo


class SystemClock:
    """The time as the machine has it."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """Return the date in the practice's time zone (R62)."""
        return datetime.now(self._zone).date()
