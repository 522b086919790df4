"""The practice's mail server, as its address names it."""

from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import unquote, urlsplit

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class Tls(StrEnum):
    """How the connection is kept from others."""

    IMPLICIT = "implicit"
    STARTTLS = "starttls"
    NONE = "none"
    """Only within this machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """Where mail is handed over."""

    host: str
    port: int
    tls: Tls
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @classmethod
    def parse(cls, url: str) -> "SmtpServer":
        """Read an address such as smtp://user:password@host:587 or smtps://host.

        A server on another machine is spoken to over TLS only: health information goes to it.

        Raises:
            ValueError: it is no such address.
        """
        parts = urlsplit(url)
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or parts.path not in {"", "/"}:
            raise ValueError("no address of a mail server")
        near = parts.hostname in _LOOPBACK
        tls = Tls.IMPLICIT if parts.scheme == "smtps" else (Tls.NONE if near else Tls.STARTTLS)
        usual = {Tls.IMPLICIT: 465, Tls.STARTTLS: 587, Tls.NONE: 25}[tls]
        return cls(
            host=parts.hostname,
            port=parts.port or usual,
            tls=tls,
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
        )
