"""The database that a state machine works on, in a loop of its own."""

import asyncio
from collections import Counter
from itertools import count

from bot.domain.history import Act
from bot.domain.ids import WorkspaceId
from storage.database import Database
from tests.services.practice import Practice


class Bench:
    """The database under test in a loop of its own, a practice next door, and what was done so far."""

    def __init__(self, runner: asyncio.Runner, database: Database) -> None:
        self.run = runner.run
        self.database = database
        self.done: Counter[Act] = Counter()
        self.repeated = 0
        self._workspaces = count(1)
        # The ids of both practices are the same, so that whatever reached next door would hit something.
        self.neighbour = self.fresh_practice()
        self.run(self._furnish())
        self.next_door = self.run(everything_of(self.neighbour))

    def fresh_practice(self) -> Practice:
        """Return an empty practice in a workspace of its own."""
        return self.run(self.new_practice())

    async def new_practice(self) -> Practice:
        """Make an empty practice in a workspace of its own."""
        workspace = WorkspaceId(f"T{next(self._workspaces)}")
        await self.database.ensure_workspace(workspace, "A practice")
        return Practice(self.database, workspace)

    async def _furnish(self) -> None:
        ana, ben = await self.neighbour.pair()
        await self.neighbour.link(ana, ben)
        for _ in range(3):
            await self.neighbour.contact(ana, emergency=True)


async def everything_of(practice: Practice) -> list[object]:
    """Return all that is known of the clients of a practice."""
    found = (await practice.clients.find(practice.dana, "", limit=50)).clients
    return [
        (await practice.relationships.family(practice.dana, client.id), await practice.history(client))
        for client in found
    ]
