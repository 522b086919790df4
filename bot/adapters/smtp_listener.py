"""The listener for record systems that can only send mail (RFC 5321, by aiosmtpd)."""

import asyncio
import hmac
import os
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from bot.adapters.listening import CannotListenError
from bot.adapters.mail_composing import RETURN_MAILBOX, STOP_MAILBOX, tag_of
from bot.adapters.mail_reading import bounced_with, read_mail
from bot.domain.errors import NotFound, NoticeRefused, StorageUnavailable
from bot.domain.ids import WorkspaceId
from bot.domain.notice import MAX_ORIGINAL_SIZE
from bot.services.services import Services

MOST_RECIPIENTS = 100
"""As many as every server has to take (RFC 5321 4.5.3.1.8)."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListenAt:
    """Where to listen, and what whoever sends has to show.

    Attributes:
        user: the name for AUTH, or empty where nothing is asked.
        password: the password for it.
        certificate: for STARTTLS, or None where there is none.
        key: its key.
    """

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    certificate: Path | None = None
    key: Path | None = None

    def tls(self) -> ssl.SSLContext | None:
        """Return what STARTTLS is done with.

        Raises:
            OSError: the files cannot be read, or are no certificate and its key.
        """
        if self.certificate is None:
            return None
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.certificate, self.key)
        return context


class SmtpListener:
    """Takes mail in, and says so only once it is queued."""

    def __init__(self, at: ListenAt, *, services: Services, workspace_id: WorkspaceId, name: str) -> None:
        self._at = at
        self._handler = _Handler(services, workspace_id)
        self._name = name
        self._server: asyncio.Server | None = None

    @property
    def port(self) -> int:
        """The port it listens on, once it has begun."""
        if self._server is None:
            return self._at.port
        return int(self._server.sockets[0].getsockname()[1])

    async def begin(self) -> None:
        """Listen.

        Raises:
            CannotListenError: the port is taken, or the certificate cannot be read.
        """
        try:
            tls = self._at.tls()
            self._server = await asyncio.get_running_loop().create_server(
                lambda: self._protocol(tls), self._at.host, self._at.port
            )
        except OSError as error:
            raise CannotListenError(os.strerror(error.errno) if error.errno else str(error)) from error

    async def end(self) -> None:
        """Take no more mail; what is being queued is queued."""
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
            await self._handler.finish()

    def _protocol(self, tls: ssl.SSLContext | None) -> SMTP:
        asks = bool(self._at.user)
        return SMTP(
            self._handler,
            data_size_limit=MAX_ORIGINAL_SIZE,
            enable_SMTPUTF8=True,
            hostname=self._name,
            ident="ESMTP",
            tls_context=tls,
            require_starttls=tls is not None,
            auth_required=asks,
            auth_require_tls=tls is not None,
            authenticator=self._authenticate if asks else None,
        )

    def _authenticate(
        self,
        _server: SMTP,
        _session: Session,
        _envelope: Envelope,
        _mechanism: str,
        given: Any,  # noqa: ANN401
    ) -> AuthResult:
        if not isinstance(given, LoginPassword):
            return AuthResult(success=False, handled=False)
        is_user = hmac.compare_digest(given.login, self._at.user.encode())
        is_password = hmac.compare_digest(given.password, self._at.password.encode())
        # Without a message of its own the server says 535, and the same for a wrong name and password.
        return AuthResult(success=is_user and is_password, handled=False)


class _Handler:
    """What aiosmtpd asks at each step; the names are its own."""

    def __init__(self, services: Services, workspace_id: WorkspaceId) -> None:
        self._intake = services.mail_intake
        self._bounces = services.bounces
        self._unsubscribing = services.unsubscribing
        self._workspace_id = workspace_id
        self._queueing: set[asyncio.Task[str]] = set()

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Take an address, up to a hundred."""
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        if "@" not in address:
            return "550 5.1.3 That is no address"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Queue a mail, and say so."""
        # Whoever hangs up now must not leave half of it undone.
        task = asyncio.create_task(self._queue(envelope), name="incoming-mail")
        self._queueing.add(task)
        task.add_done_callback(self._queueing.discard)
        return await asyncio.shield(task)

    async def finish(self) -> None:
        """Wait until what was taken is queued."""
        while self._queueing:
            await asyncio.wait(set(self._queueing))

    async def _came_back(self, address: str, content: bytes) -> bool:
        """Take in what comes to an address of our own mail: the report of a failure, or a stop."""
        stop = tag_of(address, STOP_MAILBOX)
        if stop is not None:
            with suppress(NotFound):
                await self._unsubscribing.stop(self._workspace_id, stop)
            return True
        returned = tag_of(address, RETURN_MAILBOX)
        if returned is None:
            return False
        status = bounced_with(content)
        # Anything else that comes there is a note that somebody is on holiday.
        if status is not None:
            await self._bounces.report(self._workspace_id, returned, status)
        return True

    async def _queue(self, envelope: Envelope) -> str:
        content = envelope.original_content or b""
        try:
            clients = [each for each in envelope.rcpt_tos if not await self._came_back(each, content)]
            if clients:
                await self._intake.take(self._workspace_id, read_mail(content, recipients=clients))
        except StorageUnavailable:
            return "451 4.3.0 The records cannot be reached just now, try again"
        except NoticeRefused:
            return "552 5.3.4 The mail is too large"
        except Exception as error:  # noqa: BLE001 - the last net: whoever sends keeps it and tries again
            _log.error("incoming_mail.failed", exc_info=error)
            return "451 4.3.0 Something went wrong on our side, try again"
        return "250 2.0.0 Queued"
