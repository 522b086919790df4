"""What stands around a copy of an e-mail: whom it is for, why it came, how to stop it (R25).

Nothing in it tells more of the client than the first name: no diagnosis, no service, no family name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from bot.domain.client import Client
from bot.views.sentences import say

_SHOWN = (
    "display:block !important;visibility:visible !important;color:#222;background:#fff;font:14px sans-serif"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """How the practice is called, and where it is reached."""

    name: str = ""
    phone: str = ""

    @property
    def said(self) -> str:
        """The name, or what stands for it where nobody has set it."""
        return self.name or say("mail.practice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrapper:
    """One copy: what stands before and after what the practice wrote, a line each."""

    subject: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    def around_text(self, text: str) -> str:
        """Return the text with the lines around it."""
        return "\n\n".join((*self.before, "-" * 40, text.strip("\r\n"), "-" * 40, *self.after)) + "\n"

    def around_html(self, html: str) -> str:
        """Return HTML with the lines around it.

        What the practice wrote stays as it is. The lines come first as well as last: whatever its HTML does
        to what follows it, whom the copy is for is read before it.
        """
        return f"{_paragraphs(self.before)}<hr>\n{html}\n<hr>{_paragraphs(self.after)}\n"


def wrapper(
    *,
    client: Client | None,
    recipient: str,
    practice: Practice,
    stop: str,
    by_mail: bool,
    leaves_out_attachments: bool,
) -> Wrapper:
    """Return what stands around a copy.

    Args:
        client: whose e-mail it is.
        recipient: the name of whom the copy is for.
        practice: who sends it.
        stop: the link, or the address, with which to stop.
        by_mail: whether that is an address.
        leaves_out_attachments: whether the notice has attachments that the copy has not.
    """
    name, from_whom = first_name(client), practice.said
    stopping = say("mail.stop_mail", address=stop) if by_mail else say("mail.stop_link", link=stop)
    also = (
        say("mail.stop_call", practice=from_whom, phone=practice.phone)
        if practice.phone
        else say("mail.stop_tell", practice=from_whom)
    )
    return Wrapper(
        subject=say("mail.subject", client=name),
        before=(
            say("mail.whom", recipient=recipient, practice=from_whom, client=name),
            say("mail.why", practice=from_whom, client=name),
            *((say("mail.attachments_left_out"),) if leaves_out_attachments else ()),
        ),
        after=(f"{stopping}", also, say("mail.not_you", recipient=recipient, practice=from_whom)),
    )


def first_name(client: Client | None) -> str:
    """Return the first name, or else the initial of the last one; never both (R25)."""
    if client is None:
        return say("mail.somebody")
    first, last = client.details.first_name, client.details.last_name
    return first or (f"{last[0]}." if last else say("mail.somebody"))


def _paragraphs(lines: Sequence[str]) -> str:
    paragraphs = "".join(f'<p style="{_SHOWN}">{escape(line)}</p>' for line in lines)
    return f'<div style="{_SHOWN}">{paragraphs}</div>'
