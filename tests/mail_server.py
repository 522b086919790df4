"""A real mail server that takes, refuses, is slow, hangs up or is full, as a test wants it."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.smtp import SMTP, Envelope, Session

MAX_SIZE = 33_554_432


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One mail as it arrived."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes

    @property
    def message(self) -> EmailMessage:
        """The mail, read."""
        message = message_from_bytes(self.content, policy=default)
        assert isinstance(message, EmailMessage)
        return message

    @property
    def text(self) -> str:
        """Its plain text."""
        body = self.message.get_body(("plain",))
        assert body is not None
        return str(body.get_content())


async def at_once(_command: str) -> None:
    """Answer without waiting for anything."""


@dataclass
class MailServer:
    """Takes everything unless told otherwise; `received` is what it has taken over.

    Attributes:
        refusing: the answer to RCPT, by address.
        asked: set each time when RCPT waits because of `holding`.
        holding: RCPT of this address is answered when the event is set.
        before: awaited with the name of each MAIL, RCPT, DATA and RSET, before the server looks at it.
        most_connections: one more is told to come back later.
        after_content: called with each mail when it has arrived; what it returns is the answer to it, and
            "" hangs up instead.
    """

    received: list[Received] = field(default_factory=list)
    refusing: dict[str, str] = field(default_factory=dict)
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    holding: dict[str, asyncio.Event] = field(default_factory=dict)
    before: Callable[[str], Awaitable[None]] = at_once
    most_connections: int = 100
    after_content: Callable[[Received], str] = field(default=lambda _: "250 2.0.0 taken")
    held: asyncio.Event | None = None
    arrived: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))
    connections: int = 0
    port: int = 0

    @property
    def url(self) -> str:
        """Its address."""
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def recipients(self) -> list[str]:
        """Whom the mails it has taken over were for, in the order in which they came."""
        return [each for received in self.received for each in received.recipients]

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Answer RCPT."""
        if address in self.holding:
            self.asked.set()
            await self.holding[address].wait()
        if address in self.refusing:
            return self.refusing[address]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - the same
        """Answer a mail."""
        content = envelope.original_content
        assert isinstance(content, bytes)
        arrived = Received(
            sender=envelope.mail_from or "", recipients=tuple(envelope.rcpt_tos), content=content
        )
        self.arrived.release()
        if self.held is not None:
            await self.held.wait()
        answer = self.after_content(arrived)
        if answer == "":
            assert server.transport is not None
            server.transport.abort()  # type: ignore[attr-defined] # sockets have it
            return "421 gone"
        if answer.startswith("2"):
            self.received.append(arrived)
        return answer


class Attended(SMTP):
    """Has its mail server look at each command first."""

    event_handler: MailServer

    async def smtp_MAIL(self, arg: str | None) -> None:  # noqa: N802 - aiosmtpd's name
        """Hear whom a mail is from."""
        await self.event_handler.before("MAIL")
        await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str | None) -> None:  # noqa: N802 - the same
        """Hear whom it is for."""
        await self.event_handler.before("RCPT")
        await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - the same
        """Hear that it comes."""
        await self.event_handler.before("DATA")
        await super().smtp_DATA(arg)

    async def smtp_RSET(self, arg: str) -> None:  # noqa: N802 - the same
        """Hear that it does not come."""
        await self.event_handler.before("RSET")
        await super().smtp_RSET(arg)


class TooMany(asyncio.Protocol):
    """Greets a connection that is one too many."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Turn it away."""
        assert isinstance(transport, asyncio.Transport)
        transport.write(b"421 4.7.0 too many connections\r\n")
        transport.close()


@asynccontextmanager
async def listening(
    connected: Callable[[], asyncio.Protocol],
    connections: Sequence[SMTP],
    *,
    context: ssl.SSLContext | None = None,
) -> AsyncIterator[int]:
    """Listen, yield the port, and cut what is still connected in the end.

    Args:
        connected: makes what serves a connection.
        connections: what it has made.
        context: for TLS from the first byte.
    """
    server = await asyncio.get_running_loop().create_server(connected, "127.0.0.1", 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for connection in connections:
            if connection.transport is not None:
                connection.transport.abort()  # type: ignore[attr-defined] # sockets have it
        await server.wait_closed()


@asynccontextmanager
async def mail_server() -> AsyncIterator[MailServer]:
    """Run a mail server on a free port of this machine, in this very loop."""
    handler = MailServer()
    connections: list[SMTP] = []

    def connected() -> asyncio.Protocol:
        if handler.connections >= handler.most_connections:
            return TooMany()
        handler.connections += 1
        connections.append(
            Attended(handler, hostname="mail.example", data_size_limit=MAX_SIZE, enable_SMTPUTF8=True)
        )
        return connections[-1]

    async with listening(connected, connections) as handler.port:
        yield handler
