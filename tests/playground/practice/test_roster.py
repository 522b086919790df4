"""The made-up practice as written: enough of everything, believable, and nobody real."""

import re
import unicodedata
from collections import Counter
from datetime import date, timedelta

import phonenumbers
import pytest

from bot.domain.client import ClientDetails, ClientStatus
from bot.domain.folding import fold
from bot.domain.kinship import Kinship, Label, Word
from bot.domain.phone import Phone
from bot.domain.roles import Role
from bot.domain.sharing import EVERY_CATEGORY, Basis
from bot.playground.practice import STORIES, Practice, PracticeBook, Story, made_up_practice
from bot.playground.practice.drawn.names import origins

TODAY = date(2026, 11, 23)
FICTIONAL_NUMBER = re.compile(r"\+1[2-9]\d{2}55501\d{2}")
EXAMPLE_ADDRESS = re.compile(r"[^@\s]+@example\.(com|org|net)", re.IGNORECASE)


@pytest.fixture(scope="module")
def practice() -> Practice:
    return made_up_practice(TODAY)


def client(practice: Practice, own_id: str) -> ClientDetails:
    return next(details for details in practice.clients if details.own_id == own_id)


def story(key: str) -> Story:
    return next(story for story in STORIES if story.key == key)


def clients_of(practice: Practice, key: str) -> list[ClientDetails]:
    return [client(practice, own_id) for own_id in story(key).own_ids]


def links_between(practice: Practice, one: str, other: str) -> int:
    return sum({link.client, link.other} == {one, other} for link in practice.links)


def phones(practice: Practice) -> list[Phone]:
    of_clients = [phone for details in practice.clients for phone in details.phones]
    return of_clients + [phone for contact in practice.contacts for phone in contact.person.phones]


def addresses(practice: Practice) -> list[str]:
    of_clients = [details.email for details in practice.clients]
    return [email for email in (*of_clients, *(one.person.email for one in practice.contacts)) if email]


def test_there_are_some_hundreds_of_everything(practice: Practice) -> None:
    assert 400 <= len(practice.clients) <= 410
    assert len(practice.links) >= 220
    assert len(practice.contacts) >= 150


def test_it_is_the_same_practice_each_time() -> None:
    assert made_up_practice(TODAY) == made_up_practice(TODAY)


def test_on_another_day_only_the_dates_that_count_from_it_differ(practice: Practice) -> None:
    later = made_up_practice(TODAY + timedelta(days=1))

    differing = [
        one.own_id for one, other in zip(practice.clients, later.clients, strict=True) if one != other
    ]

    assert differing == list(story("seventeen").own_ids[:1])


def test_every_address_is_set_aside_for_examples(practice: Practice) -> None:
    assert len(addresses(practice)) > 250
    assert [address for address in addresses(practice) if not EXAMPLE_ADDRESS.fullmatch(address)] == []


def test_every_number_is_set_aside_for_fiction(practice: Practice) -> None:
    numbers = [phone.number for phone in phones(practice)]
    odd = [number for number in numbers if not FICTIONAL_NUMBER.fullmatch(number)]

    assert len(numbers) > 400
    assert len(odd) == 2, "the two of the story about numbers as given"
    assert FICTIONAL_NUMBER.match(odd[0])
    assert not re.search(r"\d{7}", odd[1])
    for number in set(numbers) - set(odd):
        assert phonenumbers.is_possible_number(phonenumbers.parse(number)), number


def test_own_ids_are_given_once(practice: Practice) -> None:
    own_ids = [details.own_id for details in practice.clients]

    assert len(set(own_ids)) == len(own_ids)
    assert all(re.fullmatch(r"K-\d{4}", own_id) for own_id in own_ids)


def test_an_own_id_cannot_be_given_twice() -> None:
    book = PracticeBook()
    book.client("Ada", "Example", None, own_id="K-1")

    with pytest.raises(ValueError, match="K-1"):
        book.client("Bea", "Example", None, own_id="K-1")


def test_nobody_is_a_namesake_but_the_four(practice: Practice) -> None:
    counted = Counter(fold(f"{details.first_name} {details.last_name}") for details in practice.clients)

    assert {name: count for name, count in counted.items() if count > 1} == {"maria lopez": 4}


def test_no_pair_is_linked_twice_and_nobody_to_themselves(practice: Practice) -> None:
    pairs = Counter(frozenset({link.client, link.other}) for link in practice.links)

    assert max(pairs.values()) == 1
    assert all(len(pair) == 2 for pair in pairs)


def test_parents_are_older_than_their_children(practice: Practice) -> None:
    for link in practice.links:
        if link.relationship.kinship in {Kinship.PARENT, Kinship.GRANDPARENT, Kinship.FOSTER_PARENT}:
            born = client(practice, link.client).birth_date
            older = client(practice, link.other).birth_date
            assert born is not None
            assert older is not None
            assert born.year - older.year >= 18, link


def test_sharing_is_there_with_a_basis_and_somewhere_to_go(practice: Practice) -> None:
    shared = 0
    for link in practice.links:
        for seen, recipient in ((link.seen, link.other), (link.seen_back, link.client)):
            if seen.sharing.is_on:
                shared += 1
                assert seen.sharing.basis is not None
                assert client(practice, recipient).email
    for contact in practice.contacts:
        if contact.seen.sharing.is_on:
            shared += 1
            assert contact.seen.sharing.basis is not None
            assert contact.person.email

    assert shared > 100


def test_there_are_names_in_many_scripts(practice: Practice) -> None:
    scripts = {
        unicodedata.name(letter).split()[0]
        for details in practice.clients
        for letter in details.first_name + details.last_name
        if letter.isalpha()
    }

    assert scripts >= {"LATIN", "ARABIC", "HEBREW", "CJK", "HANGUL", "DEVANAGARI", "CYRILLIC", "GREEK"}


def test_the_lists_of_names_are_composed_and_share_the_practice_between_them() -> None:
    names = [name for origin in origins() for name in (*origin.women, *origin.men, *origin.surnames)]

    assert sum(origin.share for origin in origins()) == 100
    assert [name for name in names if unicodedata.normalize("NFC", name) != name] == []
    for origin in origins():
        for listed in (origin.women, origin.men, origin.surnames):
            assert len(set(listed)) == len(listed), origin.language


def test_every_story_tells_something_and_names_clients_who_exist(practice: Practice) -> None:
    keys = [story.key for story in STORIES]

    assert len(set(keys)) == len(keys)
    for one in STORIES:
        assert one.told.endswith(".")
        assert clients_of(practice, one.key) or one.key == "guest"


def test_a_new_client_may_be_somebody_known(practice: Practice) -> None:
    (jonathan,) = clients_of(practice, "new_client")

    assert (jonathan.first_name, jonathan.last_name) == ("Jonathan", "Reyes")
    assert jonathan.birth_date == date(1990, 5, 5)


def test_a_couple_is_there_to_be_linked(practice: Practice) -> None:
    one, other = story("link_existing").own_ids

    assert links_between(practice, one, other) == 0


def test_somebody_has_a_child_who_is_no_client_yet(practice: Practice) -> None:
    (grace,) = clients_of(practice, "link_new")

    assert not [
        one for one in practice.clients if (one.first_name, one.last_name) == ("Lily", grace.last_name)
    ]


def test_somebody_has_nobody_to_call_and_a_neighbor_without_a_phone(practice: Practice) -> None:
    (harold,) = story("emergency_contact").own_ids
    (doris,) = [contact for contact in practice.contacts if contact.client == harold]

    assert not any(harold in {link.client, link.other} for link in practice.links)
    assert doris.person.phones == ()
    assert doris.person.email
    assert not doris.seen.emergency


def test_a_couple_shares_nothing_and_both_have_an_address(practice: Practice) -> None:
    one, other = clients_of(practice, "share_each_way")
    (link,) = [link for link in practice.links if {link.client, link.other} == {one.own_id, other.own_id}]

    assert one.email
    assert other.email
    assert not link.seen.sharing.is_on
    assert not link.seen_back.sharing.is_on


def test_a_couple_was_linked_from_one_side_and_shares(practice: Practice) -> None:
    dana, robert = story("unlink_other_side").own_ids
    (link,) = [link for link in practice.links if {link.client, link.other} == {dana, robert}]

    assert link.client == dana
    assert link.seen.sharing.categories == EVERY_CATEGORY
    assert link.seen_back.emergency


def test_one_family_is_longer_than_a_message_shows(practice: Practice) -> None:
    (ruth,) = story("summary").own_ids
    links = sum(ruth in {link.client, link.other} for link in practice.links)
    contacts = sum(contact.client == ruth for contact in practice.contacts)

    assert links + contacts > 20


def test_four_namesakes_are_told_apart_by_year_or_own_id(practice: Practice) -> None:
    four = clients_of(practice, "namesakes")

    assert {fold(f"{one.first_name} {one.last_name}") for one in four} == {"maria lopez"}
    assert [one.birth_date and one.birth_date.year for one in four] == [1951, 1984, 1984, 2009]
    assert len({one.birth_date for one in four}) == 4


def test_a_family_reads_one_mailbox(practice: Practice) -> None:
    addresses = {(one.email or "").casefold() for one in clients_of(practice, "shared_address")}

    assert len(addresses) == 1
    assert addresses != {""}


def test_somebody_has_no_address_and_a_daughter_who_receives(practice: Practice) -> None:
    walter, heike = clients_of(practice, "no_address")
    (link,) = [link for link in practice.links if {link.client, link.other} == {walter.own_id, heike.own_id}]

    assert walter.email is None
    assert link.client == walter.own_id
    assert link.seen.sharing.is_on


@pytest.mark.parametrize("today", [TODAY, date(2028, 1, 10), date(2031, 7, 1), date(2024, 1, 10)])
def test_somebody_is_seventeen_on_every_day(today: date) -> None:
    jayden = client(made_up_practice(today), story("seventeen").own_ids[0])
    assert jayden.birth_date is not None
    birthday = jayden.birth_date.replace(year=jayden.birth_date.year + 18)

    assert timedelta(days=49) < birthday - today < timedelta(days=53)


def test_grandparents_are_legal_guardians_by_a_paper(practice: Practice) -> None:
    tyler, lorraine = story("grandparents_as_guardians").own_ids
    (link,) = [link for link in practice.links if {link.client, link.other} == {tyler, lorraine}]
    (earl,) = [
        contact
        for contact in practice.contacts
        if contact.client == tyler and contact.relationship.word is Word.GRANDFATHER
    ]

    for seen in (link.seen, earl.seen):
        (held,) = seen.roles
        assert held.role is Role.LEGAL_GUARDIAN
        assert held.document
        assert held.valid_until is not None
        assert held.valid_until > TODAY


def test_twins_share_a_birthday_and_one_still_wants_her_mother(practice: Practice) -> None:
    one, other, mother = clients_of(practice, "twins")

    assert one.birth_date == other.birth_date
    assert links_between(practice, one.own_id, mother.own_id) == 1
    assert links_between(practice, other.own_id, mother.own_id) == 0


def test_divorced_and_blended_families_are_there(practice: Practice) -> None:
    kinds = Counter(link.relationship.kinship for link in practice.links)
    words = Counter(link.relationship.word for link in practice.links)

    assert kinds[Kinship.FORMER_SPOUSE] >= 2
    assert kinds[Kinship.STEP_PARENT] >= 2
    assert words[Word.HALF_SIBLING] == 2
    assert words[Word.STEP_SIBLING] == 1
    assert words[Word.TWIN] >= 2
    assert kinds[Kinship.OTHER] == 1


def test_an_authorization_ends_after_today(practice: Practice) -> None:
    (simone,) = story("authorization").own_ids
    (contact,) = [contact for contact in practice.contacts if contact.client == simone]

    assert contact.seen.sharing.basis is Basis.AUTHORIZATION
    assert contact.seen.sharing.expires_on is not None
    assert contact.seen.sharing.expires_on > TODAY


def test_somebody_has_died_and_somebody_no_longer_comes(practice: Practice) -> None:
    _, eleanor = story("deceased").own_ids
    (peter,) = clients_of(practice, "archived")
    archived = [one for one in practice.clients if one.status is ClientStatus.ARCHIVED]

    assert [own_id for own_id, _ in practice.died] == [eleanor]
    assert all(day < TODAY for _, day in practice.died)
    assert peter in archived
    assert len(archived) > 10


def test_names_hold_the_marks_that_slack_would_read(practice: Practice) -> None:
    names = " ".join(f"{one.first_name} {one.last_name}" for one in clients_of(practice, "marks_in_a_name"))

    assert set("*_~<>&`'") <= set(names)
    assert "\N{RAINBOW}" in names


def test_names_run_from_right_to_left(practice: Practice) -> None:
    for one in clients_of(practice, "right_to_left"):
        assert {unicodedata.bidirectional(letter) for letter in one.last_name if letter.isalpha()} <= {
            "R",
            "AL",
        }


def test_one_name_is_longer_than_an_option_and_fits_the_roster(practice: Practice) -> None:
    (one,) = clients_of(practice, "long_name")

    assert len(f"{one.first_name} {one.last_name}") > 150
    assert max(len(one.first_name), len(one.last_name)) <= 200


def test_every_relationship_makes_a_label_for_both_sides(practice: Practice) -> None:
    choices = [link.relationship for link in practice.links]
    choices += [contact.relationship for contact in practice.contacts]

    for choice in choices:
        label = Label(kinship=choice.kinship, word=choice.word, own_words=choice.own_words)
        back = label.seen_from_the_other_side(own_words=choice.inverse_words)
        if choice.inverse_word is not None:
            assert Label.of_word(choice.inverse_word).kinship is back.kinship
