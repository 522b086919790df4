"""Stopping by the recipient, and what is on record of each mail."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.domain.audit import TrailFilter
from bot.domain.errors import InvalidInput, NotFound
from bot.domain.history import UNDOABLE, Act, Kind
from bot.domain.ids import CopyId
from bot.domain.mail_copy import CopyState
from bot.domain.recipients import Reason
from bot.domain.staff import Surface
from bot.services.ports import SharingStopped
from storage.database import Database
from tests.mail_server import MailServer, mail_server
from tests.services.mail_practice import DAVE, MailPractice


@pytest.fixture
def practice(database: Database) -> MailPractice:
    return MailPractice(database)


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


async def test_who_stops_is_off_at_once_and_staff_are_told(practice: MailPractice) -> None:
    ana, *_ = await practice.family()
    copy = (await practice.notify(ana)).copies[2]
    preview = await practice.unsubscribing.preview(practice.workspace_id, copy.stop_token)
    assert (preview.recipients, preview.is_shared_inbox) == (("Dave Vega",), False)
    assert practice.told.notices == []
    stopped = await practice.unsubscribing.stop(practice.workspace_id, copy.stop_token)
    assert stopped == preview
    family = await practice.relationships.family(practice.dana, ana.id)
    assert family.contacts[0].side.sharing is None
    assert practice.told.notices == [
        SharingStopped(client=ana, recipients=("Dave Vega",), staff=(practice.dana.staff_id,))
    ]
    entry = (await practice.history(ana))[0]
    assert (entry.act, entry.surface) == (Act.SHARING_STOPPED, Surface.EMAIL)
    # What the recipient decided is not for staff to undo.
    assert Act.SHARING_STOPPED not in UNDOABLE
    assert (await practice.notify(ana)).copies[2].reason is Reason.SHARING_OFF


async def test_stopping_twice_changes_nothing_more(practice: MailPractice) -> None:
    ana, *_ = await practice.family()
    copy = (await practice.notify(ana)).copies[2]
    await practice.unsubscribing.stop(practice.workspace_id, copy.stop_token)
    before = await practice.history(ana)
    again = await practice.unsubscribing.stop(practice.workspace_id, copy.stop_token)
    assert not again.changed
    assert await practice.history(ana) == before
    assert len(practice.told.notices) == 1


async def test_on_a_shared_inbox_all_of_them_go_off(practice: MailPractice) -> None:
    ana, _, _, _ = await practice.family()
    await practice.shared_contact(ana, replace(DAVE, first_name="Rosa", email="DAVE@example.org"))
    copy = (await practice.notify(ana)).copies[2]
    stopped = await practice.unsubscribing.stop(practice.workspace_id, copy.stop_token)
    assert stopped.is_shared_inbox
    assert set(stopped.recipients) == {"Dave Vega", "Rosa Vega"}
    family = await practice.relationships.family(practice.dana, ana.id)
    assert [contact.side.sharing for contact in family.contacts] == [None, None]
    assert family.linked_clients[0].side.sharing is not None


async def test_nobody_stops_without_a_token_of_a_copy(practice: MailPractice) -> None:
    ana, *_ = await practice.family()
    own = (await practice.notify(ana)).copies[0]
    for token in ("", "nobody", own.stop_token, own.return_token):
        with pytest.raises(NotFound):
            await practice.unsubscribing.stop(practice.workspace_id, token)


async def test_a_misdirected_copy_starts_an_incident(practice: MailPractice, server: MailServer) -> None:
    ana, ben, _, added = await practice.family()
    await practice.notify(ana)
    queued = await practice.record(ana.id)
    with pytest.raises(NotFound):
        await practice.copies.mark_misdirected(practice.dana, ana.id, queued[0].id)
    worker = practice.worker(server.url)
    await worker.turn()
    await worker.end()
    sent = next(copy for copy in await practice.record(ana.id) if copy.name == "Dave Vega")
    with pytest.raises(NotFound):
        await practice.copies.incident(practice.dana, ana.id, sent.id)
    with pytest.raises(NotFound):
        await practice.copies.mark_misdirected(practice.dana, ben.id, sent.id)
    with pytest.raises(InvalidInput):
        await practice.copies.mark_misdirected(practice.dana, ana.id, sent.id, note="x" * 501)
    marked = await practice.copies.mark_misdirected(
        practice.dana, ana.id, sent.id, note="A wrong address was typed."
    )
    incident = await practice.copies.incident(practice.dana, ana.id, sent.id)
    assert incident.copy == marked
    assert incident.copy.misdirected is not None
    assert incident.copy.misdirected.by == practice.dana.staff_id
    assert incident.copy.state is CopyState.SENT
    assert added.relation is not None
    assert [entry.act for entry in incident.relation_history] == [Act.CONTACT_ADDED]
    assert incident.subject == "Your appointment"
    again = await practice.copies.mark_misdirected(practice.sam, ana.id, sent.id, note="Mine.")
    assert again.misdirected == marked.misdirected
    assert await practice.copies.incident(practice.dana, ana.id, sent.id) == incident
    async with practice.storage.reading(practice.workspace_id) as unit:
        kinds = frozenset({Kind.EXPORT, Kind.MAIL})
        found = await unit.audit.oldest(TrailFilter(kinds=kinds), limit=9)
    assert [(each.by_name, each.act, each.subject_id) for each in found if each.by_name] == [
        ("Dana", Act.MAIL_MISDIRECTED, sent.id),
        ("Dana", Act.DATA_EXPORTED, "incident"),
        ("Dana", Act.DATA_EXPORTED, "incident"),
    ]
    assert {each.client_ids for each in found} == {(ana.id,)}


async def test_the_record_is_read_page_by_page(practice: MailPractice) -> None:
    ana, *_ = await practice.family()
    for _ in range(2):
        await practice.notify(ana)
    newest = await practice.copies.copies_of(practice.dana, ana.id, limit=4)
    older = await practice.copies.copies_of(practice.dana, ana.id, limit=4, before=newest[-1].id)
    ids = [copy.id for copy in (*newest, *older)]
    assert ids == sorted(ids, reverse=True)
    assert len(ids) == 6
    with pytest.raises(NotFound):
        await practice.dead_letters.drop(practice.dana, CopyId("nobody"))
    await practice.dead_letters.drop(practice.dana, ids[0])
    assert len(await practice.dead_letters.all(practice.dana, limit=9, waiting=True)) == 5


async def test_who_wants_no_mail_gets_none_and_the_history_says_so(practice: MailPractice) -> None:
    ana, *_ = await practice.family()
    saved = await practice.clients.set_mail_opt_out(practice.dana, ana.id, opt_out=True, submission="s1")
    again = await practice.clients.set_mail_opt_out(practice.dana, ana.id, opt_out=True, submission="s1")
    assert saved.changed
    assert again.repeated
    assert not (await practice.clients.set_mail_opt_out(practice.dana, ana.id, opt_out=True)).changed
    assert [copy.reason for copy in (await practice.notify(ana)).copies] == [
        Reason.OPTED_OUT,
        Reason.SHARED,
        Reason.SHARED,
    ]
    await practice.clients.set_mail_opt_out(practice.dana, ana.id, opt_out=False)
    acts = [entry.act for entry in await practice.history(ana)][:2]
    assert acts == [Act.CLIENT_MAIL_RESUMED, Act.CLIENT_MAIL_STOPPED]
