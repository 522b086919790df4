"""Keeping what became of mails, those of several connections in one transaction.

Whoever asks while an answer is on its way waits for the next one, together with all others who do: no mail
waits for more company than there is.
"""

import asyncio
from collections.abc import Sequence

from bot.domain.errors import StorageUnavailable
from bot.domain.ids import WorkspaceId
from bot.services.outbox import Decided, Outbox, Tried

_TRIES_TO_KEEP = (0.1, 1.0, 5.0, 15.0, 30.0)
"""Seconds between tries."""

_Asked = tuple[Tried | None, asyncio.Future[bool]]


class ResultKeeping:
    """For the mails of one decision."""

    def __init__(self, *, outbox: Outbox, workspace_id: WorkspaceId, worker: str, decided: Decided) -> None:
        self._outbox = outbox
        self._workspace_id = workspace_id
        self._worker = worker
        self._decided = decided
        self._asked: list[_Asked] = []
        self._answering: asyncio.Task[None] | None = None

    async def keep(self, tried: Tried | None) -> bool:
        """Keep what became of a mail, if one is given, and say whether what was decided holds.

        Raises:
            StorageUnavailable: the database cannot be reached, however often it was tried.
        """
        answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._asked.append((tried, answer))
        if self._answering is None or self._answering.done():
            self._answering = asyncio.create_task(self._answer_all())
        return await answer

    async def finish(self) -> None:
        """Wait until everything is answered that was asked."""
        if self._answering is not None:
            await self._answering

    async def _answer_all(self) -> None:
        while self._asked:
            asked, self._asked = self._asked, []
            try:
                holds = await self._keep([tried for tried, _ in asked if tried is not None])
            except Exception as error:  # noqa: BLE001 - raised where it was asked for
                for _, answer in asked:
                    if not answer.done():
                        answer.set_exception(error)
            else:
                for _, answer in asked:
                    if not answer.done():
                        answer.set_result(holds)

    async def _keep(self, tried: Sequence[Tried]) -> bool:
        """Keep results, and try hard: what is not kept is sent again."""
        for wait in (*_TRIES_TO_KEEP, None):
            try:
                return await self._outbox.settle(
                    self._workspace_id, self._worker, tried, decided=self._decided
                )
            except StorageUnavailable:
                if wait is None:
                    raise
                await asyncio.sleep(wait)
        return False
