"""Writing a mail: the client's own as the practice wrote it, a copy with what stands around it.

Python's own email package writes the headers, and refuses a line end in any of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.utils import format_datetime
from functools import lru_cache
from typing import Any

from email_validator import EmailNotValidError, validate_email

from bot.adapters.mail_headers import ASCII_HEADERS, LONGEST_LINE, UTF8_HEADERS, written_as_it_is
from bot.domain.mail_copy import MailCopy
from bot.domain.notice import Attachment, NoticeContent
from bot.services.outbox import Letter
from bot.views.mail import Practice, wrapper

COPY_HEADER = "X-Kinward-Copy"
"""Stands in every copy. A mail that comes in with it is a copy, and is never copied again (R22)."""

STOP_PATH = "/stop/"
"""Where a public address takes a stop in: `POST <address>/stop/<token>` (RFC 8058), with a page at GET."""

STOP_MAILBOX = "stop"
"""A mail to `<mailbox>+stop-<token>@...` stops what came with it."""
RETURN_MAILBOX = "return"
"""`<mailbox>+return-<token>@...` is where the report of a failed delivery goes (VERP)."""

_UNWRAPPABLE = frozenset({"message", "multipart"})
"""What is itself a mail cannot be carried in base64 under its own name (RFC 2046 5.2.1)."""


class Undeliverable(Exception):  # noqa: N818 - named for what is so
    """No mail can be written to this address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFrom:
    """Who sends, and how a recipient reaches that.

    Attributes:
        address: what stands in From.
        practice: the practice's name and phone.
        public_url: where a stop is taken in over HTTP, without a slash at its end; or None.
    """

    address: str
    practice: Practice
    public_url: str | None = None

    @property
    def domain(self) -> str:
        """The part behind the @."""
        return self.address.rpartition("@")[2]

    def tagged(self, mailbox: str, token: str) -> str:
        """Return the address with a tag by which what comes to it is known again."""
        local, _, domain = self.address.rpartition("@")
        return f"{local}+{mailbox}-{token}@{domain}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A mail as it goes to a server: one sender, one recipient, and the bytes."""

    sender: str
    recipient: str
    message_id: str
    content: bytes
    needs_utf8: bool = False


def tag_of(address: str, mailbox: str) -> str | None:
    """Return the token in an address that `MailFrom.tagged` made, or None where it is no such address."""
    tag = address.rpartition("@")[0].rpartition("+")[2].casefold()
    return tag.removeprefix(f"{mailbox}-") if tag.startswith(f"{mailbox}-") else None


def compose(letter: Letter, sender: MailFrom, *, at: datetime) -> Envelope:
    """Return the mail that a letter is.

    Raises:
        Undeliverable: its address is none to which a mail can go.
    """
    copy, content = letter.copy, letter.notice.request.content
    recipient, needs_utf8 = _routed(copy.address or "")
    message_id = copy.message_id or f"<{copy.id}@{sender.domain}>"
    original = content.original if copy.is_own_mail else None
    if original is not None:
        own = BytesHeaderParser(policy=ASCII_HEADERS).parsebytes(original)["Message-ID"]
        message_id, written = str(own or "").strip() or message_id, original
    else:
        message = EmailMessage(policy=UTF8_HEADERS if needs_utf8 else ASCII_HEADERS)
        message["From"] = _addressed("From", sender.practice.name, sender.address)
        message["To"] = _addressed("To", copy.name, recipient)
        message["Date"] = _dated(at.replace(microsecond=0))
        message["Message-ID"] = message_id
        message["Auto-Submitted"] = "auto-generated"
        if copy.is_own_mail:
            _write_own(message, content)
        else:
            _write_copy(message, letter, sender)
        written = message.as_bytes()
    return Envelope(
        sender=sender.tagged(RETURN_MAILBOX, copy.return_token),
        recipient=recipient,
        message_id=message_id,
        content=written,
        needs_utf8=needs_utf8,
    )


def _write_own(message: EmailMessage, content: NoticeContent) -> None:
    message["Subject"] = content.subject
    _write_body(message, text=content.text, html=content.html, attachments=content.attachments)


def _write_copy(message: EmailMessage, letter: Letter, sender: MailFrom) -> None:
    copy, content = letter.copy, letter.notice.request.content
    kept = tuple(each for each in content.attachments if copy.category.copies_attachment(each))
    stop, by_mail = _stop(copy, sender)
    around = wrapper(
        client=letter.client,
        recipient=copy.name,
        practice=sender.practice,
        stop=stop,
        by_mail=by_mail,
        leaves_out_attachments=len(kept) < len(content.attachments),
    )
    message["Subject"] = around.subject
    message[COPY_HEADER] = "1"
    message["List-Unsubscribe"] = f"<mailto:{stop}?subject=stop>" if by_mail else f"<{stop}>"
    if not by_mail:
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    # Where the practice wrote HTML alone, its text is not ours to make up; the lines around it are read.
    _write_body(
        message,
        text=around.around_text(content.text) if content.text or not content.html else "",
        html=around.around_html(content.html) if content.html else "",
        attachments=kept,
    )


def _write_body(message: EmailMessage, *, text: str, html: str, attachments: Iterable[Attachment]) -> None:
    if text or not html:
        _write_text(message, text)
        if html:
            message.add_alternative(html, subtype="html")
    else:
        message.set_content(html, subtype="html")
    for each in attachments:
        main, _, sub = each.content_type.partition("/")
        if main in _UNWRAPPABLE:
            main, sub = "application", "octet-stream"
        message.add_attachment(each.content, maintype=main, subtype=sub, filename=each.filename)


def _write_text(message: EmailMessage, text: str) -> None:
    """Write text as the package does, without its search for how to carry it, where seven bits do."""
    # As bytes, which end their lines at line ends alone.
    lines = text.encode("ascii").splitlines() if text.isascii() else []
    if not lines or max(map(len, lines)) > LONGEST_LINE:
        message.set_content(text)
        return
    message["Content-Type"] = 'text/plain; charset="utf-8"'
    message["Content-Transfer-Encoding"] = "7bit"
    message["MIME-Version"] = "1.0"
    message.set_payload(b"\n".join((*lines, b"")).decode("ascii"))


def _stop(copy: MailCopy, sender: MailFrom) -> tuple[str, bool]:
    """Return with what to stop, and whether that is an address of mail."""
    if sender.public_url is not None:
        return f"{sender.public_url}{STOP_PATH}{copy.stop_token}", False
    return sender.tagged(STOP_MAILBOX, copy.stop_token), True


@lru_cache(maxsize=1)
def _dated(second: datetime) -> str:
    return format_datetime(second)


@lru_cache(maxsize=1024)
def _routed(address: str) -> tuple[str, bool]:
    """Return the address with its domain in ASCII, and whether the part before the @ is not (RFC 6531)."""
    try:
        found = validate_email(address, check_deliverability=False)
    except EmailNotValidError as error:
        raise Undeliverable from error
    local, domain = found.local_part, found.ascii_domain
    return f"{local}@{domain}", not local.isascii()


@lru_cache(maxsize=1024)
def _addressed(header: str, name: str, address: str) -> Any:  # noqa: ANN401 - a header of From or To
    plainly = f"{name} <{address}>"
    if written_as_it_is(header, plainly):
        return plainly
    return ASCII_HEADERS.header_factory(header, _address(name, address))


def _address(name: str, address: str) -> Address:
    local, _, domain = address.rpartition("@")
    if local.startswith('"'):
        return Address(display_name=name, addr_spec=address)
    # In two parts, because as one it may have no letters but ASCII's.
    return Address(display_name=name, username=local, domain=domain)
