"""What is in force in a practice at this moment: its settings, and who has which role."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfoNotFoundError

from bot.domain.ids import WorkspaceId
from bot.domain.practice_zone import PracticeZone
from bot.domain.settings import ADULT_AT, ChosenSettings
from bot.domain.staff_access import RolesGiven
from bot.services.ports import Clock, Storage, UnitOfWork

REMEMBERED = timedelta(seconds=5)
"""How long an answer counts: a change by another process. What this process changes counts at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Settings and roles as of one moment."""

    settings: ChosenSettings
    roles: RolesGiven


class InForce:
    """Reads the settings at most once in some seconds, since every interaction asks for them.

    Args:
        storage: the database.
        clock: the time.
        zone: follows the time zone that was chosen last.
    """

    def __init__(self, *, storage: Storage, clock: Clock, zone: PracticeZone | None = None) -> None:
        self._storage = storage
        self._clock = clock
        self._zone = zone
        self._known: dict[WorkspaceId, tuple[datetime, Standing]] = {}
        self.adult_at = ADULT_AT
        """The age of majority that was read last: with it, whoever was just admitted is shown forms."""

    async def read(self, workspace_id: WorkspaceId) -> Standing:
        """Return what is in force.

        Raises:
            StorageUnavailable: the database is locked, hung or gone.
        """
        now = self._clock.now()
        known = self._known.get(workspace_id)
        if known is not None and timedelta(0) <= now - known[0] < REMEMBERED:
            return known[1]
        settings, roles = await self._storage.finding.in_force(workspace_id)
        standing = Standing(settings=settings, roles=roles)
        self._known[workspace_id] = (now, standing)
        self.adult_at = standing.settings.adult_at
        self._follow_zone(standing.settings)
        return standing

    def forget(self, workspace_id: WorkspaceId) -> None:
        """Read anew the next time: something was changed."""
        self._known.pop(workspace_id, None)

    def _follow_zone(self, settings: ChosenSettings) -> None:
        if self._zone is None:
            return
        try:
            self._zone.follow(settings.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            # It was chosen on a machine that knew it: here the environment's stands in.
            self._zone.follow(None)


async def standing_of(unit: UnitOfWork) -> Standing:
    """Return what is in force as one unit sees it."""
    return Standing(settings=await unit.settings.chosen(), roles=await unit.settings.roles())
