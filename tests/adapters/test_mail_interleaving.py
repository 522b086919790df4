"""What became of a mail is kept while the server hears whom the next one is for: the order that must hold."""

import asyncio
import logging
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import closing

import pytest

from bot.adapters.mail_lanes import STANDS_SECONDS, MailLanes
from bot.adapters.mail_pace import MailPace
from bot.adapters.smtp_sending import SmtpSending
from bot.adapters.smtp_server import SmtpServer
from bot.domain.client import ClientDetails
from bot.domain.errors import StorageUnavailable
from bot.domain.ids import ClientId
from bot.domain.mail_copy import CopyState
from bot.domain.recipients import Reason
from bot.services.outbox import Decided
from storage.database import Database
from storage.patience import Patience
from tests.databases import opened
from tests.mail_server import MailServer, at_once, mail_server
from tests.services.mail_practice import MAIL_FROM, MailPractice

EVERYBODY = ("ana@example.com", "ben@example.com", "dave@example.org")


class Stop:
    """Holds the server at the first of a command that comes once so many mails have arrived."""

    def __init__(self, server: MailServer, command: str, *, after: int = 1) -> None:
        self.reached = asyncio.Event()
        self.released = asyncio.Event()
        self._server, self._command, self._after = server, command, after
        server.before = self._before

    async def _before(self, command: str) -> None:
        if command == self._command and len(self._server.received) == self._after:
            self.reached.set()
            await self.released.wait()


@pytest.fixture
def practice(database: Database) -> MailPractice:
    return MailPractice(database)


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


def lanes_of(practice: MailPractice, server: MailServer) -> MailLanes:
    """Return one connection, with which the database is asked once and never again."""
    return MailLanes(
        [SmtpSending(SmtpServer.parse(server.url), name="practice.example", seconds=5)],
        outbox=practice.outbox,
        workspace_id=practice.workspace_id,
        worker="worker",
        clock=practice.clock,
        pace=MailPace(None),
        tries_to_keep=(),
    )


async def taken_by_worker(practice: MailPractice) -> Decided:
    return await practice.outbox.take(practice.workspace_id, "worker", limit=10)


async def first_is_kept(practice: MailPractice, client_id: ClientId) -> None:
    """Come back when what became of a first mail stands in the database."""
    async with asyncio.timeout(5):
        while all(copy.state is not CopyState.SENT for copy in await practice.record(client_id)):
            pass


@pytest.mark.parametrize("command", ["MAIL", "RCPT"])
async def test_unlinked_behind_the_answer_and_before_the_mail(
    practice: MailPractice, server: MailServer, command: str
) -> None:
    ana, ben, linked, _ = await practice.family()
    assert linked.relation is not None
    await practice.notify(ana)
    stop = Stop(server, command)
    worker = practice.worker(server.url)
    turn = asyncio.create_task(worker.turn())
    await stop.reached.wait()
    # Kept together with the answer that everything is still as it was decided.
    await first_is_kept(practice, ana.id)
    await practice.relationships.remove(practice.dana, client_id=ben.id, relation_id=linked.relation.id)
    await asyncio.sleep(STANDS_SECONDS)
    stop.released.set()
    assert await turn == len(EVERYBODY)
    await worker.end()
    assert server.recipients == ["ana@example.com", "dave@example.org"]
    assert server.connections == 1
    record = {copy.address: copy for copy in await practice.record(ana.id)}
    assert record["ben@example.com"].reason is Reason.UNLINKED


@pytest.mark.parametrize("connections", [1, 3])
async def test_nothing_is_in_the_air_before_what_became_of_the_mail_before_is_kept(
    practice: MailPractice, server: MailServer, connections: int
) -> None:
    ana, *_ = await practice.family()
    notices = 4
    for _ in range(notices):
        await practice.notify(ana)
    unkept: list[int] = []

    async def look(command: str) -> None:
        if command == "DATA":
            arrived = len(server.received)
            kept = [copy for copy in await practice.record(ana.id) if copy.state is CopyState.SENT]
            unkept.append(arrived - len(kept))

    server.before = look
    worker = practice.worker(server.url, connections=connections)
    while await worker.turn():
        pass
    await worker.end()
    assert len(unkept) == notices * len(EVERYBODY)
    # Those of the other connections may be on their way to the database.
    assert max(unkept) <= connections - 1


@pytest.mark.parametrize("command", ["MAIL", "RCPT"])
async def test_what_cannot_be_kept_lets_no_further_mail_go(
    sqlite_url: str, server: MailServer, command: str
) -> None:
    async with opened(sqlite_url) as database:
        ana, *_ = await MailPractice(database).family()
        await MailPractice(database).notify(ana)
    database = Database.open(sqlite_url, patience=Patience(lock=0.05))
    practice = MailPractice(database)
    lanes, stop = lanes_of(practice, server), Stop(server, command)
    server.held = asyncio.Event()
    sending = asyncio.create_task(lanes.send(await taken_by_worker(practice), MAIL_FROM))
    await server.arrived.acquire()
    with closing(sqlite3.connect(database.address.path or "", isolation_level=None)) as somebody:
        somebody.execute("BEGIN IMMEDIATE")
        server.held.set()
        await stop.reached.wait()
        stop.released.set()
        with pytest.raises(StorageUnavailable):
            await sending
        somebody.execute("ROLLBACK")
    assert server.recipients == ["ana@example.com"]
    # This process still knows what became of it, and keeps it before anything else goes.
    left = [copy.id for copy in await practice.record(ana.id) if copy.address != "ana@example.com"]
    again = await practice.outbox.ready(practice.workspace_id, "worker", left)
    assert await lanes.send(again, MAIL_FROM) == []
    await lanes.close()
    assert server.recipients == list(EVERYBODY)
    assert server.connections == 2
    assert {copy.state for copy in await practice.record(ana.id)} == {CopyState.SENT}
    await database.close()


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
async def test_told_to_stop_while_the_next_mail_is_announced(
    practice: MailPractice, server: MailServer, command: str, caplog: pytest.LogCaptureFixture
) -> None:
    ana, *_ = await practice.family()
    await practice.notify(ana)
    lanes, stop = lanes_of(practice, server), Stop(server, command)
    with caplog.at_level(logging.ERROR, logger="asyncio"):
        sending = asyncio.create_task(lanes.send(await taken_by_worker(practice), MAIL_FROM))
        await stop.reached.wait()
        sending.cancel()
        await asyncio.wait([sending])
        assert sending.cancelled()
        stop.released.set()
        await lanes.close()
    assert caplog.records == []
    # The first is kept, the second did not come.
    assert server.recipients == ["ana@example.com"]
    counted = Counter(copy.state for copy in await practice.record(ana.id))
    assert counted == {CopyState.SENT: 1, CopyState.SENDING: 2}
    await practice.outbox.put_back(practice.workspace_id, "worker")
    worker = practice.worker(server.url)
    assert await worker.turn() == 2
    await worker.end()
    assert server.recipients == list(EVERYBODY)


async def test_asked_to_end_while_the_next_mail_is_announced(
    practice: MailPractice, server: MailServer
) -> None:
    ana, *_ = await practice.family()
    await practice.notify(ana)
    stop = Stop(server, "RCPT")
    worker = practice.worker(server.url)
    worker.begin()
    await stop.reached.wait()
    ending = asyncio.create_task(worker.end())
    stop.released.set()
    await ending
    assert server.recipients == list(EVERYBODY[:2])
    counted = Counter(copy.state for copy in await practice.record(ana.id))
    assert counted == {CopyState.SENT: 2, CopyState.QUEUED: 1}


async def test_refused_before_anybody_asked_both_are_kept(practice: MailPractice, server: MailServer) -> None:
    ana, *_ = await practice.family()
    await practice.notify(ana)
    server.refusing["ben@example.com"] = "550 5.7.1 policy"
    worker = practice.worker(server.url)
    assert await worker.turn() == len(EVERYBODY)
    record = await practice.record(ana.id)
    assert Counter((copy.address, copy.state) for copy in record) == {
        ("ana@example.com", CopyState.SENT): 1,
        ("ben@example.com", CopyState.FAILED): 1,
        ("dave@example.org", CopyState.SENT): 1,
    }
    await worker.end()


async def test_what_was_written_ahead_goes_only_while_the_decision_stands(
    practice: MailPractice, server: MailServer
) -> None:
    ana, *_ = await practice.family()
    await practice.notify(ana)
    server.held = asyncio.Event()
    worker = practice.worker(server.url)
    turn = asyncio.create_task(worker.turn())
    await server.arrived.acquire()
    # By now the second is written, and says whose mail it is a copy of.
    details = ClientDetails(first_name="Anouk", last_name="Vega", email="ana@example.com")
    await practice.clients.edit(practice.dana, ana.id, details, expected_version=ana.version)
    server.held.set()
    assert await turn == len(EVERYBODY)
    await worker.end()
    own, *copies = server.received
    assert own.recipients == ("ana@example.com",)
    assert all("Anouk" in mail.text for mail in copies)
    assert len(copies) == len(EVERYBODY) - 1


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
async def test_a_server_that_says_nothing_more_gets_the_mail_another_time(
    practice: MailPractice, server: MailServer, command: str
) -> None:
    ana, *_ = await practice.family()
    await practice.notify(ana)
    stop = Stop(server, command)
    worker = practice.worker(server.url, seconds=0.3)
    turn = asyncio.create_task(worker.turn())
    await stop.reached.wait()
    server.before = at_once
    assert await turn == len(EVERYBODY)
    await worker.end()
    stop.released.set()
    assert server.recipients == ["ana@example.com", "dave@example.org"]
    assert server.connections == 2
    record = {copy.address: (copy.state, copy.result) for copy in await practice.record(ana.id)}
    assert record["ben@example.com"] == (CopyState.QUEUED, "timeout")
    assert record["ana@example.com"][0] is record["dave@example.org"][0] is CopyState.SENT
