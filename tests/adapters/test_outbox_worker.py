"""The worker against a real mail server: whom a mail reaches, and what becomes of one that fails."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.adapters.mail_composing import RETURN_MAILBOX, tag_of
from bot.adapters.smtp_sending import ServerUnavailable
from bot.domain.client import ClientDetails
from bot.domain.mail_copy import CopyState
from bot.domain.must_not_receive import RestrictionClass
from bot.domain.notice import NoticeCategory
from bot.domain.recipients import Reason
from bot.services.must_not_receive import Whom
from bot.services.outbox import FIRST_WAIT, JITTER, LEASE, LONGEST_WAIT, MOST_TRIES
from bot.services.ports import Lease
from storage.database import Database
from tests.mail_server import MailServer, mail_server
from tests.services.mail_practice import MailPractice

HOURS = timedelta(hours=6)


@pytest.fixture
def practice(database: Database) -> MailPractice:
    return MailPractice(database)


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


async def states(practice: MailPractice, client_id: str) -> dict[str, tuple[CopyState, str]]:
    record = await practice.record(client_id)  # type: ignore[arg-type] # of a client
    return {str(copy.address): (copy.state, copy.result or copy.reason) for copy in record}


async def test_three_mails_each_alone_on_its_to(practice: MailPractice, server: MailServer) -> None:
    ana, *_ = await practice.family()
    await practice.notify(ana)
    worker = practice.worker(server.url)
    assert await worker.turn() == 3
    assert await worker.turn() == 0
    await worker.end()
    assert sorted(server.recipients) == ["ana@example.com", "ben@example.com", "dave@example.org"]
    for mail in server.received:
        assert mail.message["To"].addresses[0].addr_spec == mail.recipients[0]
        assert len(mail.message["To"].addresses) == 1
        assert "Cc" not in mail.message
        assert "Bcc" not in mail.message
        token = tag_of(mail.sender, RETURN_MAILBOX)
        assert token is not None
        assert tag_of(mail.recipients[0], RETURN_MAILBOX) is None
    assert len({mail.sender for mail in server.received}) == 3
    assert server.connections == 1
    record = await practice.record(ana.id)
    assert all(copy.state is CopyState.SENT and copy.sent_at and copy.attempts == 1 for copy in record)
    assert {copy.message_id for copy in record} == {mail.message["Message-ID"] for mail in server.received}
    assert {copy.result for copy in record} == {"2.0.0"}


async def test_unlinked_from_the_other_side_between_queueing_and_sending(
    practice: MailPractice, server: MailServer
) -> None:
    ana, ben, linked, added = await practice.family()
    assert linked.relation is not None
    assert added.relation is not None
    await practice.notify(ana)
    await practice.relationships.remove(practice.dana, client_id=ben.id, relation_id=linked.relation.id)
    await practice.relationships.stop_sharing(practice.dana, client_id=ana.id, relation_id=added.relation.id)
    worker = practice.worker(server.url)
    await worker.turn()
    await worker.end()
    assert server.recipients == ["ana@example.com"]
    found = await states(practice, ana.id)
    assert found["ben@example.com"] == (CopyState.SUPPRESSED, Reason.UNLINKED)
    assert found["dave@example.org"] == (CopyState.SUPPRESSED, Reason.SHARING_OFF)


async def test_unlinked_and_barred_while_the_mail_before_is_in_the_air(
    practice: MailPractice, server: MailServer
) -> None:
    ana, ben, linked, added = await practice.family()
    assert linked.relation is not None
    assert added.relation is not None
    await practice.notify(ana)
    server.held = asyncio.Event()
    worker = practice.worker(server.url)
    turn = asyncio.create_task(worker.turn())
    await server.arrived.acquire()
    # All three were taken and decided about by now.
    await practice.relationships.remove(practice.dana, client_id=ben.id, relation_id=linked.relation.id)
    barred = Whom(relation_id=added.relation.id)
    await practice.restrictions.add(practice.dana, ana.id, barred, why=RestrictionClass.SAFETY)
    server.held.set()
    assert await turn == 3
    assert await worker.turn() == 0
    await worker.end()
    assert server.recipients == ["ana@example.com"]
    found = await states(practice, ana.id)
    assert found["ben@example.com"] == (CopyState.SUPPRESSED, Reason.UNLINKED)
    assert found["dave@example.org"] == (CopyState.SUPPRESSED, Reason.MUST_NOT_RECEIVE)


async def test_a_change_of_somebody_else_while_a_mail_is_in_the_air_holds_nothing_up(
    practice: MailPractice, server: MailServer
) -> None:
    ana, *_ = await practice.family()
    await practice.notify(ana)
    server.held = asyncio.Event()
    worker = practice.worker(server.url)
    turn = asyncio.create_task(worker.turn())
    await server.arrived.acquire()
    await practice.client("Otto", email="otto@example.com")
    server.held.set()
    assert await turn == 3
    await worker.end()
    assert Counter(server.recipients) == Counter(("ana@example.com", "ben@example.com", "dave@example.org"))
    assert {copy.state for copy in await practice.record(ana.id)} == {CopyState.SENT}


async def test_an_address_that_changed_gets_the_mail_and_the_old_one_does_not(
    practice: MailPractice, server: MailServer
) -> None:
    ana, ben, *_ = await practice.family()
    await practice.notify(ana)
    details = ClientDetails(first_name="Ben", last_name="Ruiz", email="new@example.com")
    await practice.clients.edit(practice.dana, ben.id, details, expected_version=ben.version)
    worker = practice.worker(server.url)
    while await worker.turn():
        pass
    await worker.end()
    assert sorted(server.recipients) == ["ana@example.com", "dave@example.org", "new@example.com"]


async def test_a_refusal_for_now_is_tried_again_with_the_same_message_id(
    practice: MailPractice, server: MailServer
) -> None:
    ana = await practice.client("Ana", email="ana@example.com")
    await practice.notify(ana)
    ids = []
    answers = iter(("451 4.3.0 later", "452 4.2.2 full", "250 2.0.0 ok"))

    def answer(mail: object) -> str:
        ids.append(mail.message["Message-ID"])  # type: ignore[attr-defined] # a mail that arrived
        return next(answers)

    server.after_content = answer
    worker = practice.worker(server.url)
    await worker.turn()
    assert await worker.turn() == 0
    assert await states(practice, ana.id) == {"ana@example.com": (CopyState.QUEUED, "4.3.0")}
    for _ in range(2):
        practice.clock.advance(timedelta(minutes=10))
        assert await worker.turn() == 1
    await worker.end()
    assert len(ids) == 3
    assert len(set(ids)) == 1
    (copy,) = await practice.record(ana.id)
    assert (copy.state, copy.attempts) == (CopyState.SENT, 3)


async def test_between_two_tries_it_waits_longer_each_time_and_never_in_step(
    practice: MailPractice, server: MailServer
) -> None:
    for name in ("Ana", "Ben"):
        client = await practice.client(name, email=f"{name}@example.com")
        await practice.notify(client)
        server.refusing[f"{name}@example.com"] = "450 4.2.1 not now"
    worker = practice.worker(server.url)
    for tries in range(1, 10):
        assert await worker.turn() == 2
        (first, second) = await practice.dead_letters.all(practice.dana, limit=10, waiting=True)
        waits = [each.due_at - practice.clock.now() for each in (first, second)]
        usual = min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT)
        assert all((1 - JITTER) * usual <= wait <= (1 + JITTER) * usual for wait in waits)
        assert waits[0] != waits[1]
        assert await worker.turn() == 0
        practice.clock.advance(max(waits))
    await worker.end()


async def test_what_is_refused_again_and_again_is_given_up(
    practice: MailPractice, server: MailServer
) -> None:
    ana = await practice.client("Ana", email="ana@example.com")
    await practice.notify(ana)
    server.refusing["ana@example.com"] = "450 4.2.1 not now"
    worker = practice.worker(server.url)
    for _ in range(MOST_TRIES):
        assert await worker.turn() == 1
        practice.clock.advance(HOURS)
    assert await worker.turn() == 0
    (dead,) = await practice.dead_letters.all(practice.dana, limit=10)
    assert (dead.state, dead.result) == (CopyState.DEAD, "4.2.1")
    server.refusing.clear()
    await practice.dead_letters.retry(practice.dana, dead.id)
    assert await worker.turn() == 1
    await worker.end()
    assert server.recipients == ["ana@example.com"]
    assert await practice.dead_letters.all(practice.dana, limit=10) == ()


@pytest.mark.parametrize(
    ("answer", "result", "paused"),
    [
        ("550 5.1.1 no such user", "5.1.1", True),
        ("553 5.1.10 null MX", "5.1.10", True),
        ("550 5.7.1 policy", "5.7.1", False),
        ("550 looks like spam", "550", False),
        ("552 5.2.2 mailbox full", "5.2.2", False),
        ("550 5.1.8 bad sender", "5.1.8", False),
    ],
)
async def test_only_an_address_that_does_not_work_is_paused(
    practice: MailPractice, server: MailServer, answer: str, result: str, *, paused: bool
) -> None:
    ana, _, _, added = await practice.family()
    assert added.relation is not None
    await practice.notify(ana)
    server.refusing["dave@example.org"] = answer
    worker = practice.worker(server.url)
    await worker.turn()
    assert (await states(practice, ana.id))["dave@example.org"] == (CopyState.FAILED, result)
    family = await practice.relationships.family(practice.dana, ana.id)
    assert family.is_paused("Dave@example.org") is paused
    server.refusing.clear()
    again = await practice.notify(ana)
    expected = Reason.NO_WORKING_ADDRESS if paused else Reason.SHARED
    assert again.copies[2].reason is expected
    assert await practice.bounces.confirm(practice.dana, ana.id, added.relation.id) is paused
    assert await practice.bounces.confirm(practice.dana, ana.id) is False
    assert (await practice.notify(ana)).copies[2].reason is Reason.SHARED
    await worker.end()


async def test_a_server_that_hangs_up_loses_no_mail(practice: MailPractice, server: MailServer) -> None:
    ana, *_ = await practice.family()
    await practice.notify(ana)
    answers = iter(("", "250 ok", "250 ok", "250 ok"))
    server.after_content = lambda _: next(answers)
    worker = practice.worker(server.url)
    await worker.turn()
    assert len(server.recipients) == 2
    practice.clock.advance(timedelta(minutes=5))
    await worker.turn()
    await worker.end()
    assert Counter(server.recipients) == Counter(("ana@example.com", "ben@example.com", "dave@example.org"))
    assert {copy.state for copy in await practice.record(ana.id)} == {CopyState.SENT}


async def test_a_slow_server_is_not_waited_for_forever(practice: MailPractice, server: MailServer) -> None:
    ana = await practice.client("Ana", email="ana@example.com")
    await practice.notify(ana)
    server.held = asyncio.Event()
    worker = practice.worker(server.url, seconds=0.2)
    await worker.turn()
    assert await states(practice, ana.id) == {"ana@example.com": (CopyState.QUEUED, "timeout")}
    server.held.set()
    await worker.end()


async def test_without_a_server_nothing_is_tried_and_nothing_is_lost(practice: MailPractice) -> None:
    ana, *_ = await practice.family()
    await practice.notify(ana)
    async with mail_server() as gone:
        url = gone.url
    worker = practice.worker(url)
    for _ in range(MOST_TRIES + 1):
        with pytest.raises(ServerUnavailable):
            await worker.turn()
    record = await practice.record(ana.id)
    assert {(copy.state, copy.attempts) for copy in record} == {(CopyState.QUEUED, 0)}
    await worker.end()


async def test_several_workers_share_a_queue_and_send_each_mail_once(
    practice: MailPractice, server: MailServer
) -> None:
    for number in range(12):
        client = await practice.client(f"Client{number}", email=f"client{number}@example.com")
        await practice.notify(client)
    workers = [practice.worker(server.url) for _ in range(3)]
    await asyncio.gather(*(worker.turn() for worker in workers))
    while sum([await worker.turn() for worker in workers]):
        pass
    for worker in workers:
        await worker.end()
    assert Counter(server.recipients) == Counter(f"client{number}@example.com" for number in range(12))


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_nobody_waits_for_the_mails_that_another_worker_takes(
    practice: MailPractice, server: MailServer
) -> None:
    ana, *_ = await practice.family()
    await practice.notify(ana)
    await practice.notify(ana)
    lease = Lease(worker="another", until=practice.clock.now() + LEASE)
    async with practice.storage.writing(practice.workspace_id) as unit:
        taken = await unit.copies.claim(lease, now=practice.clock.now(), limit=4)
        # Its transaction has not ended: what it holds is passed over (SKIP LOCKED).
        worker = practice.worker(server.url)
        assert await worker.turn() == 2
        await worker.end()
    assert len(taken) == 4
    assert len(server.received) == 2


async def test_a_worker_that_begun_sends_what_is_queued_and_ends_when_asked(
    practice: MailPractice, server: MailServer
) -> None:
    ana, *_ = await practice.family()
    await practice.notify(ana)
    server.held = asyncio.Event()
    worker = practice.worker(server.url)
    worker.begin()
    await server.arrived.acquire()
    ending = asyncio.create_task(worker.end())
    server.held.set()
    await ending
    # The mail in the air arrived, the others wait for the next worker.
    assert len(server.recipients) == 1
    counted = Counter(copy.state for copy in await practice.record(ana.id))
    assert counted == {CopyState.SENT: 1, CopyState.QUEUED: 2}


async def test_what_a_lost_worker_had_comes_back_with_its_lease(
    practice: MailPractice, server: MailServer
) -> None:
    ana, *_ = await practice.family()
    await practice.notify(ana)
    lost = await practice.outbox.claim(practice.workspace_id, "lost", limit=10)
    assert len(lost) == 3
    early, late = practice.worker(server.url), practice.worker(server.url)
    assert await early.turn() == 0
    practice.clock.advance(LEASE)
    assert await late.turn() == 3
    # Should the lost one come to itself again, it has nothing left to send.
    assert (
        await practice.outbox.ready(practice.workspace_id, "lost", [copy.id for copy in lost])
    ).letters == ()
    for worker in (early, late):
        await worker.end()
    assert len(server.recipients) == 3


@pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(days=400)])
async def test_a_clock_that_jumps_loses_no_mail_and_repeats_none(
    practice: MailPractice, server: MailServer, jump: timedelta
) -> None:
    ana, *_ = await practice.family()
    await practice.notify(ana)
    server.refusing["dave@example.org"] = "450 4.2.1 not now"
    worker = practice.worker(server.url)
    await worker.turn()
    server.refusing.clear()
    await practice.outbox.claim(practice.workspace_id, "lost", limit=10)
    practice.clock.advance(jump)
    after = practice.worker(server.url)
    await after.turn()
    practice.clock.advance(LONGEST_WAIT)
    assert await after.turn() == 0
    for each in (worker, after):
        await each.end()
    assert Counter(server.recipients) == Counter(("ana@example.com", "ben@example.com", "dave@example.org"))


async def test_a_bounce_to_the_return_path_makes_it_a_mail_that_did_not_arrive(
    practice: MailPractice, server: MailServer
) -> None:
    ana, *_ = await practice.family()
    await practice.notify(ana, NoticeCategory.PAYMENTS)
    worker = practice.worker(server.url)
    await worker.turn()
    await worker.end()
    mail = next(each for each in server.received if each.recipients == ("dave@example.org",))
    token = tag_of(mail.sender.upper(), RETURN_MAILBOX)
    assert token is not None
    report = practice.bounces.report
    delayed = await report(practice.workspace_id, token, "4.4.1")
    assert delayed is not None
    assert delayed.state is CopyState.SENT
    assert await report(practice.workspace_id, "nobody", "5.1.1") is None
    failed = await report(practice.workspace_id, token, "5.1.1")
    assert failed is not None
    assert (failed.state, failed.result) == (CopyState.FAILED, "5.1.1")
    assert [pause.address for pause in await practice.bounces.paused(practice.dana)] == ["dave@example.org"]
