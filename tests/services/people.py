"""A directory of a few people and one group, as Slack would tell of them."""

from dataclasses import dataclass, field

from bot.domain.errors import DirectoryUnavailable, NotFound
from bot.domain.ids import StaffId
from bot.domain.staff import StaffMember
from bot.domain.staff_access import GroupId, StaffGroup
from tests.databases import WORKSPACE

THERAPISTS = GroupId("S0THERAPISTS")


@dataclass(slots=True)
class People:
    """A directory of a few people and one group."""

    members: dict[StaffId, StaffMember] = field(default_factory=dict)
    therapists: frozenset[StaffId] = frozenset()
    answers: bool = True

    async def member(self, staff_id: StaffId) -> StaffMember:
        """Return a person."""
        self._ask()
        if staff_id not in self.members:
            raise NotFound
        return self.members[staff_id]

    async def members_of(self, group_id: GroupId) -> frozenset[StaffId]:
        """Return the therapists."""
        self._ask()
        return self.therapists if group_id == THERAPISTS else frozenset()

    async def groups(self) -> tuple[StaffGroup, ...]:
        """Return the one group."""
        self._ask()
        return (StaffGroup(id=THERAPISTS, name="Therapists", handle="therapists"),)

    def forget(self, staff_id: StaffId) -> None:
        """Nothing is remembered here."""

    def forget_group(self, group_id: GroupId) -> None:
        """Nothing is remembered here."""

    def _ask(self) -> None:
        if not self.answers:
            raise DirectoryUnavailable


def member(
    staff_id: StaffId,
    *,
    is_guest: bool = False,
    is_deactivated: bool = False,
    is_workspace_admin: bool = False,
    zone: str = "",
) -> StaffMember:
    """Return a person as Slack tells of them."""
    return StaffMember(
        id=staff_id,
        name=str(staff_id),
        team_ids=frozenset({WORKSPACE}),
        is_guest=is_guest,
        is_deactivated=is_deactivated,
        is_workspace_admin=is_workspace_admin,
        zone=zone,
    )
