"""Pickers: people told apart, many of them, and a search that was too slow."""

from datetime import date

import pytest

from bot.domain.client import ClientStatus
from bot.domain.family import Family
from bot.domain.kinship import Kinship, Label
from bot.domain.match_reason import reason_for
from bot.domain.phone import Phone
from bot.domain.relationship import Side
from bot.domain.sought import Sought
from bot.services.ports import FoundClients
from bot.views.blocks import Json
from bot.views.client_choice import NOBODY, client_choice, slow_suggestions, suggestions
from bot.views.find_form import find_form, read_find
from bot.views.form_state import FormState
from bot.views.ids import Purpose
from bot.views.metadata import UnreadableMetadataError
from bot.views.questions import Questions, question_blocks, read_answers
from bot.views.relation_choice import (
    read_relation_choice,
    relation_choice,
    relation_suggestions,
)
from tests.views.families import an_id, client, contact, fullest_family, linked, person


def element(view: Json, block_id: str) -> Json:
    blocks = view["blocks"]
    assert isinstance(blocks, list)
    (found,) = [block["element"] for block in blocks if block.get("block_id") == block_id]
    assert isinstance(found, dict)
    return found


def lines(options: object) -> list[tuple[str, str]]:
    assert isinstance(options, list)
    return [(each["text"]["text"], each.get("description", {}).get("text", "")) for each in options]


def chosen(block_id: str, value: str) -> FormState:
    return FormState({block_id: {"any": {"type": "radio_buttons", "selected_option": {"value": value}}}})


def test_namesakes_are_told_apart_by_birth_year_and_own_id() -> None:
    found = FoundClients(
        clients=(
            client(1, birth_date=date(1980, 2, 3), own_id="K-1"),
            client(2, birth_date=date(2012, 5, 1)),
            client(3, own_id="K-3"),
        ),
        total=3,
    )
    assert lines(suggestions(found)["options"]) == [
        ("Mía López · born 1980 · K-1", ""),
        ("Mía López · born 2012", ""),
        ("Mía López · K-3", ""),
    ]


def test_a_name_too_long_for_an_option_is_cut_and_still_told_apart() -> None:
    option = client_choice(client(1, first_name="N" * 200, birth_date=date(1980, 2, 3))).as_option()
    ((name, about),) = lines([option])
    assert name == "N" * 62 + "… · born 1980"
    assert about == ""


def test_more_than_are_offered_are_counted() -> None:
    found = FoundClients(clients=tuple(client(number) for number in range(20)), total=1234)
    groups = suggestions(found)["option_groups"]
    assert isinstance(groups, list)
    assert [group["label"]["text"] for group in groups] == ["20 of 1,234, keep typing"]
    assert len(groups[0]["options"]) == 20


def test_matches_that_were_not_counted_to_the_end_are_more_than_that() -> None:
    found = FoundClients(clients=tuple(client(number) for number in range(20)), total=1000, is_more=True)
    groups = suggestions(found)["option_groups"]
    assert isinstance(groups, list)
    (group,) = groups
    assert group["label"]["text"] == "20 of over 1,000, keep typing"


def test_why_somebody_was_found_stands_below_the_name() -> None:
    full = client(
        1,
        own_id="K-1020",
        birth_date=date(1990, 5, 5),
        email="mia@example.com",
        phones=(Phone(number="+12025550142"),),
    )
    said = {
        typed: lines(
            suggestions(FoundClients(clients=(full,), total=1, reasons={full.id: reason}))["options"]
        )
        for typed in ("1020", "mia@e", "202 555", "5/5/1990", "lopze", "mia 1020", "lopze 1020", "mia@e 1020")
        if (reason := reason_for(full, Sought.read(typed)))
    }
    assert {typed: about for typed, ((_, about),) in said.items()} == {
        "1020": "id K-1020",
        "mia@e": "mia@example.com",
        "202 555": "phone …0142",
        "5/5/1990": "born 5 May 1990",
        "lopze": "similar name",
        "mia 1020": "id K-1020",
        # Of several the most telling one, wherever it stands.
        "lopze 1020": "id K-1020",
        "mia@e 1020": "id K-1020",
    }
    assert reason_for(full, Sought.read("lop mi 1990")) is None


def test_the_badge_stands_before_the_reason() -> None:
    archived = client(1, own_id="K-1", status=ClientStatus.ARCHIVED)
    ((_, about),) = lines([client_choice(archived, reason_for(archived, Sought.read("k-1"))).as_option()])
    assert about == "Archived · id K-1"


def test_a_slow_search_is_not_taken_for_nobody() -> None:
    options = slow_suggestions()["options"]
    assert isinstance(options, list)
    assert lines(options) == [("The search is slow just now. Type again.", "")]
    assert options[0]["value"] == NOBODY
    assert read_find(chosen("client.search", NOBODY)).client_id is None


@pytest.mark.parametrize(
    ("count", "kind"), [(1, "radio_buttons"), (10, "radio_buttons"), (11, "static_select")]
)
def test_matches_are_radio_buttons_or_a_select_when_many(count: int, kind: str) -> None:
    found = FoundClients(clients=tuple(client(number) for number in range(count)), total=count)
    matches = element(find_form(Purpose.SHOW, found), "client.match")
    assert matches["type"] == kind
    assert len(lines(matches["options"])) == count
    assert ("initial_option" in matches) is (count == 1)


def test_the_search_must_be_used_where_nothing_else_can_be_chosen() -> None:
    def is_optional(matches: FoundClients | None) -> bool:
        blocks = find_form(Purpose.LINK, matches)["blocks"]
        assert isinstance(blocks, list)
        (search,) = [block for block in blocks if block.get("block_id") == "client.search"]
        return bool(search["optional"])

    assert not is_optional(None)
    assert not is_optional(FoundClients(clients=(), total=0))
    assert is_optional(FoundClients(clients=(client(),), total=1))


def test_what_was_searched_for_wins_over_what_was_offered() -> None:
    both = {**chosen("client.match", an_id(1)).values, **chosen("client.search", an_id(2)).values}
    assert read_find(FormState(both)).client_id == an_id(2)
    assert read_find(chosen("client.match", an_id(1))).client_id == an_id(1)
    assert read_find(FormState()).client_id is None


@pytest.mark.parametrize("forged", ["../x", "a" * 41, "Ω1", "a b", "\x00"])
def test_a_value_that_is_no_id_of_ours_is_refused(forged: str) -> None:
    with pytest.raises(UnreadableMetadataError):
        read_find(chosen("client.match", forged))
    with pytest.raises(UnreadableMetadataError):
        read_relation_choice(chosen("relation.choice", forged))
    with pytest.raises(UnreadableMetadataError):
        read_answers(chosen("question.duplicates", forged))


def test_relations_are_told_apart() -> None:
    one = client(1, first_name="Ida", last_name="")
    words = "the words that staff chose for what they are to each other"
    labelled = Side(client_id=one.id, label=Label(kinship=Kinship.OTHER, own_words=words))
    rows = (
        linked(one, client(2, birth_date=date(1980, 2, 3), own_id="K-2"), labelled),
        linked(one, client(3, birth_date=date(2012, 5, 1)), labelled),
    )
    people = (
        contact(one, person(5000, phones=(Phone(number="+12125550100"),))),
        contact(one, person(5001, email="rosa@example.com")),
    )
    field = element(
        relation_choice(Family(client=one, linked_clients=rows, contacts=people), Purpose.UNLINK),
        "relation.choice",
    )
    assert lines(field["options"]) == [
        ("Mía López", "Linked client · born 1980 · K-2 · the words that staff chose for what they…"),
        ("Mía López", "Linked client · born 2012 · the words that staff chose for what they are t…"),
        ("Rosa Vega", "Contact · +1 212-555-0100 · friend"),
        ("Rosa Vega", "Contact · rosa@example.com · friend"),
    ]


def test_a_hundred_relations_are_offered_and_of_more_one_is_found_by_typing() -> None:
    hundred = element(relation_choice(fullest_family(80, 20), Purpose.SHARE), "relation.choice")
    assert len(lines(hundred["options"])) == 100
    view = relation_choice(fullest_family(80, 21), Purpose.SHARE)
    more = element(view, "relation.choice")
    assert (more["type"], more["action_id"]) == ("external_select", "relation.search")
    assert "There are 101" in str(view)
    assert read_relation_choice(chosen("relation.choice", NOBODY)) is None
    assert read_relation_choice(chosen("relation.choice", an_id(3))) == an_id(3)


def test_relations_that_were_found_are_offered_and_the_others_counted() -> None:
    members = fullest_family(80, 30).members
    groups = relation_suggestions(members)["option_groups"]
    assert isinstance(groups, list)
    assert [group["label"]["text"] for group in groups] == ["20 of 110, keep typing"]
    assert relation_suggestions(()) == {"options": []}


def test_an_address_is_asked_about_with_the_years_of_long_names() -> None:
    holders = tuple(
        client(number, first_name="N" * 200, last_name="", birth_date=date(1980 + number, 1, 1))
        for number in range(7)
    )
    (block,) = question_blocks(Questions(address_holders=holders))
    label = str(block["label"])
    assert "… (1980)" in label
    assert "… (1984)" in label
    assert "and 2 more" in label


def test_nine_duplicates_are_shown_beside_somebody_new() -> None:
    twins = tuple(client(number, own_id=f"K-{number}") for number in range(12))
    (block,) = question_blocks(Questions(duplicates=twins))
    options = lines(block["element"]["options"])  # type: ignore[index]  # an input
    assert len(options) == 10
    assert options[0] == ("Yes: Mía López", "K-0")
    assert options[-1] == ("No, it is somebody new", "")
