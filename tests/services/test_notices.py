"""Taking notices in: decided and queued in one transaction, once for each key and each occasion."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.audit import TrailFilter
from bot.domain.errors import IdempotencyConflict, NotFound, NoticeRefused
from bot.domain.history import Kind
from bot.domain.mail_copy import CopyState
from bot.domain.notice import (
    MAX_ATTACHMENTS_SIZE,
    MAX_BODY_LENGTH,
    MAX_SUBJECT_LENGTH,
    Attachment,
    NoticeCategory,
    NoticeContent,
    NoticeProblem,
    NoticeRequest,
    NoticeSource,
)
from bot.domain.recipients import Reason, RecipientKind
from bot.domain.sharing import NOT_SHARED
from bot.services.notices import Notices
from storage.database import Database
from tests.services.mail_practice import REMINDER, MailPractice, paper
from tests.services.practice import NOBODY


@pytest.fixture
def practice(database: Database) -> MailPractice:
    return MailPractice(database)


async def test_a_notice_is_queued_for_everybody_it_is_shared_with(practice: MailPractice) -> None:
    ana, ben, linked, _ = await practice.family()
    queued = await practice.notify(ana)
    assert [(copy.name, copy.address, copy.reason, copy.state) for copy in queued.copies] == [
        ("Ana Ruiz", "ana@example.com", Reason.OWN_MAIL, CopyState.QUEUED),
        ("Ben Ruiz", "ben@example.com", Reason.SHARED, CopyState.QUEUED),
        ("Dave Vega", "dave@example.org", Reason.SHARED, CopyState.QUEUED),
    ]
    assert queued.copies[1].recipient_client_id == ben.id
    assert linked.relation is not None
    assert queued.copies[1].relation_id == linked.relation.id
    tokens = {token for copy in queued.copies for token in (copy.return_token, copy.stop_token)}
    assert len(tokens) == 6
    assert await practice.record(ana.id) == sorted(queued.copies, key=lambda copy: copy.id)


async def test_who_is_left_out_is_on_record_with_the_reason(practice: MailPractice) -> None:
    ana, _, linked, _ = await practice.family()
    assert linked.relation is not None
    await practice.relationships.stop_sharing(practice.dana, client_id=ana.id, relation_id=linked.relation.id)
    decision = await practice.recipients.of(practice.dana, ana.id, NoticeCategory.PAYMENTS)
    queued = await practice.notify(ana, NoticeCategory.PAYMENTS)
    assert [copy.reason for copy in queued.copies] == [verdict.reason for verdict in decision.verdicts]
    assert [copy.state for copy in queued.copies] == [
        CopyState.QUEUED,
        CopyState.SUPPRESSED,
        CopyState.QUEUED,
    ]


async def test_the_same_key_is_the_same_request(practice: MailPractice) -> None:
    ana, *_ = await practice.family()
    first = await practice.notify(ana, key="k1")
    again = await practice.notify(ana, key="k1")
    assert (again.notice_id, again.repeated) == (first.notice_id, True)
    assert {copy.id for copy in again.copies} == {copy.id for copy in first.copies}
    with pytest.raises(IdempotencyConflict):
        await practice.notify(ana, NoticeCategory.PAYMENTS, key="k1")
    with pytest.raises(IdempotencyConflict):
        await practice.notify(ana, content=replace(REMINDER, attachments=(paper(),)), key="k1")
    assert len(await practice.record(ana.id)) == 3


async def test_it_is_queued_with_its_decision_or_not_at_all(practice: MailPractice) -> None:
    ana, *_ = await practice.family()
    ids = iter((practice.new_id(), practice.new_id(), practice.new_id()))
    breaking = Notices(storage=practice.storage, clock=practice.clock, new_id=lambda: next(ids))
    request = NoticeRequest(
        client_id=ana.id,
        category=NoticeCategory.APPOINTMENTS,
        content=REMINDER,
        source=NoticeSource.HTTP,
        idempotency_key="k1",
    )
    with pytest.raises((StopIteration, RuntimeError)):
        await breaking.queue(practice.workspace_id, request)
    assert await practice.record(ana.id) == []
    async with practice.storage.reading(practice.workspace_id) as unit:
        assert await unit.audit.oldest(TrailFilter(kinds=frozenset({Kind.MAIL})), limit=9) == ()
    # Whoever asks again with the same key is not told that it was queued before.
    assert not (await practice.notify(ana, key="k1")).repeated


async def test_two_with_one_key_at_once_are_one(practice: MailPractice) -> None:
    ana, *_ = await practice.family()
    both = await asyncio.gather(practice.notify(ana, key="k1"), practice.notify(ana, key="k1"))
    assert both[0].notice_id == both[1].notice_id
    assert sorted(each.repeated for each in both) == [False, True]
    assert len(await practice.record(ana.id)) == 3


async def test_of_one_occasion_each_address_gets_one_mail(practice: MailPractice) -> None:
    ana, ben, linked, _ = await practice.family()
    assert linked.relation is not None
    first = await practice.notify(ana, event_id="session-7")
    practice.clock.advance(timedelta(minutes=1))
    second = await practice.notify(ben, event_id="session-7")
    assert [copy.state for copy in first.copies] == [CopyState.QUEUED] * 3
    assert [(copy.name, copy.reason) for copy in second.copies] == [
        ("Ben Ruiz", Reason.OWN_MAIL),
        ("Ana Ruiz", Reason.SHARING_OFF),
    ]
    # The copy of Ana's that waited for Ben gives way to the mail that is written to him.
    records = [*await practice.record(ana.id), *await practice.record(ben.id)]
    assert {(copy.name, copy.kind, copy.reason) for copy in records if copy.name == "Ben Ruiz"} == {
        ("Ben Ruiz", RecipientKind.LINKED_CLIENT, Reason.SAME_EVENT),
        ("Ben Ruiz", RecipientKind.CLIENT, Reason.OWN_MAIL),
    }
    queued = Counter(copy.address for copy in records if copy.state is CopyState.QUEUED)
    assert queued == {"ana@example.com": 1, "ben@example.com": 1, "dave@example.org": 1}
    receipt = await practice.notify(ben, NoticeCategory.PAYMENTS, event_id="session-7")
    assert receipt.copies[0].state is CopyState.QUEUED


async def test_a_copy_that_was_taken_to_be_sent_stays_the_one_mail_of_the_occasion(
    practice: MailPractice,
) -> None:
    ana, ben, *_ = await practice.family()
    await practice.notify(ana, event_id="session-7")
    taken = await practice.outbox.claim(practice.workspace_id, "worker", limit=10)
    assert len(taken) == 3
    second = await practice.notify(ben, event_id="session-7")
    assert second.copies[0].reason is Reason.SAME_EVENT


async def test_whoever_wants_no_mail_of_their_own_keeps_the_copy_of_the_occasion(
    practice: MailPractice,
) -> None:
    ana, ben, *_ = await practice.family()
    await practice.clients.set_mail_opt_out(practice.dana, ben.id, opt_out=True)
    first = await practice.notify(ana, event_id="session-7")
    second = await practice.notify(ben, event_id="session-7")
    assert second.copies[0].reason is Reason.OPTED_OUT
    (kept,) = [copy for copy in await practice.record(ana.id) if copy.address == "ben@example.com"]
    assert (kept.id, kept.state) == (first.copies[1].id, CopyState.QUEUED)


async def test_of_one_occasion_at_once_each_address_gets_one_mail(practice: MailPractice) -> None:
    ana, ben, *_ = await practice.family()
    await asyncio.gather(*(practice.notify(each, event_id="session-7") for each in (ana, ben, ana, ben)))
    records = [*await practice.record(ana.id), *await practice.record(ben.id)]
    queued = [copy.address for copy in records if copy.state is CopyState.QUEUED]
    assert sorted(map(str, queued)) == ["ana@example.com", "ben@example.com", "dave@example.org"]


async def test_a_notice_for_later_is_decided_when_its_time_comes(practice: MailPractice) -> None:
    ana, _, linked, added = await practice.family()
    assert linked.relation is not None
    assert added.relation is not None
    share = practice.relationships.share
    await share(practice.dana, client_id=ana.id, relation_id=linked.relation.id, sharing=NOT_SHARED)
    queued = await practice.notify(ana, later=timedelta(hours=1))
    assert [copy.reason for copy in queued.copies][1:] == [Reason.SHARING_OFF, Reason.SHARED]
    assert await practice.outbox.open_due(practice.workspace_id, limit=10) == 0

    sharing = queued.copies[2]
    await practice.relationships.remove(practice.dana, client_id=ana.id, relation_id=added.relation.id)
    reshared = added.family.contacts[0].side.sharing
    assert reshared is not None
    await share(practice.dana, client_id=ana.id, relation_id=linked.relation.id, sharing=reshared.choice)
    practice.clock.advance(timedelta(hours=2))
    assert await practice.outbox.open_due(practice.workspace_id, limit=10) == 1
    assert await practice.outbox.open_due(practice.workspace_id, limit=10) == 0
    states = {copy.name: (copy.state, copy.reason) for copy in await practice.record(ana.id)}
    assert states == {
        "Ana Ruiz": (CopyState.QUEUED, Reason.OWN_MAIL),
        "Ben Ruiz": (CopyState.QUEUED, Reason.SHARED),
        "Dave Vega": (CopyState.SUPPRESSED, Reason.UNLINKED),
    }
    assert sharing.id in {copy.id for copy in await practice.record(ana.id)}


async def test_a_client_of_nobody_is_not_found(practice: MailPractice) -> None:
    ana = await practice.client("Ana")
    with pytest.raises(NotFound):
        await practice.notify(replace(ana, id=NOBODY), key="k1")
    # Nothing of it was kept: the key is free.
    assert not (await practice.notify(ana, key="k1")).repeated


LONG = "x" * (MAX_BODY_LENGTH + 1)
TOO_LARGE = Attachment(filename="a.pdf", content_type="application/pdf", content=b"x" * MAX_ATTACHMENTS_SIZE)


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        (NoticeContent(subject=" ", text="Hello"), {NoticeProblem.SUBJECT_NEEDED}),
        (
            NoticeContent(subject="s" * (MAX_SUBJECT_LENGTH + 1), text=" "),
            {NoticeProblem.SUBJECT_TOO_LONG, NoticeProblem.BODY_NEEDED},
        ),
        (NoticeContent(subject="Hello", html=LONG), {NoticeProblem.BODY_TOO_LONG}),
        (NoticeContent(subject="Hello", text="\ud800"), {NoticeProblem.UNREADABLE_LETTERS}),
        (NoticeContent(subject="Hello", text="a\0b"), {NoticeProblem.UNREADABLE_LETTERS}),
        (replace(REMINDER, attachments=(TOO_LARGE, paper())), {NoticeProblem.ATTACHMENTS_TOO_LARGE}),
        (replace(REMINDER, attachments=(paper("pdf"),)), {NoticeProblem.ATTACHMENT_UNREADABLE}),
        (replace(REMINDER, attachments=(paper(name="\r\n"),)), {NoticeProblem.ATTACHMENT_UNREADABLE}),
    ],
)
async def test_what_cannot_be_sent_is_refused_with_everything_that_is_wrong(
    sqlite_url: str, content: NoticeContent, problems: set[NoticeProblem]
) -> None:
    database = Database.open(sqlite_url)
    try:
        await database.ensure_workspace(MailPractice(database).workspace_id, "A practice")
        practice = MailPractice(database)
        ana = await practice.client("Ana", email="ana@example.com")
        with pytest.raises(NoticeRefused) as refused:
            await practice.notify(ana, content=content)
        assert set(refused.value.problems) == problems
        assert await practice.record(ana.id) == []
    finally:
        await database.close()


async def test_a_mail_of_nobody_goes_where_it_was_addressed_and_to_nobody_else(
    practice: MailPractice,
) -> None:
    request = NoticeRequest(
        addressed_to="shared@example.com",
        category=NoticeCategory.UNKNOWN,
        content=NoticeContent(subject="", original=b"Subject: x\r\n\r\nHello\r\n"),
        source=NoticeSource.SMTP,
    )
    queued = await practice.notices.queue(practice.workspace_id, request)
    assert [(copy.client_id, copy.address, copy.state) for copy in queued.copies] == [
        (None, "shared@example.com", CopyState.QUEUED)
    ]
    with pytest.raises(ValueError, match="copied to nobody"):
        await practice.notices.queue(
            practice.workspace_id, replace(request, category=NoticeCategory.PAYMENTS)
        )


async def test_an_unknown_category_is_only_of_what_came_as_a_mail(practice: MailPractice) -> None:
    ana = await practice.client("Ana", email="ana@example.com")
    with pytest.raises(NoticeRefused) as refused:
        await practice.notify(ana, NoticeCategory.UNKNOWN)
    assert refused.value.problems == (NoticeProblem.CATEGORY_NEEDED,)
