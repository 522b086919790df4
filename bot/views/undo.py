"""Undo on a view: the button with the minute until which it works, and what was put back (R43)."""

from dataclasses import dataclass
from datetime import tzinfo

from bot.domain.history import Act, HistoryEntry
from bot.services.changes import ENDS_ON, OWNERS, POSITION, RELATIONSHIP, REMOVAL, ROLES, SHARING
from bot.services.outcome import Undone
from bot.views.blocks import Json, button
from bot.views.ids import ActionId
from bot.views.mail_changes import from_now_on, is_shared
from bot.views.metadata import UnreadableMetadataError
from bot.views.sentences import say

MAX_DIGITS = 18
"""The numbers of entries are 64-bit integers."""

_SWITCHING = frozenset({Act.LINK_REMOVED, Act.CONTACT_REMOVED, Act.SHARING_CHANGED})
"""What e-mails go out by; undone, they may go out again."""
_PARTS = frozenset({RELATIONSHIP, ROLES, SHARING, POSITION, ENDS_ON, REMOVAL, OWNERS})


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoOffer:
    """What can be undone: the number of its entry, and until when, as the practice's clock shows it."""

    entry: int
    until: str


def undo_offer(entry: HistoryEntry | None, zone: tzinfo) -> UndoOffer | None:
    """Return the offer to undo what was just recorded, or None where nothing is to be undone."""
    if entry is None or entry.undo_until is None:
        return None
    return UndoOffer(entry=entry.number, until=f"{entry.undo_until.astimezone(zone):%H:%M}")


def undo_button(offer: UndoOffer) -> Json:
    """Return the button; its value is the opaque number of the entry."""
    return button(say("undo.button", time=offer.until), ActionId.CHANGE_UNDO, value=str(offer.entry))


def read_entry_number(value: str) -> int:
    """Return the number that a button carries.

    Raises:
        UnreadableMetadataError: it is none.
    """
    if not (value.isascii() and value.isdecimal()) or len(value) > MAX_DIGITS:
        raise UnreadableMetadataError("not the number of an entry")
    return int(value)


def undone_sentence(undone: Undone) -> str:
    """Return what is as it was before."""
    sentences = [say(f"undo.done.{undone.original.act}", name=undone.name)]
    if undone.sharing_left_off:
        sentences.append(say("undo.sharing_left_off"))
    sentences += _for_mail(undone)
    if undone.lost_last_emergency_contact:
        sentences.append(say("roles.last_emergency_contact"))
    return " ".join(sentences)


def _for_mail(undone: Undone) -> list[str]:
    """Return what goes out from now on, where undoing has switched that (R28)."""
    member = undone.family.member(undone.original.subject_id)
    if member is None or undone.original.act not in _SWITCHING:
        return []
    if undone.original.act is not Act.SHARING_CHANGED and not is_shared(member):
        return []
    return [from_now_on(undone.family.client, member)]


def part_name(name: str) -> str:
    """Return the name of a part of a client, a contact person or a relation, as forms have it."""
    return say(f"part.{name}") if name in _PARTS else say(f"field.{name}")
