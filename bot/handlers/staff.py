"""Somebody's place in the workspace has changed: what was known of them counts no more."""

from bot.domain.ids import StaffId
from bot.domain.staff_access import GroupId, HolderKind
from bot.handlers.interaction import Interaction
from bot.handlers.reply import Reply
from bot.services.services import Services


async def forget_staff(interaction: Interaction, services: Services) -> Reply:
    """Have Slack asked anew about the person or group, at the next interaction that needs it."""
    changed = interaction.changed
    if changed is not None and changed.kind is HolderKind.PERSON:
        services.staff.forget(StaffId(changed.id))
    elif changed is not None:
        services.staff.forget_group(GroupId(changed.id))
    return Reply()
