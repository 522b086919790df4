"""What was said of roles in a database, found out from outside of it and without changing it."""

from dataclasses import dataclass

from sqlalchemy import select

from bot.domain.ids import WorkspaceId
from bot.domain.settings import Plan
from bot.domain.staff_role import StaffRole
from storage.address import DatabaseAddress
from storage.engine import open_engine
from storage.errors import failures_sorted
from storage.patience import PATIENCE
from storage.tables import practice_settings, staff_roles, workspaces


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesStanding:
    """Of one workspace: whether the first start was gone through, and who looks after privacy.

    Attributes:
        workspace_id: which.
        has_begun: whether the questions of the first start are answered.
        officers: the people and groups who are privacy officer.
    """

    workspace_id: WorkspaceId
    has_begun: bool
    officers: int


async def roles_in(address: DatabaseAddress) -> tuple[RolesStanding, ...]:
    """Return how each workspace stands; the database must have the tables of this version.

    Raises:
        StorageUnavailable: it is locked, hung or gone.
    """
    with failures_sorted():
        engine = open_engine(address, PATIENCE)
        try:
            async with engine.connect() as connection:
                known = (await connection.execute(select(workspaces.c.workspace_id))).scalars().all()
                chosen = select(practice_settings.c.workspace_id, practice_settings.c.chosen)
                plans = {row[0]: row[1].get("plan") for row in await connection.execute(chosen)}
                given = select(staff_roles.c.workspace_id, staff_roles.c.roles)
                officers = [
                    row[0]
                    for row in await connection.execute(given)
                    if StaffRole.PRIVACY_OFFICER.value in row[1]
                ]
        finally:
            await engine.dispose()
    return tuple(
        RolesStanding(
            workspace_id=WorkspaceId(each),
            has_begun=plans.get(each, Plan.NOT_ASKED.value) != Plan.NOT_ASKED.value,
            officers=officers.count(each),
        )
        for each in sorted(known)
    )
