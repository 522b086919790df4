"""Decisions about mail on record: one entry for a notice, with each verdict in it and no name."""

from datetime import timedelta

import pytest

from bot.domain.audit import TrailFilter
from bot.domain.history import HistoryEntry, Kind
from bot.domain.notice import NoticeCategory
from bot.domain.recipients import Reason
from bot.domain.sharing import NOT_SHARED
from storage.database import Database
from tests.databases import WORKSPACE
from tests.services.mail_practice import MailPractice

WORKER = "worker"


@pytest.fixture
def practice(database: Database) -> MailPractice:
    return MailPractice(database)


async def recorded(practice: MailPractice) -> tuple[HistoryEntry, ...]:
    async with practice.storage.reading(WORKSPACE) as unit:
        return await unit.audit.oldest(TrailFilter(kinds=frozenset({Kind.MAIL})), limit=99)


def reasons(entry: HistoryEntry) -> list[str]:
    assert entry.after is not None
    verdicts = entry.after["verdicts"]
    assert isinstance(verdicts, list)
    return [str(each["reason"]) for each in verdicts if isinstance(each, dict)]


async def test_a_notice_leaves_one_entry_with_everybodys_verdict(practice: MailPractice) -> None:
    ana, ben, *_ = await practice.family()
    queued = await practice.notify(ana, key="once")
    await practice.notify(ana, key="once")

    (entry,) = await recorded(practice)

    assert (entry.subject_id, entry.client_ids, entry.by) == (queued.notice_id, (ana.id,), "notice:http")
    assert reasons(entry) == [Reason.OWN_MAIL, Reason.SHARED, Reason.SHARED]
    assert ben.id in str(entry.after)
    told = f"{entry.after}{entry.subject_id}{entry.by}{entry.by_name}".casefold()
    assert not [
        each for copy in queued.copies for each in (copy.name, copy.address) if str(each).lower() in told
    ]


async def test_what_is_for_later_is_decided_and_recorded_again_when_its_time_has_come(
    practice: MailPractice,
) -> None:
    ana, _, linked, _ = await practice.family()
    await practice.notify(ana, later=timedelta(days=1))
    assert linked.relation is not None
    await practice.relationships.share(
        practice.dana, client_id=ana.id, relation_id=linked.relation.id, sharing=NOT_SHARED
    )
    practice.clock.advance(timedelta(days=2))
    assert await practice.outbox.open_due(WORKSPACE, limit=9) == 1

    first, again = await recorded(practice)

    assert reasons(first) == [Reason.OWN_MAIL, Reason.SHARED, Reason.SHARED]
    assert reasons(again) == [Reason.OWN_MAIL, Reason.SHARING_OFF, Reason.SHARED]
    assert again.by == "outbox"


async def test_what_is_held_back_at_the_last_moment_is_recorded_with_why(practice: MailPractice) -> None:
    ana, _, linked, _ = await practice.family()
    await practice.notify(ana, NoticeCategory.APPOINTMENTS)
    taken = await practice.outbox.claim(WORKSPACE, WORKER, limit=9)
    assert linked.relation is not None
    await practice.relationships.remove(
        practice.dana, client_id=ana.id, relation_id=linked.relation.id, expected_version=None
    )
    ready = await practice.outbox.ready(WORKSPACE, WORKER, [copy.id for copy in taken])
    assert len(ready.letters) == len(taken) - 1

    _, again = await recorded(practice)

    assert sorted(reasons(again)) == sorted([Reason.OWN_MAIL, Reason.SHARED, Reason.UNLINKED])


async def test_a_mail_that_goes_as_it_was_decided_leaves_nothing_more(practice: MailPractice) -> None:
    ana, *_ = await practice.family()
    await practice.notify(ana)
    taken = await practice.outbox.claim(WORKSPACE, WORKER, limit=9)
    await practice.outbox.ready(WORKSPACE, WORKER, [copy.id for copy in taken])
    assert len(await recorded(practice)) == 1
