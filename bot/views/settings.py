"""The settings as an admin sees them: the practice, what is shown, and who may do what."""

from collections.abc import Iterable

from bot.domain.phone import Phone
from bot.domain.settings import ChosenSettings
from bot.domain.staff_access import Holder, HolderKind, RoleEntry
from bot.domain.staff_role import StaffRole
from bot.services.settings_names import SettingsSeen
from bot.views.blocks import Choice, Json, actions, button, context, divider, modal, overflow, section
from bot.views.ids import ActionId, HolderMenu, ViewId
from bot.views.metadata import Metadata
from bot.views.rich_text import heading, listing
from bot.views.sentences import say
from bot.views.wording import phones_text
from bot.views.zone_field import zone_text

MOST_HOLDERS = 60
"""Rows of people and groups; more are counted, and changed by choosing them. A modal holds 100 blocks."""


def settings_view(seen: SettingsSeen, *, done: str = "") -> Json:
    """Return the settings.

    Args:
        seen: what is stored, with names.
        done: a line that says what was just done.
    """
    settings = seen.standing.settings
    blocks: list[Json] = [context(f"✓ {done}")] if done else []
    blocks += [
        heading(say("settings.practice")),
        listing(_practice_rows(seen)),
        _change(ActionId.SETTINGS_PRACTICE_OPEN),
        divider(),
        heading(say("settings.shown")),
        listing([("", line) for line in _shown_lines(settings)]),
        _change(ActionId.SETTINGS_DISPLAY_OPEN),
        divider(),
        *_roles(seen),
        context(say("settings.history_hint")),
    ]
    return modal(
        callback_id=ViewId.SETTINGS,
        title=say("settings.title"),
        close=say("button.close"),
        blocks=blocks,
        metadata=Metadata(version=settings.version).encode(),
    )


def roles_text(roles: Iterable[StaffRole]) -> str:
    """Return the roles in words, in the order in which they are offered."""
    given = set(roles)
    named = [say(f"staff_role.{role}") for role in StaffRole if role in given]
    return ", ".join(named) or say("staff_role.none")


def _change(action_id: ActionId) -> Json:
    return actions(button(say("settings.change"), action_id))


def _practice_rows(seen: SettingsSeen) -> list[tuple[str, str]]:
    settings = seen.standing.settings
    none = say("settings.none")
    phones = (Phone(number=settings.practice_phone),) if settings.practice_phone else ()
    responsible = ", ".join(seen.name_of(staff_id) for staff_id in settings.responsible)
    rows = (
        ("settings.practice_name", settings.practice_name or none),
        ("settings.practice_phone", phones_text(phones) or none),
        ("settings.zone", zone_text(settings.zone)),
        ("settings.adult_at", say("settings.adult_at_years", years=settings.adult_at)),
        ("settings.responsible", responsible or none),
        ("settings.record_years", say("settings.adult_at_years", years=settings.record_years)),
    )
    return [(say(label), f": {value}") for label, value in rows]


def _shown_lines(settings: ChosenSettings) -> list[str]:
    days = settings.summary_days
    lines = [say(f"settings.plan_{settings.plan}"), say(f"settings.display_{settings.display}")]
    lines.append(say("settings.windows_yes" if settings.names_in_windows else "settings.windows_no"))
    kept = say("settings.summary_deleted", days=days) if days else say("settings.summary_kept")
    return [*lines, kept]


def _roles(seen: SettingsSeen) -> list[Json]:
    entries = sorted(
        seen.standing.roles.entries,
        key=lambda entry: (entry.holder.kind is HolderKind.GROUP, seen.name_of(entry.holder.id).casefold()),
    )
    default = seen.standing.settings.default_role
    everybody = f"{say('settings.everybody_else')}\n{roles_text([default] if default else [])}"
    blocks = [
        heading(say("settings.roles")),
        actions(
            button(say("settings.add_person"), ActionId.SETTINGS_PERSON_OPEN),
            button(say("settings.add_group"), ActionId.SETTINGS_GROUP_OPEN),
        ),
        *(_holder_row(seen, entry) for entry in entries[:MOST_HOLDERS]),
    ]
    more = len(entries) - MOST_HOLDERS
    blocks += [context(say("list.more", count=more))] if more > 0 else []
    change = button(say("settings.change"), ActionId.SETTINGS_DEFAULT_ROLE_OPEN)
    return [*blocks, section(everybody, accessory=change), context(say("settings.everybody_else_about"))]


def _holder_row(seen: SettingsSeen, entry: RoleEntry) -> Json:
    menu = [
        Choice(text=say("settings.menu_change"), value=HolderMenu.CHANGE),
        Choice(text=say("settings.menu_take"), value=HolderMenu.TAKE),
    ]
    return section(
        f"{holder_name(seen, entry.holder)}\n{roles_text(entry.roles)}",
        accessory=overflow(ActionId.HOLDER_MENU, menu),
        block_id=f"holder:{entry.holder.kind}:{entry.holder.id}",
    )


def holder_name(seen: SettingsSeen, holder: Holder) -> str:
    """Return what a person or group is called, groups marked as such."""
    name = seen.name_of(holder.id)
    return say("settings.group_mark", name=name) if holder.kind is HolderKind.GROUP else name
