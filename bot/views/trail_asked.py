"""Which entries of the record somebody asked for, as their window remembers it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from bot.domain.audit import TrailFilter
from bot.domain.history import Kind
from bot.domain.ids import ClientId, StaffId
from bot.views.metadata import Metadata


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailAsked:
    """The filters as they were chosen; what is left open asks for nothing.

    Attributes:
        kinds: what kinds of things; none means all.
        staff_id: who did it.
        client_id: on whose account it stands.
        first_day: by the practice's calendar.
        last_day: the same, and that day is still among them.
    """

    kinds: frozenset[Kind] = frozenset()
    staff_id: StaffId | None = None
    client_id: ClientId | None = None
    first_day: date | None = None
    last_day: date | None = None

    @classmethod
    def of(cls, metadata: Metadata) -> "TrailAsked":
        """Return what a window remembers."""
        return cls(
            kinds=frozenset(metadata.kinds),
            staff_id=StaffId(metadata.holder_id) if metadata.holder_id else None,
            client_id=metadata.client_id,
            first_day=metadata.first_day,
            last_day=metadata.last_day,
        )

    def metadata(self, *, page: int = 0, newest: int = 0) -> Metadata:
        """Return what a window has to remember."""
        return Metadata(
            kinds=tuple(sorted(self.kinds)),
            holder_id=self.staff_id,
            client_id=self.client_id,
            first_day=self.first_day,
            last_day=self.last_day,
            page=page,
            newest=newest,
        )

    def filter(self, zone: tzinfo) -> TrailFilter:
        """Return the same as moments, by the practice's clock."""
        end = self.last_day + timedelta(days=1) if self.last_day and self.last_day < date.max else None
        return TrailFilter(
            kinds=self.kinds,
            staff_id=self.staff_id,
            client_id=self.client_id,
            since=_midnight(self.first_day, zone),
            until=_midnight(end, zone),
        )


def _midnight(day: date | None, zone: tzinfo) -> datetime | None:
    # Within a day of the ends of the calendar a moment has no place in another zone.
    if day is None or not date.min + timedelta(days=1) < day < date.max - timedelta(days=1):
        return None
    return datetime.combine(day, time.min, zone)
