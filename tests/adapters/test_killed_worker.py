"""A worker that is killed with -9 while a mail is in the air: nothing is lost, one at most comes twice."""

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
    """Lets a number of mails through and holds the next one: it has arrived, and nobody was told so."""

    def __init__(self, server: MailServer, *, through: int) -> None:
        self._left = through
        self.holding = asyncio.Event()
        self.arrived: list[Received] = []
        self._server = server
        server.after_content = self.answer

    def answer(self, mail: Received) -> str:
        """Take a mail, and hold the server before it answers the last one of them."""
        self.arrived.append(mail)
        self._left -= 1
        if self._left == 0:
            self._server.held = asyncio.Event()
        return "250 2.0.0 taken"


@pytest.mark.parametrize("sent_before", [0, 1, 2])
async def test_killed_with_a_mail_in_the_air(
    database: Database, database_url: str, sent_before: int, nursery: Nursery
) -> None:
    practice = MailPractice(database)
    ana, *_ = await practice.family()
    await practice.notify(ana)
    async with mail_server() as server:
        watch = Watch(server, through=sent_before)
        if sent_before == 0:
            server.held = asyncio.Event()
        process = await nursery.start("tests.adapters.sending_process", database_url, server.url)
        for _ in range(sent_before + 1):
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

    times = Counter(mail.recipients[0] for mail in watch.arrived)
    assert set(times) == EVERYBODY
    # The one in the air had arrived, or not: where it comes twice it is the same mail.
    assert sum(times.values()) <= len(EVERYBODY) + 1
    ids = {mail.message["Message-ID"] for mail in watch.arrived}
    assert len(ids) == len(EVERYBODY)
    assert {copy.state for copy in await practice.record(ana.id)} == {CopyState.SENT}
