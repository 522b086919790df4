"""Who people are, as Slack knows them."""

from typing import Protocol

from bot.domain.ids import StaffId
from bot.domain.staff import StaffMember


class Directory(Protocol):
    """Who people are, as Slack knows them."""

    async def member(self, staff_id: StaffId) -> StaffMember:
        """Return what is known of a person.

        Raises:
            DirectoryUnavailable: Slack cannot be asked and the person is not known.
            NotFound: Slack knows no such person.
        """
        ...
