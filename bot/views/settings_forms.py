"""The forms behind the settings: the practice, what is shown, and the role of everybody else."""

from enum import StrEnum

from bot.domain.ids import StaffId
from bot.domain.settings import LEAST_RECORD_YEARS, ChosenSettings, Display, Plan
from bot.domain.staff_role import StaffRole
from bot.services.settings import DisplayGiven, PracticeGiven
from bot.services.settings_checks import (
    EARLIEST_ADULT,
    LATEST_ADULT,
    MAX_PRACTICE_NAME,
    MAX_PRACTICE_PHONE,
    MOST_RECORD_YEARS,
    MOST_SUMMARY_DAYS,
)
from bot.views.blocks import Choice, Input, Json, modal
from bot.views.form_state import FormState, member_of
from bot.views.ids import ActionId, BlockId, ViewId
from bot.views.metadata import Metadata
from bot.views.people_fields import people_field
from bot.views.sentences import say
from bot.views.setup_form import plan_field, read_plan
from bot.views.zone_field import read_zone, zone_field

MOST_RESPONSIBLE = 20


class Windows(StrEnum):
    """Whether windows and Home may hold names (P3)."""

    YES = "yes"
    NO = "no"


class DefaultRole(StrEnum):
    """What everybody else may be."""

    EDITOR = "editor"
    VIEWER = "viewer"
    NONE = "none"


def practice_form(settings: ChosenSettings) -> Json:
    """Return the form of the practice."""
    responsible = _field(BlockId.RESPONSIBLE, "responsible", optional=True)
    return _form(
        ViewId.SETTINGS_PRACTICE,
        "settings.practice_title",
        [
            _field(BlockId.PRACTICE_NAME, "practice_name", optional=True).text(
                settings.practice_name, most=MAX_PRACTICE_NAME
            ),
            _field(BlockId.PRACTICE_PHONE, "practice_phone", optional=True).text(
                settings.practice_phone, most=MAX_PRACTICE_PHONE
            ),
            zone_field(settings.zone),
            _field(BlockId.ADULT_AT, "adult_at").number(
                settings.adult_at, least=EARLIEST_ADULT, most=LATEST_ADULT
            ),
            people_field(responsible, settings.responsible, most=MOST_RESPONSIBLE),
            _field(BlockId.RECORD_YEARS, "record_years").number(
                settings.record_years, least=LEAST_RECORD_YEARS, most=MOST_RECORD_YEARS
            ),
        ],
        settings.version,
    )


def read_practice(state: FormState) -> PracticeGiven:
    """Return what was typed and chosen."""
    return PracticeGiven(
        practice_name=state.text(BlockId.PRACTICE_NAME),
        practice_phone=state.text(BlockId.PRACTICE_PHONE),
        zone=read_zone(state),
        adult_at=state.text(BlockId.ADULT_AT),
        responsible=tuple(map(StaffId, state.users(BlockId.RESPONSIBLE)[:MOST_RESPONSIBLE])),
        record_years=state.text(BlockId.RECORD_YEARS),
    )


def display_form(settings: ChosenSettings) -> Json:
    """Return the form of what is shown."""
    display = Input(block_id=BlockId.DISPLAY, action_id=ActionId.INPUT, label=say("settings.display"))
    windows = Input(block_id=BlockId.WINDOWS, action_id=ActionId.INPUT, label=say("settings.windows"))
    plan = settings.plan if settings.has_begun else None
    return _form(
        ViewId.SETTINGS_DISPLAY,
        "settings.shown_title",
        [
            plan_field("settings.plan", plan),
            display.radio(
                [
                    Choice(text=say(f"display.{each}"), value=each, description=say(f"display.{each}_about"))
                    for each in Display
                ],
                settings.display,
            ),
            windows.radio(
                [
                    Choice(text=say(f"windows.{each}"), value=each, description=say(f"windows.{each}_about"))
                    for each in Windows
                ],
                Windows.YES if settings.names_in_windows else Windows.NO,
            ),
            _field(BlockId.SUMMARY_DAYS, "summary_days").number(
                settings.summary_days, least=0, most=MOST_SUMMARY_DAYS
            ),
        ],
        settings.version,
    )


def read_display(state: FormState) -> DisplayGiven:
    """Return what was chosen; what was not chosen reads as the more careful one."""
    return DisplayGiven(
        covered=read_plan(state) is Plan.CONFIRMED,
        display=member_of(Display, state.chosen(BlockId.DISPLAY)) or Display.INITIALS,
        names_in_windows=state.chosen(BlockId.WINDOWS) == Windows.YES,
        summary_days=state.text(BlockId.SUMMARY_DAYS),
    )


def default_role_form(settings: ChosenSettings) -> Json:
    """Return the form of the role of everybody else."""
    field = Input(block_id=BlockId.DEFAULT_ROLE, action_id=ActionId.INPUT, label=say("settings.default_role"))
    choices = [
        *(
            Choice(text=say(f"staff_role.{role}"), value=role, description=say(f"staff_role.{role}_about"))
            for role in (StaffRole.EDITOR, StaffRole.VIEWER)
        ),
        Choice(text=say("staff_role.none"), value=DefaultRole.NONE),
    ]
    chosen = settings.default_role.value if settings.default_role else DefaultRole.NONE.value
    return _form(
        ViewId.SETTINGS_DEFAULT_ROLE,
        "settings.default_title",
        [field.radio(choices, chosen)],
        settings.version,
    )


def read_default_role(state: FormState) -> StaffRole | None:
    """Return the role; what was not chosen reads as none."""
    chosen = member_of(DefaultRole, state.chosen(BlockId.DEFAULT_ROLE))
    return None if chosen in (None, DefaultRole.NONE) else StaffRole(str(chosen))


def _field(block_id: BlockId, name: str, *, optional: bool = False) -> Input:
    return Input(
        block_id=block_id,
        action_id=ActionId.INPUT,
        label=say(f"settings.{name}"),
        hint=say(f"settings.{name}_hint"),
        optional=optional,
    )


def _form(view_id: ViewId, title: str, blocks: list[Json], version: int) -> Json:
    return modal(
        callback_id=view_id,
        title=say(title),
        submit=say("button.save"),
        close=say("button.cancel"),
        blocks=blocks,
        metadata=Metadata(version=version).encode(),
    )
