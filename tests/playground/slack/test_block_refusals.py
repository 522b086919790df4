"""What Slack refuses in blocks, beyond the limits of size."""

import pytest

from bot.playground.slack.block_kit import message_problems, view_problems
from tests.playground.slack.a_workspace import (
    Json,
    asking,
    button,
    home,
    modal,
    mrkdwn,
    option,
    options,
    plain,
    section,
    typed,
)

IN_INPUT = "/view/blocks/0/element"
CHOOSING: list[Json] = [
    {"type": "static_select", "options": options(2)},
    {"type": "multi_static_select", "options": options(2)},
    {"type": "external_select", "min_query_length": 0},
    {"type": "users_select"},
    {"type": "checkboxes", "options": options(2)},
    {"type": "radio_buttons", "options": options(2)},
    {"type": "datepicker", "initial_date": "2024-02-29"},
]
TYPED: list[Json] = [
    {"type": "plain_text_input", "multiline": True},
    {"type": "email_text_input"},
    {"type": "number_input", "is_decimal_allowed": False},
]
CLICKED: list[Json] = [button(), {"type": "overflow", "options": options(1)}]


def problems(view: object, *, kind: str = "modal") -> list[str]:
    return [str(problem) for problem in view_problems(view, kind=kind)]


def only_problem(view: object, *, kind: str = "modal") -> str:
    first, *rest = problems(view, kind=kind)
    assert first == "failed to match all allowed schemas [json-pointer:/view]"
    assert len(rest) == 1, rest
    return rest[0]


@pytest.mark.parametrize("element", [*CHOOSING, *CLICKED], ids=lambda e: e["type"])
def test_a_section_and_an_actions_block_take_what_is_clicked_or_chosen(element: Json) -> None:
    assert problems(modal(section(accessory=element))) == []
    assert problems(modal({"type": "actions", "elements": [element]})) == []


@pytest.mark.parametrize("element", TYPED, ids=lambda e: e["type"])
def test_neither_of_them_takes_what_is_typed(element: Json) -> None:
    kind = element["type"]
    in_section = only_problem(modal(section(accessory=element)))
    in_actions = only_problem(modal({"type": "actions", "elements": [element]}))
    assert in_section == f"unsupported type: {kind} [json-pointer:/view/blocks/0/accessory/type]"
    assert in_actions == f"unsupported type: {kind} [json-pointer:/view/blocks/0/elements/0/type]"


@pytest.mark.parametrize("element", [*CHOOSING, *TYPED], ids=lambda e: e["type"])
def test_an_input_takes_what_is_typed_or_chosen(element: Json) -> None:
    assert problems(modal(asking(element))) == []


@pytest.mark.parametrize("element", CLICKED, ids=lambda e: e["type"])
def test_an_input_takes_no_button_and_no_menu(element: Json) -> None:
    wrong = only_problem(modal(asking(element)))
    assert wrong == f"unsupported type: {element['type']} [json-pointer:{IN_INPUT}/type]"


@pytest.mark.parametrize("kind", ["video", "image", "table", "file", "nonsense"])
def test_a_block_it_does_not_know_is_unsupported(kind: str) -> None:
    assert (
        only_problem(modal({"type": kind})) == f"unsupported type: {kind} [json-pointer:/view/blocks/0/type]"
    )


@pytest.mark.parametrize("kind", ["timepicker", "channels_select", "image", "nonsense"])
def test_an_element_it_does_not_know_is_unsupported(kind: str) -> None:
    wrong = only_problem(modal(section(accessory={"type": kind})))
    assert wrong == f"unsupported type: {kind} [json-pointer:/view/blocks/0/accessory/type]"


UNKNOWN_PROPERTIES = [
    (modal(submit_disabled=True), "submit_disabled", "/view"),
    (modal(id="V1"), "id", "/view"),
    (modal(hash="1.a"), "hash", "/view"),
    (modal(state={"values": {}}), "state", "/view"),
    (modal(section(color="red")), "color", "/view/blocks/0"),
    (modal({"type": "divider", "text": plain()}), "text", "/view/blocks/0"),
    (modal(section(accessory=button(disabled=True))), "disabled", "/view/blocks/0/accessory"),
    (modal(asking(typed(value="typed"))), "value", IN_INPUT),
    (modal(section(text=plain() | {"verbatim": True})), "verbatim", "/view/blocks/0/text"),
    (
        modal(asking({"type": "static_select", "options": [option() | {"selected": True}]})),
        "selected",
        f"{IN_INPUT}/options/0",
    ),
]


@pytest.mark.parametrize(("view", "name", "pointer"), UNKNOWN_PROPERTIES)
def test_an_unknown_property_is_refused(view: Json, name: str, pointer: str) -> None:
    assert f"invalid additional property: {name} [json-pointer:{pointer}]" in problems(view)


@pytest.mark.parametrize("name", ["title", "submit", "close", "clear_on_close", "notify_on_close"])
def test_home_has_no_frame(name: str) -> None:
    wrong = only_problem(home(**{name: plain()}), kind="home")
    assert wrong == f"invalid additional property: {name} [json-pointer:/view]"


MISSING = [
    ({"type": "modal", "blocks": []}, "title", "/view"),
    ({"type": "modal", "title": plain()}, "blocks", "/view"),
    (modal({"type": "header"}), "text", "/view/blocks/0"),
    (modal({"type": "input", "element": typed()}), "label", "/view/blocks/0"),
    (modal({"type": "input", "label": plain()}), "element", "/view/blocks/0"),
    (modal(section(accessory={"type": "button"})), "text", "/view/blocks/0/accessory"),
    (modal(section(accessory={"type": "overflow"})), "options", "/view/blocks/0/accessory"),
    (modal(asking({"type": "number_input"})), "is_decimal_allowed", IN_INPUT),
    (modal({"block_id": "b"}), "type", "/view/blocks/0"),
    (
        modal(asking({"type": "static_select", "options": [{"text": plain()}]})),
        "value",
        f"{IN_INPUT}/options/0",
    ),
]


@pytest.mark.parametrize(("view", "name", "pointer"), MISSING)
def test_a_missing_field_is_named(view: Json, name: str, pointer: str) -> None:
    assert f"missing required field: {name} [json-pointer:{pointer}]" in problems(view)


@pytest.mark.parametrize("part", ["title", "text", "confirm", "deny"])
def test_a_confirmation_has_all_four_texts(part: str) -> None:
    whole = {name: plain() for name in ("title", "text", "confirm", "deny")}
    assert problems(modal(section(accessory=button(confirm=whole)))) == []
    del whole[part]
    wrong = only_problem(modal(section(accessory=button(confirm=whole))))
    assert wrong == f"missing required field: {part} [json-pointer:/view/blocks/0/accessory/confirm]"


def test_inputs_need_a_submit() -> None:
    view = {"type": "modal", "title": plain(), "blocks": [asking(typed())]}
    assert only_problem(view) == "missing required field: submit [json-pointer:/view]"
    assert problems(view | {"submit": plain("Save")}) == []


def test_home_needs_none() -> None:
    assert problems(home(asking(typed())), kind="home") == []


def test_a_block_id_stands_once_on_a_surface() -> None:
    twice = [section(block_id="b"), section(block_id="b")]
    wrong = "`block_id` b already exists [json-pointer:{}/blocks/1/block_id]"
    assert only_problem(modal(*twice)) == wrong.format("/view")
    assert [str(problem) for problem in message_problems(twice)] == [wrong.format("")]


def test_an_action_id_stands_once_in_an_actions_block_and_may_return_in_another() -> None:
    row = {"type": "actions", "elements": [button(action_id="a")]}
    assert problems(modal(row, row)) == []
    twice = {"type": "actions", "elements": [button(action_id="a"), button(action_id="a")]}
    wrong = only_problem(modal(twice))
    assert wrong == "`action_id` a already exists [json-pointer:/view/blocks/0/elements/1/action_id]"


def test_elements_without_ids_are_no_duplicates() -> None:
    assert problems(modal({"type": "actions", "elements": [button(), button()]}, section(), section())) == []


def test_one_element_has_the_focus() -> None:
    focused = asking(typed(focus_on_load=True))
    assert problems(modal(focused, asking(typed(focus_on_load=False)))) == []
    wrong = only_problem(modal(focused, focused))
    assert wrong.endswith("[json-pointer:/view/blocks/1/element/focus_on_load]")


@pytest.mark.parametrize("kind", ["static_select", "radio_buttons"])
def test_an_initial_option_equals_one_that_is_offered(kind: str) -> None:
    element = {"type": kind, "options": options(2), "initial_option": options(2)[1]}
    assert problems(modal(asking(element))) == []
    element["initial_option"] = option("1", "another text")
    assert only_problem(modal(asking(element))).endswith(f"[json-pointer:{IN_INPUT}/initial_option]")


@pytest.mark.parametrize("kind", ["multi_static_select", "checkboxes"])
def test_initial_options_equal_some_that_are_offered(kind: str) -> None:
    element = {"type": kind, "options": options(2), "initial_options": options(2)}
    assert problems(modal(asking(element))) == []
    element["initial_options"] = [options(2)[0], option("other")]
    assert only_problem(modal(asking(element))).endswith(f"[json-pointer:{IN_INPUT}/initial_options/1]")


def test_an_initial_option_may_stand_in_a_group() -> None:
    group = {"label": plain(), "options": options(2)}
    element = {"type": "static_select", "option_groups": [group], "initial_option": options(2)[1]}
    assert problems(modal(asking(element))) == []


def test_a_select_has_options_or_groups_and_not_both() -> None:
    group = {"label": plain(), "options": options(1)}
    both = {"type": "static_select", "options": options(1), "option_groups": [group]}
    wrong = f"must define either `options` or `option_groups` [json-pointer:{IN_INPUT}]"
    assert only_problem(modal(asking(both))) == wrong
    assert only_problem(modal(asking({"type": "static_select"}))) == wrong


def test_a_section_says_something() -> None:
    assert only_problem(modal({"type": "section"})) == (
        "must define either `fields` or `text` [json-pointer:/view/blocks/0]"
    )


PLAIN_ONLY = [
    (modal(title=mrkdwn()), "/view/title/type"),
    (modal({"type": "header", "text": mrkdwn()}), "/view/blocks/0/text/type"),
    (modal(asking(typed(), label=mrkdwn())), "/view/blocks/0/label/type"),
    (modal(asking(typed(), hint=mrkdwn())), "/view/blocks/0/hint/type"),
    (modal(section(accessory=button(text=mrkdwn()))), "/view/blocks/0/accessory/text/type"),
    (modal(asking(typed(placeholder=mrkdwn()))), f"{IN_INPUT}/placeholder/type"),
    (
        modal(asking({"type": "static_select", "options": [option() | {"text": mrkdwn()}]})),
        f"{IN_INPUT}/options/0/text/type",
    ),
]


@pytest.mark.parametrize(("view", "pointer"), PLAIN_ONLY)
def test_where_only_plain_text_stands(view: Json, pointer: str) -> None:
    assert only_problem(view) == f"unsupported type: mrkdwn [json-pointer:{pointer}]"


@pytest.mark.parametrize("kind", ["radio_buttons", "checkboxes"])
def test_choices_may_be_mrkdwn(kind: str) -> None:
    offered = [option() | {"text": mrkdwn(), "description": mrkdwn()}]
    assert problems(modal(asking({"type": kind, "options": offered}))) == []


def test_where_two_kinds_of_text_are_allowed_slack_says_first_that_none_matched() -> None:
    assert problems(modal(section(text=mrkdwn("x" * 3001))))[1:] == [
        "failed to match all allowed schemas [json-pointer:/view/blocks/0/text]",
        "must be less than 3001 characters [json-pointer:/view/blocks/0/text/text]",
    ]


@pytest.mark.parametrize("view", [None, [], "text", 3])
def test_a_view_is_an_object(view: object) -> None:
    assert only_problem(view) == "must provide an object [json-pointer:/view]"


def test_a_view_of_another_kind_is_unsupported() -> None:
    assert only_problem(home()) == "unsupported type: home [json-pointer:/view/type]"
    assert only_problem(modal(), kind="home") == "unsupported type: modal [json-pointer:/view/type]"


WRONG_VALUES = [
    modal(clear_on_close="yes"),
    modal(private_metadata={"a": 1}),
    modal(section(text="text")),
    modal(section(accessory=button(style="default"))),
    modal(asking(typed(max_length="5"))),
    modal(asking(typed(max_length=True))),
    modal(asking(typed(), optional="no")),
    modal(asking({"type": "datepicker", "initial_date": "2023-02-29"})),
    modal(asking({"type": "datepicker", "initial_date": "29.02.2024"})),
    modal(asking({"type": "users_select", "initial_user": "ana"})),
    modal(asking({"type": "number_input", "is_decimal_allowed": True, "initial_value": "two"})),
    modal(asking({"type": "number_input", "is_decimal_allowed": False, "initial_value": "2.5"})),
    modal(asking({"type": "number_input", "is_decimal_allowed": True, "min_value": "3", "max_value": "2"})),
    modal(
        asking({"type": "number_input", "is_decimal_allowed": True, "min_value": "3", "initial_value": "2"})
    ),
    modal(asking(typed(dispatch_action_config={"trigger_actions_on": ["on_blur"]}))),
    modal(section(accessory={"type": "multi_static_select", "options": options(1), "max_selected_items": 0})),
]


@pytest.mark.parametrize("view", WRONG_VALUES)
def test_a_value_of_the_wrong_kind_is_refused(view: Json) -> None:
    assert problems(view)


RICH: Json = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "Zoë *not bold* ", "style": {"bold": True}},
                {"type": "link", "url": "mailto:zoe@example.com", "text": "zoe@example.com"},
                {"type": "emoji", "name": "wave"},
                {"type": "user", "user_id": "U0ANA"},
                {"type": "channel", "channel_id": "C0FRONT"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "bullet",
            "indent": 1,
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]}],
        },
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "said"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "code"}]},
    ],
}


def test_rich_text_is_known() -> None:
    assert problems(modal(RICH)) == []
    assert message_problems([RICH]) == []


UNSOUND_RICH = [
    {"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]},
    {"type": "rich_text_section", "elements": [{"type": "text", "text": "x", "style": {"loud": True}}]},
    {"type": "rich_text_section", "elements": [{"type": "date", "timestamp": 1}]},
    {"type": "rich_text_list", "style": "dashes", "elements": []},
    {"type": "rich_text_list", "style": "bullet", "elements": [{"type": "text", "text": "x"}]},
    {"type": "rich_text_quote"},
    {"type": "text", "text": "x"},
]


@pytest.mark.parametrize("element", UNSOUND_RICH)
def test_unsound_rich_text_is_refused(element: Json) -> None:
    assert problems(modal({"type": "rich_text", "elements": [element]}))
