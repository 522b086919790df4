"""Undo for ten minutes (R43): each rule, on both databases."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.client import Client, ClientStatus
from bot.domain.errors import (
    AlreadyContact,
    AlreadyLinked,
    AlreadyRemoved,
    AlreadyUndone,
    ChangedSince,
    InvalidInput,
    NotFound,
    UndoTooLate,
)
from bot.domain.history import Act, HistoryEntry
from bot.domain.kinship import Kinship
from bot.domain.relationship import Contact, Link
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.roles import Role, RoleHeld
from bot.domain.sharing import NOT_SHARED, Basis, Category, SharingChoice
from bot.services.outcome import ClientSaved, Outcome, Undone
from tests.services.practice import AGREED, PHONE, ROSA, SIBLING, Practice

SOME = SharingChoice(
    categories=frozenset({Category.APPOINTMENTS}), basis=Basis.AUTHORIZATION, expires_on=date(2026, 3, 3)
)


def entry_of(outcome: Outcome | ClientSaved) -> HistoryEntry:
    assert outcome.entry is not None
    return outcome.entry


async def undo(practice: Practice, client: Client, outcome: Outcome | ClientSaved) -> Undone:
    """Undo as the other person at the desk."""
    return await practice.relationships.undo(
        practice.sam, client_id=client.id, entry=entry_of(outcome).number
    )


async def link(practice: Practice, *, shared: bool = True) -> tuple[Client, Client, Link]:
    ana, ben = await practice.pair()
    outcome = await practice.relationships.link(
        practice.dana,
        client_id=ana.id,
        other_id=ben.id,
        relationship=SIBLING,
        sharing=AGREED if shared else NOT_SHARED,
    )
    assert isinstance(outcome.relation, Link)
    return ana, ben, outcome.relation


async def present(practice: Practice, client: Client, relation: Link | Contact) -> Link | Contact:
    found = (await practice.relationships.family(practice.dana, client.id)).member(relation.id)
    assert found is not None
    return found.relation


async def remove(practice: Practice, client: Client, relation: Link | Contact) -> Outcome:
    return await practice.relationships.remove(practice.dana, client_id=client.id, relation_id=relation.id)


async def edit(practice: Practice, client: Client, **details: object) -> ClientSaved:
    now = await practice.clients.get(practice.dana, client.id)
    changed = replace(now.details, **details)  # type: ignore[arg-type] # any detail
    return await practice.clients.edit(
        practice.dana, client.id, changed, expected_version=now.version, address_confirmed=True
    )


async def test_an_unlink_is_undone_from_the_other_side_as_it_was(practice: Practice) -> None:
    ana, ben, linked = await link(practice)
    removed = await remove(practice, ana, linked)

    undone = await undo(practice, ben, removed)

    assert (undone.name, undone.sharing_left_off, undone.changed) == ("Ana Ruiz", False, True)
    assert await present(practice, ben, linked) == replace(linked, version=3)
    assert await present(practice, ana, linked) == replace(linked, version=3)
    entries = await practice.history(ana)
    assert [entry.act for entry in entries][:3] == [Act.CHANGE_UNDONE, Act.LINK_REMOVED, Act.LINK_ADDED]
    assert (entries[0].undoes, entries[0].by_name) == (entries[1].number, "Sam")


async def test_a_removed_emergency_contact_comes_back_to_its_place(practice: Practice) -> None:
    ana, _ = await practice.pair()
    contacts = [
        (await practice.contact(ana, replace(ROSA, first_name=name), emergency=True)).relation
        for name in ("One", "Two", "Three")
    ]
    assert contacts[1] is not None
    removed = await remove(practice, ana, contacts[1])
    assert await practice.emergency_order(ana) == ["One Vega", "Three Vega"]

    await undo(practice, ana, removed)

    assert await practice.emergency_order(ana) == ["One Vega", "Two Vega", "Three Vega"]


async def test_a_place_that_is_gone_becomes_the_last_one(practice: Practice) -> None:
    ana, _ = await practice.pair()
    contacts = [
        (await practice.contact(ana, replace(ROSA, first_name=name), emergency=True)).relation
        for name in ("One", "Two", "Three")
    ]
    removals = [await remove(practice, ana, contact) for contact in contacts if contact]

    await undo(practice, ana, removals[2])
    assert await practice.emergency_order(ana) == ["Three Vega"]
    await undo(practice, ana, removals[0])

    assert await practice.emergency_order(ana) == ["One Vega", "Three Vega"]


async def test_the_second_is_told_who_undid_it(practice: Practice) -> None:
    ana, ben, linked = await link(practice)
    removed = await remove(practice, ana, linked)
    await undo(practice, ben, removed)

    with pytest.raises(AlreadyUndone) as refused:
        await undo(practice, ana, removed)

    assert (refused.value.entry.by_name, refused.value.entry.undoes) == ("Sam", entry_of(removed).number)
    assert len(await practice.history(ana)) == 4


async def test_two_at_once_undo_it_once(practice: Practice) -> None:
    ana, ben, linked = await link(practice)
    removed = await remove(practice, ana, linked)

    answers = await asyncio.gather(
        undo(practice, ana, removed), undo(practice, ben, removed), return_exceptions=True
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["AlreadyUndone", "Undone"]


async def test_a_double_click_undoes_once_and_says_the_same(practice: Practice) -> None:
    ana, _, linked = await link(practice)
    number = entry_of(await remove(practice, ana, linked)).number
    first, second = [
        await practice.relationships.undo(practice.sam, client_id=ana.id, entry=number, submission="V1")
        for _ in range(2)
    ]
    assert second == replace(first, changed=False, repeated=True)


async def test_after_ten_minutes_it_is_too_late(practice: Practice) -> None:
    ana, _, linked = await link(practice)
    removed = await remove(practice, ana, linked)
    practice.clock.advance(timedelta(minutes=10))

    with pytest.raises(UndoTooLate):
        await undo(practice, ana, removed)

    assert len(await practice.history(ana)) == 3


async def test_within_ten_minutes_it_is_not_too_late(practice: Practice) -> None:
    ana, _, linked = await link(practice)
    removed = await remove(practice, ana, linked)
    practice.clock.advance(timedelta(minutes=9, seconds=58))
    assert (await undo(practice, ana, removed)).changed


async def test_what_was_added_or_undone_cannot_be_undone(practice: Practice) -> None:
    ana, _, linked = await link(practice)
    await undo(practice, ana, await remove(practice, ana, linked))
    for entry in await practice.history(ana):
        if entry.act is not Act.LINK_REMOVED:
            with pytest.raises(NotFound):
                await practice.relationships.undo(practice.sam, client_id=ana.id, entry=entry.number)


async def test_nobody_undoes_from_an_account_that_it_is_not_about(
    practice: Practice, other_practice: Practice
) -> None:
    ana, _, linked = await link(practice)
    cleo = await practice.client("Cleo")
    elsewhere = await other_practice.client("Dan")
    removed = await remove(practice, ana, linked)
    with pytest.raises(NotFound):
        await undo(practice, cleo, removed)
    with pytest.raises(NotFound):
        await undo(other_practice, elsewhere, removed)


async def test_a_pair_that_was_linked_again_stays_as_it_is(practice: Practice) -> None:
    ana, ben, linked = await link(practice)
    removed = await remove(practice, ana, linked)
    anew = (await practice.link(ana, ben)).relation

    with pytest.raises(AlreadyLinked) as refused:
        await undo(practice, ana, removed)

    assert (refused.value.link, refused.value.other.id) == (anew, ben.id)


async def test_a_person_who_was_made_a_contact_again_stays_as_they_are(practice: Practice) -> None:
    ana, ben = await practice.pair()
    contact = (await practice.contact(ana)).relation
    assert isinstance(contact, Contact)
    for client in (ben, ana):
        if client is ana:
            removed = await remove(practice, ana, contact)
        await practice.relationships.add_known_person(
            practice.dana,
            client_id=client.id,
            person_id=contact.person_id,
            relationship=RelationshipChoice(),
        )
    with pytest.raises(AlreadyContact):
        await undo(practice, ana, removed)


async def test_sharing_stays_off_after_an_address_has_changed(practice: Practice) -> None:
    ana, ben, linked = await link(practice)
    removed = await remove(practice, ana, linked)
    await edit(practice, ben, email="new@example.com")

    undone = await undo(practice, ana, removed)

    assert undone.sharing_left_off
    assert [side.sharing for side in (await present(practice, ana, linked)).sides] == [None, None]


async def test_sharing_stays_off_although_the_address_is_back(practice: Practice) -> None:
    ana, ben, linked = await link(practice)
    removed = await remove(practice, ana, linked)
    await edit(practice, ben, email=None)
    await edit(practice, ben, email=ben.email)
    assert (await undo(practice, ana, removed)).sharing_left_off


async def test_other_details_do_not_keep_sharing_off(practice: Practice) -> None:
    ana, ben, linked = await link(practice)
    removed = await remove(practice, ana, linked)
    await edit(practice, ben, preferred_name="Benny")
    assert not (await undo(practice, ana, removed)).sharing_left_off


async def test_sharing_stays_off_with_somebody_who_has_died(practice: Practice) -> None:
    ana, ben, linked = await link(practice)
    removed = await remove(practice, ana, linked)
    await edit(practice, ben, status=ClientStatus.DECEASED)
    assert (await undo(practice, ana, removed)).sharing_left_off


async def test_sharing_stays_off_when_the_authorization_has_run_out(practice: Practice) -> None:
    ana, _, linked = await link(practice, shared=False)
    await practice.relationships.share(practice.dana, client_id=ana.id, relation_id=linked.id, sharing=SOME)
    removed = await remove(practice, ana, linked)
    practice.clock.day = date(2026, 3, 3)
    assert (await undo(practice, ana, removed)).sharing_left_off


async def test_switching_off_is_undone_with_its_basis(practice: Practice) -> None:
    ana, _, linked = await link(practice)
    stopped = await practice.relationships.stop_sharing(
        practice.dana, client_id=ana.id, relation_id=linked.id
    )
    await undo(practice, ana, stopped)
    assert (await present(practice, ana, linked)).sides == linked.sides


async def test_switching_off_is_not_undone_once_anything_of_the_relation_has_changed(
    practice: Practice,
) -> None:
    ana, ben, linked = await link(practice)
    stopped = await practice.relationships.stop_sharing(
        practice.dana, client_id=ana.id, relation_id=linked.id
    )
    await practice.relationships.change_roles(
        practice.dana,
        client_id=ana.id,
        relation_id=linked.id,
        roles=(RoleHeld(role=Role.PAYER),),
        emergency=False,
    )
    with pytest.raises(ChangedSince) as refused:
        await undo(practice, ben, stopped)
    assert (refused.value.what, refused.value.entry.act) == ("roles", Act.ROLES_CHANGED)
    assert [side.sharing for side in (await present(practice, ana, linked)).sides] == [None, None]


async def test_switching_off_is_not_undone_once_an_address_has_changed(practice: Practice) -> None:
    ana, ben, linked = await link(practice)
    stopped = await practice.relationships.stop_sharing(
        practice.dana, client_id=ana.id, relation_id=linked.id
    )
    await edit(practice, ben, email="new@example.com")
    with pytest.raises(ChangedSince) as refused:
        await undo(practice, ana, stopped)
    assert refused.value.what == "email"


async def test_switching_off_is_not_undone_after_its_basis_has_run_out(practice: Practice) -> None:
    ana, _, linked = await link(practice, shared=False)
    await practice.relationships.share(practice.dana, client_id=ana.id, relation_id=linked.id, sharing=SOME)
    stopped = await practice.relationships.stop_sharing(
        practice.dana, client_id=ana.id, relation_id=linked.id
    )
    practice.clock.day = date(2026, 3, 3)
    with pytest.raises(InvalidInput):
        await undo(practice, ana, stopped)


async def test_switching_on_by_mistake_is_undone_whatever_else_has_changed(practice: Practice) -> None:
    ana, ben, linked = await link(practice, shared=False)
    shared = await practice.relationships.share(
        practice.dana, client_id=ana.id, relation_id=linked.id, sharing=AGREED
    )
    await edit(practice, ben, email="new@example.com")
    await undo(practice, ana, shared)
    assert [side.sharing for side in (await present(practice, ana, linked)).sides] == [None, None]


async def test_sharing_that_was_set_again_stays(practice: Practice) -> None:
    ana, _, linked = await link(practice)
    stopped = await practice.relationships.stop_sharing(
        practice.dana, client_id=ana.id, relation_id=linked.id
    )
    await practice.relationships.share(practice.sam, client_id=ana.id, relation_id=linked.id, sharing=SOME)
    with pytest.raises(ChangedSince) as refused:
        await undo(practice, ana, stopped)
    assert (refused.value.what, refused.value.entry.by_name) == ("sharing", "Sam")


async def test_a_relationship_is_put_back_on_both_sides(practice: Practice) -> None:
    ana, ben, linked = await link(practice)
    edited = await practice.relationships.edit_link(
        practice.dana,
        client_id=ana.id,
        link_id=linked.id,
        relationship=RelationshipChoice(kinship=Kinship.PARENT),
        expected_version=1,
    )
    await practice.relationships.stop_sharing(practice.dana, client_id=ana.id, relation_id=linked.id)

    await undo(practice, ben, edited)

    now = await present(practice, ana, linked)
    assert [side.label for side in now.sides] == [side.label for side in linked.sides]
    assert [side.sharing for side in now.sides] == [None, None]


async def test_a_relationship_that_was_edited_again_stays(practice: Practice) -> None:
    ana, _, linked = await link(practice)
    outcomes = [
        await practice.relationships.edit_link(
            actor,
            client_id=ana.id,
            link_id=linked.id,
            relationship=RelationshipChoice(kinship=kinship),
            expected_version=version,
        )
        for actor, kinship, version in (
            (practice.dana, Kinship.PARENT, 1),
            (practice.sam, Kinship.COUSIN, 2),
        )
    ]
    with pytest.raises(ChangedSince) as refused:
        await undo(practice, ana, outcomes[0])
    assert (refused.value.what, refused.value.entry.by_name) == ("relationship", "Sam")


async def test_an_edit_of_what_was_removed_since_stays(practice: Practice) -> None:
    ana, _, linked = await link(practice)
    edited = await practice.relationships.edit_link(
        practice.dana,
        client_id=ana.id,
        link_id=linked.id,
        relationship=RelationshipChoice(kinship=Kinship.PARENT),
        expected_version=1,
    )
    await remove(practice, ana, linked)
    with pytest.raises(AlreadyRemoved):
        await undo(practice, ana, edited)


async def test_roles_and_the_place_in_the_order_are_put_back(practice: Practice) -> None:
    ana, _ = await practice.pair()
    _, second = [
        (await practice.contact(ana, replace(ROSA, first_name=name), emergency=True)).relation
        for name in ("One", "Two")
    ]
    assert second is not None
    changed = await practice.relationships.change_roles(
        practice.dana,
        client_id=ana.id,
        relation_id=second.id,
        roles=(RoleHeld(role=Role.PAYER),),
        emergency=True,
        position=1,
    )
    assert await practice.emergency_order(ana) == ["Two Vega", "One Vega"]
    await practice.contact(ana, replace(ROSA, first_name="Three"), emergency=True)

    await undo(practice, ana, changed)

    assert await practice.emergency_order(ana) == ["One Vega", "Two Vega", "Three Vega"]
    assert (await present(practice, ana, second)).side_of(ana.id).roles == ()


async def test_undoing_may_take_the_last_emergency_contact_away(practice: Practice) -> None:
    ana, _, linked = await link(practice)
    changed = await practice.relationships.change_roles(
        practice.dana, client_id=ana.id, relation_id=linked.id, roles=(), emergency=True
    )
    assert (await undo(practice, ana, changed)).lost_last_emergency_contact


async def test_only_what_was_edited_of_a_client_is_put_back(practice: Practice) -> None:
    ana, _ = await practice.pair()
    edited = await edit(practice, ana, last_name="Cruz", own_id="A-1")
    await edit(practice, ana, preferred_name="Anita")

    undone = await undo(practice, ana, edited)

    assert undone.name == "Ana Ruiz (Anita)"
    details = undone.family.client.details
    assert (details.last_name, details.own_id, details.preferred_name) == ("Ruiz", "", "Anita")
    assert undone.family.client.version == 4


async def test_a_detail_that_was_edited_again_stays(practice: Practice) -> None:
    ana, _ = await practice.pair()
    edited = await edit(practice, ana, last_name="Cruz", phones=())
    await edit(practice, ana, last_name="Vega")
    with pytest.raises(ChangedSince) as refused:
        await undo(practice, ana, edited)
    assert refused.value.what == "last_name"


async def test_an_own_id_that_somebody_else_has_by_now_is_not_taken_back(practice: Practice) -> None:
    ana = await practice.client("Ana", own_id="A-1")
    edited = await edit(practice, ana, own_id="A-2")
    await practice.client("Ben", own_id="A-1")
    with pytest.raises(InvalidInput):
        await undo(practice, ana, edited)
    assert (await practice.clients.get(practice.dana, ana.id)).details.own_id == "A-2"


async def test_no_mail_moves_to_an_older_address_than_was_agreed_on(practice: Practice) -> None:
    ana, ben, linked = await link(practice, shared=False)
    edited = await edit(practice, ben, email="new@example.com")
    await practice.relationships.share(practice.sam, client_id=ana.id, relation_id=linked.id, sharing=AGREED)
    with pytest.raises(ChangedSince) as refused:
        await undo(practice, ben, edited)
    assert (refused.value.what, refused.value.entry.by_name) == ("sharing", "Sam")


async def test_an_address_is_put_back_under_sharing_that_was_there_before(practice: Practice) -> None:
    _, ben, _ = await link(practice)
    edited = await edit(practice, ben, email="new@example.com")
    assert (await undo(practice, ben, edited)).family.client.email == ben.email


async def test_a_contact_is_put_back_with_person_and_relationship(practice: Practice) -> None:
    ana, _ = await practice.pair()
    contact = (await practice.contact(ana)).relation
    assert isinstance(contact, Contact)
    edited = await practice.relationships.edit_contact(
        practice.dana,
        client_id=ana.id,
        contact_id=contact.id,
        person=replace(ROSA, first_name="Rosalía", email="other@example.org"),
        relationship=SIBLING,
        expected_version=1,
        person_version=1,
    )
    undone = await undo(practice, ana, edited)
    (member,) = undone.family.contacts
    assert member.person.details == ROSA
    assert (member.contact, undone.name) == (replace(contact, version=3), "Rosa Vega")


async def test_a_person_of_two_clients_is_put_back_for_both(practice: Practice) -> None:
    ana, ben = await practice.pair()
    contact = (await practice.contact(ana)).relation
    assert isinstance(contact, Contact)
    await practice.relationships.add_known_person(
        practice.dana, client_id=ben.id, person_id=contact.person_id, relationship=RelationshipChoice()
    )
    edited = await practice.relationships.edit_contact(
        practice.dana,
        client_id=ana.id,
        contact_id=contact.id,
        person=replace(ROSA, phones=()),
        relationship=RelationshipChoice(),
        expected_version=1,
        person_version=1,
    )
    elsewhere = (await practice.history(ben))[0]
    assert elsewhere.act is Act.CONTACT_EDITED

    # From the account on which it was not even done.
    undone = await practice.relationships.undo(practice.sam, client_id=ben.id, entry=elsewhere.number)

    assert undone.family.contacts[0].person.phones == (PHONE,)
    latest = (await practice.history(ana))[0]
    assert (latest.act, latest.undoes) == (Act.CHANGE_UNDONE, entry_of(edited).number)
    with pytest.raises(AlreadyUndone):
        await undo(practice, ana, edited)


async def test_a_removal_is_undone_although_the_person_changed_on_another_account(practice: Practice) -> None:
    ana, ben = await practice.pair()
    contact = (await practice.contact(ana)).relation
    assert isinstance(contact, Contact)
    await practice.relationships.share(
        practice.dana, client_id=ana.id, relation_id=contact.id, sharing=AGREED
    )
    there = (
        await practice.relationships.add_known_person(
            practice.dana, client_id=ben.id, person_id=contact.person_id, relationship=RelationshipChoice()
        )
    ).relation
    assert isinstance(there, Contact)
    removed = await remove(practice, ana, contact)
    await practice.relationships.edit_contact(
        practice.dana,
        client_id=ben.id,
        contact_id=there.id,
        person=replace(ROSA, email="other@example.org"),
        relationship=RelationshipChoice(),
        expected_version=1,
        person_version=1,
    )
    undone = await undo(practice, ana, removed)
    assert undone.sharing_left_off
    assert undone.family.contacts[0].email == "other@example.org"


async def test_that_a_person_serves_another_client_by_now_changes_nothing(practice: Practice) -> None:
    ana, ben = await practice.pair()
    contact = (await practice.contact(ana)).relation
    assert isinstance(contact, Contact)
    edited = await practice.relationships.edit_contact(
        practice.dana,
        client_id=ana.id,
        contact_id=contact.id,
        person=replace(ROSA, email="other@example.org"),
        relationship=RelationshipChoice(),
        expected_version=1,
        person_version=1,
    )
    await practice.relationships.add_known_person(
        practice.dana, client_id=ben.id, person_id=contact.person_id, relationship=RelationshipChoice()
    )
    await undo(practice, ana, edited)
    (elsewhere,) = (await practice.relationships.family(practice.dana, ben.id)).contacts
    assert elsewhere.email == ROSA.email
    # On the other account it is a change of its own: nothing there was undone.
    assert (await practice.history(ben))[0].act is Act.CONTACT_EDITED


async def test_no_mail_of_another_client_moves_to_an_older_address(practice: Practice) -> None:
    ana, ben = await practice.pair()
    contact = (await practice.contact(ana)).relation
    assert isinstance(contact, Contact)
    edited = await practice.relationships.edit_contact(
        practice.dana,
        client_id=ana.id,
        contact_id=contact.id,
        person=replace(ROSA, email="other@example.org"),
        relationship=RelationshipChoice(),
        expected_version=1,
        person_version=1,
    )
    await practice.relationships.add_known_person(
        practice.sam,
        client_id=ben.id,
        person_id=contact.person_id,
        relationship=RelationshipChoice(),
        sharing=AGREED,
    )
    with pytest.raises(ChangedSince) as refused:
        await undo(practice, ana, edited)
    assert (refused.value.what, refused.value.entry.act) == ("sharing", Act.CONTACT_ADDED)


async def test_one_direction_may_come_back_without_the_other(practice: Practice) -> None:
    ana, ben, linked = await link(practice)
    await practice.relationships.share(
        practice.dana, client_id=ben.id, relation_id=linked.id, sharing=SOME, reverse_sharing=None
    )
    removed = await remove(practice, ana, linked)
    practice.clock.day = date(2026, 3, 3)
    undone = await undo(practice, ana, removed)
    now = await present(practice, ana, linked)
    assert [bool(now.side_of(one.id).sharing) for one in (ana, ben)] == [True, False]
    assert undone.sharing_left_off


async def test_an_end_that_has_come_is_taken_away_only_where_nothing_else_moved(practice: Practice) -> None:
    ana, ben, linked = await link(practice)
    edited = await practice.relationships.edit_link(
        practice.dana,
        client_id=ana.id,
        link_id=linked.id,
        relationship=SIBLING,
        ends_on=date(2026, 3, 1),
        expected_version=1,
    )
    await edit(practice, ben, email="new@example.com")
    with pytest.raises(ChangedSince) as refused:
        await undo(practice, ana, edited)
    assert refused.value.what == "email"


async def test_an_end_that_was_given_by_mistake_is_taken_away(practice: Practice) -> None:
    ana, ben, linked = await link(practice)
    edited = await practice.relationships.edit_link(
        practice.dana,
        client_id=ana.id,
        link_id=linked.id,
        relationship=SIBLING,
        ends_on=date(2026, 3, 1),
        expected_version=1,
    )
    await undo(practice, ben, edited)
    assert (await present(practice, ana, linked)).ends_on is None
