"""The playground's mail server: takes every mail on this machine and puts it into a mailbox."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.playground.mail.mailboxes import Mailboxes

HOST = "127.0.0.1"
MAX_SIZE = 32 * 1024 * 1024
"""Bytes of one mail: what a large provider takes."""


class _Taking:
    def __init__(self, mailboxes: Mailboxes) -> None:
        self._mailboxes = mailboxes

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Take a mail in, for each recipient on the envelope."""
        for recipient in envelope.rcpt_tos:
            self._mailboxes.deliver(envelope.original_content or b"", inbox=recipient)
        return "250 2.0.0 It is in the mailbox"


@asynccontextmanager
async def mail_server(mailboxes: Mailboxes) -> AsyncIterator[str]:
    """Run the server on a free port of this machine until the block ends; gives its address."""
    taking = _Taking(mailboxes)
    connections: list[SMTP] = []

    def connected() -> SMTP:
        # Those that have ended need not be ended.
        connections[:] = [each for each in connections if each.transport is not None]
        server = SMTP(taking, hostname="playground.example", data_size_limit=MAX_SIZE, enable_SMTPUTF8=True)
        connections.append(server)
        return server

    server = await asyncio.get_running_loop().create_server(connected, HOST, 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield f"smtp://{HOST}:{port}"
    finally:
        server.close()
        for connection in connections:
            if connection.transport is not None:
                connection.transport.abort()  # type: ignore[attr-defined] # sockets have it
        await server.wait_closed()
