"""There is always somebody who can change the settings."""

from bot.domain.errors import LastAdmin, NotFound
from bot.domain.ids import StaffId
from bot.domain.settings import ChosenSettings
from bot.domain.staff import Actor
from bot.domain.staff_access import HolderKind, RolesGiven
from bot.domain.staff_role import StaffRole
from bot.services.ports import Directory
from bot.services.staff import present_roles


async def refuse_without_admin(
    directory: Directory | None, actor: Actor, after: RolesGiven, settings: ChosenSettings
) -> None:
    """Refuse what would leave nobody who can change the settings.

    Enough is one admin by name who is still a full member, or whoever makes the change, if they stay one.
    An owner of the workspace alone is not: they may never have opened Kinward.

    Args:
        directory: who people are; None where nobody can be asked, and a name has to do.
        actor: who makes the change.
        after: what would be said of everybody after it.
        settings: in force.

    Raises:
        LastAdmin: nobody would be left.
        DirectoryUnavailable: Slack cannot be asked.
    """
    named = [
        StaffId(entry.holder.id)
        for entry in after.entries
        if entry.holder.kind is HolderKind.PERSON and StaffRole.ADMIN in entry.roles
    ]
    if directory is None:
        if not named:
            raise LastAdmin
        return
    for staff_id in dict.fromkeys((*named, actor.staff_id)):
        try:
            member = await directory.member(staff_id)
        except NotFound:
            continue
        if not member.is_full_member_of(actor.workspace_id):
            continue
        if StaffRole.ADMIN in await present_roles(directory, after, member, settings):
            return
    raise LastAdmin
