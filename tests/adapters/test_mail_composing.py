"""The mails themselves: the client's own as it was written, the copy with what stands around it."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.mail_composing import (
    COPY_HEADER,
    STOP_MAILBOX,
    Envelope,
    MailFrom,
    Undeliverable,
    compose,
    tag_of,
)
from bot.adapters.mail_headers import ASCII_HEADERS, LONGEST_LINE
from bot.domain.client import Client, ClientDetails
from bot.domain.ids import ClientId, CopyId, LinkId, NoticeId
from bot.domain.mail_copy import CopyState, MailCopy
from bot.domain.notice import Attachment, Notice, NoticeCategory, NoticeContent, NoticeRequest, NoticeSource
from bot.domain.recipients import Reason, RecipientKind
from bot.services.outbox import Letter
from bot.views.mail import Practice

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ANA = Client(
    id=ClientId("ana"), details=ClientDetails(first_name="Ana", last_name="Ruiz", email="ana@example.com")
)
FROM = MailFrom(
    address="office@practice.example", practice=Practice(name="Willow & Sons, Ltd.", phone="+1 212 555 0100")
)
ONLINE = replace(FROM, public_url="https://kinward.example")
CONTENT = NoticeContent(
    subject="Superbill for F41.1", text="Dear Ana,\nyour Superbill.", html="<p>Dear <b>Ana</b></p>"
)
PDF = Attachment(filename="Rechnung für Ana.pdf", content_type="application/pdf", content=b"%PDF\0\xff")


def letter(
    content: NoticeContent = CONTENT,
    *,
    own: bool = False,
    category: NoticeCategory = NoticeCategory.SUPERBILLS,
    name: str = "Ben Ruiz",
    address: str = "ben@example.com",
) -> Letter:
    request = NoticeRequest(client_id=ANA.id, category=category, content=content, source=NoticeSource.HTTP)
    copy = MailCopy(
        id=CopyId("01COPY"),
        notice_id=NoticeId("01NOTICE"),
        client_id=ANA.id,
        kind=RecipientKind.CLIENT if own else RecipientKind.LINKED_CLIENT,
        relation_id=None if own else LinkId("link"),
        name=name,
        address=address,
        event_key="e",
        category=category,
        reason=Reason.OWN_MAIL if own else Reason.SHARED,
        state=CopyState.SENDING,
        return_token="r" * 24,
        stop_token="5" * 24,
        queued_at=NOW,
    )
    notice = Notice(id=copy.notice_id, request=request, queued_at=NOW, opened=True)
    return Letter(copy=copy, notice=notice, client=ANA)


def written(made: Letter, sender: MailFrom = FROM) -> tuple[Envelope, EmailMessage]:
    envelope = compose(made, sender, at=NOW)
    message = message_from_bytes(envelope.content, policy=default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return envelope, message


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_the_clients_own_mail_goes_as_the_practice_wrote_it() -> None:
    envelope, message = written(letter(replace(CONTENT, attachments=(PDF,)), own=True))
    assert message["Subject"] == CONTENT.subject
    assert body(message, "plain").strip() == CONTENT.text
    assert body(message, "html").strip() == CONTENT.html
    (attached,) = message.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == (PDF.filename, PDF.content)
    assert message["Message-ID"] == envelope.message_id == "<01COPY@practice.example>"
    assert str(message["From"]) == '"Willow & Sons, Ltd." <office@practice.example>'
    assert COPY_HEADER not in message
    assert "List-Unsubscribe" not in message
    assert envelope.content.isascii()


def test_a_mail_that_came_as_one_goes_on_unaltered() -> None:
    original = b"Subject: \xe4\r\nMessage-ID: <theirs@records.example>\r\nX-Odd:  x\r\n\r\n\xff\xfeHello\r\n"
    envelope = compose(letter(replace(CONTENT, original=original), own=True), FROM, at=NOW)
    assert envelope.content == original
    assert envelope.message_id == "<theirs@records.example>"
    assert envelope.sender == f"office+return-{'r' * 24}@practice.example"
    # The copy is made anew all the same.
    assert (
        b"theirs@records.example"
        not in compose(letter(replace(CONTENT, original=original)), FROM, at=NOW).content
    )


def test_a_copy_says_whom_it_is_for_why_it_came_and_how_to_stop_it() -> None:
    _, message = written(letter())
    assert message["Subject"] == "A copy of an e-mail for Ana"
    text = body(message, "plain")
    assert "For Ben Ruiz: this is a copy of an e-mail from Willow & Sons, Ltd. to Ana." in text
    assert "it was agreed with Willow & Sons, Ltd." in text
    assert "+1 212 555 0100" in text
    assert CONTENT.text in text
    html = body(message, "html")
    assert html.index("For Ben Ruiz") < html.index(CONTENT.html) < html.index("To get no more")
    assert "Willow &amp; Sons" in html
    # Nothing of ours tells more than the first name, nor what the e-mail is about.
    around = message["Subject"] + text.replace(CONTENT.text, "").replace("Ben Ruiz", "")
    assert "Ruiz" not in around
    assert "F41" not in str(message["Subject"])
    assert message[COPY_HEADER] == "1"


def test_one_click_stops_it_where_there_is_a_public_address() -> None:
    _, message = written(letter(), ONLINE)
    link = f"https://kinward.example/stop/{'5' * 24}"
    assert message["List-Unsubscribe"] == f"<{link}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link in body(message, "plain")
    assert link in body(message, "html")


def test_a_mail_stops_it_where_there_is_none() -> None:
    _, message = written(letter())
    address = f"office+stop-{'5' * 24}@practice.example"
    assert message["List-Unsubscribe"] == f"<mailto:{address}?subject=stop>"
    assert "List-Unsubscribe-Post" not in message
    assert address in body(message, "plain")
    assert tag_of(address, STOP_MAILBOX) == "5" * 24


@pytest.mark.parametrize(
    ("category", "content_type", "kept"),
    [
        (NoticeCategory.SUPERBILLS, "application/pdf", True),
        (NoticeCategory.PAYMENTS, "application/pdf", True),
        (NoticeCategory.FORMS_DOCUMENTS, "application/pdf", True),
        (NoticeCategory.APPOINTMENTS, "text/calendar", True),
        (NoticeCategory.APPOINTMENTS, "application/pdf", False),
        (NoticeCategory.OTHER, "text/calendar", False),
    ],
)
def test_a_copy_carries_attachments_only_where_the_category_is_about_them(
    category: NoticeCategory, content_type: str, *, kept: bool
) -> None:
    content = replace(CONTENT, attachments=(replace(PDF, content_type=content_type),))
    _, message = written(letter(content, category=category))
    assert len([*message.iter_attachments()]) == int(kept)
    assert ("attachments of the e-mail are not part" in body(message, "plain")) is not kept


def test_what_is_a_mail_itself_is_carried_as_a_file() -> None:
    content = replace(CONTENT, attachments=(replace(PDF, content_type="message/rfc822"),))
    _, message = written(letter(content))
    (attached,) = message.iter_attachments()
    assert attached.get_content_type() == "application/octet-stream"
    assert attached.get_content() == PDF.content


def test_html_alone_is_copied_as_html_alone() -> None:
    _, message = written(letter(replace(CONTENT, text="")))
    assert message.get_content_type() == "text/html"
    assert "For Ben Ruiz" in body(message, "html")


@pytest.mark.parametrize(
    "name", ['Ben "B" <x@y.example>', "Ben\r\nBcc: eve@example.com", "\N{SNOWMAN} Ben", "B" * 400, ""]
)
def test_no_name_breaks_out_of_its_header(name: str) -> None:
    try:
        envelope, message = written(letter(name=name))
    except ValueError:
        # Python's own package refuses it; the store holds no such name.
        assert "\n" in name
        return
    assert [each.addr_spec for each in message["To"].addresses] == ["ben@example.com"]
    assert "Bcc" not in message
    assert envelope.recipient == "ben@example.com"


@pytest.mark.parametrize(
    "name", ["Ben", "Ben Ruiz", "J. Doe", "O'Brien", "Anne-Marie", "Ben  Ruiz", "Zo\u00eb", "Ben (Dad)", "7"]
)
@pytest.mark.parametrize("local", ["ben", "b.e.n+x_y-z", "'ben'", "b" * 60])
def test_whoever_reads_it_finds_the_name_and_the_address_as_they_are(name: str, local: str) -> None:
    envelope, message = written(letter(name=name, address=f"{local}@example.com"))
    (to,) = message["To"].addresses
    assert to.addr_spec == envelope.recipient
    assert to.display_name == " ".join(name.split())


def test_a_domain_of_other_letters_is_routed_in_ascii() -> None:
    envelope, _ = written(letter(address="ben@b\N{LATIN SMALL LETTER U WITH DIAERESIS}cher.example"))
    assert (envelope.recipient, envelope.needs_utf8) == ("ben@xn--bcher-kva.example", False)
    local = compose(letter(address="b\N{LATIN SMALL LETTER E WITH ACUTE}n@example.com"), FROM, at=NOW)
    assert local.needs_utf8


def test_no_mail_is_written_to_what_is_no_address() -> None:
    with pytest.raises(Undeliverable):
        compose(letter(address="nobody"), FROM, at=NOW)


@settings(max_examples=60)
@given(
    st.lists(
        st.text(st.characters(max_codepoint=130), max_size=20)
        | st.just("x" * LONGEST_LINE)
        | st.just("x" * (LONGEST_LINE + 1))
        | st.sampled_from(["\n", "\r\n", "\r", "\x0b", ".", "From "]),
        min_size=1,
        max_size=6,
    )
)
def test_text_is_written_as_the_package_would(parts: list[str]) -> None:
    text = "".join(parts)
    by_package = EmailMessage(policy=ASCII_HEADERS)
    by_package.set_content(text)
    made = compose(letter(NoticeContent(subject="Hello", text=text), own=True), FROM, at=NOW)
    _, _, end = made.content.partition(b"Subject: Hello\r\n")
    assert end == by_package.as_bytes()
