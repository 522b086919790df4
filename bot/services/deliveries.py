"""What Slack delivers is taken up once, however often it comes and to however many processes."""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.domain.ids import WorkspaceId
from bot.services.ports import Clock, Storage

REMEMBERED = timedelta(days=2)
"""Slack repeats an event within six minutes, and with delayed events for a day."""

_FORGETTING = timedelta(hours=1)
"""How often what is too old is looked for."""


class Deliveries:
    """Knows what was taken up."""

    def __init__(self, *, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock
        self._forgot: datetime | None = None

    async def take_up(self, workspace_id: WorkspaceId, keys: Collection[str]) -> frozenset[str]:
        """Take deliveries up, and return those that nobody had taken up before.

        Args:
            workspace_id: whose they are.
            keys: what they are known by: the same for a delivery that is repeated, and for no other.

        Raises:
            StorageUnavailable: the database is locked, hung or gone.
        """
        now = self._clock.now()
        async with self._storage.writing(workspace_id) as unit:
            new = await unit.deliveries.take_up(keys, now)
            if self._forgot is None or now - self._forgot >= _FORGETTING:
                await unit.deliveries.forget(before=now - REMEMBERED)
                self._forgot = now
        return new
