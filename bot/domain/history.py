"""What happened: one append-only record of each change, look, refusal, export and decision (R52)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.ids import ClientId, PersonId, StaffId
from bot.domain.staff import Surface

UNDO_WINDOW = timedelta(minutes=10)
"""How long an act can be undone (R43)."""

JsonValue = None | bool | int | str | list["JsonValue"] | dict[str, "JsonValue"]


class Act(StrEnum):
    """What was done, `noun.verb`."""

    CLIENT_ADDED = "client.added"
    CLIENT_EDITED = "client.edited"
    CLIENT_MAIL_STOPPED = "client.mail_stopped"
    CLIENT_MAIL_RESUMED = "client.mail_resumed"
    CLIENT_OWNERS_CHANGED = "client.owners_changed"
    LINK_ADDED = "link.added"
    LINK_EDITED = "link.edited"
    LINK_REMOVED = "link.removed"
    CONTACT_ADDED = "contact.added"
    CONTACT_EDITED = "contact.edited"
    CONTACT_REMOVED = "contact.removed"
    CONTACT_BECAME_CLIENT = "contact.became_client"
    ROLES_CHANGED = "roles.changed"
    SHARING_CHANGED = "sharing.changed"
    SHARING_STOPPED = "sharing.stopped"
    """By the recipient, through the e-mail; it is not for staff to undo."""
    CHANGE_UNDONE = "change.undone"

    FAMILY_SEEN = "family.seen"
    FAMILY_REVEALED = "family.revealed"
    CLIENT_SEEN = "client.seen"
    SUMMARY_SENT = "summary.sent"
    RECIPIENTS_SEEN = "recipients.seen"
    COPIES_SEEN = "copies.seen"
    HISTORY_SEEN = "history.seen"
    TRAIL_SEEN = "trail.seen"
    ACCESS_REFUSED = "access.refused"
    DATA_EXPORTED = "data.exported"
    MAIL_DECIDED = "mail.decided"
    MAIL_RETRIED = "mail.retried"
    MAIL_DROPPED = "mail.dropped"
    MAIL_MISDIRECTED = "mail.misdirected"
    BLOCK_ENTERED = "block.entered"
    BLOCK_LIFTED = "block.lifted"
    ADDRESS_CONFIRMED = "address.confirmed"
    """An address that did not work is used again, because staff say that it does (R27)."""
    SETTINGS_CHANGED = "settings.changed"
    VALUES_ERASED = "values.erased"
    ENTRIES_DROPPED = "entries.dropped"


class Kind(StrEnum):
    """What kind of thing was recorded."""

    CHANGE = "change"
    LOOK = "look"
    REFUSAL = "refusal"
    EXPORT = "export"
    MAIL = "mail"
    SETTINGS = "settings"
    UPKEEP = "upkeep"
    """Something was taken out of the record itself, by the one way there is for it."""


LOOKS = frozenset(
    {
        Act.FAMILY_SEEN,
        Act.FAMILY_REVEALED,
        Act.CLIENT_SEEN,
        Act.SUMMARY_SENT,
        Act.RECIPIENTS_SEEN,
        Act.COPIES_SEEN,
        Act.HISTORY_SEEN,
        Act.TRAIL_SEEN,
    }
)
_MAIL = frozenset(
    {
        Act.MAIL_DECIDED,
        Act.MAIL_RETRIED,
        Act.MAIL_DROPPED,
        Act.MAIL_MISDIRECTED,
        Act.BLOCK_ENTERED,
        Act.BLOCK_LIFTED,
        Act.ADDRESS_CONFIRMED,
    }
)
_KINDS = {
    **dict.fromkeys(LOOKS, Kind.LOOK),
    Act.ACCESS_REFUSED: Kind.REFUSAL,
    Act.DATA_EXPORTED: Kind.EXPORT,
    **dict.fromkeys(_MAIL, Kind.MAIL),
    Act.SETTINGS_CHANGED: Kind.SETTINGS,
    Act.VALUES_ERASED: Kind.UPKEEP,
    Act.ENTRIES_DROPPED: Kind.UPKEEP,
}


def kind_of(act: Act) -> Kind:
    """Return what kind of thing an act is: a change to a client or a relation where it is nothing else."""
    return _KINDS.get(act, Kind.CHANGE)


UNDOABLE = frozenset(
    {
        Act.CLIENT_EDITED,
        Act.LINK_EDITED,
        Act.LINK_REMOVED,
        Act.CONTACT_EDITED,
        Act.CONTACT_REMOVED,
        Act.ROLES_CHANGED,
        Act.SHARING_CHANGED,
    }
)
"""What was changed or ended can be put back (R43). What was added is removed by removing it, and an undo
is undone by doing the thing again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One thing that happened: who, when, what, before, after, through which surface.

    Of a change, `subject_id` is the client, link or contact that changed; `before` and `after` are its whole
    state, so that the entries of a subject, replayed, give what is stored. `client_ids` are the accounts
    it stands on. Of anything else, `subject_id` is what it was about, and `after` says more where there is
    more to say.
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
    undoes: int | None = None
    """The number of the entry that this one undoes."""
    number: int = field(default=0)
    """The entry's place in the order of all entries; the database gives it."""
    erased: bool = False
    """Whether it had values before or after that were erased since (P17)."""

    @property
    def kind(self) -> Kind:
        """What kind of thing it is."""
        return kind_of(self.act)

    @property
    def undo_until(self) -> datetime | None:
        """When the last moment is to undo it, or None where it is nothing that can be undone."""
        return self.at + UNDO_WINDOW if self.act in UNDOABLE else None

    def may_be_undone(self, now: datetime) -> bool:
        """Say whether it is something that can be undone, and still early enough."""
        return self.undo_until is not None and now <= self.undo_until
