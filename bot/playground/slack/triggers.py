"""trigger_ids: the short right to open a view, which a person's act gives to the app."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.playground.slack.clock import Clock
from bot.playground.slack.refused import Refused


@dataclass(slots=True)
class Trigger:
    """One trigger_id: whose act it came from, when, and whether it is used up."""

    user: str
    made: datetime
    from_view: str | None
    expired: bool = False
    exchanged: bool = False


class Triggers:
    """Gives trigger_ids out and takes them back, each once and for so long."""

    def __init__(self, clock: Clock, *, lifetime: Callable[[], timedelta]) -> None:
        self._clock = clock
        self._lifetime = lifetime
        self._made: dict[str, Trigger] = {}

    def issue(self, user: str, *, from_view: str | None = None) -> str:
        """Give out a trigger_id for what this person just did; `from_view` says in which modal."""
        trigger_id = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._made[trigger_id] = Trigger(user=user, made=self._clock(), from_view=from_view)
        return trigger_id

    def expire(self, trigger_id: str) -> None:
        """Let a trigger_id be past its time already, as one that was under way for too long."""
        self._made[trigger_id].expired = True

    def exchange(self, trigger_id: str) -> Trigger:
        """Take a trigger_id back for a view.

        Raises:
            Refused: it is unknown, used up, or too old.
        """
        trigger = self._made.get(trigger_id)
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.exchanged:
            raise Refused("exchanged_trigger_id")
        if trigger.expired or self._clock() - trigger.made > self._lifetime():
            raise Refused("expired_trigger_id")
        trigger.exchanged = True
        return trigger
