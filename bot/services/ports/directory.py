"""Who people are, as Slack knows them."""

from typing import Protocol

from bot.domain.ids import StaffId
from bot.domain.staff import StaffMember
from bot.domain.staff_access import GroupId, StaffGroup


class Directory(Protocol):
    """Who people are, as Slack knows them, and who is in which user group. Answers are remembered a while."""

    async def member(self, staff_id: StaffId) -> StaffMember:
        """Return what is known of a person.

        Raises:
            DirectoryUnavailable: Slack cannot be asked and the person is not known.
            NotFound: Slack knows no such person.
        """
        ...

    async def members_of(self, group_id: GroupId) -> frozenset[StaffId]:
        """Return who is in a user group; nobody is in one that is gone.

        Raises:
            DirectoryUnavailable: Slack cannot be asked and the group is not known.
        """
        ...

    async def groups(self) -> tuple[StaffGroup, ...]:
        """Return the user groups of the workspace, by name; none where its plan has none.

        Raises:
            DirectoryUnavailable: Slack cannot be asked.
        """
        ...

    def forget(self, staff_id: StaffId) -> None:
        """Ask anew about a person: something about them changed."""
        ...

    def forget_group(self, group_id: GroupId) -> None:
        """Ask anew about a group: somebody came or went."""
        ...
