"""Who may act: full members of the workspace with a role, asked anew at each interaction (P2, P7)."""

from dataclasses import replace

from bot.domain.errors import NoRole, NotAllowed, NotFound, StorageUnavailable
from bot.domain.ids import StaffId, WorkspaceId
from bot.domain.settings import ChosenSettings, Sight
from bot.domain.staff import Actor, Shown, StaffMember, Surface
from bot.domain.staff_access import GroupId, Holder, HolderKind, RolesGiven
from bot.domain.staff_role import NO_RIGHT, Right, Roles, rights_of
from bot.services.in_force import InForce
from bot.services.ports import Directory

NOT_BY_INITIALS = frozenset({Right.CHANGE_CLIENTS, Right.ENTER_BLOCK})
"""What needs forms with names and addresses in them, and so more than initials and ids (P1, P3)."""


class Staff:
    """Admits people to the bot with their rights, or refuses them."""

    def __init__(self, *, directory: Directory, in_force: InForce) -> None:
        self._directory = directory
        self._in_force = in_force

    async def admit(self, actor: Actor, *, claimed_team: str | None = None) -> Actor:
        """Return the actor with the name that the directory knows and the rights of their roles.

        Args:
            actor: who the payload says is acting.
            claimed_team: the team the payload says they belong to, where it says so. People of another
                workspace can click and submit in a shared channel; an org's id ("E...") says nothing.

        Raises:
            NotAllowed: for guests, outsiders, bots and deactivated people.
            NoRole: for a full member who was given no role.
            DirectoryUnavailable: when nobody can say who they are; the answer is no.
            NotFound: when Slack knows no such person.
        """
        member = await self._directory.member(actor.staff_id)
        foreign = (
            claimed_team is not None and claimed_team.startswith("T") and claimed_team not in member.team_ids
        )
        if foreign or not member.is_full_member_of(actor.workspace_id):
            raise NotAllowed(member.name)
        standing = await self._in_force.read(actor.workspace_id)
        settings = standing.settings
        roles = await present_roles(self._directory, standing.roles, member, settings)
        if not roles:
            raise NoRole(member.name)
        rights = rights_of(roles)
        withheld = rights & NOT_BY_INITIALS if settings.in_windows is Sight.INITIALS_ONLY else NO_RIGHT
        return replace(
            actor,
            name=member.name,
            rights=rights - withheld,
            withheld=withheld,
            shown=Shown(
                in_windows=settings.in_windows,
                in_messages=settings.in_messages,
                is_set_up=settings.has_begun,
            ),
        )

    async def sight_in_messages(self, workspace_id: WorkspaceId, staff_id: StaffId) -> Sight | None:
        """Return what of a client somebody may read who is told of one unasked; None where nothing at all.

        They were named once, and may have left since, become a guest, or lost their role (P2, P7).

        Raises:
            DirectoryUnavailable: nobody can say who they are.
        """
        actor = Actor(workspace_id=workspace_id, staff_id=staff_id, name="", surface=Surface.SLACK_MESSAGE)
        try:
            admitted = await self.admit(actor)
        except (NotAllowed, NotFound):
            return None
        except StorageUnavailable:
            # What they may see is not known: as little as ever.
            return Sight.INITIALS_ONLY
        # An admin may be responsible, and sees no clients for that.
        return admitted.shown.in_messages if admitted.may(Right.SEE_CLIENTS) else Sight.INITIALS_ONLY

    def forget(self, staff_id: StaffId) -> None:
        """Ask anew about a person at their next interaction: Slack says that something changed."""
        self._directory.forget(staff_id)

    def forget_group(self, group_id: GroupId) -> None:
        """Ask anew who is in a group: Slack says that somebody came or went."""
        self._directory.forget_group(group_id)


async def present_roles(
    directory: Directory, given: RolesGiven, member: StaffMember, settings: ChosenSettings
) -> Roles:
    """Return the roles of a full member; groups are asked about only where they decide.

    Raises:
        DirectoryUnavailable: Slack cannot say who is in a group.
    """
    groups = {}
    if given.of(Holder(kind=HolderKind.PERSON, id=member.id)) is None:
        groups = {group: frozenset(map(str, await directory.members_of(group))) for group in given.groups}
    return given.roles_of(member, groups=groups, default=settings.default_role)
