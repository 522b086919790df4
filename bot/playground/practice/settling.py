"""The settings of the made-up practice: who it is, what Slack may hold, and who has which role."""

from bot.domain.ids import StaffId
from bot.domain.settings import ADULT_AT, Display
from bot.domain.staff import Actor
from bot.domain.staff_access import Holder, HolderKind
from bot.domain.staff_role import Roles, StaffRole
from bot.playground.practice.staff import ANA, OFFICER, OWNER, TRAINEES
from bot.services.settings import DisplayGiven, PracticeGiven, SettingsDesk

NAME = "Elm Street Family Practice"
PHONE = "(212) 555-0142"

ROLES: tuple[tuple[Holder, Roles], ...] = (
    (
        Holder(kind=HolderKind.PERSON, id=OWNER.id),
        frozenset({StaffRole.ADMIN, StaffRole.EDITOR}),
    ),
    (Holder(kind=HolderKind.PERSON, id=OFFICER.id), frozenset({StaffRole.PRIVACY_OFFICER})),
    (Holder(kind=HolderKind.GROUP, id=TRAINEES.id), frozenset({StaffRole.VIEWER})),
)
"""Everybody else is an editor."""


async def settle(settings: SettingsDesk, actor: Actor) -> None:
    """Choose the settings, as an admin would have done on the first day."""
    shown = DisplayGiven(covered=True, display=Display.NAMES, names_in_windows=True, summary_days="")
    chosen = await settings.change_display(actor, shown, expected_version=0)
    practice = PracticeGiven(
        practice_name=NAME,
        practice_phone=PHONE,
        zone="",
        adult_at=str(ADULT_AT),
        responsible=(StaffId(ANA.id), StaffId(OWNER.id)),
    )
    await settings.change_practice(actor, practice, expected_version=chosen.version)
    for holder, roles in ROLES:
        await settings.give_roles(actor, holder, roles)
