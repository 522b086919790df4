import pytest

from bot.domain.client import Client
from bot.domain.errors import AlreadyRemoved, Field, InvalidInput, NotFound
from bot.domain.history import Act
from bot.domain.ids import ContactId, RelationId
from bot.domain.relationship import Relation, RelationKind
from bot.services.outcome import Outcome
from tests.services.practice import AGREED, NOBODY, Practice


def relation_of(outcome: Outcome) -> Relation:
    assert outcome.relation is not None
    return outcome.relation


async def linked_both_ways(practice: Practice, ana: Client, ben: Client) -> RelationId:
    link = relation_of(await practice.link(ana, ben))
    await practice.relationships.share(
        practice.dana, client_id=ana.id, relation_id=link.id, sharing=AGREED, reverse_sharing=AGREED
    )
    for client in (ana, ben):
        await practice.relationships.change_roles(
            practice.dana, client_id=client.id, relation_id=link.id, roles=(), emergency=True
        )
    return link.id


@pytest.mark.parametrize("side", [0, 1], ids=["where it was added", "the other side"])
async def test_r40_unlinking_has_the_same_effect_from_either_side(practice: Practice, side: int) -> None:
    pair = await practice.pair()
    link_id = await linked_both_ways(practice, *pair)
    outcome = await practice.relationships.remove(
        practice.sam, client_id=pair[side].id, relation_id=link_id, reason=" moved   away "
    )
    after = relation_of(outcome)
    assert (outcome.act, outcome.name, outcome.changed) == (Act.LINK_REMOVED, pair[1 - side].name, True)
    assert [one.sharing for one in after.sides] == [None, None]
    assert [one.emergency_position for one in after.sides] == [None, None]
    assert after.removal is not None
    assert (after.removal.by, after.removal.by_name, after.removal.reason) == ("U2", "Sam", "moved away")
    for client in pair:
        assert (await practice.relationships.family(practice.dana, client.id)).members == ()
        newest = (await practice.history(client))[0]
        assert (newest.act, newest.subject_id, newest.client_ids) == (
            Act.LINK_REMOVED,
            link_id,
            tuple(sorted(one.id for one in pair)),
        )


async def test_r5_a_removed_relation_is_kept(practice: Practice) -> None:
    ana, _ = await practice.pair()
    rosa = relation_of(await practice.contact(ana))
    outcome = await practice.relationships.remove(practice.dana, client_id=ana.id, relation_id=rosa.id)
    assert (outcome.act, outcome.name) == (Act.CONTACT_REMOVED, "Rosa Vega")
    async with practice.storage.reading(practice.dana.workspace_id) as unit:
        kept = await unit.relations.get(rosa.id)
    assert kept == outcome.relation
    assert kept is not None
    assert not kept.is_active


async def test_r42_the_second_is_told_who_removed_it_and_when(practice: Practice) -> None:
    ana, ben = await practice.pair()
    link = relation_of(await practice.link(ana, ben))
    first = relation_of(
        await practice.relationships.remove(practice.sam, client_id=ana.id, relation_id=link.id)
    )
    for client, other in ((ana, ben), (ben, ana)):
        with pytest.raises(AlreadyRemoved) as told:
            await practice.relationships.remove(practice.dana, client_id=client.id, relation_id=link.id)
        assert (told.value.relation, told.value.removal, told.value.name) == (
            first,
            first.removal,
            other.name,
        )
        with pytest.raises(AlreadyRemoved) as told:
            await practice.relationships.removal_preview(
                practice.dana, client_id=client.id, relation_id=link.id
            )
        assert (told.value.removal, told.value.name) == (first.removal, other.name)
    assert len(await practice.history(ana)) == 3


async def test_r42_the_same_submission_again_is_no_surprise(practice: Practice) -> None:
    ana, ben = await practice.pair()
    link = relation_of(await practice.link(ana, ben))
    first, second = [
        await practice.relationships.remove(
            practice.dana, client_id=ana.id, relation_id=link.id, submission="V1"
        )
        for _ in range(2)
    ]
    assert (first.changed, first.repeated) == (True, False)
    assert (second.changed, second.repeated) == (False, True)
    assert (second.relation, second.act, second.name) == (first.relation, first.act, "Ben Ruiz")


async def test_r33_the_others_move_up_on_both_accounts(practice: Practice) -> None:
    ana, ben = await practice.pair()
    link_id = await linked_both_ways(practice, ana, ben)
    for client in (ana, ben):
        await practice.contact(client, emergency=True)
    outcome = await practice.relationships.remove(practice.dana, client_id=ana.id, relation_id=link_id)
    assert not outcome.lost_last_emergency_contact
    assert await practice.emergency_order(ana) == await practice.emergency_order(ben) == ["Rosa Vega"]
    (entry, *_) = await practice.history(ana)
    assert entry.before is not None
    assert entry.after is not None
    orders = entry.before["emergency_orders"], entry.after["emergency_orders"]
    assert all(isinstance(order, dict) and set(order) == {ana.id, ben.id} for order in orders)


async def test_r33_losing_the_last_emergency_contact_is_told_before_and_after(practice: Practice) -> None:
    ana, ben = await practice.pair()
    link_id = await linked_both_ways(practice, ana, ben)
    preview = await practice.relationships.removal_preview(
        practice.dana, client_id=ana.id, relation_id=link_id
    )
    assert preview.last_emergency_contact_of == (ana, ben)
    await practice.contact(ben, emergency=True)
    preview = await practice.relationships.removal_preview(
        practice.dana, client_id=ana.id, relation_id=link_id
    )
    assert preview.last_emergency_contact_of == (ana,)
    outcome = await practice.relationships.remove(practice.dana, client_id=ana.id, relation_id=link_id)
    assert outcome.lost_last_emergency_contact


async def test_r41_the_prompt_says_where_it_was_first_added(practice: Practice) -> None:
    ana, ben = await practice.pair()
    link = relation_of(await practice.link(ana, ben))
    preview = await practice.relationships.removal_preview(
        practice.dana, client_id=ben.id, relation_id=link.id
    )
    assert (preview.family.client, preview.member.name, preview.added_from) == (ben, "Ana Ruiz", ana)
    assert preview.member.relation.kind is RelationKind.LINKED_CLIENT
    assert preview.last_emergency_contact_of == ()
    rosa = relation_of(await practice.contact(ben, emergency=True))
    preview = await practice.relationships.removal_preview(
        practice.dana, client_id=ben.id, relation_id=rosa.id
    )
    assert (preview.added_from, preview.last_emergency_contact_of) == (ben, (ben,))


async def test_only_what_stands_on_the_account_is_removed(practice: Practice) -> None:
    ana, ben = await practice.pair()
    rosa = relation_of(await practice.contact(ana))
    for client_id, relation_id in ((ben.id, rosa.id), (ana.id, ContactId("none")), (NOBODY, rosa.id)):
        with pytest.raises(NotFound):
            await practice.relationships.remove(practice.dana, client_id=client_id, relation_id=relation_id)
        with pytest.raises(NotFound):
            await practice.relationships.removal_preview(
                practice.dana, client_id=client_id, relation_id=relation_id
            )
    assert len((await practice.relationships.family(practice.dana, ana.id)).members) == 1


@pytest.mark.parametrize(("length", "removed"), [(500, True), (501, False)])
async def test_a_reason_has_a_length(practice: Practice, length: int, *, removed: bool) -> None:
    ana, _ = await practice.pair()
    rosa = relation_of(await practice.contact(ana))
    removal = practice.relationships.remove(
        practice.dana, client_id=ana.id, relation_id=rosa.id, reason="x" * length
    )
    if removed:
        assert (await removal).changed
        return
    with pytest.raises(InvalidInput) as refused:
        await removal
    (problem,) = refused.value.problems
    assert (problem.field, problem.key, problem.values) == (
        Field.REASON,
        "reason.too_long",
        {"max": 500},
    )
