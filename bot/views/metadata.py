"""What a view must remember between payloads: opaque ids and numbers, never a name (P5)."""

import json
from dataclasses import asdict, dataclass
from datetime import date

from bot.domain.history import Kind
from bot.domain.ids import ClientId, CopyId, LinkId, PersonId, RelationId, RestrictionId
from bot.domain.staff_access import HolderKind
from bot.views.ids import Purpose

MAX_METADATA = 3000
"""Slack's limit for private_metadata."""

MAX_ID = 40
"""Longer than any id of ours, which have 26 characters."""

MOST_ASKED_ABOUT = 80
"""As many ids as fit beside the rest; with so many namesakes a birth date has to tell them apart."""

_FORMAT = 1


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
        purpose = found.get("purpose")
        return Metadata(
            client_id=_client(found.get("client_id")),
            relation_id=_relation(found.get("relation_id")),
            person_id=_person(found.get("person_id")),
            purpose=None if purpose is None else Purpose(purpose),
            page=_number(found.get("page", 0)),
            version=_number(found.get("version", 0)),
            person_version=_number(found.get("person_version", 0)),
            holder_kind=None if found.get("holder_kind") is None else HolderKind(found["holder_kind"]),
            holder_id=None if found.get("holder_id") is None else opaque_id(found["holder_id"]),
            newest=_number(found.get("newest", 0)),
            restriction_id=None
            if found.get("restriction_id") is None
            else RestrictionId(opaque_id(found["restriction_id"])),
            before=None if found.get("before") is None else CopyId(opaque_id(found["before"])),
            kinds=tuple(map(Kind, found.get("kinds", ()))),
            first_day=_day(found.get("first_day")),
            last_day=_day(found.get("last_day")),
            asked_about=tuple(ClientId(opaque_id(each)) for each in found.get("asked_about", ())),
            asked_people=tuple(PersonId(opaque_id(each)) for each in found.get("asked_people", ())),
        )
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


def _client(value: object) -> ClientId | None:
    return None if value is None else ClientId(opaque_id(value))


def _relation(value: object) -> RelationId | None:
    return None if value is None else LinkId(opaque_id(value))


def _person(value: object) -> PersonId | None:
    return None if value is None else PersonId(opaque_id(value))


def _day(value: object) -> date | None:
    if value is not None and not isinstance(value, str):
        raise UnreadableMetadataError("not a day")
    return None if value is None else date.fromisoformat(value)


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        raise UnreadableMetadataError("not a number")
    return value
