"""Reading what happened on a client's account (R52)."""

from bot.domain.errors import NotFound
from bot.domain.history import HistoryEntry
from bot.domain.ids import ClientId
from bot.domain.staff import Actor
from bot.services.ports import Storage


class HistoryReader:
    """The record of changes, for those who may see the client."""

    def __init__(self, *, storage: Storage) -> None:
        self._storage = storage

    async def of_client(
        self, actor: Actor, client_id: ClientId, *, limit: int, before: int | None = None
    ) -> tuple[HistoryEntry, ...]:
        """Return the entries about a client's account, newest first.

        Args:
            actor: who reads.
            client_id: whose account.
            limit: how many entries at most.
            before: only entries below this number: the last one of the page before.

        Raises:
            NotFound: there is no such client in this workspace.
        """
        async with self._storage.reading(actor.workspace_id) as unit:
            if await unit.clients.get(client_id) is None:
                raise NotFound
            return await unit.history.of_client(client_id, limit=limit, before=before)
