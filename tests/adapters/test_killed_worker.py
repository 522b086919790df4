"""A worker that is killed with -9 while mails are in the air: nothing is lost, and of each connection one at
most comes twice.
"""

import asyncio
import signal
from collections import Counter
from datetime import timedelta

import pytest

from bot.domain.mail_copy import CopyState
from bot.services.outbox import LEASE
from storage.database import Database
from tests.mail_server import MailServer, Received, mail_server
from tests.processes import Nursery
from tests.services.mail_practice import MailPractice

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
        process = await nursery.start(
            "tests.adapters.sending_process", database_url, server.url, str(connections)
        )
        for _ in range(sent_before + connections):
            await server.arrived.acquire()
        process.send_signal(signal.SIGKILL)
        await process.wait()
        assert server.held is not None
        server.held.set()
        server.held = None

        worker = practice.worker(server.url)
        assert await worker.turn() == 0
        practice.clock.advance(LEASE + timedelta(minutes=1))
        later = practice.worker(server.url)
        while await later.turn():
            pass
        for each in (worker, later):
            await each.end()

    # Those in the air had arrived, or not: where one comes twice it is the same mail.
    mails = notices * len(EVERYBODY)
    assert mails <= len(watch.arrived) <= mails + connections
    times = Counter((mail.recipients[0], mail.message["Message-ID"]) for mail in watch.arrived)
    assert len(times) == mails
    assert Counter(recipient for recipient, _ in times) == dict.fromkeys(EVERYBODY, notices)
    assert {copy.state for copy in await practice.record(ana.id)} == {CopyState.SENT}
