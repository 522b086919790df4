"""Undo for ten minutes (R43): what was removed or shared, on both databases."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.client import ClientStatus
from bot.domain.errors import (
    AlreadyContact,
    AlreadyLinked,
    AlreadyUndone,
    ChangedSince,
    InvalidInput,
    NotFound,
    UndoTooLate,
)
from bot.domain.history import Act
from bot.domain.relationship import Contact
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.roles import Role, RoleHeld
from tests.services.practice import AGREED, ROSA, Practice
from tests.services.undoing import SOME, edit, entry_of, link, present, remove, undo


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
