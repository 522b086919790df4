"""Which client is meant, by what a system or a command calls them."""

from bot.domain.client import Client
from bot.domain.errors import NotFound
from bot.domain.folding import tidy
from bot.domain.ids import ClientId
from bot.domain.staff import Actor
from bot.domain.staff_role import Right
from bot.services.ports import Storage
from bot.services.rights import needs


class ClientNaming:
    """Knows clients by the practice's own ids and by Kinward's, and by nothing that could mean two."""

    def __init__(self, *, storage: Storage) -> None:
        self._storage = storage

    @needs(Right.SEE_CLIENTS)
    async def named(self, actor: Actor, name: str) -> Client:
        """Return the client with this own id, or else with this id.

        Raises:
            NotFound: this workspace has no such client.
        """
        called = tidy(name)
        async with self._storage.reading(actor.workspace_id) as unit:
            client = await unit.clients.with_own_id(called) if called else None
            if client is None:
                client = await unit.clients.get(ClientId(called))
        if client is None:
            raise NotFound
        return client
