from dataclasses import replace

import pytest

from bot.domain.errors import ChangedMeanwhile, Field, InvalidInput, NotFound
from bot.domain.family import ContactPerson
from bot.domain.history import Act
from bot.domain.ids import ContactId
from bot.domain.kinship import Kinship, Word
from bot.domain.person import PersonDetails
from bot.domain.phone import Phone
from bot.domain.relationship import Contact
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.roles import Role, RoleHeld
from bot.services.outcome import Outcome
from tests.services.practice import AGREED, NOBODY, PHONE, ROSA, Practice

GRANDMOTHER = RelationshipChoice(kinship=Kinship.GRANDPARENT, word=Word.GRANDMOTHER)


def the_contact(outcome: Outcome) -> ContactPerson:
    member = outcome.family.member(outcome.relation.id if outcome.relation else "")
    assert isinstance(member, ContactPerson)
    return member


def problems(refused: pytest.ExceptionInfo[InvalidInput]) -> list[tuple[Field, str]]:
    return [(one.field, one.key) for one in refused.value.problems]


async def edit(practice: Practice, shown: ContactPerson, person: PersonDetails) -> Outcome:
    return await practice.relationships.edit_contact(
        practice.sam,
        client_id=shown.side.client_id,
        contact_id=shown.contact.id,
        person=person,
        relationship=RelationshipChoice(kinship=shown.side.label.kinship, word=shown.side.label.word),
        expected_version=shown.contact.version,
        person_version=shown.person.version,
    )


async def test_r30_a_contact_has_a_name_a_relationship_and_roles_of_its_own(practice: Practice) -> None:
    ana, _ = await practice.pair()
    roles = (RoleHeld(role=Role.LEGAL_GUARDIAN, document="Court order 12"), RoleHeld(role=Role.PAYER))
    outcome = await practice.relationships.add_contact(
        practice.dana,
        client_id=ana.id,
        person=replace(ROSA, language="Spanish"),
        relationship=GRANDMOTHER,
        roles=roles,
        emergency=True,
        sharing=AGREED,
    )
    seen = the_contact(outcome)
    assert (outcome.act, outcome.name) == (Act.CONTACT_ADDED, "Rosa Vega")
    assert seen.person.details == replace(ROSA, language="Spanish")
    assert (seen.side.label.word, seen.side.roles) == (Word.GRANDMOTHER, roles)
    assert (seen.side.emergency_position, seen.side.sharing is not None) == (1, True)
    (entry, _) = await practice.history(ana)
    assert (entry.act, entry.subject_id, entry.person_id, entry.before) == (
        Act.CONTACT_ADDED,
        seen.contact.id,
        seen.person.id,
        None,
    )


async def test_r30_the_relationship_is_not_stated_unless_it_is(practice: Practice) -> None:
    ana, _ = await practice.pair()
    assert the_contact(await practice.contact(ana)).side.label.kinship is Kinship.NOT_STATED


async def test_r2_a_contact_is_never_a_client(practice: Practice) -> None:
    ana, _ = await practice.pair()
    await practice.contact(ana)
    assert (await practice.clients.find(practice.dana, "Rosa")).total == 0
    assert await practice.clients.exact(practice.dana, "rosa@example.org") == ()


async def test_r3_a_second_contact_never_replaces_an_earlier_one(practice: Practice) -> None:
    ana, ben = await practice.pair()
    await practice.contact(ana, emergency=True)
    await practice.contact(ana, replace(ROSA, first_name="Rita"), emergency=True)
    await practice.link(ana, ben)
    family = (await practice.contact(ana, emergency=True)).family
    assert [member.name for member in family.members] == [
        "Ben Ruiz",
        "Rita Vega",
        "Rosa Vega",
        "Rosa Vega",
    ]
    assert await practice.emergency_order(ana) == ["Rosa Vega", "Rita Vega", "Rosa Vega"]


async def test_r31_an_emergency_contact_needs_a_phone(practice: Practice) -> None:
    ana, _ = await practice.pair()
    with pytest.raises(InvalidInput) as refused:
        await practice.contact(ana, replace(ROSA, phones=()), emergency=True)
    (problem,) = refused.value.problems
    assert (problem.field, problem.key, problem.values) == (
        Field.PHONE,
        "emergency.needs_phone",
        {"name": "Rosa Vega"},
    )


async def test_r31_emergency_and_sharing_are_independent(practice: Practice) -> None:
    ana, _ = await practice.pair()
    called = the_contact(await practice.contact(ana, emergency=True))
    assert called.side.sharing is None
    receiving = await practice.relationships.add_contact(
        practice.dana, client_id=ana.id, person=ROSA, relationship=GRANDMOTHER, sharing=AGREED
    )
    assert the_contact(receiving).side.emergency_position is None


async def test_everything_wrong_with_a_contact_is_said_at_once(practice: Practice) -> None:
    ana, _ = await practice.pair()
    with pytest.raises(InvalidInput) as refused:
        await practice.relationships.add_contact(
            practice.dana,
            client_id=ana.id,
            person=PersonDetails(),
            relationship=RelationshipChoice(kinship=Kinship.OTHER),
            roles=(RoleHeld(role=Role.LEGAL_GUARDIAN, document="x" * 121),),
            emergency=True,
            sharing=replace(AGREED, basis=None),
        )
    assert problems(refused) == [
        (Field.FIRST_NAME, "name.needed"),
        (Field.EMAIL, "contact.reach_needed"),
        (Field.PHONE, "emergency.needs_phone"),
        (Field.OWN_WORDS, "own_words.needed"),
        (Field.DOCUMENT, "document.too_long"),
        (Field.EMAIL, "sharing.no_address"),
        (Field.BASIS, "basis.needed"),
    ]
    assert (await practice.relationships.family(practice.dana, ana.id)).members == ()


async def test_r27_a_contact_without_an_address_gets_no_mail(practice: Practice) -> None:
    ana, _ = await practice.pair()
    with pytest.raises(InvalidInput) as refused:
        await practice.relationships.add_contact(
            practice.dana,
            client_id=ana.id,
            person=replace(ROSA, email=" "),
            relationship=GRANDMOTHER,
            sharing=AGREED,
        )
    assert problems(refused) == [(Field.EMAIL, "sharing.no_address")]


async def test_r11_the_same_submission_adds_one_contact(practice: Practice) -> None:
    ana, _ = await practice.pair()
    first, second = [
        await practice.relationships.add_contact(
            practice.dana, client_id=ana.id, person=ROSA, relationship=GRANDMOTHER, submission="V1"
        )
        for _ in range(2)
    ]
    assert (second.repeated, second.changed, second.relation) == (True, False, first.relation)
    assert len(second.family.contacts) == 1


async def test_a_contact_belongs_to_somebody_known(practice: Practice) -> None:
    ana, _ = await practice.pair()
    with pytest.raises(NotFound):
        await practice.relationships.add_contact(
            practice.dana, client_id=NOBODY, person=ROSA, relationship=GRANDMOTHER
        )
    with pytest.raises(NotFound):
        await practice.relationships.family(practice.dana, NOBODY)
    assert (await practice.relationships.family(practice.dana, ana.id)).members == ()


async def test_r37_editing_keeps_the_phone_as_it_can_be_called(practice: Practice) -> None:
    ana, _ = await practice.pair()
    shown = the_contact(await practice.contact(ana))
    outcome = await edit(practice, shown, replace(ROSA, phones=(Phone(number="(212) 555-0199"),)))
    after = the_contact(outcome)
    assert (outcome.act, outcome.changed) == (Act.CONTACT_EDITED, True)
    assert after.phones == (Phone(number="+12125550199"),)
    assert (after.person.version, after.contact.version) == (2, 1)


async def test_a_label_is_edited_with_the_contact(practice: Practice) -> None:
    ana, _ = await practice.pair()
    shown = the_contact(await practice.contact(ana))
    outcome = await practice.relationships.edit_contact(
        practice.sam,
        client_id=ana.id,
        contact_id=shown.contact.id,
        person=ROSA,
        relationship=GRANDMOTHER,
        expected_version=1,
        person_version=1,
    )
    after = the_contact(outcome)
    assert after.side.label.word is Word.GRANDMOTHER
    assert (after.person.version, after.contact.version) == (1, 2)


async def test_editing_nothing_leaves_no_entry(practice: Practice) -> None:
    ana, _ = await practice.pair()
    shown = the_contact(await practice.contact(ana))
    assert not (await edit(practice, shown, ROSA)).changed
    assert len(await practice.history(ana)) == 2


async def test_r33_an_emergency_contact_whose_phone_is_cleared_stays_one(practice: Practice) -> None:
    ana, _ = await practice.pair()
    shown = the_contact(await practice.contact(ana, emergency=True))
    outcome = await edit(practice, shown, replace(ROSA, phones=()))
    assert the_contact(outcome).phones == ()
    assert await practice.emergency_order(ana) == ["Rosa Vega"]


async def test_r27_the_address_of_somebody_who_receives_is_not_cleared(practice: Practice) -> None:
    ana, _ = await practice.pair()
    outcome = await practice.relationships.add_contact(
        practice.dana, client_id=ana.id, person=ROSA, relationship=GRANDMOTHER, sharing=AGREED
    )
    shown = the_contact(outcome)
    with pytest.raises(InvalidInput) as refused:
        await edit(practice, shown, replace(ROSA, email=None))
    (problem,) = refused.value.problems
    assert (problem.field, problem.key, problem.values) == (
        Field.EMAIL,
        "email.needed_for_sharing",
        {"name": "Rosa Vega"},
    )
    await practice.relationships.stop_sharing(practice.dana, client_id=ana.id, relation_id=shown.contact.id)
    shown = the_contact(replace(outcome, family=await practice.relationships.family(practice.dana, ana.id)))
    assert the_contact(await edit(practice, shown, replace(ROSA, email=None))).email is None


@pytest.mark.parametrize("stale", ["contact", "person"])
async def test_an_edit_of_what_somebody_changed_meanwhile_is_refused(practice: Practice, stale: str) -> None:
    ana, _ = await practice.pair()
    shown = the_contact(await practice.contact(ana))
    contact, person = shown.contact, shown.person
    if stale == "contact":
        shown = replace(shown, contact=replace(contact, version=2))
    else:
        shown = replace(shown, person=replace(person, version=2))
    with pytest.raises(ChangedMeanwhile):
        await edit(practice, shown, replace(ROSA, first_name="Rita"))


async def test_a_link_is_no_contact(practice: Practice) -> None:
    ana, ben = await practice.pair()
    link = (await practice.link(ana, ben)).relation
    assert link is not None
    with pytest.raises(NotFound):
        await practice.relationships.edit_contact(
            practice.sam,
            client_id=ana.id,
            contact_id=ContactId(link.id),
            person=ROSA,
            relationship=GRANDMOTHER,
            expected_version=1,
            person_version=1,
        )


async def test_r4_flags_belong_to_the_relation_and_not_to_the_person(practice: Practice) -> None:
    ana, ben = await practice.pair()
    called = the_contact(await practice.contact(ana, emergency=True))
    other = the_contact(await practice.contact(ben))
    assert isinstance(called.relation, Contact)
    assert called.side.is_emergency_contact
    assert not other.side.is_emergency_contact
    assert called.phones == other.phones == (PHONE,)
