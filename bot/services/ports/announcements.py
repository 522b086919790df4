"""What staff are to be told, kept until they were."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.ids import AnnouncementId, ClientId, StaffId
from bot.domain.recipient_changes import Announcement


class Announcements(Protocol):
    """The announcements of one workspace that nobody has been told yet."""

    async def add(self, announcements: Sequence[Announcement]) -> None:
        """Store what is to be told."""
        ...

    async def claim(self, *, now: datetime, until: datetime, limit: int) -> tuple[Announcement, ...]:
        """Take what is to be told, oldest first; nobody else gets it until then."""
        ...

    async def known_to(self, client_id: ClientId, at: datetime) -> frozenset[StaffId]:
        """Return who is told of what changed for a client then, as far as anybody still waits for it.

        Nobody else changes that before the end of the unit.
        """
        ...

    async def make_known(self, client_id: ClientId, at: datetime, staff: frozenset[StaffId]) -> None:
        """Say with all that still waits of that change who is told of it."""
        ...

    async def remove(self, announcement_id: AnnouncementId) -> None:
        """Forget an announcement: it was told, or never can be."""
        ...
