"""The last day of a relation (R5): after it nothing is shared, and it stays on the account with its date."""

from datetime import date

import pytest

from bot.domain.client import Client
from bot.domain.errors import Field, InvalidInput
from bot.domain.history import Act
from bot.domain.relationship import Contact, Link
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.sharing import NOT_SHARED
from bot.services.outcome import Outcome
from tests.services.practice import AGREED, PARENT, ROSA, Practice

YESTERDAY, TODAY = date(2026, 3, 1), date(2026, 3, 2)


async def end(practice: Practice, client: Client, relation: object, day: date | None) -> Outcome:
    if isinstance(relation, Link):
        return await practice.relationships.edit_link(
            practice.sam,
            client_id=client.id,
            link_id=relation.id,
            relationship=PARENT,
            expected_version=relation.version,
            ends_on=day,
        )
    assert isinstance(relation, Contact)
    return await practice.relationships.edit_contact(
        practice.sam,
        client_id=client.id,
        contact_id=relation.id,
        person=ROSA,
        relationship=RelationshipChoice(),
        expected_version=relation.version,
        person_version=1,
        ends_on=day,
    )


async def linked_and_contact(practice: Practice) -> tuple[Client, Client, list[object]]:
    ana, ben = await practice.pair()
    link, contact = await practice.link(ana, ben), await practice.contact(ana)
    return ana, ben, [link.relation, contact.relation]


async def test_r5_the_last_day_itself_still_counts(practice: Practice) -> None:
    ana, ben, relations = await linked_and_contact(practice)
    for relation in relations:
        for day, ended in ((TODAY, False), (YESTERDAY, True), (None, False)):
            outcome = await end(practice, ana, relation, day)
            assert outcome.relation is not None
            relation = outcome.relation  # noqa: PLW2901 - the next edit is of what this one left
            member = outcome.family.member(relation.id)
            assert member is not None
            assert (member.relation.ends_on, outcome.family.has_ended(member)) == (day, ended)
            assert (await practice.history(ana))[0].act in (Act.LINK_EDITED, Act.CONTACT_EDITED)
    seen = await practice.relationships.family(practice.dana, ben.id)
    assert seen.today == TODAY


async def test_r5_what_has_ended_is_seen_from_both_sides_and_in_the_prompt(practice: Practice) -> None:
    ana, ben, (link, _) = await linked_and_contact(practice)
    await end(practice, ana, link, YESTERDAY)
    assert isinstance(link, Link)
    for client in (ana, ben):
        family = await practice.relationships.family(practice.dana, client.id)
        assert family.has_ended(family.linked_clients[0])
        preview = await practice.relationships.removal_preview(
            practice.dana, client_id=client.id, relation_id=link.id
        )
        assert preview.family.has_ended(preview.member)


async def test_r21_nothing_more_is_shared_over_what_has_ended(practice: Practice) -> None:
    ana, _, relations = await linked_and_contact(practice)
    for relation in relations:
        ended = (await end(practice, ana, relation, YESTERDAY)).relation
        assert ended is not None
        with pytest.raises(InvalidInput) as refused:
            await practice.relationships.share(
                practice.dana,
                client_id=ana.id,
                relation_id=ended.id,
                sharing=AGREED,
                reverse_sharing=NOT_SHARED,
            )
        assert [(one.field, one.key) for one in refused.value.problems] == [(Field.SHARING, "sharing.ended")]
    (link, _) = relations
    assert isinstance(link, Link)
    with pytest.raises(InvalidInput) as refused:
        await practice.relationships.share(
            practice.dana, client_id=ana.id, relation_id=link.id, sharing=NOT_SHARED, reverse_sharing=AGREED
        )
    assert [one.field for one in refused.value.problems] == [Field.REVERSE_SHARING]


async def test_r21_what_is_shared_can_be_switched_off_after_the_end(practice: Practice) -> None:
    ana, ben, (link, _) = await linked_and_contact(practice)
    assert isinstance(link, Link)
    shared = await practice.relationships.share(
        practice.dana, client_id=ana.id, relation_id=link.id, sharing=AGREED
    )
    await end(practice, ana, shared.relation, YESTERDAY)
    stopped = await practice.relationships.stop_sharing(practice.sam, client_id=ben.id, relation_id=link.id)
    assert stopped.changed
