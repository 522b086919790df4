"""Mails a second through the outbox and SMTP, against a bare aiosmtplib loop to the same server."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import perf_counter

import aiosmtplib

from bot.adapters.smtp_server import SmtpServer
from bot.config import MAIL_CONNECTIONS
from bot.domain.client import Client
from bot.domain.ids import WorkspaceId
from storage.database import Database
from tests.benchmarks.figures import Finding, Target, compared
from tests.services.mail_practice import MailPractice

SENT = Target(least=0.5)
_WORKSPACE = WorkspaceId("T0MAIL")
_NOTICES = 100
_MAILS_A_NOTICE = 3
_ROUNDS = 3
_REPOSITORY = Path(__file__).parents[2]
_BARE = b"From: a@practice.example\r\nTo: b@example.com\r\nSubject: Hello\r\n\r\n" + b"x" * 900 + b"\r\n"


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
    practice = MailPractice(database, _WORKSPACE)
    ana, *_ = await practice.family()
    queueing, sending_alone, both, bare = [], [], [], []
    async with _sink() as url:
        for _ in range(_ROUNDS):
            bare.append(await _bare(SmtpServer.parse(url)))
            queued, sent = await _queue(practice, ana), await _send(practice, url)
            queueing.append(_a_second(queued))
            sending_alone.append(_a_second(sent))
            both.append(_a_second(queued + sent))
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


async def _queue(practice: MailPractice, client: Client) -> float:
    began = perf_counter()
    for _ in range(_NOTICES):
        await practice.notify(client)
    return perf_counter() - began


async def _send(practice: MailPractice, url: str) -> float:
    worker = practice.worker(url, connections=MAIL_CONNECTIONS)
    began, sent = perf_counter(), 0
    while mails := await worker.turn():
        sent += mails
    seconds = perf_counter() - began
    await worker.end()
    if sent != _NOTICES * _MAILS_A_NOTICE:
        raise RuntimeError("not every mail was sent")
    return seconds


async def _bare(server: SmtpServer) -> float:
    """Return mails a second of a loop that does nothing else."""
    connection = aiosmtplib.SMTP(hostname=server.host, port=server.port, start_tls=False)
    await connection.connect()
    mails = _NOTICES * _MAILS_A_NOTICE
    began = perf_counter()
    for number in range(mails):
        await connection.sendmail("a@practice.example", f"b{number}@example.com", _BARE)
    seconds = perf_counter() - began
    await connection.quit()
    return mails / seconds
