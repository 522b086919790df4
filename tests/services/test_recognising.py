"""Somebody on record is entered as a contact: staff are asked, and one person serves several clients."""

from dataclasses import replace

import pytest

from bot.domain.client import Client
from bot.domain.errors import AlreadyKnown, AlreadyLinked, Field, InvalidInput, NotFound
from bot.domain.history import Act
from bot.domain.ids import PersonId
from bot.domain.likeness import Likeness
from bot.domain.person import PersonDetails
from bot.domain.phone import Phone
from bot.domain.relationship import Contact
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.roles import Role, RoleHeld
from bot.services.outcome import Outcome
from tests.services.practice import AGREED, PARENT, PHONE, ROSA, Practice


def contact_of(outcome: Outcome) -> Contact:
    assert isinstance(outcome.relation, Contact)
    return outcome.relation


async def asked(practice: Practice, client: Client, person: PersonDetails) -> AlreadyKnown:
    before = await practice.history(client)
    with pytest.raises(AlreadyKnown) as question:
        await practice.relationships.add_contact(
            practice.dana,
            client_id=client.id,
            person=person,
            relationship=RelationshipChoice(),
            despite=(),
        )
    assert await practice.history(client) == before
    return question.value


@pytest.mark.parametrize(
    ("typed", "alike_in"),
    [
        (PersonDetails(first_name="rosa", last_name="VEGA", email="else@example.org"), {Likeness.NAME}),
        (PersonDetails(first_name="Vega,", last_name="Rosa", email="else@example.org"), {Likeness.NAME}),
        (PersonDetails(first_name="R.", email=" ROSA@example.org"), {Likeness.EMAIL}),
        (PersonDetails(first_name="R.", phones=(Phone(number="(212) 555-0100"),)), {Likeness.PHONE}),
        (ROSA, {Likeness.NAME, Likeness.EMAIL, Likeness.PHONE}),
    ],
)
async def test_r35_a_contact_person_on_record_is_recognised(
    practice: Practice, typed: PersonDetails, alike_in: set[Likeness]
) -> None:
    ana, ben = await practice.client("Ana"), await practice.client("Ben")
    rosa = contact_of(await practice.contact(ana, ROSA))
    (known,) = (await asked(practice, ben, typed)).known
    assert known.person.id == rosa.person_id
    assert set(known.alike_in) == alike_in
    assert (known.clients, known.is_related) == (1, False)
    (known,) = (await asked(practice, ana, typed)).known
    assert known.is_related


async def test_r35_a_client_on_record_is_recognised_but_neither_the_client_themself_nor_the_deceased(
    practice: Practice,
) -> None:
    ana, ben = await practice.pair()
    (known,) = (
        await asked(practice, ana, PersonDetails(first_name="Ruiz", last_name="Ben", phones=(PHONE,)))
    ).known
    assert known.person == ben
    assert set(known.alike_in) == {Likeness.NAME, Likeness.PHONE}
    assert not known.is_related
    await practice.link(ana, ben)
    (known,) = (await asked(practice, ana, PersonDetails(first_name="B", email="ben@example.com"))).known
    assert known.is_related


async def test_r35_nobody_is_asked_about_whom_nothing_has_in_common(practice: Practice) -> None:
    ana, ben = await practice.client("Ana"), await practice.client("Ben")
    await practice.contact(ana, ROSA)
    other = PersonDetails(first_name="Rosa", last_name="Vegas", phones=(Phone(number="+12125550109"),))
    added = await practice.relationships.add_contact(
        practice.dana, client_id=ben.id, person=other, relationship=RelationshipChoice(), despite=()
    )
    assert added.changed


async def test_r35_what_was_edited_is_recognised_and_what_was_before_is_not(practice: Practice) -> None:
    ana, ben = await practice.client("Ana"), await practice.client("Ben")
    contact = contact_of(await practice.contact(ana, ROSA))
    await practice.relationships.edit_contact(
        practice.sam,
        client_id=ana.id,
        contact_id=contact.id,
        person=PersonDetails(first_name="Rosalía", last_name="Vega", phones=(Phone(number="+12125550177"),)),
        relationship=RelationshipChoice(),
        expected_version=1,
        person_version=1,
    )
    (known,) = (
        await asked(practice, ben, PersonDetails(first_name="R", phones=(Phone(number="+12125550177"),)))
    ).known
    assert known.person.id == contact.person_id
    assert (await practice.contact(ben, ROSA)).changed


async def test_r35_a_person_who_is_nobodys_contact_any_more_is_not_brought_up(practice: Practice) -> None:
    ana, ben = await practice.client("Ana"), await practice.client("Ben")
    contact = contact_of(await practice.contact(ana, ROSA))
    await practice.relationships.remove(practice.dana, client_id=ana.id, relation_id=contact.id)
    added = await practice.relationships.add_contact(
        practice.dana, client_id=ben.id, person=ROSA, relationship=RelationshipChoice(), despite=()
    )
    assert contact_of(added).person_id != contact.person_id
    with pytest.raises(NotFound):
        await use(practice, ben, contact.person_id)


async def test_r35_adding_anyway_adds_somebody_else(practice: Practice) -> None:
    ana, ben = await practice.client("Ana"), await practice.client("Ben")
    rosa = contact_of(await practice.contact(ana, ROSA))
    added = await practice.relationships.add_contact(
        practice.dana,
        client_id=ben.id,
        person=ROSA,
        relationship=RelationshipChoice(),
        despite=(rosa.person_id,),
    )
    assert contact_of(added).person_id != rosa.person_id
    # Another one like her has come up since: staff have not seen that one.
    cleo = await practice.client("Cleo")
    with pytest.raises(AlreadyKnown) as question:
        await practice.relationships.add_contact(
            practice.dana,
            client_id=cleo.id,
            person=ROSA,
            relationship=RelationshipChoice(),
            despite=(rosa.person_id,),
        )
    assert len(question.value.known) == 2


async def use(practice: Practice, client: Client, person_id: PersonId, **chosen: object) -> Outcome:
    return await practice.relationships.add_known_person(
        practice.sam,
        client_id=client.id,
        person_id=person_id,
        relationship=PARENT,
        **chosen,  # type: ignore[arg-type] # any choice
    )


async def test_r36_one_person_is_a_contact_of_several_clients_each_with_their_own_flags(
    practice: Practice,
) -> None:
    ana, ben = await practice.client("Ana"), await practice.client("Ben", email="ben@example.com")
    rosa = contact_of(await practice.contact(ana, ROSA, emergency=True))
    shared = await use(
        practice, ben, rosa.person_id, roles=(RoleHeld(role=Role.PAYER),), emergency=True, sharing=AGREED
    )
    assert contact_of(shared).person_id == rosa.person_id
    assert shared.act is Act.CONTACT_ADDED
    assert contact_of(shared).side.holds(Role.PAYER)
    assert await practice.emergency_order(ben) == ["Rosa Vega"]
    (seen,) = (await practice.relationships.family(practice.dana, ana.id)).contacts
    assert seen.side.roles == ()
    assert seen.side.sharing is None
    assert [entry.act for entry in await practice.history(ana)] == [Act.CONTACT_ADDED, Act.CLIENT_ADDED]


async def test_r35_nobody_is_a_contact_of_one_client_twice(practice: Practice) -> None:
    ana = await practice.client("Ana")
    rosa = contact_of(await practice.contact(ana, ROSA))
    with pytest.raises(InvalidInput) as refused:
        await use(practice, ana, rosa.person_id)
    assert [(one.field, one.key) for one in refused.value.problems] == [(Field.CLIENT, "contact.taken")]


async def test_r36_a_change_to_a_person_stands_on_each_account_and_names_no_other(practice: Practice) -> None:
    ana, ben = await practice.client("Ana"), await practice.client("Ben")
    rosa = contact_of(await practice.contact(ana, ROSA))
    bens = contact_of(await use(practice, ben, rosa.person_id))
    outcome = await practice.relationships.edit_contact(
        practice.sam,
        client_id=ana.id,
        contact_id=rosa.id,
        person=replace(ROSA, first_name="Rosalía"),
        relationship=RelationshipChoice(),
        expected_version=1,
        person_version=1,
    )
    assert outcome.name == "Rosalía Vega"
    (seen,) = (await practice.relationships.family(practice.dana, ben.id)).contacts
    assert seen.name == "Rosalía Vega"
    for client, contact in ((ana, rosa), (ben, bens)):
        newest = (await practice.history(client))[0]
        assert (newest.act, newest.subject_id, newest.client_ids) == (
            Act.CONTACT_EDITED,
            contact.id,
            (client.id,),
        )
    assert ana.id not in str((await practice.history(ben))[0])


async def test_r36_removing_from_one_leaves_the_others(practice: Practice) -> None:
    ana, ben = await practice.client("Ana"), await practice.client("Ben")
    rosa = contact_of(await practice.contact(ana, ROSA))
    await use(practice, ben, rosa.person_id)
    assert (
        await practice.relationships.count_other_clients(
            practice.dana, client_id=ben.id, person_id=rosa.person_id
        )
        == 1
    )
    await practice.relationships.remove(practice.dana, client_id=ana.id, relation_id=rosa.id)
    (seen,) = (await practice.relationships.family(practice.dana, ben.id)).contacts
    assert seen.person.id == rosa.person_id
    assert [entry.act for entry in await practice.history(ben)] == [Act.CONTACT_ADDED, Act.CLIENT_ADDED]


async def test_r27_an_address_is_not_cleared_while_another_clients_mail_goes_to_it(
    practice: Practice,
) -> None:
    ana, ben = await practice.client("Ana"), await practice.client("Ben", email="ben@example.com")
    rosa = contact_of(await practice.contact(ana, ROSA))
    await use(practice, ben, rosa.person_id, sharing=AGREED)
    with pytest.raises(InvalidInput) as refused:
        await practice.relationships.edit_contact(
            practice.sam,
            client_id=ana.id,
            contact_id=rosa.id,
            person=replace(ROSA, email=None),
            relationship=RelationshipChoice(),
            expected_version=1,
            person_version=1,
        )
    (problem,) = refused.value.problems
    assert (problem.field, problem.key) == (Field.EMAIL, "email.needed_for_sharing")


async def test_r35_a_client_is_linked_instead_with_all_that_was_chosen(practice: Practice) -> None:
    ana, ben = await practice.pair()
    linked = await practice.relationships.link(
        practice.dana,
        client_id=ana.id,
        other_id=ben.id,
        relationship=PARENT,
        roles=(RoleHeld(role=Role.PAYER),),
        emergency=True,
        sharing=AGREED,
    )
    assert linked.relation is not None
    side = linked.relation.side_of(ana.id)
    assert side.holds(Role.PAYER)
    assert side.sharing is not None
    assert linked.relation.side_of(ben.id).roles == ()
    assert await practice.emergency_order(ana) == ["Ben Ruiz"]
    assert await practice.emergency_order(ben) == []
    with pytest.raises(AlreadyLinked):
        await practice.link(ben, ana)


async def test_r31_a_linked_client_without_a_phone_is_no_emergency_contact(practice: Practice) -> None:
    ana, cleo = await practice.client("Ana"), await practice.client("Cleo")
    with pytest.raises(InvalidInput) as refused:
        await practice.relationships.link(
            practice.dana, client_id=ana.id, other_id=cleo.id, relationship=PARENT, emergency=True
        )
    assert [one.key for one in refused.value.problems] == ["emergency.needs_phone"]
