"""What a mail said is forgotten some days after the last mail of it went; the record of it stays."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.domain.ids import NoticeId
from bot.domain.mail_copy import CopyState
from bot.domain.notice import NoticeCategory, NoticeContent
from storage.database import Database
from tests.mail_server import MailServer, mail_server
from tests.services.mail_practice import MailPractice, paper

DAYS = 30
SAID = NoticeContent(subject="Your superbill", text="It is attached.", attachments=(paper(),))


@pytest.fixture
def practice(database: Database) -> MailPractice:
    return MailPractice(database)


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


async def content(database: Database, practice: MailPractice, notice_id: NoticeId) -> NoticeContent:
    async with database.reading(practice.workspace_id) as unit:
        notice = await unit.notices.get(notice_id)
    assert notice is not None
    return notice.request.content


async def turn(practice: MailPractice, server: MailServer) -> None:
    """Have a worker begin, work and end, as a process does that is started anew."""
    worker = practice.worker(server.url, keep_days=DAYS)
    await worker.turn()
    await worker.end()


async def test_what_was_sent_is_forgotten_when_its_days_are_over(
    database: Database, practice: MailPractice, server: MailServer
) -> None:
    ana, *_ = await practice.family()
    early = await practice.notify(ana, NoticeCategory.SUPERBILLS, content=SAID, key="early")
    await turn(practice, server)
    practice.clock.advance(timedelta(days=DAYS - 1))
    await turn(practice, server)
    assert await content(database, practice, early.notice_id) == SAID
    before = await practice.record(ana.id)
    practice.clock.advance(timedelta(days=2))
    late = await practice.notify(ana, NoticeCategory.SUPERBILLS, content=SAID)
    await turn(practice, server)
    assert await content(database, practice, early.notice_id) == NoticeContent(subject="")
    assert await content(database, practice, late.notice_id) == SAID
    record = await practice.record(ana.id)
    assert record[: len(before)] == before
    assert {copy.state for copy in record} == {CopyState.SENT}
    # The same request is still known for what it is.
    again = await practice.notify(ana, NoticeCategory.SUPERBILLS, content=SAID, key="early")
    assert again.repeated


async def test_a_dead_letter_keeps_what_it_said_until_it_is_dropped(
    database: Database, practice: MailPractice, server: MailServer
) -> None:
    ana = await practice.client("Ana", email="ana@example.com")
    queued = await practice.notify(ana, content=SAID)
    server.refusing["ana@example.com"] = "550 5.7.1 policy"
    await turn(practice, server)
    practice.clock.advance(timedelta(days=DAYS + 1))
    await turn(practice, server)
    assert await content(database, practice, queued.notice_id) == SAID
    (dead,) = await practice.dead_letters.all(practice.dana, limit=10)
    await practice.dead_letters.drop(practice.dana, dead.id)
    await turn(practice, server)
    assert await content(database, practice, queued.notice_id) == NoticeContent(subject="")


async def test_what_is_to_be_sent_later_and_what_was_misdirected_is_kept(
    database: Database, practice: MailPractice, server: MailServer
) -> None:
    ana, *_ = await practice.family()
    later = await practice.notify(ana, content=SAID, later=timedelta(days=2 * DAYS))
    wrong = await practice.notify(ana, NoticeCategory.SUPERBILLS, content=SAID)
    await turn(practice, server)
    await practice.copies.mark_misdirected(practice.dana, ana.id, wrong.copies[2].id, note="Not his to read.")
    practice.clock.advance(timedelta(days=DAYS + 1))
    await turn(practice, server)
    assert await content(database, practice, later.notice_id) == SAID
    assert await content(database, practice, wrong.notice_id) == SAID
