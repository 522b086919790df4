"""Keeping what became of mails, those of several connections in one transaction.

Whoever asks while an answer is on its way waits for the next one, together with all others who do: no mail
waits for more company than there is.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.errors import StorageUnavailable
from bot.domain.ids import WorkspaceId
from bot.services.outbox import Decided, Outbox, Tried

TRIES_TO_KEEP = (0.1, 1.0, 5.0, 15.0, 30.0)
"""Seconds between tries to keep what became of a mail."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a decision holds, as of a moment.

    Attributes:
        holds: whether it would be the same.
        asked: when the database was asked, by the clock that only goes forward.
    """

    holds: bool
    asked: float

    def is_younger_than(self, seconds: float) -> bool:
        """Say whether it was asked within the last so many seconds."""
        return time.monotonic() - self.asked < seconds


_Asked = tuple[Tried | None, asyncio.Future[Standing]]


class ResultKeeping:
    """For the mails of one decision."""

    def __init__(
        self,
        *,
        outbox: Outbox,
        workspace_id: WorkspaceId,
        worker: str,
        decided: Decided,
        tries: Sequence[float] = TRIES_TO_KEEP,
    ) -> None:
        self._outbox = outbox
        self._workspace_id = workspace_id
        self._worker = worker
        self._decided = decided
        self._tries = tries
        self._asked: list[_Asked] = []
        self._answering: asyncio.Task[None] | None = None

    def begin(self, tried: Tried | None) -> asyncio.Future[Standing]:
        """Begin to keep what became of a mail, if one is given, and to ask whether what was decided holds.

        Whoever calls it waits for the answer at some time. It is kept also where nobody does.

        Returns:
            What is there when it is kept; StorageUnavailable where the database cannot be reached, however
            often it was tried.
        """
        answer: asyncio.Future[Standing] = asyncio.get_running_loop().create_future()
        self._asked.append((tried, answer))
        if self._answering is None or self._answering.done():
            self._answering = asyncio.create_task(self._answer_all())
        return answer

    async def finish(self) -> None:
        """Wait until everything is answered that was asked."""
        if self._answering is not None:
            await self._answering

    async def _answer_all(self) -> None:
        while self._asked:
            asked, self._asked = self._asked, []
            try:
                standing = await self._keep([tried for tried, _ in asked if tried is not None])
            except Exception as error:  # noqa: BLE001 - raised where it was asked for
                for _, answer in asked:
                    if not answer.done():
                        answer.set_exception(error)
            else:
                for _, answer in asked:
                    if not answer.done():
                        answer.set_result(standing)

    async def _keep(self, tried: Sequence[Tried]) -> Standing:
        """Keep results, and try hard: what is not kept is sent again."""
        for wait in self._tries:
            try:
                return await self._try_to_keep(tried)
            except StorageUnavailable:
                await asyncio.sleep(wait)
        return await self._try_to_keep(tried)

    async def _try_to_keep(self, tried: Sequence[Tried]) -> Standing:
        asked = time.monotonic()
        holds = await self._outbox.settle(self._workspace_id, self._worker, tried, decided=self._decided)
        return Standing(holds, asked)
