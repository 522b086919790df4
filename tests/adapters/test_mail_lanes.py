"""Several connections to a real mail server at once: each mail once, and decided to the last moment."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator

import pytest

from bot.adapters.mail_lanes import STANDS_SECONDS, MailLanes
from bot.adapters.mail_pace import MailPace
from bot.adapters.smtp_sending import SmtpSending
from bot.adapters.smtp_server import SmtpServer
from bot.domain.mail_copy import CopyState
from bot.domain.recipients import Reason
from storage.database import Database
from tests.mail_server import MailServer, mail_server
from tests.services.mail_practice import MAIL_FROM, MailPractice

LANES = 3
NOTICES = 5
EVERYBODY = ("ana@example.com", "ben@example.com", "dave@example.org")


@pytest.fixture
def practice(database: Database) -> MailPractice:
    return MailPractice(database)


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


async def test_each_connection_has_one_mail_in_the_air_and_each_mail_goes_once(
    practice: MailPractice, server: MailServer
) -> None:
    ana, *_ = await practice.family()
    for _ in range(NOTICES):
        await practice.notify(ana)
    server.held = asyncio.Event()
    worker = practice.worker(server.url, connections=LANES)
    turn = asyncio.create_task(worker.turn())
    for _ in range(LANES):
        await server.arrived.acquire()
    # What a fourth mail would need is what these three wait for.
    assert server.arrived.locked()
    server.held.set()
    assert await turn == NOTICES * len(EVERYBODY)
    assert await worker.turn() == 0
    await worker.end()
    assert Counter(server.recipients) == dict.fromkeys(EVERYBODY, NOTICES)
    assert len({mail.message["Message-ID"] for mail in server.received}) == NOTICES * len(EVERYBODY)
    assert server.connections == LANES
    record = await practice.record(ana.id)
    assert {(copy.state, copy.attempts) for copy in record} == {(CopyState.SENT, 1)}


async def test_a_few_mails_are_worth_one_connection(practice: MailPractice, server: MailServer) -> None:
    ana, *_ = await practice.family()
    worker = practice.worker(server.url, connections=LANES)
    for _ in range(2):
        await practice.notify(ana)
        assert await worker.turn() == len(EVERYBODY)
    await worker.end()
    assert server.connections == 1


async def test_a_server_that_allows_one_connection_gets_everything_over_that(
    practice: MailPractice, server: MailServer
) -> None:
    server.most_connections = 1
    ana, *_ = await practice.family()
    for _ in range(NOTICES):
        await practice.notify(ana)
    worker = practice.worker(server.url, connections=LANES)
    await worker.turn()
    await worker.end()
    assert Counter(server.recipients) == dict.fromkeys(EVERYBODY, NOTICES)
    record = await practice.record(ana.id)
    assert {(copy.state, copy.attempts) for copy in record} == {(CopyState.SENT, 1)}


async def test_some_refused_for_now_and_some_for_good_among_others(
    practice: MailPractice, server: MailServer
) -> None:
    ana, *_ = await practice.family()
    for _ in range(NOTICES):
        await practice.notify(ana)
    server.refusing["ben@example.com"] = "451 4.3.0 later"
    server.refusing["dave@example.org"] = "550 5.7.1 policy"
    worker = practice.worker(server.url, connections=LANES)
    await worker.turn()
    await worker.end()
    record = await practice.record(ana.id)
    assert Counter((copy.address, copy.state, copy.result) for copy in record) == {
        ("ana@example.com", CopyState.SENT, "2.0.0"): NOTICES,
        ("ben@example.com", CopyState.QUEUED, "4.3.0"): NOTICES,
        ("dave@example.org", CopyState.FAILED, "5.7.1"): NOTICES,
    }


@pytest.mark.parametrize("connections", [1, LANES])
async def test_unlinked_while_the_server_thinks_about_whom_it_is_for(
    practice: MailPractice, server: MailServer, connections: int
) -> None:
    ana, ben, linked, _ = await practice.family()
    assert linked.relation is not None
    for _ in range(NOTICES):
        await practice.notify(ana)
    server.holding["ben@example.com"] = asyncio.Event()
    worker = practice.worker(server.url, connections=connections)
    turn = asyncio.create_task(worker.turn())
    await server.asked.wait()
    await practice.relationships.remove(practice.dana, client_id=ben.id, relation_id=linked.relation.id)
    # Longer than an answer counts that was given before.
    await asyncio.sleep(STANDS_SECONDS)
    server.holding["ben@example.com"].set()
    await turn
    await worker.end()
    assert "ben@example.com" not in server.recipients
    record = await practice.record(ana.id)
    bens = [copy for copy in record if copy.address == "ben@example.com"]
    assert {(copy.state, copy.reason) for copy in bens} == {(CopyState.SUPPRESSED, Reason.UNLINKED)}
    assert {copy.state for copy in record if copy not in bens} == {CopyState.SENT}


async def test_at_a_pace_slower_than_a_decision_is_fresh_mail_goes_all_the_same(
    practice: MailPractice, server: MailServer
) -> None:
    ana, *_ = await practice.family()
    await practice.notify(ana)
    lanes = MailLanes(
        [SmtpSending(SmtpServer.parse(server.url), name="practice.example")],
        outbox=practice.outbox,
        workspace_id=practice.workspace_id,
        worker="worker",
        clock=practice.clock,
        pace=MailPace(600),
        fresh_seconds=0.05,
    )
    decided = await practice.outbox.take(practice.workspace_id, "worker", limit=10)
    while decided.letters:
        before = len(server.received)
        left = await lanes.send(decided, MAIL_FROM)
        assert len(server.received) > before
        decided = await practice.outbox.ready(practice.workspace_id, "worker", left)
    await lanes.close()
    assert len(server.received) == len(EVERYBODY)


async def test_no_more_mails_go_than_the_pace_allows(practice: MailPractice, server: MailServer) -> None:
    ana, *_ = await practice.family()
    for _ in range(NOTICES):
        await practice.notify(ana)
    pace = MailPace(6000)
    worker = practice.worker(server.url, connections=LANES, pace=pace)
    began = time.monotonic()
    mails = await worker.turn()
    took = time.monotonic() - began
    await worker.end()
    assert len(server.received) == mails == NOTICES * len(EVERYBODY)
    assert took >= (mails - 1) * 60 / 6000
