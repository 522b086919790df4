"""What a mail says is read for its copies, whatever letters it is written in and however it is broken."""

import base64

import pytest

from bot.adapters.mail_reading import bounced_with, read_mail

REPORT = (
    b"From: mailer@example.org\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n"
    b"\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; example.org\r\n\r\n"
    b"Final-Recipient: rfc822; dave@example.org\r\nAction: %b\r\nStatus: %b\r\n\r\n--b--\r\n"
)


@pytest.mark.parametrize(
    ("charset", "encoded"),
    [
        ("utf-8", "Grüße an José".encode()),
        ("iso-8859-1", "Grüße an José".encode("iso-8859-1")),
        ("windows-1252", "Grüße an José".encode("windows-1252")),
        ("utf-16", "Grüße an José".encode("utf-16")),
        ("klingon", "Grüße an José".encode()),
    ],
)
def test_the_text_is_read_in_its_own_letters(charset: str, encoded: bytes) -> None:
    raw = f"Subject: x\r\nContent-Type: text/plain; charset={charset}\r\n".encode()
    raw += b"Content-Transfer-Encoding: base64\r\n\r\n" if charset == "utf-16" else b"\r\n"
    body = base64.b64encode(encoded) if charset == "utf-16" else encoded
    assert read_mail(raw + body, recipients=()).content.text == "Grüße an José"


@pytest.mark.parametrize(
    ("subject", "says"),
    [
        (b"=?utf-8?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        (b"=?iso-8859-1?b?R3L832U=?=", "Grüße"),
        (b"two\r\n lines", "two lines"),
        (b"=?utf-8?b?broken", "=?utf-8?b?broken"),
        (b"a\0b", "ab"),
    ],
)
def test_the_subject_is_one_line_that_can_be_kept(subject: bytes, says: str) -> None:
    read = read_mail(b"Subject: " + subject + b"\r\n\r\n", recipients=())
    assert read.content.subject == says


def test_nothing_of_a_mail_adds_a_recipient() -> None:
    raw = b"To: a@example.com, eve@example.net\r\nCc: eve@example.net\r\nBcc: eve@example.net\r\n\r\nHello"
    assert read_mail(raw, recipients=("a@example.com", "a@example.com")).recipients == ("a@example.com",)


def test_attachments_have_a_name_and_a_type_whatever_they_say() -> None:
    raw = (
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHello\r\n"
        b"--b\r\nContent-Type: application/pdf\r\n"
        b'Content-Disposition: attachment; filename="a\r\n\tb.pdf"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n"
        b"--b\r\nContent-Type: nonsense\r\nContent-Disposition: attachment\r\n\r\nx\r\n--b--\r\n"
    )
    read = read_mail(raw, recipients=()).content
    first, *_ = read.attachments
    assert (first.content_type, first.content) == ("application/pdf", b"%PDF-")
    assert all("\n" not in each.filename and each.filename for each in read.attachments)
    assert len(read.attachments) == 2


@pytest.mark.parametrize(
    ("action", "status", "found"),
    [(b"failed", b"5.1.1", "5.1.1"), (b"delayed", b"4.4.1", None), (b"relayed", b"2.0.0", None)],
)
def test_only_a_report_of_a_failure_is_a_bounce(action: bytes, status: bytes, found: str | None) -> None:
    assert bounced_with(REPORT % (action, status)) == found
    assert bounced_with(b"Subject: I am on holiday\r\n\r\nStatus: 5.1.1\r\nAction: failed") is None
