"""A worker that is killed with -9 while mails are in the air: nothing is lost, and of each connection one at
most comes twice.
"""

import asyncio
import signal
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.domain.mail_copy import CopyState
from bot.services.outbox import LEASE
from storage.database import Database
from tests.databases import opened
from tests.mail_server import MailServer, Received, mail_server
from tests.processes import Nursery
from tests.services.mail_practice import MailPractice

SENDING = "tests.adapters.sending_process"
NEVER = "0"
EVERYBODY = {"ana@example.com", "ben@example.com", "dave@example.org"}


class Watch:
    """Lets a number of mails through and holds the next ones: they have arrived, and nobody was told so."""

    def __init__(self, server: MailServer, *, through: int) -> None:
        self._left = through
        self.arrived: list[Received] = []
        self._server = server
        server.after_content = self.answer
        if through == 0:
            server.held = asyncio.Event()

    def answer(self, mail: Received) -> str:
        """Take a mail, and hold the server before it answers the last one of them."""
        self.arrived.append(mail)
        self._left -= 1
        if self._left == 0:
            self._server.held = asyncio.Event()
        return "250 2.0.0 taken"


@pytest.mark.parametrize(
    ("connections", "notices", "sent_before"), [(1, 1, 0), (1, 1, 1), (1, 1, 2), (3, 4, 0), (3, 4, 5)]
)
async def test_killed_with_a_mail_in_the_air(
    database: Database, database_url: str, connections: int, notices: int, sent_before: int, nursery: Nursery
) -> None:
    practice = MailPractice(database)
    ana, *_ = await practice.family()
    for _ in range(notices):
        await practice.notify(ana)
    async with mail_server() as server:
        watch = Watch(server, through=sent_before)
        process = await nursery.start(SENDING, database_url, server.url, str(connections), NEVER)
        for _ in range(sent_before + connections):
            await server.arrived.acquire()
        process.send_signal(signal.SIGKILL)
        await process.wait()
        assert server.held is not None
        server.held.set()
        server.held = None

        await somebody_else_goes_on(practice, server)
    nothing_is_lost(watch.arrived, notices=notices, connections=connections)
    assert {copy.state for copy in await practice.record(ana.id)} == {CopyState.SENT}


@pytest.mark.parametrize("step", range(1, 11))
async def test_killed_between_any_two_steps(sqlite_url: str, step: int, nursery: Nursery) -> None:
    async with opened(sqlite_url) as database, mail_server() as server:
        practice = MailPractice(database)
        ana, *_ = await practice.family()
        await practice.notify(ana)
        watch = Watch(server, through=100)
        process = await nursery.start(SENDING, sqlite_url, server.url, "1", str(step))
        assert await process.wait() == -signal.SIGKILL
        await somebody_else_goes_on(practice, server)
        nothing_is_lost(watch.arrived, notices=1, connections=1)
        assert {copy.state for copy in await practice.record(ana.id)} == {CopyState.SENT}


async def somebody_else_goes_on(practice: MailPractice, server: MailServer) -> None:
    """Have another worker send what is left: what nobody had, and what comes back with its lease."""
    for _ in range(2):
        worker = practice.worker(server.url)
        while await worker.turn():
            pass
        await worker.end()
        practice.clock.advance(LEASE + timedelta(minutes=1))


def nothing_is_lost(arrived: Sequence[Received], *, notices: int, connections: int) -> None:
    """See that everybody got every mail, and that of each connection one at most came twice, the same."""
    mails = notices * len(EVERYBODY)
    assert mails <= len(arrived) <= mails + connections
    times = Counter((mail.recipients[0], mail.message["Message-ID"]) for mail in arrived)
    assert len(times) == mails
    assert Counter(recipient for recipient, _ in times) == dict.fromkeys(EVERYBODY, notices)
