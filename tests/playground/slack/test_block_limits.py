"""Each limit of Block Kit: so much is accepted, one more is refused, and the pointer says where."""

from collections.abc import Callable

import pytest

from bot.playground.slack.block_kit import message_problems, suggestion_problems, view_problems
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

LESS = "must be less than {over} characters"
MORE_ITEMS = "no more than {limit} items allowed"


def x(count: int) -> str:
    return "x" * count


def in_section(element: Json) -> Json:
    return modal(section(accessory=element))


def in_actions(*elements: Json) -> Json:
    return modal({"type": "actions", "elements": list(elements)})


def in_input(element: Json) -> Json:
    return modal(asking(element))


def confirming(**fields: object) -> Json:
    whole = {
        "title": plain("Sure?"),
        "text": plain("Really?"),
        "confirm": plain("Yes"),
        "deny": plain("No"),
    }
    return in_section(button(confirm=whole | fields))


def select(**fields: object) -> Json:
    return {"type": "static_select", **({"options": options(1)} | fields)}


def choices(kind: str, count: int) -> Json:
    return {"type": kind, "options": options(count)}


def groups(count: int, label: str = "group") -> list[Json]:
    return [{"label": plain(label), "options": options(1)} for _ in range(count)]


IN_SECTION = "/view/blocks/0/accessory"
IN_INPUT = "/view/blocks/0/element"
LONGEST = [
    ("modal title", 24, lambda n: modal(title=plain(x(n))), "/view/title/text"),
    ("modal submit", 24, lambda n: modal(submit=plain(x(n))), "/view/submit/text"),
    ("modal close", 24, lambda n: modal(close=plain(x(n))), "/view/close/text"),
    ("private_metadata", 3000, lambda n: modal(private_metadata=x(n)), "/view/private_metadata"),
    ("callback_id", 255, lambda n: modal(callback_id=x(n)), "/view/callback_id"),
    ("external_id", 255, lambda n: modal(external_id=x(n)), "/view/external_id"),
    ("block_id", 255, lambda n: modal(section(block_id=x(n))), "/view/blocks/0/block_id"),
    ("action_id", 255, lambda n: in_section(button(action_id=x(n))), f"{IN_SECTION}/action_id"),
    ("header", 150, lambda n: modal({"type": "header", "text": plain(x(n))}), "/view/blocks/0/text/text"),
    ("section text", 3000, lambda n: modal(section(text=mrkdwn(x(n)))), "/view/blocks/0/text/text"),
    ("field", 2000, lambda n: modal(section(fields=[plain(x(n))])), "/view/blocks/0/fields/0/text"),
    (
        "context text",
        3000,
        lambda n: modal({"type": "context", "elements": [plain(x(n))]}),
        "/view/blocks/0/elements/0/text",
    ),
    ("button text", 75, lambda n: in_section(button(text=plain(x(n)))), f"{IN_SECTION}/text/text"),
    ("button value", 2000, lambda n: in_section(button(value=x(n))), f"{IN_SECTION}/value"),
    ("button url", 3000, lambda n: in_section(button(url=x(n))), f"{IN_SECTION}/url"),
    (
        "accessibility_label",
        75,
        lambda n: in_section(button(accessibility_label=x(n))),
        f"{IN_SECTION}/accessibility_label",
    ),
    (
        "option text",
        75,
        lambda n: in_input(select(options=[option(text=x(n))])),
        f"{IN_INPUT}/options/0/text/text",
    ),
    ("option value", 150, lambda n: in_input(select(options=[option(x(n))])), f"{IN_INPUT}/options/0/value"),
    (
        "option description",
        75,
        lambda n: in_input(select(options=[option() | {"description": plain(x(n))}])),
        f"{IN_INPUT}/options/0/description/text",
    ),
    (
        "overflow url",
        3000,
        lambda n: in_section({"type": "overflow", "options": [option() | {"url": x(n)}]}),
        f"{IN_SECTION}/options/0/url",
    ),
    (
        "group label",
        75,
        lambda n: in_input({"type": "static_select", "option_groups": groups(1, x(n))}),
        f"{IN_INPUT}/option_groups/0/label/text",
    ),
    ("placeholder", 150, lambda n: in_input(typed(placeholder=plain(x(n)))), f"{IN_INPUT}/placeholder/text"),
    ("initial_value", 3000, lambda n: in_input(typed(initial_value=x(n))), f"{IN_INPUT}/initial_value"),
    (
        "initial_value within max_length",
        7,
        lambda n: in_input(typed(initial_value=x(n), max_length=7)),
        f"{IN_INPUT}/initial_value",
    ),
    ("label", 2000, lambda n: modal(asking(typed(), label=plain(x(n)))), "/view/blocks/0/label/text"),
    ("hint", 2000, lambda n: modal(asking(typed(), hint=plain(x(n)))), "/view/blocks/0/hint/text"),
    ("confirm title", 100, lambda n: confirming(title=plain(x(n))), f"{IN_SECTION}/confirm/title/text"),
    ("confirm text", 300, lambda n: confirming(text=mrkdwn(x(n))), f"{IN_SECTION}/confirm/text/text"),
    ("confirm confirm", 30, lambda n: confirming(confirm=plain(x(n))), f"{IN_SECTION}/confirm/confirm/text"),
    ("confirm deny", 30, lambda n: confirming(deny=plain(x(n))), f"{IN_SECTION}/confirm/deny/text"),
]
MOST = [
    ("blocks of a modal", 100, lambda n: modal(*[section()] * n), "/view/blocks"),
    ("blocks of Home", 100, lambda n: home(*[section()] * n), "/view/blocks"),
    ("fields", 10, lambda n: modal(section(fields=[plain()] * n)), "/view/blocks/0/fields"),
    (
        "context elements",
        10,
        lambda n: modal({"type": "context", "elements": [plain()] * n}),
        "/view/blocks/0/elements",
    ),
    ("actions elements", 25, lambda n: in_actions(*[button()] * n), "/view/blocks/0/elements"),
    ("overflow options", 5, lambda n: in_section(choices("overflow", n)), f"{IN_SECTION}/options"),
    ("checkboxes", 10, lambda n: in_input(choices("checkboxes", n)), f"{IN_INPUT}/options"),
    ("radio buttons", 10, lambda n: in_input(choices("radio_buttons", n)), f"{IN_INPUT}/options"),
    ("select options", 100, lambda n: in_input(choices("static_select", n)), f"{IN_INPUT}/options"),
    (
        "multi-select options",
        100,
        lambda n: in_input(choices("multi_static_select", n)),
        f"{IN_INPUT}/options",
    ),
    (
        "option groups",
        100,
        lambda n: in_input({"type": "static_select", "option_groups": groups(n)}),
        f"{IN_INPUT}/option_groups",
    ),
    (
        "options of a group",
        100,
        lambda n: in_input(
            {"type": "static_select", "option_groups": [{"label": plain(), "options": options(n)}]}
        ),
        f"{IN_INPUT}/option_groups/0/options",
    ),
]
Build = Callable[[int], Json]


def problems(view: Json) -> list[str]:
    return [str(problem) for problem in view_problems(view, kind=view["type"])]


@pytest.mark.parametrize(
    ("limit", "build", "pointer"), [row[1:] for row in LONGEST], ids=[r[0] for r in LONGEST]
)
def test_a_text_may_be_as_long_as_its_limit_and_no_longer(limit: int, build: Build, pointer: str) -> None:
    assert problems(build(limit)) == []
    assert f"{LESS.format(over=limit + 1)} [json-pointer:{pointer}]" in problems(build(limit + 1))


@pytest.mark.parametrize(("limit", "build", "pointer"), [row[1:] for row in MOST], ids=[r[0] for r in MOST])
def test_a_list_may_hold_as_many_as_its_limit_and_no_more(limit: int, build: Build, pointer: str) -> None:
    assert problems(build(limit)) == []
    assert f"{MORE_ITEMS.format(limit=limit)} [json-pointer:{pointer}]" in problems(build(limit + 1))


def test_a_message_holds_fifty_blocks() -> None:
    assert message_problems([section()] * 50) == []
    assert [str(problem) for problem in message_problems([section()] * 51)] == [
        "no more than 50 items allowed [json-pointer:/blocks]"
    ]


@pytest.mark.parametrize("name", ["options", "option_groups"])
def test_a_type_ahead_answers_with_a_hundred(name: str) -> None:
    offered = {"options": options, "option_groups": groups}[name]
    assert suggestion_problems({name: offered(100)}) == []
    assert [str(problem) for problem in suggestion_problems({name: offered(101)})] == [
        f"no more than 100 items allowed [json-pointer:/{name}]"
    ]


def test_a_type_ahead_may_find_nothing() -> None:
    assert suggestion_problems({"options": []}) == []


@pytest.mark.parametrize("answer", [{}, {"options": [], "option_groups": []}, {"options": [option("")]}, []])
def test_an_unsound_answer_to_a_type_ahead_is_refused(answer: object) -> None:
    assert suggestion_problems(answer)


@pytest.mark.parametrize(
    ("fields", "sound"),
    [
        ({"min_length": 0, "max_length": 3000}, True),
        ({"min_length": 3000}, True),
        ({"max_length": 1}, True),
        ({"min_length": -1}, False),
        ({"min_length": 3001}, False),
        ({"max_length": 0}, False),
        ({"max_length": 3001}, False),
        ({"min_length": 5, "max_length": 4}, False),
    ],
)
def test_the_lengths_of_a_text_input(fields: Json, *, sound: bool) -> None:
    assert (problems(in_input(typed(**fields))) == []) is sound


EMPTY = [
    modal(section(text=plain(""))),
    modal(section(text=mrkdwn(""))),
    modal(section(block_id="")),
    modal(section(fields=[])),
    modal({"type": "context", "elements": []}),
    modal({"type": "header", "text": plain("")}),
    in_actions(),
    in_section(choices("overflow", 0)),
    in_input(choices("radio_buttons", 0)),
    in_input(choices("checkboxes", 0)),
    in_input(choices("static_select", 0)),
    in_input(select(options=[option("")])),
    in_input(select(options=[option(text="")])),
    in_section(button(value="")),
    in_section(button(action_id="")),
    modal(title=plain("")),
]


@pytest.mark.parametrize("view", EMPTY)
def test_what_may_not_be_empty(view: Json) -> None:
    assert problems(view)


def test_a_message_may_have_no_blocks_and_a_view_neither() -> None:
    assert message_problems([]) == []
    assert problems(home()) == []
    assert problems(modal()) == []
