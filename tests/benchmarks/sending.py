"""Mails a second through the outbox and SMTP, against a bare aiosmtplib loop to the same server.

Both send the same mails, over one connection, as it is unless more are set.
"""

import asyncio
import gc
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import aiosmtplib

from bot.adapters.mail_composing import Envelope, compose
from bot.adapters.smtp_server import SmtpServer
from bot.domain.client import Client
from bot.domain.ids import WorkspaceId
from storage.database import Database
from tests.benchmarks.figures import Finding, Target, compared
from tests.services.mail_practice import DAVE, MAIL_FROM, MailPractice
from tests.services.practice import AGREED, SteppingClock

SENT = Target(least=0.5)
_WORKSPACE = WorkspaceId("T0MAIL")
_FAMILIES = 50
_NOTICES = 100
_MAILS_A_NOTICE = 3
_ROUNDS = 3
_REPOSITORY = Path(__file__).parents[2]


class RunningClock(SteppingClock):
    """The machine's, on which hundreds of mails go within a second."""

    def now(self) -> datetime:
        """Return the present moment."""
        return datetime.now(UTC)


@asynccontextmanager
async def _sink() -> AsyncIterator[str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.benchmarks.mail_sink", cwd=_REPOSITORY, stdout=asyncio.subprocess.PIPE
    )
    try:
        if process.stdout is None:
            raise RuntimeError("the mail server has no output")
        port = int(await process.stdout.readline())
        yield f"smtp://127.0.0.1:{port}"
    finally:
        process.terminate()
        await process.wait()


async def sending(database: Database, *, on: str) -> list[Finding]:
    """Measure on one database; it gets a workspace of its own."""
    await database.ensure_workspace(_WORKSPACE, "A practice that sends")
    practice = MailPractice(database, _WORKSPACE, clock=RunningClock())
    clients = [await _family(practice, number) for number in range(_FAMILIES)]
    queueing, sending_alone, both, bare = [], [], [], []
    async with _sink() as url:
        await _queue(practice, clients)
        mails = await _written(practice)
        await _send(practice, url)
        # PostgreSQL counts its rows within a minute by itself; before that it goes through whole tables.
        await database.settle()
        # As the bot does once it is ready.
        gc.freeze()
        for _ in range(_ROUNDS):
            bare.append(await _bare(SmtpServer.parse(url), mails))
            queued, sent = await _queue(practice, clients), await _send(practice, url)
            queueing.append(_a_second(queued))
            sending_alone.append(_a_second(sent))
            both.append(_a_second(queued + sent))
    gc.unfreeze()
    against = "aiosmtplib"
    return [
        compared(
            f"mails sent from the outbox, {on}", sending_alone, bare, unit="/s", against=against, target=SENT
        ),
        compared(f"mails queued, {on}", queueing, bare, unit="/s", against=against),
        compared(f"queued and sent, {on}", both, bare, unit="/s", against=against),
    ]


def _a_second(seconds: float) -> float:
    return _NOTICES * _MAILS_A_NOTICE / seconds


async def _family(practice: MailPractice, number: int) -> Client:
    """Add a client whose e-mails also go to another client and to a contact."""
    ana = await practice.client(f"Ana{number}", email=f"ana{number}@example.com")
    ben = await practice.client(f"Ben{number}", email=f"ben{number}@example.com")
    linked = await practice.link(ana, ben)
    if linked.relation is None:
        raise RuntimeError("they were not linked")
    await practice.relationships.share(
        practice.dana, client_id=ana.id, relation_id=linked.relation.id, sharing=AGREED
    )
    await practice.shared_contact(ana, replace(DAVE, email=f"dave{number}@example.org"))
    return ana


async def _queue(practice: MailPractice, clients: Sequence[Client]) -> float:
    began = perf_counter()
    for number in range(_NOTICES):
        await practice.notify(clients[number % len(clients)])
    return perf_counter() - began


async def _send(practice: MailPractice, url: str) -> float:
    worker = practice.worker(url)
    began, sent = perf_counter(), 0
    while mails := await worker.turn():
        sent += mails
    seconds = perf_counter() - began
    await worker.end()
    if sent != _NOTICES * _MAILS_A_NOTICE:
        raise RuntimeError("not every mail was sent")
    return seconds


async def _written(practice: MailPractice) -> Sequence[Envelope]:
    """Return the mails that are queued, as they go to the server."""
    decided = await practice.outbox.take(_WORKSPACE, "nobody", limit=_NOTICES * _MAILS_A_NOTICE)
    await practice.outbox.put_back(_WORKSPACE, "nobody")
    return [compose(letter, MAIL_FROM, at=practice.clock.now()) for letter in decided.letters]


async def _bare(server: SmtpServer, mails: Sequence[Envelope]) -> float:
    """Return mails a second of a loop that does nothing else."""
    connection = aiosmtplib.SMTP(hostname=server.host, port=server.port, start_tls=False)
    await connection.connect()
    began = perf_counter()
    for mail in mails:
        await connection.sendmail(mail.sender, mail.recipient, mail.content)
    seconds = perf_counter() - began
    await connection.quit()
    return len(mails) / seconds
