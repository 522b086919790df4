"""What a check has found."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How things stand."""

    GOOD = "good"
    NOTE = "note"
    """Nothing is wrong, and there is something to know."""
    WRONG = "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line: what was looked at, how it stands, and what to do about it."""

    what: str
    state: State
    told: str
