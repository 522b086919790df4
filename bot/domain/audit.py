"""The record as a whole: what of it is asked for, whether it can be trusted, what was taken out of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.history import Kind
from bot.domain.ids import ClientId, PersonId, StaffId


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailFilter:
    """Which entries of a workspace; what is left open asks for nothing.

    Attributes:
        kinds: what kinds of things; none named means all.
        staff_id: who did it.
        client_id: on whose account it stands.
        person_id: which contact person it is about.
        since: the first moment.
        until: the moment before which it was.
    """

    kinds: frozenset[Kind] = frozenset()
    staff_id: StaffId | None = None
    client_id: ClientId | None = None
    person_id: PersonId | None = None
    since: datetime | None = None
    until: datetime | None = None


EVERYTHING = TrailFilter()
"""All entries of a workspace."""


class Fault(StrEnum):
    """Why an entry, or the end of the chain, does not fit."""

    CHANGED = "changed"
    """It is not as it was written, or does not follow the entry before it."""
    MISSING = "missing"
    """It is gone."""
    OUTSIDE = "outside"
    """It was never chained: nobody wrote it by way of this program."""
    VALUES_CHANGED = "values_changed"
    VALUES_MISSING = "values_missing"
    """What it keeps of before and after is gone, and no erasure on record says why."""
    CUT_OFF = "cut_off"
    """The end of the chain is gone: more was written than is there."""
    HEAD = "head"
    """The end of the chain is not the one that was kept of it."""
    ANCHOR = "anchor"
    """The place up to which entries were dropped was not sealed by this program."""
    OTHER_KEY = "other_key"
    """It was chained with a key that is not here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What came of checking a workspace's chain.

    Attributes:
        checked: how many entries fit, from the first on.
        fault: what is wrong with the first one that does not; None where all do.
        place: that entry's place in the chain.
        number: its number, where it has one.
        dropped: how many places were dropped by retention before the first one there is.
    """

    checked: int
    fault: Fault | None = None
    place: int | None = None
    number: int | None = None
    dropped: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefix:
    """The oldest entries of a workspace, one after the other from the first there is.

    Attributes:
        entries: how many.
        place: the place of the last of them.
        number: its number.
        oldest: when the first of them was written.
        newest: when the last of them was.
    """

    entries: int
    place: int
    number: int
    oldest: datetime
    newest: datetime


class TrailBroken(Exception):  # noqa: N818 - named for what is so
    """An entry, or the end of the chain, does not fit; the verdict says which."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.fault)
        self.verdict = verdict
