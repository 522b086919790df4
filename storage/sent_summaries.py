"""Which summaries stand in direct messages, and since when."""

from datetime import datetime

from sqlalchemy import BindParameter, bindparam, select

from bot.domain.sent_summary import SentSummary
from storage.column_types import Moment
from storage.tables import sent_summaries
from storage.workspace_connection import IN_WORKSPACE, WorkspaceConnection

_BEFORE: BindParameter[datetime] = bindparam("before", type_=Moment)
_SENT_BEFORE = (
    select(sent_summaries.c.channel, sent_summaries.c.ts, sent_summaries.c.sent_at)
    .where(sent_summaries.c.workspace_id == IN_WORKSPACE, sent_summaries.c.sent_at < _BEFORE)
    .order_by(sent_summaries.c.sent_at, sent_summaries.c.channel, sent_summaries.c.ts)
)
_FORGET = sent_summaries.delete().where(
    sent_summaries.c.workspace_id == IN_WORKSPACE,
    sent_summaries.c.channel == bindparam("of_channel"),
    sent_summaries.c.ts == bindparam("of_ts"),
)


class SqlSentSummaries:
    """`bot.services.ports.SentSummaries` in SQL."""

    def __init__(self, connection: WorkspaceConnection) -> None:
        self._connection = connection

    async def add(self, summary: SentSummary) -> None:
        """Remember a summary that was sent."""
        await self._connection.insert(
            sent_summaries, {"channel": summary.channel, "ts": summary.ts, "sent_at": summary.sent_at}
        )

    async def sent_before(self, moment: datetime, *, limit: int) -> tuple[SentSummary, ...]:
        """Return those sent before a moment, oldest first."""
        rows = await self._connection.rows(_SENT_BEFORE.limit(limit), before=moment)
        return tuple(SentSummary(channel=channel, ts=ts, sent_at=at) for channel, ts, at in rows)

    async def forget(self, summary: SentSummary) -> None:
        """Forget a summary: it is deleted."""
        await self._connection.change(_FORGET, of_channel=summary.channel, of_ts=summary.ts)
