"""trigger_ids: the short right to open a view, which a person's act gives to the app."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.playground.slack.clock import Clock
from bot.playground.slack.refused import Refused

LIFETIME = timedelta(seconds=3)
"""A trigger_id works for three seconds and once: Slack's limit."""


@dataclass(slots=True)
class Trigger:
    """One trigger_id: whose act it came from, when, and whether it is used up."""

    user: str
    made: datetime
    from_view: str | None
    exchanged: bool = False


class Triggers:
    """Gives trigger_ids out and takes them back."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._made: dict[str, Trigger] = {}

    def issue(self, user: str, *, from_view: str | None = None) -> str:
        """Give out a trigger_id for what this person just did; `from_view` says in which modal."""
        trigger_id = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._made[trigger_id] = Trigger(user=user, made=self._clock(), from_view=from_view)
        return trigger_id

    def expire(self, trigger_id: str) -> None:
        """Let a trigger_id be past its time already, as one that was under way for too long."""
        self._made[trigger_id].made -= 2 * LIFETIME

    def exchange(self, trigger_id: str) -> Trigger:
        """Take a trigger_id back for a view.

        Raises:
            Refused: it is unknown, used up, or older than three seconds.
        """
        trigger = self._made.get(trigger_id)
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.exchanged:
            raise Refused("exchanged_trigger_id")
        if self._clock() - trigger.made > LIFETIME:
            raise Refused("expired_trigger_id")
        trigger.exchanged = True
        return trigger
