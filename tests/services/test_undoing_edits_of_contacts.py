"""Undo for ten minutes (R43): what was edited of contacts, on both databases."""

from dataclasses import replace

import pytest

from bot.domain.errors import (
    AlreadyUndone,
    ChangedSince,
)
from bot.domain.history import Act
from bot.domain.relationship import Contact
from bot.domain.relationship_choice import RelationshipChoice
from tests.services.practice import AGREED, PHONE, ROSA, SIBLING, Practice
from tests.services.undoing import entry_of, remove, undo


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
