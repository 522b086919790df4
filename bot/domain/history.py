"""What happened: one append-only record of each change (R52)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import ClientId, PersonId, StaffId
from bot.domain.staff import Surface

JsonValue = None | bool | int | str | list["JsonValue"] | dict[str, "JsonValue"]


class Act(StrEnum):
    """What was done, `noun.verb`."""

    CLIENT_ADDED = "client.added"
    CLIENT_EDITED = "client.edited"
    LINK_ADDED = "link.added"
    LINK_EDITED = "link.edited"
    LINK_REMOVED = "link.removed"
    CONTACT_ADDED = "contact.added"
    CONTACT_EDITED = "contact.edited"
    CONTACT_REMOVED = "contact.removed"
    ROLES_CHANGED = "roles.changed"
    SHARING_CHANGED = "sharing.changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One change: who, when, what, before, after, through which surface.

    `subject_id` is the client, link or contact that changed; `before` and `after` are its whole state,
    so that the entries of a subject, replayed, give what is stored. `client_ids` are the accounts
    it stands on.
    """

    at: datetime
    by: StaffId
    by_name: str
    surface: Surface
    act: Act
    subject_id: str
    client_ids: tuple[ClientId, ...]
    person_id: PersonId | None = None
    before: Mapping[str, JsonValue] | None = None
    after: Mapping[str, JsonValue] | None = None
    number: int = field(default=0)
    """The entry's place in the order of all entries; the database gives it."""
