"""Importing links and contacts: by the rules of the desk, and never over what staff have changed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.domain.client import ClientStatus
from bot.domain.history import Act
from bot.domain.kinship import Kinship, Label, Word
from bot.domain.person import PersonDetails
from bot.domain.phone import Phone
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.roles import Role, RoleHeld
from bot.domain.sharing import EVERY_CATEGORY, NOT_SHARED, Basis, Category, SharingChoice
from bot.domain.staff import Surface
from bot.services.roster.rows import LAST_PLACE, RelatedSide, Row
from tests.services.practice import Practice
from tests.services.relation_imports import (
    MOTHER,
    ROSA,
    client,
    contact,
    day,
    family,
    link,
    only_contact,
    only_link,
    take_in,
)

PHONES = (Phone(number="+12125550100"),)
ANA = client("A", "Ana", email="ana@example.com", phones=PHONES)
BEN = client("B", "Ben", email="ben@example.com", phones=PHONES)
CLEO = client("C", "Cleo")
EVERYBODY: Sequence[Row] = (ANA, BEN, CLEO)
GUARDIAN = RoleHeld(role=Role.LEGAL_GUARDIAN, document="Order 12", valid_from=date(2020, 1, 2))
AGREED = SharingChoice(categories=EVERY_CATEGORY, basis=Basis.CLIENT_AGREED_IN_WRITING)
SAYING_NOTHING_OF_WHO = SharingChoice(categories=frozenset({Category.APPOINTMENTS}))


def called(place: int, label: Label | None = None) -> RelatedSide:
    return RelatedSide(label=label, emergency_position=place)


async def test_a_link_comes_in_with_both_sides(practice: Practice) -> None:
    side = RelatedSide(
        label=Label.of_word(Word.MOTHER), roles=(GUARDIAN,), emergency_position=1, sharing=AGREED
    )
    reverse = RelatedSide(label=Label.of_word(Word.DAUGHTER), sharing=NOT_SHARED)
    row = link("a ", "B", side, reverse=reverse, since=day("2019-03-04"), ends_on=day("2030-01-01"))

    assert (await take_in(practice, *EVERYBODY, row)).counts == {"added": 1}

    linked = await only_link(practice, "A")
    assert linked.client.details.own_id == "B"
    assert linked.side.label == Label.of_word(Word.MOTHER)
    assert linked.side.roles == (GUARDIAN,)
    assert linked.side.emergency_position == 1
    assert linked.side.sharing is not None
    assert linked.side.sharing.choice == AGREED
    assert linked.reverse.label == Label.of_word(Word.DAUGHTER)
    assert linked.reverse.sharing is None
    assert linked.link.active_from.date() == date(2019, 3, 4)
    assert linked.link.ends_on == date(2030, 1, 1)
    (entry,) = await practice.reader.of_client(practice.dana, linked.client.id, limit=1)
    assert (entry.act, entry.surface, entry.by) == (Act.LINK_ADDED, Surface.IMPORT, practice.dana.staff_id)


async def test_a_contact_comes_in_and_one_key_is_one_person(practice: Practice) -> None:
    rows = [contact("A", person_key="r1"), contact("B", person_key="r1"), contact("C", person_key="r2")]

    assert (await take_in(practice, *EVERYBODY, *rows)).counts == {"added": 3}

    people = [(await only_contact(practice, own_id)).person for own_id in "ABC"]
    assert people[0] == people[1]
    assert people[0].details == people[2].details == ROSA
    assert people[0].id != people[2].id


async def test_the_same_again_changes_nothing(practice: Practice) -> None:
    rows = [
        link("A", "B", replace(MOTHER, sharing=SAYING_NOTHING_OF_WHO), reverse=called(1)),
        contact("A", side=called(2, Label(kinship=Kinship.FRIEND)), person_key="r1"),
        contact("A", replace(ROSA, first_name="Rita"), called(1)),
        contact("B", person_key="r1"),
    ]
    await take_in(practice, *EVERYBODY, *rows)
    before = [await family(practice, own_id) for own_id in "ABC"]

    assert (await take_in(practice, *EVERYBODY, *rows)).counts == {"unchanged": 4}

    assert [await family(practice, own_id) for own_id in "ABC"] == before


async def test_what_changed_is_changed_and_nothing_else(practice: Practice) -> None:
    await take_in(practice, *EVERYBODY, link("A", "B"), contact("A"), contact("C"))
    moved = replace(ROSA, phones=(Phone(number="+12125550199"),))
    rows = [
        link("A", "B", RelatedSide(label=Label.of_word(Word.FATHER), sharing=AGREED)),
        contact("A", moved),
        contact("C", side=called(1)),
    ]

    assert (await take_in(practice, *EVERYBODY, *rows)).counts == {"changed": 3}

    ana = await family(practice, "A")
    assert ana.linked_clients[0].side.label == Label.of_word(Word.FATHER)
    assert ana.linked_clients[0].side.sharing is not None
    assert ana.contacts[0].person.details == moved
    assert (await only_contact(practice, "C")).side.emergency_position == 1
    assert (await take_in(practice, *EVERYBODY, *rows)).counts == {"unchanged": 3}


async def test_what_a_file_does_not_say_stays(practice: Practice) -> None:
    full = RelatedSide(
        label=Label.of_word(Word.MOTHER), roles=(GUARDIAN,), emergency_position=1, sharing=AGREED
    )
    await take_in(practice, *EVERYBODY, link("A", "B", full), contact("A", side=full))
    before = await family(practice, "A")

    silent = [link("A", "B", RelatedSide()), contact("A", side=RelatedSide())]
    assert (await take_in(practice, *EVERYBODY, *silent)).counts == {"unchanged": 2}

    assert await family(practice, "A") == before


async def test_what_staff_changed_since_stays_as_they_left_it(practice: Practice) -> None:
    rows = [link("A", "B"), contact("A"), contact("C")]
    await take_in(practice, *EVERYBODY, *rows)
    ana = await family(practice, "A")
    linked, of_ana = ana.linked_clients[0], ana.contacts[0]
    await practice.relationships.edit_link(
        practice.dana,
        client_id=ana.client.id,
        link_id=linked.link.id,
        relationship=RelationshipChoice(kinship=Kinship.SIBLING),
        expected_version=1,
    )
    await practice.relationships.remove(practice.dana, client_id=ana.client.id, relation_id=of_ana.contact.id)
    cleo = await only_contact(practice, "C")
    await practice.relationships.change_roles(
        practice.dana,
        client_id=cleo.side.client_id,
        relation_id=cleo.contact.id,
        roles=(),
        emergency=True,
    )
    before = [await family(practice, own_id) for own_id in "ABC"]
    newer = [link("A", "B"), contact("A"), contact("C", side=RelatedSide(roles=(GUARDIAN,)))]

    assert (await take_in(practice, *EVERYBODY, *newer)).counts == {"kept": 3}

    assert [await family(practice, own_id) for own_id in "ABC"] == before


async def test_a_relation_that_staff_made_is_theirs(practice: Practice) -> None:
    await take_in(practice, *EVERYBODY)
    ana, ben = (await family(practice, "A")).client, (await family(practice, "B")).client
    await practice.link(ana, ben)

    assert (await take_in(practice, *EVERYBODY, link("A", "B"))).counts == {"kept": 1}

    assert (await only_link(practice, "A")).side.label == Label(kinship=Kinship.PARENT)


async def test_r11_a_pair_is_never_linked_twice_and_the_second_row_says_its_own_side(
    practice: Practice,
) -> None:
    daughter = RelatedSide(label=Label.of_word(Word.DAUGHTER), roles=(RoleHeld(role=Role.PAYER),))
    rows = [link("A", "B"), link("B", "A", daughter)]

    assert (await take_in(practice, *EVERYBODY, *rows)).counts == {"added": 1, "unchanged": 1}

    linked = await only_link(practice, "A")
    assert linked.side.label == Label.of_word(Word.MOTHER)
    assert linked.reverse.label == Label.of_word(Word.DAUGHTER)
    assert linked.reverse.roles == (RoleHeld(role=Role.PAYER),)
    assert (await take_in(practice, *EVERYBODY, *rows)).counts == {"unchanged": 2}
    assert await only_link(practice, "A") == linked


async def test_the_account_where_it_began_decides_what_two_clients_are_to_each_other(
    practice: Practice,
) -> None:
    rows = [link("A", "B"), link("B", "A", RelatedSide(label=Label(kinship=Kinship.SIBLING)))]

    await take_in(practice, *EVERYBODY, *rows)

    linked = await only_link(practice, "A")
    assert linked.side.label == Label.of_word(Word.MOTHER)
    assert linked.reverse.label == Label(kinship=Kinship.CHILD)


async def test_the_same_person_twice_in_one_file_is_one_contact(practice: Practice) -> None:
    bare = PersonDetails(first_name="Vega", last_name="Rosa", phones=ROSA.phones)
    rows = [contact("A", person_key="r1"), contact("A", bare, called(LAST_PLACE))]

    assert (await take_in(practice, *EVERYBODY, *rows)).counts == {"added": 1, "unchanged": 1}

    found = await only_contact(practice, "A")
    assert found.person.details == ROSA
    assert found.side.label == Label.of_word(Word.MOTHER)
    assert found.side.emergency_position == 1
    assert (await take_in(practice, *EVERYBODY, *rows)).counts == {"unchanged": 2}
    assert await only_contact(practice, "A") == found


async def test_a_contact_without_a_key_and_then_with_one_is_one_too(practice: Practice) -> None:
    rows = [
        contact("A", side=called(LAST_PLACE)),
        contact("A", person_key="r1"),
        contact("A", person_key="r2"),
    ]

    assert (await take_in(practice, *EVERYBODY, *rows)).counts == {"added": 2, "unchanged": 1}

    assert [each.side.emergency_position for each in (await family(practice, "A")).contacts] in (
        [1, None],
        [None, 1],
    )
    assert (await take_in(practice, *EVERYBODY, *rows)).counts == {"unchanged": 3}


async def test_nobody_is_merged_by_name_alone_where_two_have_it(practice: Practice) -> None:
    son = replace(ROSA, email=None, phones=(Phone(number="+12125550177"),))
    rows = [contact("A", replace(ROSA, email=None)), contact("A", son)]

    assert (await take_in(practice, *EVERYBODY, *rows)).counts == {"added": 2}
    assert (await take_in(practice, *EVERYBODY, *rows)).counts == {"unchanged": 2}

    moved = replace(son, phones=(Phone(number="+12125550166"),))
    assert (await take_in(practice, *EVERYBODY, rows[0], contact("A", moved))).counts == {
        "added": 1,
        "unchanged": 1,
    }


async def test_r33_emergency_contacts_are_called_as_the_files_say_in_whatever_order_they_come(
    practice: Practice,
) -> None:
    people = {name: replace(ROSA, first_name=name) for name in ("Three", "One", "Last", "Two")}
    places = {"Three": 3, "One": 1, "Last": LAST_PLACE, "Two": 2}
    rows = [contact("A", people[name], called(place)) for name, place in places.items()]

    await take_in(practice, *EVERYBODY, *rows)
    ana = (await family(practice, "A")).client
    expected = ["One Vega", "Two Vega", "Three Vega", "Last Vega"]
    assert await practice.emergency_order(ana) == expected

    assert (await take_in(practice, *EVERYBODY, *rows)).counts == {"unchanged": 4}
    assert await practice.emergency_order(ana) == expected

    one = (await family(practice, "A")).emergency_contacts[0]
    await practice.relationships.change_roles(
        practice.dana, client_id=ana.id, relation_id=one.relation.id, roles=(), emergency=True, position=4
    )
    await take_in(practice, *EVERYBODY, *rows)
    assert await practice.emergency_order(ana) == ["Two Vega", "Three Vega", "Last Vega", "One Vega"]


async def test_r33_who_is_no_emergency_contact_any_more_leaves_no_gap(practice: Practice) -> None:
    rita = replace(ROSA, first_name="Rita")
    await take_in(practice, *EVERYBODY, contact("A", side=called(1)), contact("A", rita, called(2)))

    await take_in(practice, *EVERYBODY, contact("A", side=called(0)), contact("A", rita, called(1)))

    assert await practice.emergency_order((await family(practice, "A")).client) == ["Rita Vega"]


REFUSED = {
    "unknown client": (contact("Z"), "client", "relation.client_unknown"),
    "unknown other": (link("A", "Z"), "relation", "relation.other_unknown"),
    "nobody named": (contact(""), "client", "relation.client_needed"),
    "no other named": (link("A", ""), "relation", "relation.other_needed"),
    "self": (link("A", " a"), "relation", "link.self"),
    "emergency contact without phone": (
        contact("A", replace(ROSA, phones=()), called(1)),
        "phone",
        "emergency.needs_phone",
    ),
    "emergency contact who is a client without phone": (
        link("A", "C", called(1)),
        "phone",
        "emergency.needs_phone",
    ),
    "sharing without address": (
        contact("A", replace(ROSA, email=None), RelatedSide(sharing=AGREED)),
        "sharing",
        "sharing.no_address",
    ),
    "sharing back without address": (
        link("C", "A", reverse=RelatedSide(sharing=AGREED)),
        "reverse_sharing",
        "sharing.no_address",
    ),
    "authorization without end": (
        link("A", "B", RelatedSide(sharing=replace(AGREED, basis=Basis.AUTHORIZATION))),
        "expires_on",
        "basis.expiry_needed",
    ),
    "nobody to reach": (
        contact("A", PersonDetails(first_name="Rosa")),
        "email",
        "contact.reach_needed",
    ),
    "no name": (contact("A", PersonDetails(email="r@example.org")), "first_name", "name.needed"),
    "own words on one side only": (
        link("A", "B", RelatedSide(label=Label.in_own_words("coach"))),
        "inverse_words",
        "inverse_words.needed",
    ),
    "labels that are no pair": (
        link("A", "B", reverse=RelatedSide(label=Label(kinship=Kinship.SIBLING))),
        "relationship",
        "relation.not_inverse",
    ),
}


async def test_a_row_that_the_desk_would_refuse_is_refused_with_its_reason(practice: Practice) -> None:
    rows = [row for row, _, _ in REFUSED.values()]

    done = await take_in(practice, *EVERYBODY, *rows, link("A", "B"))

    first = 2 + len(EVERYBODY)
    found = {why: done.errors[number] for number, why in enumerate(REFUSED)}
    assert found == {
        why: (line, column, key) for line, (why, (_, column, key)) in enumerate(REFUSED.items(), start=first)
    }
    assert len(done.errors) == len(REFUSED)
    assert done.counts == {"added": 1}


async def test_r33_an_emergency_contact_known_to_have_no_phone_comes_in_as_they_stand(
    practice: Practice,
) -> None:
    side = RelatedSide(emergency_position=1, has_no_phone=True)

    assert (await take_in(practice, *EVERYBODY, link("A", "C", side))).counts == {"added": 1}

    assert (await only_link(practice, "A")).side.emergency_position == 1


async def test_r51_sharing_without_a_basis_goes_on(practice: Practice) -> None:
    await take_in(practice, *EVERYBODY, link("A", "B", RelatedSide(sharing=SAYING_NOTHING_OF_WHO)))

    sharing = (await only_link(practice, "A")).side.sharing
    assert sharing is not None
    assert (sharing.categories, sharing.basis) == (frozenset({Category.APPOINTMENTS}), None)


async def test_r43_what_has_ended_is_not_brought_back(practice: Practice) -> None:
    rows = [
        link("A", "B", since=day("2020-01-01"), ends_on=day("2021-01-01"), is_ended=True),
        contact("A", is_ended=True),
    ]

    assert (await take_in(practice, *EVERYBODY, *rows)).counts == {"left_ended": 2}

    assert (await family(practice, "A")).members == ()


async def test_r43_an_earlier_relation_of_a_pair_does_not_end_the_present_one(practice: Practice) -> None:
    rows = [
        link("A", "B", since=day("2020-01-01"), ends_on=day("2021-01-01"), is_ended=True),
        link("A", "B", since=day("2022-01-01")),
    ]
    for _ in range(2):
        await take_in(practice, *EVERYBODY, *rows)
        assert (await only_link(practice, "A")).link.active_from.date() == date(2022, 1, 1)


async def test_what_ended_elsewhere_since_it_came_in_ends_here(practice: Practice) -> None:
    side = RelatedSide(label=Label.of_word(Word.MOTHER), emergency_position=1, sharing=AGREED)
    rows = [link("A", "B", side, since=day("2020-01-01")), contact("A", side=called(2))]
    await take_in(practice, *EVERYBODY, *rows)
    ended = replace(rows[0], ends_on=day("2026-02-01"), is_ended=True)

    assert (await take_in(practice, *EVERYBODY, ended, rows[1])).counts == {"changed": 1, "unchanged": 1}

    ana = await family(practice, "A")
    assert ana.linked_clients == ()
    assert await practice.emergency_order(ana.client) == ["Rosa Vega"]
    assert (await take_in(practice, *EVERYBODY, ended, rows[1])).counts == {"left_ended": 1, "unchanged": 1}


async def test_clients_are_named_by_references_of_the_same_import(practice: Practice) -> None:
    nobody_with_an_id = client("", "Dora", "Patient/7", email="dora@example.com", phones=PHONES)
    rows = [
        link("", "B", client_references=("Patient/7",)),
        link("A", "", other_references=("RelatedPerson/1", "Patient/7")),
    ]

    assert (await take_in(practice, *EVERYBODY, nobody_with_an_id, *rows)).counts == {"added": 2}

    assert (await only_link(practice, "A")).client.name == "Dora"
    assert (await only_link(practice, "B")).client.name == "Dora"


async def test_a_relative_who_is_no_client_is_a_contact(practice: Practice) -> None:
    row = link("A", "", other_references=("RelatedPerson/1",), person=ROSA)

    assert (await take_in(practice, *EVERYBODY, row)).counts == {"added": 1}
    assert (await only_contact(practice, "A")).person.details == ROSA

    nobody = replace(row, client_own_id="B", person=PersonDetails(first_name="Rosa"))
    done = await take_in(practice, *EVERYBODY, row, nobody)
    assert (done.counts, done.errors) == ({"unchanged": 1}, [(6, "email", "contact.reach_needed")])


async def test_who_is_deceased_is_still_part_of_the_family(practice: Practice) -> None:
    await take_in(practice, *EVERYBODY)
    ben = (await family(practice, "B")).client

    late = replace(ben.details, status=ClientStatus.DECEASED)
    await practice.clients.edit(practice.dana, ben.id, late, expected_version=1)

    assert (await take_in(practice, link("A", "B"))).counts == {"added": 1}
