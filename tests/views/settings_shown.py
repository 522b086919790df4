"""Settings of every kind, for what their views can look like."""

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.ids import StaffId
from bot.domain.settings import ChosenSettings, Display, Plan, Sight
from bot.domain.staff import Reader, Shown
from bot.domain.staff_access import GroupId, Holder, HolderKind, RoleEntry, RolesGiven, StaffGroup
from bot.domain.staff_role import NO_RIGHT, RIGHTS_OF_ROLE, StaffRole
from bot.services.in_force import Standing
from bot.services.settings_names import SettingsSeen
from bot.views.blocks import Json
from bot.views.home import home
from bot.views.settings import MOST_HOLDERS, settings_view
from bot.views.settings_forms import MOST_RESPONSIBLE, default_role_form, display_form, practice_form
from bot.views.setup_form import setup_form
from bot.views.staff_roles_form import staff_roles_form

CHOSEN = ChosenSettings(
    practice_name="N" * 100,
    practice_phone="+12125550100",
    zone="America/Argentina/ComodRivadavia",
    responsible=tuple(StaffId(f"U{number}") for number in range(MOST_RESPONSIBLE)),
    summary_days=30,
    plan=Plan.CONFIRMED,
    version=7,
)
EVERY_ROLE = frozenset(StaffRole)
GROUPS = (
    StaffGroup(id=GroupId("S1"), name="G" * 200, handle="h" * 200),
    StaffGroup(id=GroupId("S2"), name="Therapists", handle=""),
)
READERS = (*(Reader(rights=rights) for rights in RIGHTS_OF_ROLE.values()), Reader(rights=NO_RIGHT))


def entries(count: int) -> RolesGiven:
    """Return what is said of so many people, and of a group."""
    person = [
        RoleEntry(holder=Holder(kind=HolderKind.PERSON, id=f"U{number}"), roles=EVERY_ROLE)
        for number in range(count)
    ]
    return RolesGiven((RoleEntry(holder=Holder(kind=HolderKind.GROUP, id="S1"), roles=frozenset()), *person))


def settings_surfaces() -> Iterator[tuple[str, Json]]:
    """Yield every modal of the settings."""
    variants = (
        ChosenSettings(),
        CHOSEN,
        replace(CHOSEN, plan=Plan.NOT_COVERED, default_role=None, names_in_windows=False),
        replace(CHOSEN, display=Display.INITIALS, default_role=StaffRole.VIEWER),
    )
    for number, chosen in enumerate(variants):
        for count in (0, MOST_HOLDERS + 3):
            names = {f"U{each}": "Joan Mercer" * 10 for each in range(count)}
            seen = SettingsSeen(standing=Standing(settings=chosen, roles=entries(count)), names=names)
            yield f"settings {number} {count}", settings_view(seen, done="Saved.")
        yield f"practice {number}", practice_form(chosen)
        yield f"display {number}", display_form(chosen)
        yield f"default role {number}", default_role_form(chosen)
    for kind in HolderKind:
        yield f"roles {kind}", staff_roles_form(kind, version=7)
        holder = Holder(kind=kind, id="U1")
        yield (
            f"roles of {kind}",
            staff_roles_form(kind, version=7, holder=holder, name="J" * 3000, roles=EVERY_ROLE),
        )
    yield "setup", setup_form()


def homes() -> Iterator[tuple[str, Json]]:
    """Yield Home as each role has it, set up and not."""
    for number, reader in enumerate(READERS):
        for is_set_up in (True, False):
            yield f"home {number} {is_set_up}", home(reader.rights, Shown(is_set_up=is_set_up))
        yield f"home by initials {number}", home(reader.rights, Shown(in_windows=Sight.INITIALS_ONLY))
