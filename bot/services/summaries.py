"""Summaries in direct messages, and when each of them has stood there long enough (P4)."""

from datetime import timedelta

from bot.domain.ids import WorkspaceId
from bot.domain.sent_summary import SentSummary
from bot.services.ports import Clock, Storage

AT_ONCE = 50
"""Deleted in one round: Slack takes some fifty such calls a minute."""


class Summaries:
    """Remembers what was sent, in the database, so that it is deleted also after a restart."""

    def __init__(self, *, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def sent(self, workspace_id: WorkspaceId, *, channel: str, ts: str) -> None:
        """Remember a summary that was sent just now.

        Raises:
            StorageUnavailable: the database is locked, hung or gone.
        """
        summary = SentSummary(channel=channel, ts=ts, sent_at=self._clock.now())
        async with self._storage.writing(workspace_id) as unit:
            await unit.sent_summaries.add(summary)

    async def due(self, workspace_id: WorkspaceId) -> tuple[SentSummary, ...]:
        """Return those that are to be deleted now; none while the practice keeps them.

        Raises:
            StorageUnavailable: the database is locked, hung or gone.
        """
        async with self._storage.reading(workspace_id) as unit:
            days = (await unit.settings.chosen()).summary_days
            if not days:
                return ()
            return await unit.sent_summaries.sent_before(
                self._clock.now() - timedelta(days=days), limit=AT_ONCE
            )

    async def deleted(self, workspace_id: WorkspaceId, summary: SentSummary) -> None:
        """Forget a summary: it stands nowhere any more.

        Raises:
            StorageUnavailable: the database is locked, hung or gone.
        """
        async with self._storage.writing(workspace_id) as unit:
            await unit.sent_summaries.forget(summary)
