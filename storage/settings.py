"""The settings of one workspace, and the roles of its staff."""

from collections.abc import Mapping

from sqlalchemy import BindParameter, bindparam, select

from bot.domain.errors import ChangedMeanwhile
from bot.domain.ids import StaffId
from bot.domain.settings import ADULT_AT, LEAST_RECORD_YEARS, ChosenSettings, Display, Plan
from bot.domain.staff_access import Holder, HolderKind, RoleEntry, RolesGiven
from bot.domain.staff_role import StaffRole
from storage.questions import Question, Questions
from storage.tables import practice_settings, staff_roles
from storage.workspace_connection import IN_WORKSPACE, AnySelect, WorkspaceConnection

_EXPECTED: BindParameter[int] = bindparam("expected_version")
_KIND: BindParameter[str] = bindparam("of_kind")
_HOLDER: BindParameter[str] = bindparam("of_holder")
_CHOOSE = practice_settings.update().where(
    practice_settings.c.workspace_id == IN_WORKSPACE, practice_settings.c.version == _EXPECTED
)
_OF_HOLDER = (
    staff_roles.c.workspace_id == IN_WORKSPACE,
    staff_roles.c.holder_kind == _KIND,
    staff_roles.c.holder_id == _HOLDER,
)
_TAKE = staff_roles.delete().where(*_OF_HOLDER)


def in_force_asked() -> Questions[tuple[ChosenSettings, RolesGiven]]:
    """Ask for the settings, and for everything that was said of anybody's roles."""
    settings = yield from _chosen_asked()
    return settings, (yield from _roles_asked())


def _chosen_asked() -> Questions[ChosenSettings]:
    rows = yield Question(_chosen, {}, {})
    return _settings(rows[0][0], version=rows[0][1]) if rows else ChosenSettings()


def _roles_asked() -> Questions[RolesGiven]:
    rows = yield Question(_roles, {}, {})
    return RolesGiven(
        tuple(
            RoleEntry(
                holder=Holder(kind=HolderKind(kind), id=holder_id),
                roles=frozenset(StaffRole(role) for role in roles),
            )
            for kind, holder_id, roles in rows
        )
    )


def _chosen() -> AnySelect:
    c = practice_settings.c
    return select(c.chosen, c.version).where(c.workspace_id == IN_WORKSPACE)


def _roles() -> AnySelect:
    c = staff_roles.c
    return (
        select(c.holder_kind, c.holder_id, c.roles)
        .where(c.workspace_id == IN_WORKSPACE)
        .order_by(c.holder_kind, c.holder_id)
    )


class SqlPracticeSettings:
    """`bot.services.ports.PracticeSettings` in SQL."""

    def __init__(self, connection: WorkspaceConnection) -> None:
        self._connection = connection

    async def chosen(self) -> ChosenSettings:
        """Return the settings; those of a workspace that never chose any have version 0."""
        return await self._connection.ask(_chosen_asked())

    async def choose(self, settings: ChosenSettings, *, expected_version: int) -> None:
        """Store the settings under `settings.version`; ChangedMeanwhile where the version has moved."""
        row = {"chosen": _document(settings), "version": settings.version}
        if expected_version == 0:
            stored = await self._connection.insert_unless_there(
                practice_settings, row, unique=(practice_settings.c.workspace_id,)
            )
        else:
            stored = (
                await self._connection.change(_CHOOSE.values(row), expected_version=expected_version) == 1
            )
        if not stored:
            raise ChangedMeanwhile

    async def roles(self) -> RolesGiven:
        """Return everything that was said of anybody's roles, by holder."""
        return await self._connection.ask(_roles_asked())

    async def give(self, entry: RoleEntry) -> None:
        """Store what is said of a holder, in the place of what was said before."""
        await self.take(entry.holder)
        roles = sorted(role.value for role in entry.roles)
        row = {"holder_kind": entry.holder.kind.value, "holder_id": entry.holder.id, "roles": roles}
        await self._connection.insert(staff_roles, row)

    async def take(self, holder: Holder) -> bool:
        """Say nothing of a holder any more, and return whether anything was said before."""
        taken = await self._connection.change(_TAKE, of_kind=holder.kind.value, of_holder=holder.id)
        return taken == 1


def _document(settings: ChosenSettings) -> dict[str, object]:
    return {
        "practice_name": settings.practice_name,
        "practice_phone": settings.practice_phone,
        "zone": settings.zone,
        "adult_at": settings.adult_at,
        "default_role": settings.default_role.value if settings.default_role else None,
        "responsible": list(settings.responsible),
        "display": settings.display.value,
        "names_in_windows": settings.names_in_windows,
        "summary_days": settings.summary_days,
        "plan": settings.plan.value,
        "record_years": settings.record_years,
    }


def _settings(document: Mapping[str, object], *, version: int) -> ChosenSettings:
    default = document.get("default_role")
    responsible = document.get("responsible")
    return ChosenSettings(
        practice_name=str(document.get("practice_name", "")),
        practice_phone=str(document.get("practice_phone", "")),
        zone=str(document["zone"]) if document.get("zone") else None,
        adult_at=int(str(document.get("adult_at", ADULT_AT))),
        default_role=StaffRole(str(default)) if default else None,
        responsible=tuple(StaffId(str(each)) for each in responsible)
        if isinstance(responsible, list)
        else (),
        display=Display(str(document.get("display", Display.NAMES))),
        names_in_windows=bool(document.get("names_in_windows", True)),
        summary_days=int(str(document.get("summary_days", 0))),
        plan=Plan(str(document.get("plan", Plan.NOT_ASKED))),
        record_years=int(str(document.get("record_years", LEAST_RECORD_YEARS))),
        version=version,
    )
