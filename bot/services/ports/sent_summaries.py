"""The summaries that stand in direct messages."""

from datetime import datetime
from typing import Protocol

from bot.domain.sent_summary import SentSummary


class SentSummaries(Protocol):
    """Which summaries of one workspace stand in direct messages."""

    async def add(self, summary: SentSummary) -> None:
        """Remember a summary that was sent."""
        ...

    async def sent_before(self, moment: datetime, *, limit: int) -> tuple[SentSummary, ...]:
        """Return those sent before a moment, oldest first, so many at most."""
        ...

    async def forget(self, summary: SentSummary) -> None:
        """Forget a summary: it is deleted."""
        ...
