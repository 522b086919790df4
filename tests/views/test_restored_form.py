"""A form that comes back has everything in it that was typed and chosen, and is a form that Slack takes."""

import copy
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.family import Family
from bot.playground.slack.block_kit import completed_view, view_problems
from bot.playground.slack.block_kit.checks import options_of
from bot.playground.slack.inputs import STATEFUL, initial_values, stateful_elements
from bot.views.form_state import FormState
from bot.views.restored_form import restored_form
from tests.views.families import DAYS, families, fullest_family, words
from tests.views.surfaces import Surface, forms

Json = dict[str, Any]
SENT_BACK = {"id": "V1", "hash": "1.a", "state": {"values": {}}, "root_view_id": "V1", "app_id": "A1"}


def as_slack_has_it(form: Surface) -> Json:
    """Return the form as Slack sends it back: with what a server adds."""
    return {**completed_view(dict(form.json)), **copy.deepcopy(SENT_BACK)}


@st.composite
def values(draw: st.DrawFn, view: Json) -> Json:
    """Anything that a person can leave in the inputs of a form."""
    found = initial_values(view["blocks"])
    for block, element in stateful_elements(view["blocks"]):
        entry = found[block["block_id"]][element["action_id"]]
        entry[STATEFUL[element["type"]].key] = draw(_value(element))
    return found


PEOPLE = st.sampled_from(["U1", "U2", "W0ORG"])
OTHERS: dict[str, st.SearchStrategy[Any]] = {
    "email_text_input": st.none() | st.sampled_from(["mia@example.com", "not an address"]),
    "datepicker": st.none() | DAYS.map(str),
    "users_select": st.none() | PEOPLE,
    "multi_users_select": st.lists(PEOPLE, unique=True, max_size=3),
}


def _value(element: Json) -> st.SearchStrategy[Any]:
    if element["type"] in OTHERS:
        return OTHERS[element["type"]]
    match element["type"]:
        case "plain_text_input":
            return st.none() | words(min(element["max_length"], 60), 1)
        case "checkboxes":
            ticked = st.sets(st.integers(0, len(element["options"]) - 1))
            return ticked.map(lambda places: [element["options"][place] for place in sorted(places)])
        case "number_input":
            return st.none() | st.integers(int(element["min_value"]), int(element["max_value"])).map(str)
        case "external_select":
            text = {"type": "plain_text", "text": "*Mía*", "emoji": True}
            return st.none() | st.just({"text": text, "value": "01J"})
        case _:
            return st.sampled_from(list(options_of(element)))


def without_emoji(value: object) -> object:
    """Leave out what Slack writes out by itself."""
    if isinstance(value, dict):
        return {key: without_emoji(each) for key, each in value.items() if key != "emoji"}
    return [without_emoji(each) for each in value] if isinstance(value, list) else value


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), family=families(most=1))
def test_whatever_was_typed_stands_in_it_again(data: st.DataObject, family: Family) -> None:
    view = as_slack_has_it(data.draw(st.sampled_from(list(forms(family)))))
    typed = data.draw(values(view))
    restored = restored_form(view, FormState(typed), ("Please try again.",))
    assert view_problems(restored, kind="modal") == []
    again = initial_values(completed_view(restored)["blocks"])
    assert without_emoji(again) == without_emoji(typed)
    assert restored["private_metadata"] == view["private_metadata"]
    assert restored["callback_id"] == view["callback_id"]


def test_a_form_at_the_limits_comes_back() -> None:
    for form in forms(fullest_family(101, 101)):
        view = as_slack_has_it(form)
        restored = restored_form(view, FormState(initial_values(view["blocks"])), ("one", "two", "three"))
        assert view_problems(restored, kind="modal") == [], form.name
        again = initial_values(completed_view(restored)["blocks"])
        assert without_emoji(again) == without_emoji(initial_values(view["blocks"])), form.name


def test_what_was_said_above_it_before_is_not_said_again() -> None:
    form = next(forms(fullest_family(1, 1)))
    once = restored_form(as_slack_has_it(form), FormState(), ("First.", "Second."))
    view = {**completed_view(once), **SENT_BACK}
    twice = restored_form(view, FormState(), ("Third.",))
    assert "First." not in str(twice)
    assert "Second." not in str(twice)
    assert "⚠ Third." in str(twice)
    blocks, before = twice["blocks"], form.json["blocks"]
    assert isinstance(blocks, list)
    assert isinstance(before, list)
    assert len(blocks) == len(before) + 1


def test_nothing_that_the_server_added_is_sent_back() -> None:
    restored = restored_form(as_slack_has_it(next(forms(fullest_family(1, 1)))), FormState(), ())
    assert not set(restored) & {"id", "hash", "state", "root_view_id", "app_id", "external_id"}
