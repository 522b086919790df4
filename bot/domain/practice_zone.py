"""The practice's time zone, which an admin may change while everything runs."""

from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo


class PracticeZone(tzinfo):
    """A time zone that follows what is chosen: whoever holds it has the present one.

    Args:
        default: the zone while none is chosen.
    """

    def __init__(self, default: tzinfo) -> None:
        self._default = default
        self._present = default

    def follow(self, name: str | None) -> None:
        """Take on the zone of this name, or the default for None.

        Raises:
            ZoneInfoNotFoundError: this machine does not know it.
        """
        self._present = self._default if name is None else ZoneInfo(name)

    def utcoffset(self, moment: datetime | None, /) -> timedelta | None:
        """Return how far its clocks are ahead of UTC then."""
        return self._present.utcoffset(self._told_to(moment))

    def dst(self, moment: datetime | None, /) -> timedelta | None:
        """Return how far its clocks are put forward then."""
        return self._present.dst(self._told_to(moment))

    def tzname(self, moment: datetime | None, /) -> str | None:
        """Return what it is called then."""
        return self._present.tzname(self._told_to(moment))

    def fromutc(self, moment: datetime, /) -> datetime:
        """Return a moment of UTC as its clocks show it."""
        return self._present.fromutc(moment.replace(tzinfo=self._present)).replace(tzinfo=self)

    def _told_to(self, moment: datetime | None) -> datetime | None:
        return None if moment is None else moment.replace(tzinfo=self._present)
