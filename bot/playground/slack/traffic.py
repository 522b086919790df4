"""The log of everything that passed between the app and the local Slack, and of what was refused."""

import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Literal

from bot.playground.slack.changes import Changes
from bot.playground.slack.wire import Json

KEPT = 5000

Kind = Literal["call", "envelope", "ack", "timeout", "response_url", "refusal", "connection"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that passed."""

    at_ms: float
    """Milliseconds since the local Slack was made."""
    kind: Kind
    name: str
    """The method of a call, the type of the payload of an envelope, an ack or a time-out, or what
    happened to a connection."""
    sent: Json
    """The arguments of a call without its token, the payload of an envelope, the body of an ack."""
    answer: Json = field(default_factory=dict)
    """What a call was answered."""
    took_ms: float | None = None
    """How long a call, or the app until its ack, took."""
    envelope_id: str | None = None
    status: int | None = None
    """The HTTP status of a call's answer; None while a call has none."""
    fault: str | None = None
    """The fault that was ordered for it, if one was."""
    number: int = 0
    """Which one it is, counted from one in the order in which they were logged."""


_DESCRIBED = tuple(each.name for each in fields(Entry))


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

    def __init__(self, changes: Changes, *, tell: Callable[[Json], None] = lambda _event: None) -> None:
        self._changes = changes
        self._tell = tell
        self._start = time.perf_counter()
        self._began = time.time()
        self._logged = 0
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self.refusals: list[Refusal] = []

    def now_ms(self) -> float:
        """Milliseconds since the local Slack was made."""
        return (time.perf_counter() - self._start) * 1000

    def add(self, entry: Entry) -> None:
        """Log what passed, and tell those who watch."""
        self._logged += 1
        numbered = replace(entry, number=self._logged)
        self._entries.append(numbered)
        self._tell(self.to_page(numbered))
        self._changes.notify()

    def to_page(self, entry: Entry) -> Json:
        """Describe an entry to the page, with the payloads themselves; `at` is in milliseconds since 1970."""
        described = {name: getattr(entry, name) for name in _DESCRIBED}
        return {"type": "traffic", **described, "at": self._began * 1000 + entry.at_ms}

    def latest(self, most: int) -> list[Json]:
        """Describe the latest entries, oldest first."""
        return [self.to_page(entry) for entry in tuple(self._entries)[-most:]]

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
