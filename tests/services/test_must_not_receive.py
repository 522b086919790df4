"""Who must not receive: refused where sharing is switched on, silent in edits, final when mail is sent."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.audit import TrailFilter
from bot.domain.errors import InvalidInput, NotFound, NotPermitted
from bot.domain.history import Act, Kind
from bot.domain.ids import RestrictionId
from bot.domain.mail_copy import CopyState
from bot.domain.must_not_receive import RestrictionClass
from bot.domain.person import PersonDetails
from bot.domain.recipients import Reason
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.sharing import NOT_SHARED
from bot.domain.staff_role import StaffRole, rights_of
from bot.services.conversion import BecomingWords
from bot.services.must_not_receive import Whom
from storage.database import Database
from tests.mail_server import MailServer, mail_server
from tests.services.mail_practice import DAVE, MailPractice
from tests.services.practice import AGREED, NOBODY, PARENT

KEY = "sharing.must_not_receive"


@pytest.fixture
def practice(database: Database) -> MailPractice:
    return MailPractice(database)


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


def keys(refused: pytest.ExceptionInfo[InvalidInput]) -> list[str]:
    return [problem.key for problem in refused.value.problems]


async def test_a_form_that_is_sent_twice_has_one_effect_and_each_is_on_record(
    practice: MailPractice,
) -> None:
    ana, ben = await practice.pair()
    add = practice.restrictions.add
    entries = [
        await add(practice.dana, ana.id, Whom(client_id=ben.id), why=RestrictionClass.SAFETY, submission=key)
        for key in ("V1:new", "V1:new", "V2:new")
    ]
    assert entries[0] == entries[1]
    assert len(await practice.restrictions.of_client(practice.dana, ana.id)) == 2
    for _ in range(2):
        await practice.restrictions.lift(practice.dana, entries[0].id, reason="They have made up")
    async with practice.storage.reading(practice.workspace_id) as unit:
        found = await unit.audit.oldest(TrailFilter(kinds=frozenset({Kind.MAIL})), limit=9)
    assert [(each.act, each.subject_id, each.by_name) for each in found] == [
        (Act.BLOCK_ENTERED, entries[0].id, "Dana"),
        (Act.BLOCK_ENTERED, entries[2].id, "Dana"),
        (Act.BLOCK_LIFTED, entries[0].id, "Dana"),
    ]
    # Staff who may see the client's history read nothing of it there (R50).
    async with practice.storage.reading(practice.workspace_id) as unit:
        seen = await unit.history.of_client(ana.id, limit=9)
    assert {each.act for each in seen} == {Act.CLIENT_ADDED}


async def test_it_is_refused_wherever_sharing_is_switched_on(practice: MailPractice) -> None:
    ana, ben = await practice.pair()
    await practice.restrictions.add(
        practice.dana, ana.id, Whom(client_id=ben.id), why=RestrictionClass.SAFETY
    )
    await practice.restrictions.add(
        practice.dana, ana.id, Whom(address="d.a.v.e+x@EXAMPLE.org"), why=RestrictionClass.COURT_ORDER
    )
    relationships, dana = practice.relationships, practice.dana
    with pytest.raises(InvalidInput) as refused:
        await relationships.link(dana, client_id=ana.id, other_id=ben.id, relationship=PARENT, sharing=AGREED)
    assert keys(refused) == [KEY]
    with pytest.raises(InvalidInput) as refused:
        await practice.shared_contact(ana)
    assert keys(refused) == [KEY]
    linked = await practice.link(ana, ben)
    assert linked.relation is not None
    with pytest.raises(InvalidInput) as refused:
        await relationships.share(dana, client_id=ana.id, relation_id=linked.relation.id, sharing=AGREED)
    assert keys(refused) == [KEY]
    # The other direction is nobody's business.
    shared = await relationships.share(
        dana,
        client_id=ana.id,
        relation_id=linked.relation.id,
        sharing=NOT_SHARED,
        reverse_sharing=AGREED,
    )
    assert shared.changed


async def test_undo_does_not_bring_it_back(practice: MailPractice) -> None:
    ana, _, linked, added = await practice.family()
    assert linked.relation is not None
    assert added.relation is not None
    stop = practice.relationships.stop_sharing
    stopped = await stop(practice.dana, client_id=ana.id, relation_id=linked.relation.id)
    removed = await practice.relationships.remove(
        practice.dana, client_id=ana.id, relation_id=added.relation.id
    )
    for relation in (linked.relation, added.relation):
        await practice.restrictions.add(
            practice.dana, ana.id, Whom(relation_id=relation.id), why=RestrictionClass.CLIENT_REQUEST
        )
    assert stopped.entry is not None
    assert removed.entry is not None
    with pytest.raises(InvalidInput) as refused:
        await practice.relationships.undo(practice.dana, client_id=ana.id, entry=stopped.entry.number)
    assert keys(refused) == [KEY]
    undone = await practice.relationships.undo(practice.dana, client_id=ana.id, entry=removed.entry.number)
    assert undone.sharing_left_off


async def test_editing_an_address_saves_and_the_sharing_pauses(
    practice: MailPractice, server: MailServer
) -> None:
    ana, *_ = await practice.family()
    await practice.restrictions.add(
        practice.dana, ana.id, Whom(address="eve@example.com"), why=RestrictionClass.SAFETY
    )
    await practice.notify(ana)
    family = await practice.relationships.family(practice.dana, ana.id)
    dave = family.contacts[0]
    edited = await practice.relationships.edit_contact(
        practice.dana,
        client_id=ana.id,
        contact_id=dave.contact.id,
        person=replace(DAVE, email="e.v.e@example.com"),
        relationship=RelationshipChoice(),
        expected_version=dave.contact.version,
        person_version=dave.person.version,
    )
    assert edited.changed
    assert edited.family.contacts[0].side.sharing is not None
    worker = practice.worker(server.url)
    while await worker.turn():
        pass
    await worker.end()
    assert sorted(server.recipients) == ["ana@example.com", "ben@example.com"]


async def test_it_wins_between_queueing_and_sending_until_it_is_lifted(
    practice: MailPractice, server: MailServer
) -> None:
    ana, *_ = await practice.family()
    family = await practice.relationships.family(practice.dana, ana.id)
    await practice.notify(ana)
    entry = await practice.restrictions.add(
        practice.dana,
        ana.id,
        Whom(person_id=family.contacts[0].person.id),
        why=RestrictionClass.COURT_ORDER,
        document="Order 7/2026",
    )
    assert (entry.name, entry.present_addresses) == ("Dave Vega", ("dave@example.org",))
    worker = practice.worker(server.url)
    await worker.turn()
    assert "dave@example.org" not in server.recipients
    copy = next(each for each in await practice.record(ana.id) if each.name == "Dave Vega")
    assert (copy.state, copy.reason) == (CopyState.SUPPRESSED, Reason.MUST_NOT_RECEIVE)
    with pytest.raises(InvalidInput):
        await practice.restrictions.lift(practice.dana, entry.id, reason=" ")
    lifted = await practice.restrictions.lift(practice.dana, entry.id, reason="The order has ended.")
    again = await practice.restrictions.lift(practice.sam, entry.id, reason="Once more.")
    assert lifted.lifting is not None
    assert again.lifting == lifted.lifting
    assert await practice.restrictions.of_client(practice.dana, ana.id) == ()
    assert await practice.restrictions.of_client(practice.dana, ana.id, even_lifted=True) == (lifted,)
    await practice.notify(ana)
    await worker.turn()
    await worker.end()
    # Nothing is sent later that was held back.
    assert server.recipients.count("dave@example.org") == 1


async def test_an_entry_ends_by_itself(practice: MailPractice) -> None:
    ana, *_ = await practice.family()
    await practice.restrictions.add(
        practice.dana,
        ana.id,
        Whom(address="dave@example.org"),
        why=RestrictionClass.COURT_ORDER,
        expires_on=practice.clock.day,
    )
    assert (await practice.notify(ana)).copies[2].reason is Reason.MUST_NOT_RECEIVE
    practice.clock.day += timedelta(days=1)
    assert (await practice.notify(ana)).copies[2].reason is Reason.SHARED
    with pytest.raises(InvalidInput):
        await practice.restrictions.add(
            practice.dana,
            ana.id,
            Whom(address="dave@example.org"),
            why=RestrictionClass.COURT_ORDER,
            expires_on=practice.clock.day - timedelta(days=1),
        )


async def test_who_becomes_a_client_must_not_receive_either(practice: MailPractice) -> None:
    ana = await practice.client("Ana", email="ana@example.com")
    other = await practice.client("Dave", last_name="Vega", email="dave@elsewhere.example")
    added = await practice.shared_contact(ana)
    dave = added.family.contacts[0]
    await practice.restrictions.add(
        practice.dana, ana.id, Whom(person_id=dave.person.id), why=RestrictionClass.SAFETY
    )
    await practice.relationships.make_client(
        practice.dana,
        client_id=ana.id,
        contact_id=dave.contact.id,
        became=other.id,
        words=BecomingWords(reason="Became a client.", inverse_words_elsewhere=""),
        expected_version=dave.contact.version,
        person_version=dave.person.version,
    )
    assert (await practice.notify(ana)).copies[1].reason is Reason.MUST_NOT_RECEIVE


async def test_only_who_may_enters_sees_and_lifts(practice: MailPractice) -> None:
    ana = await practice.client("Ana", email="ana@example.com")
    restrictions, whom = practice.restrictions, Whom(address="eve@example.com")
    editor = replace(practice.sam, rights=rights_of((StaffRole.EDITOR,)))
    admin = replace(practice.sam, rights=rights_of((StaffRole.EDITOR, StaffRole.ADMIN)))
    with pytest.raises(NotPermitted):
        await restrictions.add(editor, ana.id, whom, why=RestrictionClass.SAFETY)
    entry = await restrictions.add(admin, ana.id, whom, why=RestrictionClass.SAFETY)
    for actor in (editor, admin):
        with pytest.raises(NotPermitted):
            await restrictions.of_client(actor, ana.id)
        with pytest.raises(NotPermitted):
            await restrictions.lift(actor, entry.id, reason="because")


async def test_it_is_about_somebody_who_is_there(practice: MailPractice) -> None:
    ana, ben = await practice.pair()
    restrictions, safety = practice.restrictions, RestrictionClass.SAFETY
    with pytest.raises(NotFound):
        await restrictions.add(practice.dana, ana.id, Whom(client_id=NOBODY), why=safety)
    with pytest.raises(NotFound):
        await restrictions.add(practice.dana, NOBODY, Whom(client_id=ben.id), why=safety)
    with pytest.raises(NotFound):
        await restrictions.lift(practice.dana, RestrictionId("nobody"), reason="because")
    with pytest.raises(InvalidInput):
        await restrictions.add(practice.dana, ana.id, Whom(address="nobody"), why=safety)
    with pytest.raises(ValueError, match="one relation"):
        await restrictions.add(practice.dana, ana.id, Whom(), why=safety)


async def test_a_shared_inbox_of_the_barred_gets_nothing(practice: MailPractice) -> None:
    ana, ben = await practice.pair()
    await practice.shared_contact(ana, PersonDetails(first_name="Rosa", email="BEN@example.com"))
    await practice.restrictions.add(
        practice.dana, ana.id, Whom(client_id=ben.id), why=RestrictionClass.SAFETY
    )
    # Rosa reads Ben's mail, and so Ben reads hers.
    assert (await practice.notify(ana)).copies[1].reason is Reason.MUST_NOT_RECEIVE
