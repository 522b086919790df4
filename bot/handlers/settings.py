"""`/family settings`: the practice, what is shown, who may do what; and the first start."""

from collections.abc import Awaitable
from dataclasses import replace

from bot.domain.errors import ChangedMeanwhile, Field, InvalidInput, LastAdmin, NotAllowed, Problem
from bot.domain.ids import StaffId
from bot.domain.settings import ChosenSettings, Plan
from bot.domain.staff import Actor
from bot.domain.staff_access import Holder, HolderKind
from bot.domain.staff_role import Right
from bot.handlers.interaction import Interaction, Kind, ViewSeen
from bot.handlers.reply import OpenModal, PublishHome, Reply, Suggest
from bot.handlers.seen import metadata_of
from bot.handlers.showing import back_to_root, in_place, opened
from bot.services.rights import refuse_without
from bot.services.services import Services
from bot.services.settings_names import SettingsSeen
from bot.views.blocks import button
from bot.views.form_state import member_of
from bot.views.home import home
from bot.views.ids import ActionId, HolderMenu
from bot.views.metadata import UnreadableMetadataError, opaque_id
from bot.views.notice import notice
from bot.views.sentences import say
from bot.views.settings import holder_name, settings_view
from bot.views.settings_forms import (
    default_role_form,
    display_form,
    practice_form,
    read_default_role,
    read_display,
    read_practice,
)
from bot.views.setup_form import read_setup, setup_form
from bot.views.staff_roles_form import group_suggestions, read_staff_roles, staff_roles_form
from bot.views.zone_field import zone_suggestions


def asks_first(interaction: Interaction) -> bool:
    """Say whether this person is asked the questions of the first start before anything else (P1)."""
    actor = interaction.actor
    return not actor.shown.is_set_up and actor.may(Right.CHANGE_SETTINGS)


async def open_setup(interaction: Interaction, _services: Services) -> Reply:
    """Show the questions of the first start."""
    refuse_without(Right.CHANGE_SETTINGS, interaction.actor)
    return opened(interaction, setup_form())


async def submit_setup(interaction: Interaction, services: Services, seen: ViewSeen) -> Reply:
    """Save the answers."""
    given = read_setup(seen.state)
    if given.plan in (None, Plan.NOT_ASKED):
        raise InvalidInput(Problem(field=Field.PLAN, key="setup.plan_needed"))
    try:
        await services.settings.begin(
            interaction.actor,
            officer=StaffId(given.officer) if given.officer else None,
            covered=given.plan is Plan.CONFIRMED,
        )
    except ChangedMeanwhile:
        return in_place(interaction, notice(say("setup.already")))
    # What they may do from now on is found anew, so that Home offers it at once.
    actor = await services.staff.admit(interaction.actor)
    published = PublishHome(home(actor.rights, actor.shown))
    view = notice(say("setup.done"))
    if not actor.may(Right.SEE_CLIENTS):
        about = f"{say('setup.done')} {say('setup.done_admin')}"
        view = notice(about, button(say("home.settings"), ActionId.SETTINGS_OPEN))
    return replace(in_place(interaction, view, published), carried_out=True)


async def open_settings(interaction: Interaction, services: Services) -> Reply:
    """Show the settings; before the first start its questions, of which they are made."""
    if asks_first(interaction):
        return opened(interaction, setup_form())
    view = settings_view(await services.settings.look(interaction.actor))
    if interaction.kind is Kind.COMMAND:
        return Reply(calls=(OpenModal(view),))
    return opened(interaction, view)


async def open_practice(interaction: Interaction, services: Services) -> Reply:
    """Show the form of the practice."""
    return opened(interaction, practice_form((await _seen(interaction, services)).standing.settings))


async def open_display(interaction: Interaction, services: Services) -> Reply:
    """Show the form of what is shown."""
    return opened(interaction, display_form((await _seen(interaction, services)).standing.settings))


async def open_default_role(interaction: Interaction, services: Services) -> Reply:
    """Show the form of the role of everybody else."""
    return opened(interaction, default_role_form((await _seen(interaction, services)).standing.settings))


async def open_person_roles(interaction: Interaction, services: Services) -> Reply:
    """Show the form in which a person is given roles."""
    version = (await _seen(interaction, services)).standing.settings.version
    return opened(interaction, staff_roles_form(HolderKind.PERSON, version=version))


async def open_group_roles(interaction: Interaction, services: Services) -> Reply:
    """Show the form in which a group is given roles."""
    version = (await _seen(interaction, services)).standing.settings.version
    return opened(interaction, staff_roles_form(HolderKind.GROUP, version=version))


async def holder_menu(interaction: Interaction, services: Services) -> Reply:
    """Change the roles of the person or group of a row, or say nothing of them any more."""
    holder = _holder_of_row(interaction)
    chosen = member_of(HolderMenu, interaction.action.value if interaction.action else None)
    if chosen is None:
        raise UnreadableMetadataError("not on the menu")
    if chosen is HolderMenu.TAKE:
        taking = services.settings.take_roles(
            interaction.actor, holder, expected_version=metadata_of(interaction).version
        )
        return await _saved(interaction, services, taking)
    seen = await _seen(interaction, services)
    entry = seen.standing.roles.of(holder)
    return opened(
        interaction,
        staff_roles_form(
            holder.kind,
            version=seen.standing.settings.version,
            holder=holder,
            name=holder_name(seen, holder),
            roles=entry.roles if entry else frozenset(),
        ),
    )


async def submit_practice(interaction: Interaction, services: Services, seen: ViewSeen) -> Reply:
    """Save who the practice is."""
    saving = services.settings.change_practice(
        interaction.actor, read_practice(seen.state), expected_version=metadata_of(interaction).version
    )
    return await _saved(interaction, services, saving)


async def submit_display(interaction: Interaction, services: Services, seen: ViewSeen) -> Reply:
    """Save what is shown."""
    saving = services.settings.change_display(
        interaction.actor, read_display(seen.state), expected_version=metadata_of(interaction).version
    )
    return await _saved(interaction, services, saving)


async def submit_default_role(interaction: Interaction, services: Services, seen: ViewSeen) -> Reply:
    """Save the role of everybody else."""
    saving = services.settings.change_default_role(
        interaction.actor, read_default_role(seen.state), expected_version=metadata_of(interaction).version
    )
    return await _saved(interaction, services, saving)


async def submit_staff_roles(interaction: Interaction, services: Services, seen: ViewSeen) -> Reply:
    """Save the roles of a person or a group."""
    metadata = metadata_of(interaction)
    if metadata.holder_kind is None:
        raise UnreadableMetadataError("neither a person nor a group")
    given = read_staff_roles(seen.state, metadata.holder_kind)
    holder_id = metadata.holder_id or given.holder_id
    if holder_id is None:
        key = "staff.needed" if metadata.holder_kind is HolderKind.PERSON else "group.needed"
        raise InvalidInput(Problem(field=Field.HOLDER, key=key))
    saving = services.settings.give_roles(
        interaction.actor,
        Holder(kind=metadata.holder_kind, id=holder_id),
        given.roles,
        expected_version=metadata.version,
    )
    try:
        return await _saved(interaction, services, saving)
    except LastAdmin as error:
        raise InvalidInput(Problem(field=Field.STAFF_ROLES, key=error.key)) from error


async def suggest_groups(interaction: Interaction, services: Services) -> Reply:
    """Answer typing ahead of a group."""
    found = await services.settings.groups(interaction.actor, interaction.text)
    return Reply(ack=Suggest(group_suggestions(found)))


async def suggest_zones(interaction: Interaction, services: Services) -> Reply:
    """Answer typing ahead of a time zone."""
    found = await services.settings.zones(interaction.actor, interaction.text)
    return Reply(ack=Suggest(zone_suggestions(found, typed=interaction.text)))


async def _saved(interaction: Interaction, services: Services, saving: Awaitable[ChosenSettings]) -> Reply:
    await saving
    # Whoever has just taken their own role away sees no settings any more, and is told that it is saved.
    actor = await _as_of_now(interaction, services)
    if actor is None or not actor.may(Right.CHANGE_SETTINGS):
        return replace(in_place(interaction, notice(say("settings.saved"))), carried_out=True)
    view = settings_view(await services.settings.look(actor), done=say("settings.saved"))
    return replace(back_to_root(interaction, view, done=say("settings.saved")), carried_out=True)


async def _as_of_now(interaction: Interaction, services: Services) -> Actor | None:
    try:
        return await services.staff.admit(interaction.actor)
    except NotAllowed:
        return None


async def _seen(interaction: Interaction, services: Services) -> SettingsSeen:
    return await services.settings.look(interaction.actor)


def _holder_of_row(interaction: Interaction) -> Holder:
    block_id = interaction.action.block_id if interaction.action else ""
    _, _, rest = block_id.partition(":")
    kind, _, holder_id = rest.partition(":")
    known = member_of(HolderKind, kind)
    if known is None:
        raise UnreadableMetadataError("neither a person nor a group")
    return Holder(kind=known, id=opaque_id(holder_id))
