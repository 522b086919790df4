"""Who may act: full members of the workspace, asked anew at each interaction (P2, P7)."""

from dataclasses import replace

from bot.domain.errors import NotAllowed
from bot.domain.staff import Actor
from bot.domain.staff_role import StaffRole, rights_of
from bot.services.ports import Directory


class Staff:
    """Admits people to the bot, or refuses them."""

    def __init__(self, *, directory: Directory) -> None:
        self._directory = directory

    async def admit(self, actor: Actor, *, claimed_team: str | None = None) -> Actor:
        """Return the actor with the name that the directory knows.

        Args:
            actor: who the payload says is acting.
            claimed_team: the team the payload says they belong to, where it says so. People of another
                workspace can click and submit in a shared channel; an org's id ("E...") says nothing.

        Raises:
            NotAllowed: for guests, outsiders, bots and deactivated people.
            DirectoryUnavailable: when nobody can say who they are; the answer is no.
            NotFound: when Slack knows no such person.
        """
        member = await self._directory.member(actor.staff_id)
        foreign = (
            claimed_team is not None and claimed_team.startswith("T") and claimed_team not in member.team_ids
        )
        if foreign or not member.is_full_member_of(actor.workspace_id):
            raise NotAllowed
        return replace(actor, name=member.name, rights=rights_of(member.roles_by_default(StaffRole.EDITOR)))
