"""Reading a mail as it came (RFC 5322): what it says, whatever it is made of."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import getaddresses

from bot.adapters.mail_composing import COPY_HEADER
from bot.domain.folding import tidy
from bot.domain.incoming_mail import IncomingMail
from bot.domain.notice import (
    MAX_BODY_LENGTH,
    MAX_FILENAME_LENGTH,
    MAX_SUBJECT_LENGTH,
    Attachment,
    NoticeContent,
)

CLIENT_HEADER = "X-Kinward-Client"
"""Where a record system says by the practice's own id whose mail it is."""

_POLICY = policy.SMTP.clone(raise_on_defect=False)
_NAMELESS = "attachment"
_STATUS = re.compile(r"^Status:[ \t]*([245]\.\d{1,3}\.\d{1,3})", re.IGNORECASE | re.MULTILINE)
_FAILED = re.compile(r"^Action:[ \t]*failed", re.IGNORECASE | re.MULTILINE)


def read_mail(raw: bytes, *, recipients: Sequence[str]) -> IncomingMail:
    """Return what a mail says. Malformed parts and odd letters are read as well as they can be.

    Args:
        raw: the mail as it came.
        recipients: to whom its envelope is addressed.
    """
    message = BytesParser(EmailMessage, policy=_POLICY).parsebytes(raw)
    return IncomingMail(
        sender=_sender(message),
        recipients=tuple(dict.fromkeys(recipients)),
        client_own_id=tidy(_header(message, CLIENT_HEADER)),
        is_copy=bool(_header(message, COPY_HEADER)),
        digest=hashlib.sha256(raw).hexdigest(),
        content=NoticeContent(
            subject=tidy(_header(message, "Subject"))[:MAX_SUBJECT_LENGTH],
            text=_body(message, "plain"),
            html=_body(message, "html"),
            attachments=tuple(_attachments(message)),
            original=raw,
        ),
    )


def bounced_with(raw: bytes) -> str | None:
    """Return the status in a report of a failed delivery (RFC 3464), such as 5.1.1; None of other mail."""
    message = BytesParser(EmailMessage, policy=_POLICY).parsebytes(raw)
    if message.get_content_type() != "multipart/report":
        return None
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            found = _STATUS.search(part.as_bytes().decode("ascii", "replace"))
            if found and _FAILED.search(part.as_bytes().decode("ascii", "replace")):
                return found[1]
    return None


def _header(message: EmailMessage, name: str) -> str:
    try:
        value = message.get(name)
    except (ValueError, LookupError, AttributeError, IndexError, TypeError):
        # The parser of headers gives up on some that no mail program would send.
        return ""
    return _readable("" if value is None else str(value))


def _sender(message: EmailMessage) -> str:
    addresses = getaddresses([_header(message, "From")])
    return addresses[0][1][:MAX_SUBJECT_LENGTH] if addresses else ""


def _body(message: EmailMessage, kind: str) -> str:
    try:
        part = message.get_body(preferencelist=(kind,))
    except (ValueError, KeyError, AttributeError, TypeError):
        return ""
    if part is None or part.get_content_subtype() != kind:
        return ""
    return _readable(_text_of(part))[:MAX_BODY_LENGTH]


def _text_of(part: MIMEPart) -> str:
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    try:
        return raw.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        # A charset that nobody knows: most such mail is UTF-8 all the same.
        return raw.decode("utf-8", "replace")


def _attachments(message: EmailMessage) -> Iterator[Attachment]:
    try:
        parts = list(message.iter_attachments())
    except (ValueError, KeyError, AttributeError, TypeError):
        return
    for part in parts:
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            name = tidy(_readable(part.get_filename() or ""))[:MAX_FILENAME_LENGTH] or _NAMELESS
            yield Attachment(filename=name, content_type=part.get_content_type(), content=payload)


def _readable(text: str) -> str:
    """Return text without halves of letters and without NUL, which no database keeps."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
