from dataclasses import replace
from datetime import date

import pytest

from bot.domain.client import Client
from bot.domain.errors import AlreadyRemoved, Field, InvalidInput, NotFound
from bot.domain.history import Act
from bot.domain.ids import RelationId
from bot.domain.relationship import Relation
from bot.domain.roles import Role, RoleHeld
from bot.services.outcome import Outcome
from tests.services.practice import ROSA, Practice

GUARDIAN = RoleHeld(role=Role.LEGAL_GUARDIAN, document="Court order 12", valid_until=date(2027, 1, 1))


def relation_of(outcome: Outcome) -> Relation:
    assert outcome.relation is not None
    return outcome.relation


async def change(
    practice: Practice,
    client: Client,
    relation_id: RelationId,
    *roles: RoleHeld,
    emergency: bool = False,
    position: int | None = None,
) -> Outcome:
    return await practice.relationships.change_roles(
        practice.sam,
        client_id=client.id,
        relation_id=relation_id,
        roles=roles,
        emergency=emergency,
        position=position,
    )


async def three_to_call(practice: Practice, client: Client) -> list[RelationId]:
    return [
        relation_of(await practice.contact(client, replace(ROSA, last_name=name), emergency=True)).id
        for name in ("One", "Two", "Three")
    ]


async def test_r32_a_linked_client_may_be_an_emergency_contact(practice: Practice) -> None:
    ana, ben = await practice.pair()
    link = relation_of(await practice.link(ana, ben))
    outcome = await change(practice, ana, link.id, GUARDIAN, emergency=True)
    assert (outcome.act, outcome.name) == (Act.ROLES_CHANGED, "Ben Ruiz")
    after = relation_of(outcome)
    assert (after.side_of(ana.id).roles, after.side_of(ana.id).emergency_position) == ((GUARDIAN,), 1)
    # What Ben is for Ana says nothing of what Ana is for Ben (R4).
    assert (after.side_of(ben.id).roles, after.side_of(ben.id).emergency_position) == ((), None)


async def test_r3_one_order_runs_over_links_and_contacts_alike(practice: Practice) -> None:
    ana, ben = await practice.pair()
    await practice.contact(ana, emergency=True)
    link = relation_of(await practice.link(ana, ben))
    await change(practice, ana, link.id, emergency=True)
    assert await practice.emergency_order(ana) == ["Rosa Vega", "Ben Ruiz"]
    await change(practice, ana, link.id, emergency=True, position=1)
    assert await practice.emergency_order(ana) == ["Ben Ruiz", "Rosa Vega"]


@pytest.mark.parametrize(
    ("mover", "position", "order"),
    [
        (2, 1, ["Three", "One", "Two"]),
        (0, 3, ["Two", "Three", "One"]),
        (0, 2, ["Two", "One", "Three"]),
        (1, None, ["One", "Two", "Three"]),
    ],
)
async def test_r33_moving_one_is_one_act_and_leaves_no_gap(
    practice: Practice, mover: int, position: int | None, order: list[str]
) -> None:
    ana, _ = await practice.pair()
    ids = await three_to_call(practice, ana)
    entries = len(await practice.history(ana))
    outcome = await change(practice, ana, ids[mover], emergency=True, position=position)
    assert await practice.emergency_order(ana) == [f"Rosa {name}" for name in order]
    assert len(await practice.history(ana)) == entries + outcome.changed
    assert outcome.changed is (position is not None)


async def test_r33_there_is_no_gap_after_one_stops_being_called(practice: Practice) -> None:
    ana, _ = await practice.pair()
    ids = await three_to_call(practice, ana)
    outcome = await change(practice, ana, ids[0])
    assert await practice.emergency_order(ana) == ["Rosa Two", "Rosa Three"]
    assert not outcome.lost_last_emergency_contact


@pytest.mark.parametrize(("position", "found"), [(0, True), (1, False), (4, False), (5, True), (-1, True)])
async def test_r33_there_are_as_many_places_as_emergency_contacts(
    practice: Practice, position: int, *, found: bool
) -> None:
    ana, ben = await practice.pair()
    await three_to_call(practice, ana)
    link = relation_of(await practice.link(ana, ben))
    if not found:
        assert (await change(practice, ana, link.id, emergency=True, position=position)).changed
        return
    with pytest.raises(InvalidInput) as refused:
        await change(practice, ana, link.id, emergency=True, position=position)
    (problem,) = refused.value.problems
    assert (problem.field, problem.key, problem.values) == (
        Field.POSITION,
        "position.out_of_range",
        {"max": 4},
    )


async def test_r33_losing_the_last_emergency_contact_is_told(practice: Practice) -> None:
    ana, _ = await practice.pair()
    rosa = relation_of(await practice.contact(ana, emergency=True))
    assert (await change(practice, ana, rosa.id)).lost_last_emergency_contact
    assert not (await change(practice, ana, rosa.id, GUARDIAN)).lost_last_emergency_contact


async def test_r31_a_new_emergency_contact_needs_a_phone(practice: Practice) -> None:
    ana, _ = await practice.pair()
    cleo = await practice.client("Cleo")
    link = relation_of(await practice.link(ana, cleo))
    with pytest.raises(InvalidInput) as refused:
        await change(practice, ana, link.id, emergency=True)
    (problem,) = refused.value.problems
    assert (problem.field, problem.key, problem.values) == (
        Field.PHONE,
        "emergency.needs_phone",
        {"name": "Cleo"},
    )


async def test_r33_one_whose_phone_is_gone_may_stay_and_move(practice: Practice) -> None:
    ana, ben = await practice.pair()
    await practice.contact(ana, emergency=True)
    link = relation_of(await practice.link(ana, ben))
    await change(practice, ana, link.id, emergency=True)
    await practice.clients.edit(
        practice.dana, ben.id, replace(ben.details, phones=()), expected_version=ben.version
    )
    assert (await change(practice, ana, link.id, emergency=True, position=1)).changed
    assert await practice.emergency_order(ana) == ["Ben Ruiz", "Rosa Vega"]


async def test_r34_no_role_follows_from_another(practice: Practice) -> None:
    ana, _ = await practice.pair()
    rosa = relation_of(await practice.contact(ana))
    for role in Role:
        side = relation_of(await change(practice, ana, rosa.id, RoleHeld(role=role))).side_of(ana.id)
        assert [held.role for held in side.roles] == [role]
        assert not side.is_emergency_contact


async def test_r30_several_roles_are_held_at_once_and_the_unnamed_end(practice: Practice) -> None:
    ana, _ = await practice.pair()
    rosa = relation_of(await practice.contact(ana))
    payer = RoleHeld(role=Role.PAYER)
    after = relation_of(await change(practice, ana, rosa.id, payer, GUARDIAN))
    assert after.side_of(ana.id).roles == (GUARDIAN, payer)
    after = relation_of(await change(practice, ana, rosa.id, payer))
    assert after.side_of(ana.id).roles == (payer,)


async def test_the_same_roles_again_leave_no_entry(practice: Practice) -> None:
    ana, _ = await practice.pair()
    rosa = relation_of(await practice.contact(ana, emergency=True))
    assert (await change(practice, ana, rosa.id, GUARDIAN, emergency=True)).changed
    entries = len(await practice.history(ana))
    assert not (await change(practice, ana, rosa.id, GUARDIAN, emergency=True, position=1)).changed
    assert len(await practice.history(ana)) == entries


async def test_roles_are_changed_on_an_account_and_while_the_relation_is_active(practice: Practice) -> None:
    ana, ben = await practice.pair()
    rosa = relation_of(await practice.contact(ana))
    with pytest.raises(NotFound):
        await change(practice, ben, rosa.id, GUARDIAN)
    await practice.relationships.remove(practice.dana, client_id=ana.id, relation_id=rosa.id)
    with pytest.raises(AlreadyRemoved):
        await change(practice, ana, rosa.id, GUARDIAN)
