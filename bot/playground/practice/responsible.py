"""Who of the staff is responsible for some of the made-up clients, as an owner on their card."""

from collections.abc import Mapping

from bot.domain.errors import NotFound
from bot.domain.ids import StaffId
from bot.domain.staff import Actor, StaffMember
from bot.domain.staff_access import GroupId, StaffGroup
from bot.playground.practice.staff import OWNER, PEOPLE, THERAPIST
from bot.services.clients import Clients
from bot.services.owners import KeepingOwners

RESPONSIBLE: Mapping[str, tuple[str, ...]] = {
    "K-1005": (THERAPIST.id,),
    "K-1006": (THERAPIST.id,),
    "K-1008": (THERAPIST.id, OWNER.id),
    "K-1010": (OWNER.id,),
    "K-1032": (THERAPIST.id,),
}
"""By the practice's own id."""


class KnownStaff:
    """The directory of the made-up practice, before there is a Slack to ask."""

    async def member(self, staff_id: StaffId) -> StaffMember:
        """Return who somebody is."""
        for person in PEOPLE:
            if person.id == staff_id:
                return StaffMember(id=staff_id, name=person.real_name, team_ids=frozenset({person.team_id}))
        raise NotFound

    async def members_of(self, group_id: GroupId) -> frozenset[StaffId]:  # noqa: ARG002 - asked of any directory
        """Return nobody: nothing that is made up is about a group."""
        return frozenset()

    async def groups(self) -> tuple[StaffGroup, ...]:
        """Return none, for the same reason."""
        return ()

    def forget(self, staff_id: StaffId) -> None:
        """Do nothing: nobody changes."""

    def forget_group(self, group_id: GroupId) -> None:
        """Do nothing: no group changes."""


async def name_responsible(*, owners: KeepingOwners, clients: Clients, actor: Actor) -> None:
    """Say who is responsible, for whoever of those clients is there."""
    for own_id, staff in RESPONSIBLE.items():
        for client in await clients.exact(actor, own_id):
            await owners.change(actor, client.id, tuple(map(StaffId, staff)), expected_version=client.version)
