"""What a view must remember between payloads: opaque ids and numbers, never a name (P5)."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum

from bot.domain.history import Kind
from bot.domain.ids import ClientId, CopyId, PersonId, RelationId, RestrictionId
from bot.domain.staff_access import HolderKind
from bot.views.ids import Purpose

MAX_METADATA = 3000
"""Slack's limit for private_metadata."""

MAX_ID = 40
"""Longer than any id of ours, which have 26 characters."""

MOST_ASKED_ABOUT = 80
"""As many ids as fit beside the rest; with so many namesakes a birth date has to tell them apart."""

_FORMAT = 1

_Read = Callable[[object], object]
"""Makes a field of what stands in JSON, or raises ValueError."""


class UnreadableMetadataError(ValueError):
    """The metadata is of another version of the bot, or was tampered with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """The state of a view. A field that does not concern the view stays at its default."""

    client_id: ClientId | None = None
    relation_id: RelationId | None = None
    person_id: PersonId | None = None
    purpose: Purpose | None = None
    page: int = 0
    version: int = 0
    person_version: int = 0
    newest: int = 0
    """The number of the entry with which a history began, so that its pages keep their place."""
    restriction_id: RestrictionId | None = None
    before: CopyId | None = None
    """The e-mail before which a page of e-mails begins."""
    holder_kind: HolderKind | None = None
    holder_id: str | None = None
    """The person or group whose roles a form is about, by Slack's id."""
    kinds: tuple[Kind, ...] = ()
    """Which kinds of entries a window of the record shows."""
    first_day: date | None = None
    last_day: date | None = None
    asked_about: tuple[ClientId, ...] = ()
    """Clients shown as likely duplicates: the answer to the question is about them."""
    asked_people: tuple[PersonId, ...] = ()
    """Contact persons shown as likely the one who is being entered."""

    def encode(self) -> str:
        """Return the text for private_metadata."""
        values = {key: getattr(self, key) for key in _BLANK}
        kept = {key: value for key, value in values.items() if value != _BLANK[key]}
        text = json.dumps({"f": _FORMAT, **kept}, separators=(",", ":"), default=date.isoformat)
        if len(text) > MAX_METADATA:
            raise ValueError("the metadata is longer than Slack takes")
        return text


_BLANK = asdict(Metadata())


def decode(text: str) -> Metadata:
    """Return the state of a view.

    Raises:
        UnreadableMetadataError: when the text is not what this version writes.
    """
    try:
        found = json.loads(text or "{}")
        if not isinstance(found, dict) or found.pop("f", None) != _FORMAT:
            raise UnreadableMetadataError("another format")
        # Of most views one or two are there: the others are left at their defaults.
        there = {key: _READ_BY[key](value) for key, value in found.items() if key in _READ_BY}
        return Metadata(**there)  # type: ignore[arg-type] # each is read as its field is, which a test says of all
    except (TypeError, ValueError, RecursionError) as error:
        raise UnreadableMetadataError("not a view's metadata") from error


def opaque_id(value: object) -> str:
    """Return an id that came back from Slack: one of ours, or at least of their form.

    Raises:
        UnreadableMetadataError: it cannot be an id of ours.
    """
    if not isinstance(value, str) or not (value.isascii() and value.isalnum()) or len(value) > MAX_ID:
        raise UnreadableMetadataError("not an id")
    return value


def _or_none(read: _Read) -> _Read:
    return lambda value: None if value is None else read(value)


def _one_of(kinds: type[StrEnum]) -> _Read:
    return lambda value: kinds(str(value))


def _several(read: _Read) -> _Read:
    def read_each(values: object) -> object:
        if not isinstance(values, list):
            raise UnreadableMetadataError("not a list")
        return tuple(map(read, values))

    return read_each


def _day(value: object) -> date:
    if not isinstance(value, str):
        raise UnreadableMetadataError("not a day")
    return date.fromisoformat(value)


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        raise UnreadableMetadataError("not a number")
    return value


_READ_BY: Mapping[str, _Read] = {
    "client_id": _or_none(opaque_id),
    "relation_id": _or_none(opaque_id),
    "person_id": _or_none(opaque_id),
    "purpose": _or_none(_one_of(Purpose)),
    "page": _number,
    "version": _number,
    "person_version": _number,
    "newest": _number,
    "restriction_id": _or_none(opaque_id),
    "before": _or_none(opaque_id),
    "holder_kind": _or_none(_one_of(HolderKind)),
    "holder_id": _or_none(opaque_id),
    "kinds": _several(_one_of(Kind)),
    "first_day": _or_none(_day),
    "last_day": _or_none(_day),
    "asked_about": _several(opaque_id),
    "asked_people": _several(opaque_id),
}
