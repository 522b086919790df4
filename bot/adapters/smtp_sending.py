"""Handing one mail at a time to the practice's mail server, over a connection that stays open."""

import asyncio
import re
from collections.abc import Awaitable, Callable

import aiosmtplib
from aiosmtplib.errors import (
    SMTPException,
    SMTPHeloError,
    SMTPNotSupported,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)
from aiosmtplib.typing import SMTPStatus

from bot.adapters.mail_composing import Envelope
from bot.adapters.smtp_server import SmtpServer, Tls
from bot.domain.mail_copy import Answer, SendResult
from bot.services.bounces import means_bad_address

SECONDS_A_STEP = 30.0
"""How long a server may take to hear whom a mail is for, and then to take it over. RFC 5321 4.5.3.2 is more
patient; a mail that a server is that slow with is tried again later."""

_ENHANCED = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})(?=\s|$)")
_ENDS_PATH = re.compile(r"[<>\s\x00-\x1f]")
_PERMANENT = 500
_TOO_BIG = 552


class ServerUnavailable(Exception):  # noqa: N818 - named for what is so
    """The mail server cannot be reached, or does not let us in: no mail is to blame for it."""


class SmtpSending:
    """One connection; whatever happens to it, the next mail has another one."""

    def __init__(self, server: SmtpServer, *, name: str, seconds: float = SECONDS_A_STEP) -> None:
        """Prepare; nothing is connected yet.

        Args:
            server: where to.
            name: what this machine calls itself towards the server; the domain of the sender will do.
            seconds: how long to connect may take, or one step of a mail.
        """
        self._server = server
        self._name = name
        self._seconds = seconds
        self._connection: aiosmtplib.SMTP | None = None

    @property
    def is_connected(self) -> bool:
        """Say whether a mail can go without connecting first."""
        return self._connection is not None and self._connection.is_connected

    async def connect(self) -> None:
        """Connect, unless it is connected.

        Raises:
            ServerUnavailable: the server cannot be reached, or does not let us in.
        """
        await self._connected()

    async def send(
        self,
        envelope: Envelope,
        *,
        if_still: Callable[[], Awaitable[bool]],
        meanwhile: Callable[[], None] = lambda: None,
    ) -> SendResult | None:
        """Hand a mail over, and return what the server said of it; None where it was not to go after all.

        Args:
            envelope: the mail.
            if_still: asked when the server has agreed to the sender and the recipient, and before the mail
                itself goes: until then nothing of it is in the air.
            meanwhile: called once the mail goes, while the server is busy with it.

        Raises:
            ServerUnavailable: the server cannot be reached, or does not let us in.
        """
        connection = await self._connected()
        try:
            # One limit for a step: the library's, one for each command, take longer than the commands.
            async with asyncio.timeout(self._seconds):
                await self._address(connection, envelope)
            if not await if_still():
                await self._reset(connection)
                return None
            # Behind what the library writes now.
            asyncio.get_running_loop().call_soon(meanwhile)
            async with asyncio.timeout(self._seconds):
                said = await connection.data(envelope.content, timeout=None)
        except (SMTPException, OSError, ValueError) as error:
            if isinstance(error, SMTPResponseException | SMTPNotSupported):
                await self._reset(connection)
            else:
                # Nobody knows what the server still waits for on it.
                self._forget()
            return result_of(error)
        except BaseException:
            # The server waits for a mail that does not come, or has an answer that nobody waits for.
            self._forget()
            raise
        return SendResult(answer=Answer.TAKEN, code=_code(said.code, said.message))

    async def _address(self, connection: aiosmtplib.SMTP, envelope: Envelope) -> None:
        """Have the server agree to the sender and to the one recipient."""
        if envelope.needs_utf8 and not connection.supports_extension("smtputf8"):
            raise SMTPNotSupported("the server takes addresses of ASCII's letters only")
        options = [b"SMTPUTF8", b"BODY=8BITMIME"] if envelope.needs_utf8 else []
        if connection.supports_extension("size"):
            options.append(b"SIZE=%d" % len(envelope.content))
        # Both addresses were read when the mail was written; the library would read them once more each time.
        sender, recipient = b"FROM:" + _path(envelope.sender), b"TO:" + _path(envelope.recipient)
        said = await connection.execute_command(b"MAIL", sender, *options, timeout=None)
        if said.code != SMTPStatus.completed:
            raise SMTPSenderRefused(said.code, said.message, envelope.sender)
        said = await connection.execute_command(b"RCPT", recipient, timeout=None)
        if said.code not in {SMTPStatus.completed, SMTPStatus.will_forward}:
            raise SMTPRecipientRefused(said.code, said.message, envelope.recipient)

    async def _reset(self, connection: aiosmtplib.SMTP) -> None:
        """Have the server forget a sender and a recipient whose mail does not come."""
        try:
            await connection.rset()
        except (SMTPException, OSError):
            self._forget()

    async def close(self) -> None:
        """Say goodbye, if there is anybody to say it to."""
        connection, self._connection = self._connection, None
        if connection is not None and connection.is_connected:
            try:
                await connection.quit()
            except (SMTPException, OSError):
                connection.close()

    async def _connected(self) -> aiosmtplib.SMTP:
        if self._connection is not None and self._connection.is_connected:
            return self._connection
        server = self._server
        connection = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            local_hostname=self._name,
            timeout=self._seconds,
            use_tls=server.tls is Tls.IMPLICIT,
            start_tls=server.tls is Tls.STARTTLS,
        )
        try:
            await connection.connect()
            if connection.is_ehlo_or_helo_needed:
                await _greet(connection)
        except (SMTPException, OSError, ValueError) as error:
            connection.close()
            raise ServerUnavailable(type(error).__name__) from error
        self._connection = connection
        return connection

    def _forget(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


async def _greet(connection: aiosmtplib.SMTP) -> None:
    """Say who we are, where logging in has not said it; to old servers as they know it (RFC 5321 3.2)."""
    try:
        await connection.ehlo()
    except SMTPHeloError:
        await connection.helo()


def _path(address: str) -> bytes:
    """Return an address as it stands in a command (RFC 5321 4.1.2).

    Raises:
        ValueError: it would end the path or the line.
    """
    if _ENDS_PATH.search(address):
        raise ValueError("no address")
    return f"<{address}>".encode()


def result_of(error: Exception) -> SendResult:
    """Return what a failure means for the mail it happened to."""
    match error:
        case SMTPSenderRefused() if error.code != _TOO_BIG:
            # Nothing is wrong with this mail: the server does not take mail of this sender, just now.
            return SendResult(answer=Answer.LATER, code=_code(error.code, error.message))
        case TimeoutError():
            return SendResult(answer=Answer.LATER, code="timeout")
        case SMTPNotSupported() | ValueError():
            return SendResult(answer=Answer.REFUSED, code="address")
        case SMTPResponseException():
            return _refusal(error.code, error.message)
        case _:
            return SendResult(answer=Answer.LATER, code="disconnected")


def _refusal(code: int, message: str) -> SendResult:
    told = _code(code, message)
    if code < _PERMANENT:
        return SendResult(answer=Answer.LATER, code=told)
    return SendResult(answer=Answer.NO_SUCH_ADDRESS if means_bad_address(told) else Answer.REFUSED, code=told)


def _code(code: int, message: str) -> str:
    """Return the enhanced status code (RFC 3463) where the server says one, else the plain one."""
    enhanced = _ENHANCED.match(message)
    return enhanced.group(1) if enhanced else str(code)
