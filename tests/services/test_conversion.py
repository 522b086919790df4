"""A contact becomes a client (R2): every contact a link, and nothing that belonged to it is lost."""

from dataclasses import replace

import pytest

from bot.domain.client import Client, ClientDetails
from bot.domain.errors import (
    AddressInUse,
    AlreadyLinked,
    AlreadyRemoved,
    BecameClient,
    ChangedMeanwhile,
    Field,
    InvalidInput,
    LikelyDuplicates,
    NotFound,
)
from bot.domain.history import Act
from bot.domain.ids import ClientId
from bot.domain.kinship import Kinship, Word
from bot.domain.relationship import Contact
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.roles import Role, RoleHeld
from bot.services.admission import Answers
from bot.services.conversion import NOT_ASKED, BecomingWords
from bot.services.outcome import Outcome
from tests.services.practice import AGREED, PARENT, PHONE, ROSA, Practice
from tests.services.replay import Replay

WORDS = BecomingWords(
    reason="Became a client", inverse_words="pupil", inverse_words_elsewhere="related client"
)
AS_CLIENT = ClientDetails(
    first_name="Rosa", last_name="Vega", email="rosa@example.org", phones=(PHONE,), own_id="K-9"
)
GUARDIAN = RoleHeld(role=Role.LEGAL_GUARDIAN, document="Order 12")
COACH = RelationshipChoice(kinship=Kinship.OTHER, own_words="coach")


def contact_of(outcome: Outcome) -> Contact:
    assert isinstance(outcome.relation, Contact)
    return outcome.relation


async def become(
    practice: Practice,
    contact: Contact,
    became: ClientDetails | ClientId = AS_CLIENT,
    *,
    version: int = 1,
    answers: Answers = NOT_ASKED,
    words: BecomingWords = WORDS,
    submission: str | None = None,
) -> Outcome:
    return await practice.relationships.make_client(
        practice.sam,
        client_id=contact.side.client_id,
        contact_id=contact.id,
        became=became,
        words=words,
        expected_version=version,
        person_version=1,
        answers=answers,
        submission=submission,
    )


async def two_clients_of_rosa(practice: Practice) -> tuple[Client, Client, Contact, Contact]:
    ana, ben = await practice.pair()
    await practice.contact(ana, replace(ROSA, first_name="Aaron", last_name="First"), emergency=True)
    first = contact_of(
        await practice.relationships.add_contact(
            practice.dana,
            client_id=ana.id,
            person=ROSA,
            relationship=RelationshipChoice(kinship=Kinship.GRANDPARENT, word=Word.GRANDMOTHER),
            roles=(GUARDIAN,),
            emergency=True,
            sharing=AGREED,
        )
    )
    await practice.contact(ana, replace(ROSA, first_name="Zoe", last_name="Last"), emergency=True)
    second = contact_of(
        await practice.relationships.add_known_person(
            practice.dana, client_id=ben.id, person_id=first.person_id, relationship=COACH, emergency=True
        )
    )
    return ana, ben, first, second


async def test_r2_every_contact_of_the_person_becomes_a_link_with_all_that_belongs_to_it(
    practice: Practice,
) -> None:
    ana, ben, first, second = await two_clients_of_rosa(practice)
    outcome = await become(practice, first)
    assert (outcome.act, outcome.name, outcome.changed) == (Act.LINK_ADDED, "Rosa Vega", True)

    (linked,) = outcome.family.linked_clients
    assert linked.client.details == AS_CLIENT
    assert linked.side == replace(first.side, emergency_position=2)
    assert linked.reverse.label.kinship is Kinship.GRANDCHILD
    assert (linked.reverse.roles, linked.reverse.sharing) == ((), None)
    assert linked.link.active_from == first.active_from
    assert await practice.emergency_order(ana) == ["Aaron First", "Rosa Vega", "Zoe Last"]

    of_ben = await practice.relationships.family(practice.dana, ben.id)
    assert of_ben.contacts == ()
    (linked,) = of_ben.linked_clients
    assert (linked.side.label.own_words, linked.reverse.label.own_words) == ("coach", "related client")
    assert linked.side.emergency_position == second.side.emergency_position == 1

    of_rosa = await practice.relationships.family(practice.dana, linked.client.id)
    assert [each.name for each in of_rosa.linked_clients] == ["Ana Ruiz", "Ben Ruiz"]


async def test_r2_the_history_has_one_entry_for_each_relation_and_replays(practice: Practice) -> None:
    ana, ben, first, second = await two_clients_of_rosa(practice)
    outcome = await become(practice, first)
    (linked,) = outcome.family.linked_clients
    entries = {
        entry.number: entry
        for client in (ana, ben, linked.client)
        for entry in await practice.history(client)
    }
    replay = Replay()
    for number in sorted(entries):
        replay.apply(entries[number])
    latest = [entries[number] for number in sorted(entries)][-5:]
    assert [entry.act for entry in latest] == [
        Act.CLIENT_ADDED,
        Act.LINK_ADDED,
        Act.CONTACT_BECAME_CLIENT,
        Act.LINK_ADDED,
        Act.CONTACT_BECAME_CLIENT,
    ]
    assert {entry.subject_id for entry in latest} >= {linked.client.id, linked.link.id, first.id, second.id}
    assert len({entry.at for entry in latest}) == 1
    stored = replay.state()
    async with practice.storage.reading(practice.dana.workspace_id) as unit:
        for contact in (first, second):
            ended = await unit.relations.get(contact.id)
            assert ended is not None
            assert ended.removal is not None
            assert ended.removal.reason == "Became a client"
            assert stored[contact.id] == (ended, None)
        for each in (await practice.relationships.family(practice.dana, linked.client.id)).linked_clients:
            assert stored[each.link.id] == (await unit.relations.get(each.link.id), None)


async def test_r2_nothing_happens_where_the_client_cannot_be_added(practice: Practice) -> None:
    ana, _, first, _ = await two_clients_of_rosa(practice)
    before = await practice.history(ana)
    twin = await practice.client("Rosa", last_name="Vega", email="twin@example.org")
    with pytest.raises(LikelyDuplicates) as question:
        await become(practice, first)
    assert question.value.candidates == (twin,)
    with pytest.raises(AddressInUse):
        await become(practice, first, replace(AS_CLIENT, first_name="Rose", email="twin@example.org"))
    with pytest.raises(InvalidInput) as refused:
        await become(practice, first, replace(AS_CLIENT, first_name="", last_name="", email=None))
    assert [(one.field, one.key) for one in refused.value.problems] == [
        (Field.FIRST_NAME, "name.needed"),
        (Field.EMAIL, "email.needed_for_sharing"),
    ]
    assert await practice.history(ana) == before
    sure = Answers(despite={twin.id}, address_confirmed=True)
    assert (await become(practice, first, answers=sure)).changed


async def test_r12_the_clients_of_the_contact_are_no_duplicates_of_the_new_one(practice: Practice) -> None:
    ana, _, first, _ = await two_clients_of_rosa(practice)
    same_mail = replace(AS_CLIENT, first_name="Ana", email=ana.email)
    outcome = await become(practice, first, same_mail, answers=Answers(address_confirmed=True))
    assert outcome.changed


async def test_own_words_need_the_other_side_too(practice: Practice) -> None:
    _, _, _, second = await two_clients_of_rosa(practice)
    with pytest.raises(InvalidInput) as refused:
        await become(practice, second, words=replace(WORDS, inverse_words=" "))
    assert [one.key for one in refused.value.problems] == ["inverse_words.needed"]
    outcome = await become(practice, second)
    (linked,) = outcome.family.linked_clients
    assert linked.reverse.label.own_words == "pupil"


async def test_r2_the_person_may_turn_out_to_be_a_client_already(practice: Practice) -> None:
    ana, ben, first, _ = await two_clients_of_rosa(practice)
    rosa = await practice.client("Rosa", last_name="Vega", email="rosa@example.org")
    outcome = await become(practice, first, rosa.id)
    assert [each.client for each in outcome.family.linked_clients] == [rosa]
    of_rosa = await practice.relationships.family(practice.dana, rosa.id)
    assert [each.client.id for each in of_rosa.linked_clients] == [ana.id, ben.id]
    assert [entry.act for entry in await practice.history(rosa)] == [
        Act.LINK_ADDED,
        Act.LINK_ADDED,
        Act.CLIENT_ADDED,
    ]


async def test_who_is_linked_already_does_not_become_them(practice: Practice) -> None:
    ana, ben, first, _ = await two_clients_of_rosa(practice)
    rosa = await practice.client("Rosa", last_name="Vega", email="rosa@example.org")
    await practice.link(ben, rosa)
    for same in (rosa.id, ben.id):
        with pytest.raises(InvalidInput) as refused:
            await become(practice, first, same)
        assert [(one.field, one.key) for one in refused.value.problems] == [(Field.CLIENT, "become.related")]
    with pytest.raises(NotFound):
        await become(practice, first, ClientId("nobody"))
    assert len((await practice.relationships.family(practice.dana, ana.id)).contacts) == 3


async def test_r11_submitting_again_has_no_effect(practice: Practice) -> None:
    ana, _, first, _ = await two_clients_of_rosa(practice)
    done = await become(practice, first, submission="V1")
    before = await practice.history(ana)
    again = await become(practice, first, submission="V1")
    assert (again.changed, again.repeated, again.relation) == (False, True, done.relation)
    assert await practice.history(ana) == before


async def test_what_was_changed_or_removed_meanwhile_is_said(practice: Practice) -> None:
    ana = await practice.client("Ana")
    contact = contact_of(await practice.contact(ana))
    with pytest.raises(ChangedMeanwhile):
        await become(practice, contact, version=2)
    await practice.relationships.remove(practice.dana, client_id=ana.id, relation_id=contact.id)
    with pytest.raises(AlreadyRemoved):
        await become(practice, contact, version=2)
    link = (await practice.link(ana, await practice.client("Ben"))).relation
    assert link is not None
    with pytest.raises(NotFound):
        await practice.relationships.make_client(
            practice.dana,
            client_id=ana.id,
            contact_id=link.id,  # type: ignore[arg-type] # a link's id is none of a contact
            became=AS_CLIENT,
            words=WORDS,
            expected_version=1,
            person_version=1,
        )


async def test_r2_being_a_contact_of_others_gives_way_to_being_a_client_whoever_asks(
    practice: Practice,
) -> None:
    _, ben, first, second = await two_clients_of_rosa(practice)
    await become(practice, first)
    with pytest.raises(AlreadyRemoved):
        await become(practice, second)
    cleo = await practice.client("Cleo")
    with pytest.raises(NotFound):
        await practice.relationships.add_known_person(
            practice.dana, client_id=cleo.id, person_id=first.person_id, relationship=PARENT
        )
    assert len((await practice.relationships.family(practice.dana, ben.id)).linked_clients) == 1


async def test_r2_a_removed_contact_does_not_come_back_once_the_person_is_a_client(
    practice: Practice,
) -> None:
    ana, ben, first, second = await two_clients_of_rosa(practice)
    removed = await practice.relationships.remove(
        practice.dana, client_id=ben.id, relation_id=second.id, reason="By mistake"
    )
    assert removed.entry is not None
    became = await become(practice, first)

    with pytest.raises(BecameClient) as refused:
        await practice.relationships.undo(practice.dana, client_id=ben.id, entry=removed.entry.number)

    (linked,) = became.family.linked_clients
    assert refused.value.client == linked.client
    await practice.link(ben, linked.client)
    with pytest.raises(AlreadyLinked):
        await practice.relationships.undo(practice.dana, client_id=ben.id, entry=removed.entry.number)
    assert [entry.act for entry in await practice.history(ben)][:2] == [Act.LINK_ADDED, Act.CONTACT_REMOVED]
    assert (await practice.relationships.family(practice.dana, ben.id)).contacts == ()
    assert len((await practice.relationships.family(practice.dana, ana.id)).linked_clients) == 1


async def test_r2_what_was_removed_after_the_person_became_a_client_is_undone_as_ever(
    practice: Practice,
) -> None:
    ana, _, first, _ = await two_clients_of_rosa(practice)
    (linked,) = (await become(practice, first)).family.linked_clients
    removed = await practice.relationships.remove(practice.dana, client_id=ana.id, relation_id=linked.link.id)
    assert removed.entry is not None
    await practice.relationships.undo(practice.dana, client_id=ana.id, entry=removed.entry.number)
    assert len((await practice.relationships.family(practice.dana, ana.id)).linked_clients) == 1
