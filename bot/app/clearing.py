"""Deleting summaries from direct messages once the practice's days for them are over."""

import asyncio
from contextlib import suppress

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.app.telling import FAILURES, code_of
from bot.domain.errors import StorageUnavailable
from bot.domain.ids import WorkspaceId
from bot.services.summaries import Summaries

EVERY_SECONDS = 600.0
"""How often it is looked: with days to wait for, some minutes make no difference."""

_GONE = frozenset({"message_not_found", "channel_not_found", "cant_delete_message"})
"""Somebody was quicker, or it is out of reach for good: there is nothing left to try."""

_log = structlog.get_logger(__name__)


class Clearing:
    """Looks now and then, and at the start, for summaries whose days are over.

    Args:
        client: deletes them.
        summaries: knows them.
        workspace_id: whose they are.
        every_seconds: how long it waits between two looks.
    """

    def __init__(
        self,
        *,
        client: AsyncWebClient,
        summaries: Summaries,
        workspace_id: WorkspaceId,
        every_seconds: float = EVERY_SECONDS,
    ) -> None:
        self._client = client
        self._summaries = summaries
        self._workspace_id = workspace_id
        self._every_seconds = every_seconds
        self._ending = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Begin to look."""
        self._task = asyncio.create_task(self._keep_clearing(), name="clearing")

    async def end(self) -> None:
        """End after what is under way."""
        self._ending.set()
        if self._task is not None:
            await self._task

    async def clear(self) -> int:
        """Delete what is due now, and return how many that were."""
        count = 0
        for summary in await self._summaries.due(self._workspace_id):
            if self._ending.is_set():
                break
            try:
                await self._client.chat_delete(channel=summary.channel, ts=summary.ts)
            except FAILURES as error:
                if code_of(error) not in _GONE:
                    _log.warning("summary.not_deleted", slack_error=code_of(error))
                    continue
            await self._summaries.deleted(self._workspace_id, summary)
            count += 1
        return count

    async def _keep_clearing(self) -> None:
        while not self._ending.is_set():
            try:
                count = await self.clear()
            except StorageUnavailable as error:
                _log.warning("summaries.unknown", exc_info=error)
            else:
                if count:
                    _log.info("summaries.deleted", count=count)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), timeout=self._every_seconds)
