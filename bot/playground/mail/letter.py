"""A mail as it lies in somebody's mailbox, read the way a mail program reads it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from email import message_from_bytes
from email.headerregistry import AddressHeader
from email.message import EmailMessage
from email.policy import default
from typing import Self

from bot.playground.slack.wire import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One mail.

    Attributes:
        id: what the page knows it by.
        inbox: the address that it was delivered to.
        name: what its `To` calls the recipient.
        sender: its `From`, as a mail program shows it.
        to: its whole `To`.
        cc: its whole `Cc`, which no mail of ours ever has.
        arrived_at: when, in seconds since 1970.
        stops_with: the address a mail to which stops such copies, or nothing.
    """

    id: str
    inbox: str
    name: str
    sender: str
    to: str
    cc: str
    subject: str
    text: str
    html: str
    attachments: tuple[str, ...]
    stops_with: str
    arrived_at: float
    is_read: bool = False

    @classmethod
    def read(cls, content: bytes, *, number: int, inbox: str, at: datetime) -> Self:
        """Read a mail as it came over the wire."""
        message = message_from_bytes(content, policy=default)
        if not isinstance(message, EmailMessage):
            raise TypeError("the policy makes e-mail messages")
        to = message["To"]
        named = to.addresses[0].display_name if isinstance(to, AddressHeader) and to.addresses else ""
        return cls(
            id=f"L{number}",
            inbox=inbox,
            name=named or inbox,
            sender=str(message["From"] or ""),
            to=str(to or ""),
            cc=str(message["Cc"] or ""),
            subject=str(message["Subject"] or ""),
            text=_body(message, "plain"),
            html=_body(message, "html"),
            attachments=tuple(part.get_filename() or "file" for part in message.iter_attachments()),
            stops_with=str(message["List-Unsubscribe"] or ""),
            arrived_at=at.timestamp(),
        )

    @classmethod
    def kept(cls, kept: Json) -> Self:
        """Return a letter that was kept between two starts."""
        return cls(**{**kept, "attachments": tuple(kept["attachments"])})

    def to_json(self) -> Json:
        """Return all of it, to be kept."""
        return asdict(self)

    def to_page(self) -> Json:
        """Return what the page shows; the HTML gets a frame of its own."""
        shown = self.to_json()
        return {**shown, "html": bool(self.html), "stops_with": bool(self.stops_with)}


def _body(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    return str(body.get_content()) if body is not None else ""
