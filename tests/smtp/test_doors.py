"""Who may hand mail in: this machine, or whoever logs in over TLS."""

import ssl
from pathlib import Path

import aiosmtplib
import pytest
import trustme

from bot.config import ConfigurationError, Settings
from tests.smtp.post_office import SENDER, mail_to, open_post_office

CLOSED = {"KINWARD_SMTP_USER": "ehr", "KINWARD_SMTP_PASSWORD": "long and random"}


@pytest.fixture
def files(tmp_path: Path) -> tuple[dict[str, str], ssl.SSLContext]:
    """A certificate with its key, and what trusts it."""
    authority = trustme.CA()
    issued = authority.issue_cert("127.0.0.1")
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    issued.cert_chain_pems[0].write_to_path(str(certificate))
    issued.private_key_pem.write_to_path(str(key))
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    return {"KINWARD_SMTP_CERTIFICATE": str(certificate), "KINWARD_SMTP_KEY": str(key)}, trusting


async def test_with_a_name_and_a_certificate_only_who_logs_in_over_tls_hands_mail_in(
    sqlite_url: str, files: tuple[dict[str, str], ssl.SSLContext]
) -> None:
    paths, trusting = files
    async with open_post_office(sqlite_url, "socket", **CLOSED, **paths) as post:
        raw = mail_to("minh@example.com").as_bytes()

        async with aiosmtplib.SMTP(hostname="127.0.0.1", port=post.port, start_tls=False) as bare:
            with pytest.raises(aiosmtplib.SMTPException):
                await bare.sendmail(SENDER, ["minh@example.com"], raw)

        def over_tls() -> aiosmtplib.SMTP:
            return aiosmtplib.SMTP(hostname="127.0.0.1", port=post.port, start_tls=True, tls_context=trusting)

        async with over_tls() as nobody:
            with pytest.raises(aiosmtplib.SMTPException):
                await nobody.sendmail(SENDER, ["minh@example.com"], raw)
            with pytest.raises(aiosmtplib.SMTPAuthenticationError):
                await nobody.login("ehr", "a guess")

        async with over_tls() as known:
            await known.login("ehr", "long and random")
            await known.sendmail(SENDER, ["minh@example.com"], raw)
        await post.came_out(3)
        assert len(post.server.received) == 3


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"KINWARD_SMTP_LISTEN": "0.0.0.0:2525"}, "open to other machines"),
        ({"KINWARD_SMTP_LISTEN": "0.0.0.0:2525", **CLOSED}, "open to other machines"),
        ({"KINWARD_SMTP_LISTEN": "2525"}, "must be an address and a port"),
        ({"KINWARD_SMTP_LISTEN": "127.0.0.1:99999"}, "must be an address and a port"),
        ({"KINWARD_SMTP_LISTEN": "127.0.0.1:2525", "SMTP_URL": ""}, "SMTP_URL is not set"),
    ],
)
def test_a_door_that_would_stand_open_is_not_opened(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], says: str
) -> None:
    common = {
        "SLACK_BOT_TOKEN": "xoxb-1-a",
        "SLACK_APP_TOKEN": "xapp-1-a",
        "SMTP_URL": "smtp://127.0.0.1:25",
        "MAIL_FROM": "office@practice.example",
    }
    for variable, value in {**common, **given}.items():
        monkeypatch.setenv(variable, value)
    with pytest.raises(ConfigurationError, match=says):
        Settings.from_environment()
