"""A process that sends what is queued until it is killed: `python -m tests.adapters.sending_process`."""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence

from bot.adapters.ulids import new_ulid
from bot.domain.ids import WorkspaceId
from bot.services.outbox import Decided, Outbox, Tried
from tests.databases import opened
from tests.services.mail_practice import MailPractice


class MortalOutbox(Outbox):
    """Ends its process, without any warning, at one of the steps: before or after a transaction."""

    steps_left = 0

    def step(self) -> None:
        """Go on, or die."""
        self.steps_left -= 1
        if self.steps_left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    async def take(self, workspace_id: WorkspaceId, worker: str, *, limit: int) -> Decided:
        """Take mails, if it lives."""
        self.step()
        decided = await super().take(workspace_id, worker, limit=limit)
        self.step()
        return decided

    async def settle(
        self, workspace_id: WorkspaceId, worker: str, tried: Sequence[Tried], *, decided: Decided
    ) -> bool:
        """Keep what became of mails, if it lives."""
        self.step()
        holds = await super().settle(workspace_id, worker, tried, decided=decided)
        self.step()
        return holds


async def work(url: str, mail_server: str, connections: str, dies_at: str) -> None:
    """Send whatever is due, again and again."""
    async with opened(url) as database:
        practice = MailPractice(database)
        practice.outbox = outbox = MortalOutbox(storage=database, clock=practice.clock, new_id=new_ulid)
        outbox.steps_left = int(dies_at)
        worker = practice.worker(mail_server, connections=int(connections))
        worker.begin()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(work(*sys.argv[1:]))
