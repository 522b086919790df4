"""What a setting has to look like; each mistake is one sentence that says what to do, without the value."""

import re
from datetime import UTC, tzinfo
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from pydantic import BeforeValidator, SecretStr

from bot.adapters.smtp_server import SmtpServer
from storage.address import DatabaseAddress, InvalidAddress

WHERE_BOT_TOKENS_ARE = (
    "it is the Bot User OAuth Token on the page OAuth & Permissions of your app "
    "at https://api.slack.com/apps, and it is there once the app is installed to the workspace"
)
WHERE_APP_TOKENS_ARE = (
    "it is an App-Level Token with the scope connections:write; make one on the page Basic Information "
    "of your app at https://api.slack.com/apps"
)
WHERE_SIGNING_SECRETS_ARE = (
    "it is the Signing Secret under App Credentials on the page Basic Information of your app "
    "at https://api.slack.com/apps"
)
WHERE_THEY_ARE = {
    "SLACK_BOT_TOKEN": WHERE_BOT_TOKENS_ARE,
    "SLACK_APP_TOKEN": WHERE_APP_TOKENS_ARE,
    "SLACK_SIGNING_SECRET": WHERE_SIGNING_SECRETS_ARE,
}
"""Where each secret is found, by the variable that it is set in."""

SHORTEST_AUDIT_KEY = 32
HIGHEST_PORT = 65_535
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def is_safe(url: SplitResult) -> bool:
    """Say whether what is sent to an address stays unread: over https, or within this machine."""
    return url.scheme == "https" or (url.scheme == "http" and url.hostname in _LOOPBACK)


def token(prefix: str, variable: str) -> BeforeValidator:
    """Return the check of a token that begins with a prefix."""

    def check(value: object) -> object:
        given = _secret(value)
        if not re.fullmatch(rf"{prefix}[A-Za-z0-9-]+", given):
            raise ValueError(
                f"{variable} is not a token that begins with {prefix}: {WHERE_THEY_ARE[variable]}."
            )
        return SecretStr(given)

    return BeforeValidator(check)


def signing_secret(value: object) -> object:
    """Return a signing secret; a token that was pasted in its place has hyphens and is refused."""
    given = _secret(value)
    if not re.fullmatch(r"[A-Za-z0-9]{16,}", given):
        raise ValueError(
            "SLACK_SIGNING_SECRET is not a signing secret, which has letters and digits only: "
            f"{WHERE_SIGNING_SECRETS_ARE}."
        )
    return SecretStr(given)


def _secret(value: object) -> str:
    return (value.get_secret_value() if isinstance(value, SecretStr) else str(value)).strip()


def api_port(value: object) -> object:
    """Return the TCP port of the HTTP interface; 0 takes any free one."""
    given = str(value).strip()
    if not re.fullmatch(r"[0-9]{1,5}", given) or int(given) > HIGHEST_PORT:
        raise ValueError(
            f"KINWARD_API_PORT must be a number from 0 to {HIGHEST_PORT}: notices are handed in there."
        )
    return int(given)


def port(value: object) -> object:
    """Return a TCP port; 0 takes any free one."""
    given = str(value).strip()
    if not re.fullmatch(r"[0-9]{1,5}", given) or int(given) > HIGHEST_PORT:
        raise ValueError(f"PORT must be a number from 0 to {HIGHEST_PORT}: the bot listens for Slack there.")
    return int(given)


def api_url(value: object) -> object:
    """Return the address of a Web API."""
    url = urlsplit(str(value).strip())
    if not is_safe(url) or not url.path.endswith("/api/") or url.query or url.fragment:
        raise ValueError(
            "SLACK_API_URL must be an https address that ends in /api/: "
            "leave it unset for Slack itself, https://slack.com/api/."
        )
    return url.geturl()


SENDER_NEEDED = "MAIL_FROM is not set: with SMTP_URL it is the address that notification e-mails come from."
RELAY_NEEDED = "SMTP_URL is not set: what comes in at KINWARD_SMTP_LISTEN goes on to that mail server."
LOG_IN_NEEDED = (
    "KINWARD_SMTP_LISTEN is open to other machines: set KINWARD_SMTP_USER, KINWARD_SMTP_PASSWORD, "
    "KINWARD_SMTP_CERTIFICATE and KINWARD_SMTP_KEY, or listen on 127.0.0.1."
)
_MOST_MAILS_A_MINUTE = 100_000
_MOST_MAIL_CONNECTIONS = 20
_MOST_LETTERS = 200
_MOST_BEFORE_THE_AT = 30
"""RFC 5321 4.5.3.1.1 allows 64; a tag by which a return path is known takes 34 of them."""


def smtp_url(value: object) -> object:
    """Return the address of a mail server, or None where there is none."""
    if value is None:
        return None
    given = _secret(value)
    try:
        SmtpServer.parse(given)
    except ValueError:
        raise ValueError(
            "SMTP_URL must be the address of a mail server, such as "
            "smtp://user:password@mail.example.org:587 or smtps://mail.example.org."
        ) from None
    return SecretStr(given)


def mail_from(value: object) -> object:
    """Return an address of mail, or None where there is none."""
    if value is None:
        return None
    given = str(value).strip()
    try:
        found = validate_email(given, check_deliverability=False)
    except EmailNotValidError:
        raise ValueError("MAIL_FROM must be an e-mail address, such as office@practice.example.") from None
    if not found.local_part.isascii() or len(found.local_part) > _MOST_BEFORE_THE_AT:
        raise ValueError(
            f"MAIL_FROM must have at most {_MOST_BEFORE_THE_AT} plain letters before its @: "
            "a tag is put behind them."
        )
    return f"{found.local_part}@{found.ascii_domain}"


def listen_at(value: object) -> object:
    """Return a host and a port, or None where there is none."""
    if value is None or isinstance(value, tuple):
        return value
    host, _, given = str(value).strip().rpartition(":")
    if not host or not re.fullmatch(r"[0-9]{1,5}", given) or int(given) > HIGHEST_PORT:
        raise ValueError("KINWARD_SMTP_LISTEN must be an address and a port, such as 127.0.0.1:2525.")
    return host.strip("[]"), int(given)


def is_loopback(host: str) -> bool:
    """Say whether only this machine itself reaches an address."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def mails_a_minute(value: object) -> object:
    """Return a number of mails."""
    given = str(value).strip()
    if not re.fullmatch(r"[0-9]{1,6}", given) or not 1 <= int(given) <= _MOST_MAILS_A_MINUTE:
        raise ValueError(f"KINWARD_MAILS_PER_MINUTE must be a number from 1 to {_MOST_MAILS_A_MINUTE}.")
    return int(given)


def mail_connections(value: object) -> object:
    """Return a number of connections."""
    given = str(value).strip()
    if not re.fullmatch(r"[0-9]{1,2}", given) or not 1 <= int(given) <= _MOST_MAIL_CONNECTIONS:
        raise ValueError(f"KINWARD_MAIL_CONNECTIONS must be a number from 1 to {_MOST_MAIL_CONNECTIONS}.")
    return int(given)


def keep_mail_days(value: object) -> object:
    """Return a number of days; 0 keeps what mails said."""
    given = str(value).strip()
    if not re.fullmatch(r"[0-9]{1,4}", given):
        raise ValueError("KINWARD_KEEP_MAIL_DAYS must be a number of days from 0 to 9999; 0 keeps all of it.")
    return int(given)


def one_line(variable: str) -> BeforeValidator:
    """Return the check of a short text without line ends."""

    def check(value: object) -> object:
        given = str(value).strip()
        if len(given) > _MOST_LETTERS or not all(map(str.isprintable, given)):
            raise ValueError(f"{variable} must be one line of at most {_MOST_LETTERS} letters.")
        return given

    return BeforeValidator(check)


def public_url(value: object) -> object:
    """Return an address without the slash at its end, or None where there is none."""
    if value is None:
        return None
    url = urlsplit(str(value).strip())
    if not is_safe(url) or not url.hostname or url.query or url.fragment:
        raise ValueError(
            "KINWARD_PUBLIC_URL must be the https address under which the outside reaches this bot, "
            "such as https://kinward.example.org."
        )
    return url.geturl().rstrip("/")


def database_address(value: object) -> object:
    """Return the address of a database."""
    url = str(value).strip()
    try:
        DatabaseAddress.parse(url)
    except InvalidAddress:
        raise ValueError(
            "DATABASE_URL must begin with sqlite:/// and the path of a file, "
            "or with postgresql:// and the address of a PostgreSQL database."
        ) from None
    return url


def audit_key(value: object) -> object:
    """Return a key that nobody guesses."""
    if value is None:
        return None
    given = str(value).strip()
    if len(given) < SHORTEST_AUDIT_KEY:
        raise ValueError(
            f"KINWARD_AUDIT_KEY must have {SHORTEST_AUDIT_KEY} characters at least, chosen at random: "
            "`openssl rand -hex 32` makes one."
        )
    return given


def region(value: object) -> object:
    """Return the two capital letters of a country."""
    given = str(value).strip().upper()
    if given not in phonenumbers.SUPPORTED_REGIONS:
        raise ValueError(
            "KINWARD_REGION must be the two letters of a country, such as US, CA or GB: "
            "telephone numbers without a country code are read as numbers of that country."
        )
    return given


def zone(value: object) -> object:
    """Return a time zone that this machine knows."""
    if isinstance(value, tzinfo):
        return value
    name = str(value).strip()
    if name.upper() == "UTC":
        # It needs no time zone database, which a bare machine may not have.
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(
            "KINWARD_TIMEZONE must be the name of a time zone that this machine knows, "
            "such as America/New_York: the practice's days begin and end there."
        ) from None
