from dataclasses import replace
from datetime import date

import pytest

from bot.domain.client import ClientDetails, ClientStatus
from bot.domain.errors import (
    AddressInUse,
    ChangedMeanwhile,
    Field,
    InvalidInput,
    LikelyDuplicates,
    NotFound,
)
from bot.domain.history import Act
from bot.domain.phone import Phone
from tests.services.practice import AGREED, NOBODY, PARENT, PHONE, Practice

ANA = ClientDetails(
    first_name="Ana",
    last_name="Ruiz",
    preferred_name="Anita",
    own_id="A-1",
    birth_date=date(1980, 5, 1),
    email="ana@example.com",
    phones=(PHONE,),
)


async def test_a_client_is_added_with_checked_details_and_one_entry(practice: Practice) -> None:
    typed = replace(ANA, first_name="  Ana ", phones=(Phone(number="(212) 555-0100"),))
    saved = await practice.clients.add(practice.dana, typed)
    assert (saved.client.details, saved.changed, saved.repeated, saved.same_address) == (
        ANA,
        True,
        False,
        (),
    )
    assert await practice.clients.get(practice.dana, saved.client.id) == saved.client
    (entry,) = await practice.history(saved.client)
    assert (entry.act, entry.by, entry.by_name, entry.surface, entry.client_ids) == (
        Act.CLIENT_ADDED,
        practice.dana.staff_id,
        "Dana",
        practice.dana.surface,
        (saved.client.id,),
    )


async def test_r11_the_same_submission_adds_one_client(practice: Practice) -> None:
    first, second = [await practice.clients.add(practice.dana, ANA, submission="V1") for _ in range(2)]
    assert (second.client, second.changed, second.repeated) == (first.client, False, True)
    assert (await practice.clients.find(practice.dana, "")).total == 1


async def test_what_is_wrong_is_refused_whole(practice: Practice) -> None:
    with pytest.raises(InvalidInput) as refused:
        await practice.clients.add(practice.dana, replace(ANA, first_name="", last_name="", email="x"))
    assert [one.key for one in refused.value.problems] == ["email.invalid", "name.needed"]
    assert (await practice.clients.find(practice.dana, "")).total == 0


async def test_the_practices_own_id_belongs_to_one_client(practice: Practice) -> None:
    await practice.clients.add(practice.dana, ANA)
    ben = await practice.client("Ben")
    for save in (
        practice.clients.add(practice.dana, ClientDetails(first_name="Leo", own_id=" A-1 ")),
        practice.clients.edit(
            practice.dana, ben.id, replace(ben.details, own_id="A-1"), expected_version=ben.version
        ),
    ):
        with pytest.raises(InvalidInput) as refused:
            await save
        (problem,) = refused.value.problems
        assert (problem.field, problem.key, problem.values) == (
            Field.OWN_ID,
            "own_id.taken",
            {"name": "Ana Ruiz (Anita)"},
        )
    assert len(await practice.history(ben)) == 1


async def test_r12_likely_duplicates_are_shown_before_anything_is_saved(practice: Practice) -> None:
    first = (await practice.clients.add(practice.dana, ANA)).client
    again = replace(ANA, first_name="ANA", own_id="", email=None)
    with pytest.raises(LikelyDuplicates) as asked:
        await practice.clients.add(practice.dana, again)
    assert asked.value.candidates == (first,)
    saved = await practice.clients.add(practice.dana, again, despite=frozenset({first.id}))
    assert saved.changed


async def test_r12_each_duplicate_is_answered_for_itself(practice: Practice) -> None:
    first = (await practice.clients.add(practice.dana, ANA)).client
    again = replace(ANA, own_id="", email=None)
    second = (await practice.clients.add(practice.dana, again, despite=frozenset({first.id}))).client
    with pytest.raises(LikelyDuplicates) as asked:
        await practice.clients.add(practice.dana, again, despite=frozenset({first.id}))
    assert asked.value.candidates == (second,)


async def test_r14_an_address_that_others_have_is_shown_before_anything_is_saved(practice: Practice) -> None:
    ana = (await practice.clients.add(practice.dana, ANA)).client
    leo = ClientDetails(first_name="Leo", email=" ANA@example.com", birth_date=date(2015, 6, 1))
    with pytest.raises(AddressInUse) as asked:
        await practice.clients.add(practice.dana, leo)
    assert asked.value.holders == (ana,)
    assert (await practice.clients.find(practice.dana, "Leo")).total == 0
    saved = await practice.clients.add(practice.dana, leo, address_confirmed=True)
    assert saved.same_address == (ana,)


async def test_r14_only_a_new_address_is_asked_about(practice: Practice) -> None:
    ana = (await practice.clients.add(practice.dana, ANA)).client
    leo = await practice.client("Leo", email="ana@example.com")
    same = replace(leo.details, first_name="Leonardo", email="Ana@Example.com")
    saved = await practice.clients.edit(practice.dana, leo.id, same, expected_version=1)
    assert (saved.changed, saved.same_address) == (True, (ana,))
    ben = await practice.client("Ben")
    shared = replace(ben.details, email="ana@example.com")
    with pytest.raises(AddressInUse) as asked:
        await practice.clients.edit(practice.dana, ben.id, shared, expected_version=1)
    assert {one.id for one in asked.value.holders} == {ana.id, leo.id}
    saved = await practice.clients.edit(
        practice.dana, ben.id, shared, expected_version=1, address_confirmed=True
    )
    assert saved.changed


async def test_r14_the_same_login_shows_on_the_card_and_goes_with_the_address(practice: Practice) -> None:
    ana, ben = await practice.pair()
    await practice.link(ana, ben)
    shared = replace(ben.details, email="ANA@example.com")
    saved = await practice.clients.edit(
        practice.dana, ben.id, shared, expected_version=1, address_confirmed=True
    )
    family = await practice.relationships.family(practice.dana, ana.id)
    assert [linked.client for linked in family.same_login] == [saved.client]
    await practice.clients.edit(practice.dana, ben.id, ben.details, expected_version=2)
    assert (await practice.relationships.family(practice.dana, ana.id)).same_login == ()


async def test_an_edit_leaves_one_entry_and_a_new_version(practice: Practice) -> None:
    ana = (await practice.clients.add(practice.dana, ANA)).client
    details = replace(ANA, last_name="Ruiz Vega", status=ClientStatus.ARCHIVED)
    saved = await practice.clients.edit(practice.sam, ana.id, details, expected_version=1)
    assert (saved.client, saved.changed) == (replace(ana, details=details, version=2), True)
    assert await practice.clients.get(practice.dana, ana.id) == saved.client
    (entry, _) = await practice.history(ana)
    assert (entry.act, entry.by_name) == (Act.CLIENT_EDITED, "Sam")
    assert entry.before is not None
    assert entry.after is not None
    assert (entry.before["last_name"], entry.after["last_name"]) == ("Ruiz", "Ruiz Vega")


async def test_an_edit_without_a_change_leaves_none(practice: Practice) -> None:
    ana = (await practice.clients.add(practice.dana, ANA)).client
    saved = await practice.clients.edit(
        practice.sam, ana.id, replace(ANA, first_name=" Ana"), expected_version=1
    )
    assert (saved.client, saved.changed, saved.repeated) == (ana, False, False)
    assert len(await practice.history(ana)) == 1


async def test_of_two_savers_the_later_is_told(practice: Practice) -> None:
    ana = (await practice.clients.add(practice.dana, ANA)).client
    await practice.clients.edit(practice.sam, ana.id, replace(ANA, first_name="Anna"), expected_version=1)
    with pytest.raises(ChangedMeanwhile):
        await practice.clients.edit(practice.dana, ana.id, replace(ANA, last_name="Vega"), expected_version=1)


async def test_r11_the_same_edit_twice_is_carried_out_once(practice: Practice) -> None:
    ana = (await practice.clients.add(practice.dana, ANA)).client
    for repeated in (False, True):
        saved = await practice.clients.edit(
            practice.dana,
            ana.id,
            replace(ANA, last_name="Vega"),
            expected_version=1,
            submission="V1",
        )
        assert (saved.repeated, saved.client.version) == (repeated, 2)


async def test_r27_the_address_of_a_client_who_receives_is_not_cleared(practice: Practice) -> None:
    ana, ben = await practice.pair()
    outcome = await practice.relationships.link(
        practice.dana, client_id=ana.id, other_id=ben.id, relationship=PARENT, sharing=AGREED
    )
    cleared = replace(ben.details, email=None)
    with pytest.raises(InvalidInput) as refused:
        await practice.clients.edit(practice.dana, ben.id, cleared, expected_version=1)
    (problem,) = refused.value.problems
    assert (problem.field, problem.key, problem.values) == (
        Field.EMAIL,
        "email.needed_for_sharing",
        {"name": "Ben Ruiz"},
    )
    # Ana receives nothing of Ben's, so hers may go (R26).
    saved = await practice.clients.edit(
        practice.dana, ana.id, replace(ana.details, email=None), expected_version=1
    )
    assert saved.client.email is None
    assert outcome.relation is not None
    await practice.relationships.stop_sharing(
        practice.dana, client_id=ben.id, relation_id=outcome.relation.id
    )
    saved = await practice.clients.edit(practice.dana, ben.id, cleared, expected_version=1)
    assert saved.changed


async def test_nobody_edits_or_reads_who_is_not_there(practice: Practice, other_practice: Practice) -> None:
    ana = (await practice.clients.add(practice.dana, ANA)).client
    for desk, client_id in ((practice, NOBODY), (other_practice, ana.id)):
        with pytest.raises(NotFound):
            await desk.clients.get(desk.dana, client_id)
        with pytest.raises(NotFound):
            await desk.clients.edit(desk.dana, client_id, ANA, expected_version=1)
        with pytest.raises(NotFound):
            await desk.reader.of_client(desk.dana, client_id, limit=1)


async def test_r13_a_picker_leaves_out_the_client_and_those_already_linked(practice: Practice) -> None:
    ana, ben = await practice.pair()
    cleo = await practice.client("Cleo", last_name="Ruiz")
    await practice.link(ana, ben)
    found = await practice.clients.find(practice.dana, " ruiz ", leave_out_family_of=ben.id)
    assert (found.clients, found.total) == ((cleo,), 1)
    assert (await practice.clients.find(practice.dana, "ruiz", limit=2)).total == 3


async def test_an_exact_match_is_a_whole_name_own_id_email_or_phone(practice: Practice) -> None:
    ana = (await practice.clients.add(practice.dana, ANA)).client
    for text in (" ana  RUIZ", "Ruiz, Ana", "A-1", "Ana@example.com", "(212) 555-0100"):
        assert await practice.clients.exact(practice.dana, text) == (ana,)
    for text in ("Ana", "", "  ", "ruiz"):
        assert await practice.clients.exact(practice.dana, text) == ()
