"""What stands in inputs: initial values, values kept over an update, and the checks before a form is sent."""

import pytest

from bot.playground.slack.block_kit import completed_blocks
from bot.playground.slack.inputs import (
    NOT_A_NUMBER,
    NOT_AN_EMAIL,
    NOT_WHOLE,
    REQUIRED,
    carried_over,
    complaints,
    initial_values,
    with_reported,
)
from tests.playground.slack.a_workspace import Json, asking, button, option, options, section, typed

ENTRIES = [
    (typed(), {"type": "plain_text_input", "value": None}),
    (typed(initial_value="x"), {"type": "plain_text_input", "value": "x"}),
    ({"type": "email_text_input"}, {"type": "email_text_input", "value": None}),
    (
        {"type": "number_input", "is_decimal_allowed": False, "initial_value": "3"},
        {"type": "number_input", "value": "3"},
    ),
    (
        {"type": "static_select", "options": options(2), "initial_option": options(2)[1]},
        {"type": "static_select", "selected_option": options(2)[1]},
    ),
    ({"type": "external_select"}, {"type": "external_select", "selected_option": None}),
    (
        {"type": "radio_buttons", "options": options(1)},
        {"type": "radio_buttons", "selected_option": None},
    ),
    (
        {"type": "checkboxes", "options": options(2), "initial_options": options(1)},
        {"type": "checkboxes", "selected_options": options(1)},
    ),
    (
        {"type": "multi_static_select", "options": options(2)},
        {"type": "multi_static_select", "selected_options": []},
    ),
    (
        {"type": "datepicker", "initial_date": "2024-02-29"},
        {"type": "datepicker", "selected_date": "2024-02-29"},
    ),
    ({"type": "users_select"}, {"type": "users_select", "selected_user": None}),
]


def emojied(value: object) -> object:
    """Write texts out as Slack hands them back."""
    if isinstance(value, list):
        return [emojied(item) for item in value]
    if isinstance(value, dict):
        done = {name: emojied(item) for name, item in value.items()}
        return done | {"emoji": True} if done.get("type") == "plain_text" else done
    return value


@pytest.mark.parametrize(("element", "entry"), ENTRIES)
def test_initial_values_stand_as_if_typed(element: Json, entry: Json) -> None:
    blocks = completed_blocks([asking(element | {"action_id": "a"}, block_id="b")])
    assert initial_values(blocks) == {"b": {"a": emojied(entry)}}


def test_a_button_and_a_menu_keep_nothing() -> None:
    menu = {"type": "overflow", "options": options(1)}
    row = {"type": "actions", "elements": [button(), menu]}
    assert initial_values(completed_blocks([section(accessory=button()), row])) == {}


def one(element: Json, *, block_id: str = "b", action_id: str = "a") -> list[Json]:
    return completed_blocks([asking(element | {"action_id": action_id}, block_id=block_id)])


def value(values: Json, block_id: str = "b") -> object:
    return values[block_id]["a"]["value"]


def test_what_was_typed_stays_while_both_ids_stay() -> None:
    before = with_reported(one(typed()), initial_values(one(typed())), {"b": {"a": {"value": "typed"}}})
    assert value(carried_over(one(typed(initial_value="new")), before)) == "typed"
    assert value(carried_over(one(typed(initial_value="new"), block_id="c"), before), "c") == "new"
    other_action = carried_over(one(typed(initial_value="new"), action_id="z"), before)
    assert other_action["b"]["z"]["value"] == "new"


def test_what_was_typed_goes_when_the_type_changes() -> None:
    before = {"b": {"a": {"type": "plain_text_input", "value": "typed"}}}
    after = carried_over(one({"type": "email_text_input"}), before)
    assert after == {"b": {"a": {"type": "email_text_input", "value": None}}}


def test_a_choice_that_is_no_longer_offered_falls_back() -> None:
    select = {"type": "static_select", "options": options(3)}
    before = {"b": {"a": {"type": "static_select", "selected_option": options(3)[2]}}}
    kept = carried_over(one(select), before)
    assert kept["b"]["a"]["selected_option"]["value"] == "2"
    fallen = carried_over(one(select | {"options": options(2)}), before)
    assert fallen["b"]["a"]["selected_option"] is None


def test_of_several_choices_those_still_offered_stay() -> None:
    before = {"b": {"a": {"type": "checkboxes", "selected_options": options(3)}}}
    after = carried_over(one({"type": "checkboxes", "options": options(2)}), before)
    assert [chosen["value"] for chosen in after["b"]["a"]["selected_options"]] == ["0", "1"]


@pytest.mark.parametrize(
    "reported",
    [
        None,
        "text",
        {"b": "text"},
        {"b": {"a": "text"}},
        {"other": {"a": {"value": "x"}}},
        {"b": {"a": {"type": "email_text_input", "value": "x"}}},
        {"b": {"a": {"value": 3}}},
    ],
)
def test_what_fits_no_element_is_left_out(reported: object) -> None:
    assert value(with_reported(one(typed()), initial_values(one(typed())), reported)) is None


def test_a_choice_nobody_offered_is_left_out() -> None:
    select = one({"type": "static_select", "options": options(1)})
    reported = {"b": {"a": {"selected_option": option("never")}}}
    assert with_reported(select, initial_values(select), reported)["b"]["a"]["selected_option"] is None


NUMBER: Json = {"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "max_value": "9"}
CHECKED = [
    (typed(), {"value": None}, REQUIRED),
    (typed(), {"value": "   "}, REQUIRED),
    (typed(), {"value": "x"}, None),
    (typed(min_length=3), {"value": "xx"}, "Enter at least 3 characters."),
    (typed(min_length=3), {"value": "xxx"}, None),
    (typed(max_length=3), {"value": "xxx"}, None),
    (typed(max_length=3), {"value": "xxxx"}, "Enter at most 3 characters."),
    ({"type": "email_text_input"}, {"value": "zoe@example.com"}, None),
    ({"type": "email_text_input"}, {"value": "zoe@example"}, NOT_AN_EMAIL),
    ({"type": "email_text_input"}, {"value": "zoe example.com"}, NOT_AN_EMAIL),
    (NUMBER, {"value": "1"}, None),
    (NUMBER, {"value": "9"}, None),
    (NUMBER, {"value": "0"}, "Enter a number of 1 or more."),
    (NUMBER, {"value": "10"}, "Enter a number of 9 or less."),
    (NUMBER, {"value": "1.5"}, NOT_WHOLE),
    (NUMBER, {"value": "one"}, NOT_A_NUMBER),
    ({"type": "datepicker"}, {"selected_date": "2024-02-29"}, None),
    ({"type": "datepicker"}, {"selected_date": "2023-02-29"}, "Enter a date as YYYY-MM-DD."),
    ({"type": "checkboxes", "options": options(2)}, {"selected_options": []}, REQUIRED),
    ({"type": "checkboxes", "options": options(2)}, {"selected_options": options(1)}, None),
    (
        {"type": "multi_static_select", "options": options(3), "max_selected_items": 2},
        {"selected_options": options(3)},
        "Choose at most 2.",
    ),
    ({"type": "radio_buttons", "options": options(2)}, {"selected_option": None}, REQUIRED),
]


@pytest.mark.parametrize(("element", "entry", "complaint"), CHECKED)
def test_what_the_client_checks_before_it_sends_a_form(
    element: Json, entry: Json, complaint: str | None
) -> None:
    blocks = one(element)
    values = with_reported(blocks, initial_values(blocks), {"b": {"a": entry}})
    assert complaints(blocks, values) == ({} if complaint is None else {"b": complaint})


def test_an_optional_input_may_stay_empty() -> None:
    blocks = completed_blocks([asking(typed(action_id="a", min_length=3), block_id="b", optional=True)])
    assert complaints(blocks, initial_values(blocks)) == {}


def test_what_stands_in_no_input_block_is_never_required() -> None:
    blocks = completed_blocks([section(accessory={"type": "radio_buttons", "options": options(1)})])
    assert complaints(blocks, initial_values(blocks)) == {}
