"""Undo for ten minutes (R43): what was edited, on both databases."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.errors import (
    AlreadyRemoved,
    ChangedSince,
    InvalidInput,
)
from bot.domain.kinship import Kinship
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.roles import Role, RoleHeld
from tests.services.practice import AGREED, ROSA, SIBLING, Practice
from tests.services.undoing import SOME, edit, link, present, remove, undo


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
