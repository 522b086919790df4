from dataclasses import replace
from datetime import date

import pytest

from bot.domain.client import ClientDetails, ClientStatus
from bot.domain.errors import (
    AddressInUse,
    AlreadyLinked,
    AlreadyRemoved,
    ChangedMeanwhile,
    Field,
    InvalidInput,
    LikelyDuplicates,
    NotFound,
)
from bot.domain.history import Act
from bot.domain.ids import ClientId, LinkId
from bot.domain.kinship import Kinship, Word
from bot.domain.relationship import Link
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.sharing import SharingChoice
from bot.services.outcome import Outcome
from tests.services.practice import AGREED, NOBODY, PARENT, PHONE, SIBLING, Practice

MOTHER = RelationshipChoice(kinship=Kinship.PARENT, word=Word.MOTHER, inverse_word=Word.SON)
LEO = ClientDetails(first_name="Leo", last_name="Ruiz", birth_date=date(2015, 6, 1))


def the_link(outcome: Outcome) -> Link:
    assert isinstance(outcome.relation, Link)
    return outcome.relation


def problems(refused: pytest.ExceptionInfo[InvalidInput]) -> list[tuple[Field, str]]:
    return [(one.field, one.key) for one in refused.value.problems]


async def test_r10_a_link_stands_on_both_accounts_with_inverse_labels(practice: Practice) -> None:
    ana, ben = await practice.pair()
    outcome = await practice.relationships.link(
        practice.dana, client_id=ben.id, other_id=ana.id, relationship=MOTHER
    )
    assert (outcome.act, outcome.name, outcome.changed) == (Act.LINK_ADDED, "Ana Ruiz", True)
    (seen,) = outcome.family.linked_clients
    assert (seen.client, seen.side.label.word, seen.link) == (ana, Word.MOTHER, outcome.relation)
    (back,) = (await practice.relationships.family(practice.dana, ana.id)).linked_clients
    assert (back.client, back.side.label.word) == (ben, Word.SON)
    assert the_link(outcome).added_from == ben.id


async def test_r20_sharing_is_off_unless_it_is_switched_on(practice: Practice) -> None:
    ana, ben = await practice.pair()
    link = the_link(await practice.link(ana, ben))
    assert [side.sharing for side in link.sides] == [None, None]


async def test_r1_name_and_address_are_read_from_the_linked_client(practice: Practice) -> None:
    ana, ben = await practice.pair()
    await practice.link(ana, ben)
    details = replace(ben.details, first_name="Benno", email="benno@example.org", phones=())
    await practice.clients.edit(practice.dana, ben.id, details, expected_version=ben.version)
    (member,) = (await practice.relationships.family(practice.dana, ana.id)).members
    assert (member.name, member.email, member.phones) == ("Benno Ruiz", "benno@example.org", ())


async def test_r11_nobody_is_linked_to_themselves(practice: Practice) -> None:
    ana, _ = await practice.pair()
    with pytest.raises(InvalidInput) as refused:
        await practice.link(ana, ana)
    assert problems(refused) == [(Field.CLIENT, "link.self")]


async def test_r11_a_pair_is_linked_once_whichever_side_it_comes_from(practice: Practice) -> None:
    ana, ben = await practice.pair()
    present = the_link(await practice.link(ana, ben))
    for client, other in ((ana, ben), (ben, ana)):
        with pytest.raises(AlreadyLinked) as refused:
            await practice.relationships.link(
                practice.sam, client_id=client.id, other_id=other.id, relationship=SIBLING
            )
        assert (refused.value.link, refused.value.other) == (present, other)
    assert [entry.act for entry in await practice.history(ana)] == [Act.LINK_ADDED, Act.CLIENT_ADDED]


async def test_r11_the_same_submission_links_once(practice: Practice) -> None:
    ana, ben = await practice.pair()
    first, second = [
        await practice.relationships.link(
            practice.dana,
            client_id=ana.id,
            other_id=ben.id,
            relationship=PARENT,
            submission="V1",
        )
        for _ in range(2)
    ]
    assert (first.changed, first.repeated) == (True, False)
    assert (second.changed, second.repeated) == (False, True)
    assert (second.relation, second.family, second.name, second.act) == (
        first.relation,
        first.family,
        first.name,
        first.act,
    )
    assert len(await practice.history(ana)) == 2


async def test_a_refused_submission_may_be_corrected_under_the_same_key(practice: Practice) -> None:
    ana, ben = await practice.pair()
    for relationship in (RelationshipChoice(kinship=Kinship.OTHER), PARENT):
        link = practice.relationships.link(
            practice.dana,
            client_id=ana.id,
            other_id=ben.id,
            relationship=relationship,
            submission="V1",
        )
        if relationship is PARENT:
            assert (await link).changed
        else:
            with pytest.raises(InvalidInput):
                await link


async def test_a_pair_may_be_linked_again_after_it_was_unlinked(practice: Practice) -> None:
    ana, ben = await practice.pair()
    first = the_link(await practice.link(ana, ben))
    await practice.relationships.remove(practice.dana, client_id=ana.id, relation_id=first.id)
    second = the_link(await practice.link(ben, ana))
    assert second.id != first.id
    assert len((await practice.relationships.family(practice.dana, ana.id)).members) == 1


async def test_who_is_unknown_or_deceased_is_not_linked(practice: Practice) -> None:
    ana, _ = await practice.pair()
    late = await practice.client("Dora", status=ClientStatus.DECEASED)
    for other_id, problem in ((NOBODY, "client.unknown"), (late.id, "client.deceased")):
        with pytest.raises(InvalidInput) as refused:
            await practice.relationships.link(
                practice.dana, client_id=ana.id, other_id=other_id, relationship=PARENT
            )
        assert problems(refused) == [(Field.CLIENT, problem)]
    with pytest.raises(NotFound):
        await practice.relationships.link(
            practice.dana, client_id=NOBODY, other_id=ana.id, relationship=PARENT
        )


async def test_clients_of_another_workspace_are_unknown(practice: Practice, other_practice: Practice) -> None:
    ana, ben = await practice.pair()
    # Ids are counted from 1 in each practice; this one is none of theirs.
    stranger = [await other_practice.client(f"Stranger{number}") for number in range(4)][-1]
    with pytest.raises(InvalidInput) as refused:
        await practice.link(ana, stranger)
    assert problems(refused) == [(Field.CLIENT, "client.unknown")]
    link = the_link(await practice.link(ana, ben))
    with pytest.raises(NotFound):
        await other_practice.relationships.remove(other_practice.dana, client_id=ana.id, relation_id=link.id)


async def test_r16_linking_follows_from_nothing_else(practice: Practice) -> None:
    ana, ben = await practice.pair()
    cleo = await practice.client("Cleo")
    await practice.link(ana, ben)
    await practice.link(ben, cleo)
    family = await practice.relationships.family(practice.dana, cleo.id)
    assert [member.name for member in family.members] == ["Ben Ruiz"]


async def test_r15_linking_changes_neither_client(practice: Practice) -> None:
    ana, ben = await practice.pair()
    await practice.link(ana, ben)
    assert await practice.clients.get(practice.dana, ana.id) == ana
    assert await practice.clients.get(practice.dana, ben.id) == ben


async def test_r20_both_directions_may_be_switched_on_with_the_link(practice: Practice) -> None:
    ana, ben = await practice.pair()
    one = SharingChoice(categories=frozenset(list(AGREED.categories)[:1]), basis=AGREED.basis)
    outcome = await practice.relationships.link(
        practice.dana,
        client_id=ben.id,
        other_id=ana.id,
        relationship=PARENT,
        sharing=AGREED,
        reverse_sharing=one,
    )
    (seen,) = outcome.family.linked_clients
    assert seen.side.sharing is not None
    assert seen.reverse.sharing is not None
    assert (seen.side.sharing.choice, seen.reverse.sharing.choice) == (AGREED, one)
    assert seen.side.sharing.recorded_by == practice.dana.staff_id


async def test_r51_linking_with_sharing_asks_for_a_basis_in_each_direction(practice: Practice) -> None:
    ana, ben = await practice.pair()
    without = replace(AGREED, basis=None)
    with pytest.raises(InvalidInput) as refused:
        await practice.relationships.link(
            practice.dana,
            client_id=ana.id,
            other_id=ben.id,
            relationship=RelationshipChoice(kinship=Kinship.OTHER, own_words="x"),
            sharing=without,
            reverse_sharing=without,
        )
    assert problems(refused) == [
        (Field.INVERSE_WORDS, "inverse_words.needed"),
        (Field.BASIS, "basis.needed"),
        (Field.REVERSE_BASIS, "basis.needed"),
    ]


async def test_r12_a_new_client_and_the_link_are_saved_together(practice: Practice) -> None:
    ana, _ = await practice.pair()
    outcome = await practice.relationships.link_new_client(
        practice.dana, client_id=ana.id, details=LEO, relationship=RelationshipChoice(kinship=Kinship.CHILD)
    )
    (seen,) = outcome.family.linked_clients
    assert (seen.client.details, outcome.name) == (LEO, "Leo Ruiz")
    family = await practice.relationships.family(practice.dana, seen.client.id)
    assert [one.side.label.kinship for one in family.linked_clients] == [Kinship.PARENT]
    acts = [entry.act for entry in await practice.history(seen.client)]
    assert acts == [Act.LINK_ADDED, Act.CLIENT_ADDED]


@pytest.mark.parametrize("details", [ClientDetails(), replace(LEO, own_id="A-1"), replace(LEO, email="leo")])
async def test_r12_if_the_client_cannot_be_created_nothing_is(
    practice: Practice, details: ClientDetails
) -> None:
    ana = await practice.client("Ana", own_id="A-1")
    with pytest.raises(InvalidInput):
        await practice.relationships.link_new_client(
            practice.dana, client_id=ana.id, details=details, relationship=PARENT
        )
    assert (await practice.clients.find(practice.dana, "")).total == 1
    assert (await practice.relationships.family(practice.dana, ana.id)).members == ()


async def test_r12_if_the_link_cannot_be_created_the_client_is_not(practice: Practice) -> None:
    ana, _ = await practice.pair()
    with pytest.raises(InvalidInput) as refused:
        await practice.relationships.link_new_client(
            practice.dana,
            client_id=ana.id,
            details=LEO,
            relationship=RelationshipChoice(kinship=Kinship.OTHER),
            sharing=AGREED,
        )
    assert problems(refused) == [
        (Field.OWN_WORDS, "own_words.needed"),
        (Field.INVERSE_WORDS, "inverse_words.needed"),
        (Field.EMAIL, "sharing.no_address"),
    ]
    assert (await practice.clients.find(practice.dana, "Leo")).total == 0


async def test_r12_likely_duplicates_are_shown_first(practice: Practice) -> None:
    ana, _ = await practice.pair()
    leo = (await practice.clients.add(practice.dana, LEO)).client
    with pytest.raises(LikelyDuplicates) as asked:
        await practice.relationships.link_new_client(
            practice.dana, client_id=ana.id, details=LEO, relationship=PARENT
        )
    assert asked.value.candidates == (leo,)
    outcome = await practice.relationships.link_new_client(
        practice.dana, client_id=ana.id, details=LEO, relationship=PARENT, despite=frozenset({leo.id})
    )
    assert outcome.changed


async def test_r12_the_client_being_linked_is_never_a_duplicate_of_the_new_one(practice: Practice) -> None:
    ana = await practice.client("Ana", last_name="Ruiz", email="ana@example.com")
    namesake = ClientDetails(first_name="Ana", last_name="Ruiz", email="ana@example.com")
    with pytest.raises(AddressInUse) as asked:
        await practice.relationships.link_new_client(
            practice.dana, client_id=ana.id, details=namesake, relationship=PARENT
        )
    assert asked.value.holders == (ana,)
    outcome = await practice.relationships.link_new_client(
        practice.dana, client_id=ana.id, details=namesake, relationship=PARENT, address_confirmed=True
    )
    assert outcome.family.same_login == outcome.family.linked_clients


async def test_r11_the_same_submission_creates_one_client_and_one_link(practice: Practice) -> None:
    ana, _ = await practice.pair()
    first, second = [
        await practice.relationships.link_new_client(
            practice.dana, client_id=ana.id, details=LEO, relationship=PARENT, submission="V1"
        )
        for _ in range(2)
    ]
    assert second.repeated
    assert first.family == second.family
    assert (await practice.clients.find(practice.dana, "Leo")).total == 1


async def test_a_new_client_is_linked_to_somebody_known_only(practice: Practice) -> None:
    with pytest.raises(NotFound):
        await practice.relationships.link_new_client(
            practice.dana, client_id=NOBODY, details=LEO, relationship=PARENT
        )
    assert (await practice.clients.find(practice.dana, "")).total == 0


async def test_r10_the_labels_are_edited_as_one_pair_from_either_side(practice: Practice) -> None:
    ana, ben = await practice.pair()
    link = the_link(await practice.link(ana, ben))
    outcome = await practice.relationships.edit_link(
        practice.sam, client_id=ben.id, link_id=link.id, relationship=MOTHER, expected_version=1
    )
    after = the_link(outcome)
    assert outcome.act is Act.LINK_EDITED
    assert (after.side_of(ben.id).label.word, after.side_of(ana.id).label.word) == (Word.MOTHER, Word.SON)
    assert (after.version, after.added_from) == (2, ana.id)
    newest = (await practice.history(ana))[0]
    assert (newest.act, newest.by_name, newest.client_ids) == (Act.LINK_EDITED, "Sam", (ana.id, ben.id))


async def test_an_edit_that_changes_nothing_leaves_no_entry(practice: Practice) -> None:
    ana, ben = await practice.pair()
    link = the_link(await practice.link(ana, ben))
    outcome = await practice.relationships.edit_link(
        practice.sam, client_id=ana.id, link_id=link.id, relationship=PARENT, expected_version=1
    )
    assert (outcome.changed, outcome.relation) == (False, link)
    assert (await practice.history(ana))[0].act is Act.LINK_ADDED


async def test_an_edit_of_what_somebody_changed_meanwhile_is_refused(practice: Practice) -> None:
    ana, ben = await practice.pair()
    link = the_link(await practice.link(ana, ben))
    for version in (0, 2):
        with pytest.raises(ChangedMeanwhile):
            await practice.relationships.edit_link(
                practice.sam,
                client_id=ana.id,
                link_id=link.id,
                relationship=SIBLING,
                expected_version=version,
            )


async def test_a_link_is_edited_on_the_accounts_it_stands_on_and_while_it_is_active(
    practice: Practice,
) -> None:
    ana, ben = await practice.pair()
    cleo = await practice.client("Cleo", phones=(PHONE,))
    link = the_link(await practice.link(ana, ben))

    async def edit(client_id: ClientId, link_id: LinkId) -> None:
        await practice.relationships.edit_link(
            practice.dana, client_id=client_id, link_id=link_id, relationship=SIBLING, expected_version=1
        )

    with pytest.raises(NotFound):
        await edit(cleo.id, link.id)
    with pytest.raises(NotFound):
        await edit(ana.id, LinkId("none"))
    contact = (await practice.contact(ana)).relation
    assert contact is not None
    with pytest.raises(NotFound):
        await edit(ana.id, LinkId(contact.id))
    await practice.relationships.remove(practice.dana, client_id=ben.id, relation_id=link.id)
    with pytest.raises(AlreadyRemoved):
        await edit(ana.id, link.id)
