"""To another machine only over TLS that is checked, and with the password only then."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import trustme
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from bot.adapters.mail_composing import Envelope
from bot.adapters.smtp_sending import ServerUnavailable, SmtpSending
from bot.adapters.smtp_server import SmtpServer, Tls
from bot.domain.mail_copy import Answer, SendResult
from tests.mail_server import MailServer, listening

MAIL = Envelope(
    sender="office@practice.example",
    recipient="ana@example.com",
    message_id="<1@practice.example>",
    content=b"Subject: Hello\r\n\r\nHello\r\n",
)
TAKEN = SendResult(answer=Answer.TAKEN, code="2.0.0")


@pytest.fixture
def authority(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> trustme.CA:
    """Who signs the server's certificate, and is trusted by this machine."""
    made = trustme.CA()
    made.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    return made


@asynccontextmanager
async def provider(authority: trustme.CA, *, tls: Tls, host: str = "127.0.0.1") -> AsyncIterator[MailServer]:
    """Run a mail server as a practice's provider has one: it asks for TLS and a password."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(host).configure_cert(context)
    handler = MailServer()

    def authenticate(*given: object) -> AuthResult:
        login = given[-1]
        known = isinstance(login, LoginPassword) and (login.login, login.password) == (b"office", b"s3cret")
        return AuthResult(success=known, handled=False)

    connections: list[SMTP] = []
    upgrades = tls is Tls.STARTTLS

    def connected() -> SMTP:
        connections.append(
            SMTP(
                handler,
                hostname="mail.example",
                # Beneath TLS from the first byte on, aiosmtpd knows of no TLS, and warns of passwords.
                auth_required=upgrades,
                authenticator=authenticate if upgrades else None,
                tls_context=context if upgrades else None,
                require_starttls=upgrades,
            )
        )
        return connections[-1]

    implicit = context if tls is Tls.IMPLICIT else None
    async with listening(connected, connections, context=implicit) as handler.port:
        yield handler


def sending_to(server: MailServer, *, tls: Tls, password: str = "s3cret") -> SmtpSending:  # noqa: S107 - made up
    user = "office" if tls is Tls.STARTTLS else None
    at = SmtpServer(host="127.0.0.1", port=server.port, tls=tls, user=user, password=password)
    return SmtpSending(at, name="practice.example", seconds=5)


async def yes() -> bool:
    return True


@pytest.mark.parametrize("tls", [Tls.STARTTLS, Tls.IMPLICIT])
async def test_mail_goes_over_tls_and_over_starttls_with_the_password(
    authority: trustme.CA, tls: Tls
) -> None:
    async with provider(authority, tls=tls) as server:
        sending = sending_to(server, tls=tls)
        assert await sending.send(MAIL, if_still=yes) == TAKEN
        assert await sending.send(MAIL, if_still=yes) == TAKEN
        await sending.close()
    assert server.recipients == ["ana@example.com"] * 2


@pytest.mark.parametrize("tls", [Tls.STARTTLS, Tls.IMPLICIT])
async def test_a_certificate_of_somebody_else_is_not_talked_to(authority: trustme.CA, tls: Tls) -> None:
    async with provider(authority, tls=tls, host="elsewhere.example") as server:
        with pytest.raises(ServerUnavailable):
            await sending_to(server, tls=tls).send(MAIL, if_still=yes)
    assert server.received == []


async def test_a_wrong_password_blames_no_mail(authority: trustme.CA) -> None:
    async with provider(authority, tls=Tls.STARTTLS) as server:
        with pytest.raises(ServerUnavailable):
            await sending_to(server, tls=Tls.STARTTLS, password="a guess").send(MAIL, if_still=yes)  # noqa: S106 - the same


@pytest.mark.parametrize(
    ("url", "tls", "port"),
    [
        ("smtp://mail.example", Tls.STARTTLS, 587),
        ("smtps://office:p%40ss@mail.example", Tls.IMPLICIT, 465),
        ("smtp://mail.example:25", Tls.STARTTLS, 25),
        ("smtp://127.0.0.1:2525", Tls.NONE, 2525),
    ],
)
def test_only_within_this_machine_is_it_without_tls(url: str, tls: Tls, port: int) -> None:
    server = SmtpServer.parse(url)
    assert (server.tls, server.port) == (tls, port)
    assert server.password in (None, "p@ss")


async def test_a_mail_that_is_not_to_go_after_all_leaves_the_connection_as_it_was(
    authority: trustme.CA,
) -> None:
    async def no() -> bool:
        return False

    async with provider(authority, tls=Tls.STARTTLS) as server:
        sending = sending_to(server, tls=Tls.STARTTLS)
        assert await sending.send(MAIL, if_still=no) is None
        assert await sending.send(MAIL, if_still=yes) == TAKEN
        await sending.close()
    assert server.recipients == ["ana@example.com"]
