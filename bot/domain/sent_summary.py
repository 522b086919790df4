"""A summary that stands in a direct message. Where it stands says nothing about whose family it is of."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SentSummary:
    """Where and since when a summary stands, in Slack's words."""

    channel: str
    ts: str
    sent_at: datetime
