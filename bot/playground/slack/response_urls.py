"""response_urls: the app's way to answer an act without being in the channel."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.playground.slack.clock import Clock
from bot.playground.slack.refused import Refused

MOST_USES = 5
LIFETIME = timedelta(minutes=30)


@dataclass(slots=True, kw_only=True)
class ResponseUrl:
    """One response_url: to whom and where it answers, and how often it was used."""

    user: str
    channel: str
    made: datetime
    message_ts: str | None = None
    """The message whose button was clicked; None when it came from a command."""
    uses: int = 0


class ResponseUrls:
    """Gives response_urls out, and counts their use."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._made: dict[str, ResponseUrl] = {}

    def issue(self, *, user: str, channel: str, message_ts: str | None = None) -> str:
        """Make the last part of a new response_url."""
        secret = secrets.token_hex(12)
        self._made[secret] = ResponseUrl(
            user=user, channel=channel, message_ts=message_ts, made=self._clock()
        )
        return secret

    def use(self, secret: str) -> ResponseUrl:
        """Use a response_url once.

        Raises:
            Refused: it is unknown, older than thirty minutes, or was used five times.
        """
        found = self._made.get(secret)
        if found is None:
            raise Refused("invalid_url", status=404)
        if self._clock() - found.made > LIFETIME:
            raise Refused("expired_url", status=404)
        if found.uses >= MOST_USES:
            raise Refused("used_url", status=404)
        found.uses += 1
        return found
