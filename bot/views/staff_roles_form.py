"""The form in which a person or a user group is given roles."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.staff_access import Holder, HolderKind, StaffGroup
from bot.domain.staff_role import Roles, StaffRole
from bot.views.blocks import Choice, Input, Json, modal
from bot.views.form_state import FormState, member_of
from bot.views.ids import ActionId, BlockId, ViewId
from bot.views.metadata import Metadata, opaque_id
from bot.views.people_fields import person_field
from bot.views.sentences import say


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRolesInput:
    """Who was chosen, where the form asks for it, and what was ticked."""

    holder_id: str | None
    roles: Roles


def staff_roles_form(
    kind: HolderKind,
    *,
    version: int,
    holder: Holder | None = None,
    name: str = "",
    roles: Roles = frozenset(),
) -> Json:
    """Return the form.

    Args:
        kind: a person, or a group.
        version: of the settings, when it is opened.
        holder: whose roles are changed; None asks who it is.
        name: what they are called.
        roles: what they have.
    """
    blocks = [_who(kind)] if holder is None else []
    label = say("settings.staff_roles", name=name) if holder else say("settings.staff_roles_new")
    field = Input(
        block_id=BlockId.STAFF_ROLES,
        action_id=ActionId.INPUT,
        label=label,
        hint=say("settings.staff_roles_hint"),
        optional=True,
    )
    choices = [
        Choice(text=say(f"staff_role.{role}"), value=role, description=say(f"staff_role.{role}_about"))
        for role in StaffRole
    ]
    return modal(
        callback_id=ViewId.SETTINGS_ROLES,
        title=say("settings.person_title" if kind is HolderKind.PERSON else "settings.group_title"),
        submit=say("button.save"),
        close=say("button.cancel"),
        blocks=[*blocks, field.checkboxes(choices, tuple(roles))],
        metadata=Metadata(
            version=version, holder_kind=kind, holder_id=holder.id if holder else None
        ).encode(),
    )


def _who(kind: HolderKind) -> Json:
    if kind is HolderKind.PERSON:
        field = Input(block_id=BlockId.PERSON, action_id=ActionId.INPUT, label=say("settings.person"))
        return person_field(field)
    field = Input(
        block_id=BlockId.GROUP,
        action_id=ActionId.GROUP_SEARCH,
        label=say("settings.group"),
        hint=say("settings.group_hint"),
    )
    return field.type_ahead(placeholder=say("picker.group"))


def read_staff_roles(state: FormState, kind: HolderKind) -> StaffRolesInput:
    """Return what was chosen.

    Raises:
        UnreadableMetadataError: what stands for the group is no id.
    """
    group = state.chosen(BlockId.GROUP)
    chosen = state.user(BlockId.PERSON) if kind is HolderKind.PERSON else group and opaque_id(group)
    ticked = (member_of(StaffRole, value) for value in state.ticked(BlockId.STAFF_ROLES))
    return StaffRolesInput(
        holder_id=chosen or None, roles=frozenset(role for role in ticked if role is not None)
    )


def group_suggestions(groups: Sequence[StaffGroup]) -> Json:
    """Return the answer to typing ahead: groups by name, the handle on the second line."""
    return {
        "options": [
            Choice(
                text=group.name, value=group.id, description=f"@{group.handle}" if group.handle else ""
            ).as_option()
            for group in groups
        ]
    }
