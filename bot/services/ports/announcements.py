"""What staff are to be told, kept until they were."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.ids import AnnouncementId
from bot.domain.recipient_changes import Announcement


class Announcements(Protocol):
    """The announcements of one workspace that nobody has been told yet."""

    async def add(self, announcements: Sequence[Announcement]) -> None:
        """Store what is to be told."""
        ...

    async def waiting(self) -> bool:
        """Say whether there is anything to be told."""
        ...

    async def claim(self, *, now: datetime, until: datetime, limit: int) -> tuple[Announcement, ...]:
        """Take what is to be told, oldest first; nobody else gets it until then."""
        ...

    async def remove(self, announcement_id: AnnouncementId) -> None:
        """Forget an announcement: it was told, or never can be."""
        ...
