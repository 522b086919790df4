"""One mail of a notice to one recipient, and what became of it (R24, P12)."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from bot.domain.ids import ClientId, CopyId, NoticeId, PersonId, RelationId, StaffId
from bot.domain.notice import NoticeCategory
from bot.domain.recipients import Reason, RecipientKind
from bot.domain.sharing import Basis

AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
"""When a mail is due that need not wait: before every moment, also where the clock is set back."""


class CopyState(StrEnum):
    """What became of a mail."""

    QUEUED = "queued"
    """It will be sent; who receives is decided again at that moment."""
    SENDING = "sending"
    """A worker has taken it."""
    SENT = "sent"
    """A mail server has taken it over."""
    FAILED = "failed"
    """A mail server has refused it for good."""
    DEAD = "dead"
    """It was tried as often as it is ever tried."""
    DROPPED = "dropped"
    """Staff decided that it is not to be sent any more."""
    SUPPRESSED = "suppressed"
    """It is not to be sent: the reason says why."""


DEAD_LETTERS = frozenset({CopyState.FAILED, CopyState.DEAD})
"""What was meant to be sent and was not; it can be tried again, or dropped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Misdirected:
    """Staff say that a copy reached somebody whom it should not have reached (P12)."""

    at: datetime
    by: StaffId
    by_name: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailCopy:
    """The client's own mail or a copy of it, as it stands on record.

    Attributes:
        notice_id: what it is a mail of.
        client_id: whose notice it is; None where nobody can say.
        kind: whether the recipient is the client, a linked client or a contact.
        recipient_client_id: the recipient, where it is a client.
        person_id: the recipient, where it is a contact.
        relation_id: over which it is shared; None for the client's own mail.
        name: the recipient's name when it was decided.
        address: where it goes or went; None for somebody without one.
        category: what the notice is about.
        basis: what the sharing rested on.
        reason: why they receive it, or why not.
        state: what became of it.
        attempts: how often it was tried.
        due_at: when it may be tried next.
        message_id: its Message-ID, the same each time it is tried.
        return_token: what its return path is known by: a bounce to it is about this mail.
        stop_token: what its recipient stops it with.
        queued_at: when it was decided that it is to be sent.
        sent_at: when a mail server took it over.
        result: the server's last answer as a code, such as "5.1.1" or "451", or a word of our own.
        bounced_at: when a bounce report came for it.
    """

    id: CopyId
    notice_id: NoticeId
    client_id: ClientId | None
    kind: RecipientKind
    recipient_client_id: ClientId | None = None
    person_id: PersonId | None = None
    relation_id: RelationId | None = None
    name: str
    address: str | None
    event_key: str
    category: NoticeCategory
    basis: Basis | None = None
    reason: Reason
    state: CopyState
    attempts: int = 0
    due_at: datetime = AT_ONCE
    message_id: str = ""
    return_token: str = field(repr=False)
    stop_token: str = field(repr=False)
    queued_at: datetime
    sent_at: datetime | None = None
    result: str = ""
    bounced_at: datetime | None = None
    misdirected: Misdirected | None = None

    @property
    def is_own_mail(self) -> bool:
        """Say whether it is the client's own mail and not a copy of it."""
        return self.kind is RecipientKind.CLIENT

    @property
    def recipient_key(self) -> str:
        """Who it is for, among those on one account."""
        return self.relation_id or ""


class Answer(StrEnum):
    """What trying to send a mail came to."""

    TAKEN = "taken"
    """The mail server has taken it over."""
    LATER = "later"
    """It could not take it just now."""
    REFUSED = "refused"
    """It never will."""
    NO_SUCH_ADDRESS = "no_such_address"
    """It never will, because the address does not work: an enhanced status code 5.1.x (RFC 3463 3.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendResult:
    """What trying to send one mail came to; `code` is what the server said, as a code."""

    answer: Answer
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressPause:
    """An address that does not work: nothing is sent to it until it changes or staff confirm it (R27)."""

    address: str
    since: datetime
    code: str
    copy_id: CopyId
