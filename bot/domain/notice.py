"""A notice: one notification e-mail of a client, as the practice wrote it; who gets it is decided later."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import ClientId, NoticeId
from bot.domain.sharing import Category

MAX_SUBJECT_LENGTH = 400
MAX_ATTACHMENTS_SIZE = 10 * 1024 * 1024
"""All attachments of one notice together, in bytes as they are before they are encoded."""
MAX_BODY_LENGTH = 2 * 1024 * 1024
"""Letters of the text, and of the HTML; no appointment reminder is longer than a long book."""
MAX_ORIGINAL_SIZE = 20 * 1024 * 1024
"""Bytes of a mail that goes on as it came: the largest attachments, encoded, with a long body."""
MAX_KEY_LENGTH = 200
MAX_FILENAME_LENGTH = 200


class NoticeCategory(StrEnum):
    """What a notice is about: a kind that can be shared (R29), or one of which nobody ever gets a copy."""

    APPOINTMENTS = "appointments"
    PAYMENTS = "payments"
    SUPERBILLS = "superbills"
    FORMS_DOCUMENTS = "forms_documents"
    OTHER = "other"
    ACCOUNT = "account"
    """Password, login code, invitation, verification: never copied (R23)."""
    UNKNOWN = "unknown"
    """Nobody knows: only of mail that came in as mail. It goes to the client and is copied to nobody."""

    @property
    def shared_as(self) -> Category | None:
        """The category under which staff share it, or None where it is never copied."""
        return None if self in _NEVER_COPIED else Category(self.value)

    def copies_attachment(self, attachment: "Attachment") -> bool:
        """Say whether a copy carries an attachment: only what such a notice is for (P8).

        Receipts, Superbills and documents are their attachments; of an appointment it is the entry for the
        calendar. Of anything else nobody knows what it says.
        """
        if self is NoticeCategory.APPOINTMENTS:
            return attachment.content_type == "text/calendar"
        return self in _ABOUT_PAPERS


_NEVER_COPIED = frozenset({NoticeCategory.ACCOUNT, NoticeCategory.UNKNOWN})
_ABOUT_PAPERS = frozenset(
    {NoticeCategory.PAYMENTS, NoticeCategory.SUPERBILLS, NoticeCategory.FORMS_DOCUMENTS}
)

STATED_CATEGORIES = tuple(each for each in NoticeCategory if each is not NoticeCategory.UNKNOWN)
"""What somebody who sends a notice may say that it is."""


class NoticeSource(StrEnum):
    """Where a notice came in."""

    HTTP = "http"
    SMTP = "smtp"
    COMMAND_LINE = "command_line"
    PLAYGROUND = "playground"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that belongs to a notice."""

    filename: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeContent:
    """What the practice wrote: a subject, and a text or HTML or both.

    `original` is a whole mail in bytes (RFC 5322), where the notice came as one: the client gets exactly
    that. Copies are always made from the subject, the text, the HTML and the attachments.
    """

    subject: str
    text: str = ""
    html: str = ""
    attachments: tuple[Attachment, ...] = ()
    original: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRequest:
    """What somebody asks to be sent.

    Attributes:
        client_id: whose notice it is; None of a mail to an address of which nobody can say whose it is. Such
            a mail goes there as it came, and is copied to nobody.
        addressed_to: that address, where there is no client.
        category: what it is about.
        content: what it says.
        source: where it came in.
        send_at: when it is to be sent, or None for at once. Who receives it is decided then (R21).
        event_id: the occasion: of one occasion and category each address gets one mail (R24), however many
            notices there are of it. None makes the notice an occasion of its own.
        idempotency_key: the same key again is the same request and has no second effect.
        requested_by: who asked, for the record: the name of a token, a sender, a member of staff.
    """

    client_id: ClientId | None = None
    addressed_to: str = ""
    category: NoticeCategory
    content: NoticeContent
    source: NoticeSource
    send_at: datetime | None = None
    event_id: str | None = None
    idempotency_key: str | None = None
    requested_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice as stored.

    `opened` says that its time has come: until then who receives it is only what would be decided now.
    """

    id: NoticeId
    request: NoticeRequest
    queued_at: datetime
    opened: bool

    @property
    def event_key(self) -> str:
        """The occasion under which each address gets one mail: a receipt is another one than a reminder."""
        return f"{self.request.category}:{self.request.event_id or self.id}"


class NoticeProblem(StrEnum):
    """Why a notice cannot be taken."""

    SUBJECT_NEEDED = "subject_needed"
    SUBJECT_TOO_LONG = "subject_too_long"
    BODY_NEEDED = "body_needed"
    BODY_TOO_LONG = "body_too_long"
    ATTACHMENTS_TOO_LARGE = "attachments_too_large"
    ATTACHMENT_UNREADABLE = "attachment_unreadable"
    """A name or a content type that cannot stand in a mail."""
    ORIGINAL_TOO_LARGE = "original_too_large"
    UNREADABLE_LETTERS = "unreadable_letters"
    """Halves of letters, which no mail can carry."""
    KEY_TOO_LONG = "key_too_long"
    SEND_AT_TOO_FAR = "send_at_too_far"
    """More than a year ahead: a slip of the keyboard."""
    CATEGORY_NEEDED = "category_needed"
    """A notice that did not come as a mail says what it is."""
