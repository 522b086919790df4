"""Whom each member of staff has used lately: when they look for somebody, these come first."""

from collections.abc import Sequence

from bot.domain.ids import ClientId
from bot.domain.staff import Actor
from bot.domain.staff_role import Right
from bot.services.ports import Clock, Storage
from bot.services.rights import needs


class RecentClients:
    """Remembers a bounded number of clients of each person."""

    def __init__(self, *, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    @needs(Right.SEE_CLIENTS)
    async def use(self, actor: Actor, client_ids: Sequence[ClientId]) -> None:
        """Remember that somebody has opened or changed clients, the latest last.

        Raises:
            StorageUnavailable: the database is locked, hung or gone.
        """
        async with self._storage.writing(actor.workspace_id) as unit:
            await unit.clients.use(client_ids, by=actor.staff_id, at=self._clock.now())
