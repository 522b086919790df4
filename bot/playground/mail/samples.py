"""What the made-up practice writes: one e-mail of each kind that a practice sends."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from html import escape

from bot.domain.client import Client
from bot.domain.notice import Attachment, NoticeCategory, NoticeContent
from bot.playground.practice.settling import NAME, PHONE

_PAGE = (
    '<div style="font-family: Georgia, serif; max-width: 36em; color: #23312e">'
    '<h2 style="color: #0f6b61; border-bottom: 2px solid #0f6b61">{practice}</h2>{body}'
    '<p style="color: #54635f">{practice}, {phone}</p></div>'
)


def sample(category: NoticeCategory, client: Client, *, now: datetime) -> NoticeContent:
    """Return an e-mail of a kind to a client, as a practice would write it."""
    return _SAMPLES[category](client, now)


def _reminder(client: Client, now: datetime) -> NoticeContent:
    day = now + timedelta(days=2)
    moment = f"{day:%A, %B} {day.day} at 10:30 AM"
    entry = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Elm Street//Playground//EN\r\nBEGIN:VEVENT\r\n"
        f"UID:{now:%Y%m%d%H%M%S}@elm-street.example\r\nDTSTAMP:{now:%Y%m%dT%H%M%SZ}\r\n"
        f"DTSTART:{day:%Y%m%d}T103000\r\nDURATION:PT50M\r\nSUMMARY:Appointment\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    return _content(
        client,
        subject="Your appointment",
        lines=(
            f"This is a reminder of your appointment on {moment}.",
            f"If you cannot come, please call us at {PHONE}.",
        ),
        attachments=(
            Attachment(filename="appointment.ics", content_type="text/calendar", content=entry.encode()),
        ),
    )


def _receipt(client: Client, now: datetime) -> NoticeContent:
    return _content(
        client,
        subject="Your receipt",
        lines=(f"Thank you. We received your payment of $120.00 on {now:%B} {now.day}.",),
        attachments=(_paper("receipt.txt", f"Receipt\n{client.display_name}\nPaid: $120.00\n"),),
    )


def _superbill(client: Client, now: datetime) -> NoticeContent:
    superbill = (
        f"Superbill\n{client.display_name}\n{now:%Y-%m-%d}\nDiagnosis: F43.20\nService: 90834\n$120.00\n"
    )
    return _content(
        client,
        subject="Your Superbill",
        lines=("Your Superbill is attached. You can hand it in to your insurance.",),
        attachments=(_paper("superbill.txt", superbill),),
    )


def _form(client: Client, _now: datetime) -> NoticeContent:
    return _content(
        client,
        subject="A form for you",
        lines=("Before your next visit, please fill in the attached form and bring it along.",),
        attachments=(_paper("intake-form.txt", "Intake form\n\nName:\nPharmacy:\n"),),
    )


def _password(client: Client, _now: datetime) -> NoticeContent:
    return _content(
        client,
        subject="Your new password",
        lines=("You asked for a new password for the client portal. Your code is 402 771.",),
    )


_SAMPLES: Mapping[NoticeCategory, Callable[[Client, datetime], NoticeContent]] = {
    NoticeCategory.APPOINTMENTS: _reminder,
    NoticeCategory.PAYMENTS: _receipt,
    NoticeCategory.SUPERBILLS: _superbill,
    NoticeCategory.FORMS_DOCUMENTS: _form,
    NoticeCategory.ACCOUNT: _password,
}

KINDS: Mapping[NoticeCategory, str] = {
    NoticeCategory.APPOINTMENTS: "Reminder",
    NoticeCategory.PAYMENTS: "Receipt",
    NoticeCategory.SUPERBILLS: "Superbill",
    NoticeCategory.FORMS_DOCUMENTS: "Form",
    NoticeCategory.ACCOUNT: "Password e-mail",
}
"""What can be sent, with its name on the page, in the order in which the page offers it."""


def _content(
    client: Client, *, subject: str, lines: tuple[str, ...], attachments: tuple[Attachment, ...] = ()
) -> NoticeContent:
    greeting = f"Dear {client.display_name},"
    body = "".join(f"<p>{escape(line)}</p>" for line in (greeting, *lines))
    return NoticeContent(
        subject=subject,
        text="\n\n".join((greeting, *lines, f"{NAME}\n{PHONE}")) + "\n",
        html=_PAGE.format(practice=escape(NAME), phone=escape(PHONE), body=body),
        attachments=attachments,
    )


def _paper(filename: str, text: str) -> Attachment:
    return Attachment(filename=filename, content_type="text/plain", content=text.encode())
