"""A record system that can only send mail hands it in over SMTP: on to the client as it came, and copied."""

from collections.abc import AsyncIterator

import aiosmtplib
import pytest

from tests.office import Transport
from tests.smtp.post_office import SENDER, PostOffice, mail_to, open_post_office

WAYS: tuple[tuple[str, Transport], ...] = (("sqlite", "socket"), ("postgresql", "http"))


@pytest.fixture(params=WAYS, ids="-".join)
def way(request: pytest.FixtureRequest) -> tuple[str, Transport]:
    chosen: tuple[str, Transport] = request.param
    return chosen


@pytest.fixture
def engine(way: tuple[str, Transport]) -> str:
    return way[0]


@pytest.fixture
async def post(database_url: str, way: tuple[str, Transport]) -> AsyncIterator[PostOffice]:
    async with open_post_office(database_url, way[1]) as post:
        yield post


async def test_a_receipt_goes_on_as_it_came_and_a_copy_to_each_who_shares(post: PostOffice) -> None:
    receipt = mail_to("minh@example.com").as_bytes()
    await post.hand_in(receipt, "minh@example.com")
    out = {mail.recipients: mail for mail in await post.came_out(3)}
    assert set(out) == {("minh@example.com",), ("linh@example.com",), ("rosa@example.org",)}
    assert out[("minh@example.com",)].content == receipt.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    for copy in (out[("linh@example.com",)], out[("rosa@example.org",)]):
        assert copy.message["To"].addresses[0].addr_spec in copy.recipients
        assert copy.message["Cc"] is None
        assert "Thank you." in copy.text
        assert copy.sender.startswith("office+return-")

    # The very same mail again is the same; another one is another.
    await post.hand_in(receipt, "minh@example.com")
    await post.hand_in(mail_to("minh@example.com", text="Once more."), "minh@example.com")
    assert len(await post.came_out(6)) == 6


async def test_a_password_mail_is_copied_to_nobody_whatever_the_rules_say(post: PostOffice) -> None:
    await post.hand_in(
        mail_to("minh@example.com", subject="Your receipt password: reset"), "minh@example.com"
    )
    await post.hand_in(mail_to("minh@example.com", subject="A receipt"), "minh@example.com")
    out = await post.came_out(4)
    assert [mail.recipients for mail in out if "password" in mail.message["Subject"]] == [
        ("minh@example.com",)
    ]


async def test_what_nobody_knows_is_delivered_copied_to_nobody_and_staff_are_told(post: PostOffice) -> None:
    await post.hand_in(mail_to("minh@example.com", subject="News from us"), "minh@example.com")
    assert [mail.recipients for mail in await post.came_out(1)] == [("minh@example.com",)]
    await post.office.ana.sees("copied to nobody")
    # Of a client whose mail nobody shares nobody misses a copy.
    await post.hand_in(mail_to("linh@example.com", subject="News from us"), "linh@example.com")
    await post.came_out(2)


async def test_an_address_of_several_clients_is_copied_to_nobody_unless_the_header_says(
    post: PostOffice,
) -> None:
    await post.office.client("Mai", "Tran", own_id="K-3", email="Minh@Example.com")
    await post.hand_in(mail_to("minh@example.com"), "minh@example.com")
    assert [mail.recipients for mail in await post.came_out(1)] == [("minh@example.com",)]
    await post.office.ana.sees("copied to nobody")
    await post.hand_in(mail_to("minh@example.com", text="For Minh.", own_id="k-1"), "minh@example.com")
    assert {mail.recipients[0] for mail in (await post.came_out(4))[1:]} == {
        "minh@example.com",
        "linh@example.com",
        "rosa@example.org",
    }


async def test_a_mail_to_somebody_else_is_passed_on(post: PostOffice) -> None:
    await post.hand_in(mail_to("who@example.net"), "who@example.net")
    (only,) = await post.came_out(1)
    assert only.recipients == ("who@example.net",)


async def test_one_mail_to_a_couple_is_one_mail_for_each(post: PostOffice) -> None:
    both = ("minh@example.com", "linh@example.com")
    await post.hand_in(mail_to(*both), *both)
    await post.hand_in(mail_to("who@example.net", text="The last."), "who@example.net")
    out = await post.came_out(4)
    assert sorted(mail.recipients[0] for mail in out) == [
        "linh@example.com",
        "minh@example.com",
        "rosa@example.org",
        "who@example.net",
    ]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n\r\n",
        b"Subject: =?utf-8?b?broken\r\nFrom: <<>>\r\n\r\nreceipt",
        b"Subject: receipt\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--y\r\n\r\nnever closed",
        b"Subject: receipt\r\nContent-Type: text/plain; charset=klingon\r\n\r\nna\xefve",
        b"Subject: r\xe9ceipt\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\nna\xefve",
        "Subject: receipt für Größe\r\nContent-Type: text/plain; charset=utf-16\r\n\r\n".encode()
        + "Grüße".encode("utf-16"),
        b"Subject: receipt\r\n Bcc: who@example.net\r\nX: \0\r\n\r\n\0",
    ],
)
async def test_malformed_mail_is_carried_faithfully(post: PostOffice, raw: bytes) -> None:
    await post.hand_in(raw, "minh@example.com")
    own = await post.came_to("minh@example.com")
    assert own.content.rstrip(b"\r\n") == raw.rstrip(b"\r\n")
    assert "who@example.net" not in post.server.recipients


async def test_a_bounce_marks_the_address_and_a_stop_mail_stops(post: PostOffice) -> None:
    await post.hand_in(mail_to("minh@example.com"), "minh@example.com")
    out = {mail.recipients[0]: mail for mail in await post.came_out(3)}
    report = (
        b"From: mailer@example.org\r\nSubject: failed\r\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/plain\r\n\r\nIt failed.\r\n"
        b"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; example.org\r\n\r\n"
        b"Final-Recipient: rfc822; rosa@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n"
    )
    await post.hand_in(report, out["rosa@example.org"].sender)
    services, actor = post.office.services, post.office.actor
    family = await services.relationships.family(actor, post.minh.id)
    assert family.is_paused("rosa@example.org")

    stop = out["linh@example.com"].message["List-Unsubscribe"]
    address = str(stop).partition("mailto:")[2].partition("?")[0].strip("<>")
    await post.hand_in(mail_to(address, subject="stop"), address)
    family = await services.relationships.family(actor, post.minh.id)
    assert [member.side.sharing for member in family.linked_clients] == [None]


async def test_too_large_is_refused(post: PostOffice) -> None:
    async with aiosmtplib.SMTP(hostname="127.0.0.1", port=post.port, start_tls=False) as client:
        with pytest.raises(aiosmtplib.SMTPResponseException) as refused:
            await client.sendmail(SENDER, ["minh@example.com"], b"Subject: x\r\n\r\n" + b"x" * 21_000_000)
    assert refused.value.code == 552
