from dataclasses import replace

import pytest

from bot.domain.client import ClientStatus
from bot.domain.errors import AlreadyRemoved, Field, InvalidInput, NotFound
from bot.domain.history import Act
from bot.domain.relationship import Relation
from bot.domain.sharing import NOT_SHARED, Category, SharingChoice
from bot.services.outcome import Outcome
from tests.services.practice import AGREED, ROSA, Practice

SOME = replace(AGREED, categories=frozenset({Category.APPOINTMENTS}))


def relation_of(outcome: Outcome) -> Relation:
    assert outcome.relation is not None
    return outcome.relation


async def test_r20_each_direction_of_a_link_is_switched_on_its_own(practice: Practice) -> None:
    ana, ben = await practice.pair()
    link = relation_of(await practice.link(ana, ben))
    outcome = await practice.relationships.share(
        practice.sam, client_id=ben.id, relation_id=link.id, sharing=AGREED
    )
    after = relation_of(outcome)
    sharing = after.side_of(ben.id).sharing
    assert (outcome.act, outcome.name) == (Act.SHARING_CHANGED, "Ana Ruiz")
    assert sharing is not None
    assert (sharing.choice, sharing.recorded_by, sharing.is_everything) == (AGREED, "U2", True)
    assert after.side_of(ana.id).sharing is None


async def test_r20_a_direction_that_is_not_named_stays_as_it_is(practice: Practice) -> None:
    ana, ben = await practice.pair()
    link = relation_of(await practice.link(ana, ben))
    before = relation_of(
        await practice.relationships.share(
            practice.dana, client_id=ana.id, relation_id=link.id, sharing=AGREED, reverse_sharing=SOME
        )
    )
    after = relation_of(
        await practice.relationships.share(
            practice.sam, client_id=ana.id, relation_id=link.id, sharing=NOT_SHARED
        )
    )
    assert after.side_of(ana.id).sharing is None
    assert after.side_of(ben.id).sharing == before.side_of(ben.id).sharing
    again = relation_of(
        await practice.relationships.share(
            practice.sam, client_id=ana.id, relation_id=link.id, sharing=AGREED, reverse_sharing=SOME
        )
    )
    assert again.side_of(ben.id).sharing == before.side_of(ben.id).sharing
    fresh = again.side_of(ana.id).sharing
    assert fresh is not None
    assert fresh.recorded_by == practice.sam.staff_id


async def test_r20_a_contact_only_ever_receives(practice: Practice) -> None:
    ana, _ = await practice.pair()
    rosa = relation_of(await practice.contact(ana))
    outcome = await practice.relationships.share(
        practice.dana, client_id=ana.id, relation_id=rosa.id, sharing=SOME, reverse_sharing=AGREED
    )
    sharing = relation_of(outcome).side_of(ana.id).sharing
    assert sharing is not None
    assert sharing.choice == SOME


async def test_the_same_choice_again_leaves_no_entry(practice: Practice) -> None:
    ana, _ = await practice.pair()
    rosa = relation_of(await practice.contact(ana))
    first, second = [
        await practice.relationships.share(
            practice.dana, client_id=ana.id, relation_id=rosa.id, sharing=AGREED
        )
        for _ in range(2)
    ]
    assert (first.changed, second.changed) == (True, False)
    assert first.relation == second.relation
    assert len(await practice.history(ana)) == 3


async def test_r51_switching_on_and_widening_ask_for_a_basis(practice: Practice) -> None:
    ana, ben = await practice.pair()
    link = relation_of(await practice.link(ana, ben))

    async def refused(sharing: SharingChoice, reverse: SharingChoice) -> list[tuple[Field, str]]:
        with pytest.raises(InvalidInput) as caught:
            await practice.relationships.share(
                practice.dana,
                client_id=ana.id,
                relation_id=link.id,
                sharing=sharing,
                reverse_sharing=reverse,
            )
        return [(one.field, one.key) for one in caught.value.problems]

    without = replace(AGREED, basis=None)
    both = [(Field.BASIS, "basis.needed"), (Field.REVERSE_BASIS, "basis.needed")]
    assert await refused(without, without) == both
    await practice.relationships.share(
        practice.dana, client_id=ana.id, relation_id=link.id, sharing=SOME, reverse_sharing=SOME
    )
    assert await refused(without, SOME) == both[:1]
    assert await refused(SOME, without) == both[1:]


async def test_r27_nothing_is_shared_with_somebody_without_an_address(practice: Practice) -> None:
    ana, _ = await practice.pair()
    cleo = await practice.client("Cleo")
    link = relation_of(await practice.link(ana, cleo))
    with pytest.raises(InvalidInput) as refused:
        await practice.relationships.share(
            practice.dana, client_id=ana.id, relation_id=link.id, sharing=AGREED
        )
    (problem,) = refused.value.problems
    assert (problem.field, problem.key, problem.values) == (
        Field.SHARING,
        "sharing.no_address",
        {"name": "Cleo"},
    )
    with pytest.raises(InvalidInput) as refused:
        await practice.relationships.share(
            practice.dana,
            client_id=cleo.id,
            relation_id=link.id,
            sharing=AGREED,
            reverse_sharing=AGREED,
        )
    assert [(one.field, one.key) for one in refused.value.problems] == [
        (Field.REVERSE_SHARING, "sharing.no_address")
    ]


async def test_r60_nothing_is_switched_on_for_the_deceased_but_everything_off(practice: Practice) -> None:
    ana, ben = await practice.pair()
    link = relation_of(await practice.link(ana, ben))
    await practice.relationships.share(practice.dana, client_id=ana.id, relation_id=link.id, sharing=SOME)
    late = replace(ben.details, status=ClientStatus.DECEASED)
    await practice.clients.edit(practice.dana, ben.id, late, expected_version=ben.version)
    with pytest.raises(InvalidInput) as refused:
        await practice.relationships.share(
            practice.dana, client_id=ana.id, relation_id=link.id, sharing=AGREED
        )
    assert [(one.field, one.key) for one in refused.value.problems] == [(Field.SHARING, "sharing.deceased")]
    outcome = await practice.relationships.stop_sharing(practice.dana, client_id=ben.id, relation_id=link.id)
    assert [side.sharing for side in relation_of(outcome).sides] == [None, None]


async def test_stopping_switches_both_directions_off_once(practice: Practice) -> None:
    ana, ben = await practice.pair()
    link = relation_of(await practice.link(ana, ben))
    await practice.relationships.share(
        practice.dana, client_id=ana.id, relation_id=link.id, sharing=AGREED, reverse_sharing=AGREED
    )
    first, second = [
        await practice.relationships.stop_sharing(practice.sam, client_id=ben.id, relation_id=link.id)
        for _ in range(2)
    ]
    assert (first.changed, second.changed) == (True, False)
    assert [side.sharing for side in relation_of(first).sides] == [None, None]
    assert len(await practice.history(ana)) == 4


async def test_r29_after_off_and_on_again_the_choice_is_asked_anew(practice: Practice) -> None:
    ana, _ = await practice.pair()
    rosa = relation_of(await practice.contact(ana))
    for choice in (SOME, NOT_SHARED):
        await practice.relationships.share(
            practice.dana, client_id=ana.id, relation_id=rosa.id, sharing=choice
        )
    with pytest.raises(InvalidInput):
        await practice.relationships.share(
            practice.dana, client_id=ana.id, relation_id=rosa.id, sharing=replace(SOME, basis=None)
        )


async def test_r11_the_same_submission_is_carried_out_once(practice: Practice) -> None:
    ana, _ = await practice.pair()
    rosa = relation_of(await practice.contact(ana))
    await practice.relationships.share(
        practice.dana, client_id=ana.id, relation_id=rosa.id, sharing=AGREED, submission="V1"
    )
    await practice.relationships.stop_sharing(practice.sam, client_id=ana.id, relation_id=rosa.id)
    late = await practice.relationships.share(
        practice.dana, client_id=ana.id, relation_id=rosa.id, sharing=AGREED, submission="V1"
    )
    assert (late.repeated, late.changed) == (True, False)
    # What Sam switched off since stays off.
    assert relation_of(late).side_of(ana.id).sharing is None


async def test_sharing_is_changed_on_an_account_and_while_the_relation_is_active(
    practice: Practice,
) -> None:
    ana, ben = await practice.pair()
    rosa = relation_of(await practice.contact(ana, ROSA))
    with pytest.raises(NotFound):
        await practice.relationships.stop_sharing(practice.dana, client_id=ben.id, relation_id=rosa.id)
    await practice.relationships.remove(practice.dana, client_id=ana.id, relation_id=rosa.id)
    with pytest.raises(AlreadyRemoved):
        await practice.relationships.share(
            practice.dana, client_id=ana.id, relation_id=rosa.id, sharing=AGREED
        )
