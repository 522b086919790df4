"""The log of everything that passed between the app and the local Slack, and of what was refused."""

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from bot.playground.slack.changes import Changes
from bot.playground.slack.wire import Json

KEPT = 5000

Kind = Literal["call", "envelope", "ack", "timeout", "response_url"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that passed."""

    at_ms: float
    """Milliseconds since the local Slack was made."""
    kind: Kind
    name: str
    """The method of a call, or the type of the payload of an envelope, an ack or a time-out."""
    sent: Json
    """The arguments of a call without its token, the payload of an envelope, the body of an ack."""
    answer: Json = field(default_factory=dict)
    """What a call was answered."""
    took_ms: float | None = None
    """How long a call, or the app until its ack, took."""
    envelope_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Something the app sent that Slack refuses."""

    name: str
    """The method, or what the app answered to: `ack view_submission`, `response_url`."""
    error: str
    messages: tuple[str, ...] = ()
    sent: Json = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.name}: {self.error} {'; '.join(self.messages)}".rstrip()


class Traffic:
    """Keeps the latest entries, and every refusal."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self._start = time.perf_counter()
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self.refusals: list[Refusal] = []

    def now_ms(self) -> float:
        """Milliseconds since the local Slack was made."""
        return (time.perf_counter() - self._start) * 1000

    def add(self, entry: Entry) -> None:
        """Log what passed."""
        self._entries.append(entry)
        self._changes.notify()

    def refuse(self, refusal: Refusal) -> None:
        """Log what was refused."""
        self.refusals.append(refusal)

    def __iter__(self) -> Iterator[Entry]:
        return iter(tuple(self._entries))

    def calls(self, method: str | None = None) -> list[Entry]:
        """The Web API calls, of one method or of all."""
        return [entry for entry in self if entry.kind == "call" and method in (None, entry.name)]

    def envelopes(self, name: str | None = None) -> list[Entry]:
        """The envelopes sent to the app, of one payload type or of all."""
        return [entry for entry in self if entry.kind == "envelope" and name in (None, entry.name)]

    def timeouts(self, name: str | None = None) -> list[Entry]:
        """The envelopes that were never acked, or too late."""
        return [entry for entry in self if entry.kind == "timeout" and name in (None, entry.name)]

    def acks(self, name: str | None = None) -> list[Entry]:
        """The acks the app sent in time, of one payload type or of all."""
        return [entry for entry in self if entry.kind == "ack" and name in (None, entry.name)]
