"""Where blocks stand: messages, modals, Home, and the answer to a type-ahead."""

from collections.abc import Iterator
from typing import Any

from bot.playground.slack.block_kit.blocks import BLOCKS
from bot.playground.slack.block_kit.composition import OPTION_GROUP, SELECT_OPTION, plain
from bot.playground.slack.block_kit.rules import (
    Boolean,
    Kinds,
    Listed,
    Problem,
    Problems,
    Rule,
    Shape,
    String,
)

MOST_BLOCKS_IN_MESSAGE = 50
MOST_BLOCKS_IN_VIEW = 100


def elements_of(block: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the interactive elements of a block, each with its pointer below the block."""
    if block["type"] == "actions":
        for index, element in enumerate(block["elements"]):
            yield f"/elements/{index}", element
    elif block["type"] == "section" and "accessory" in block:
        yield "/accessory", block["accessory"]
    elif block["type"] == "input":
        yield "/element", block["element"]


def _block_ids_unique(blocks: list[dict[str, Any]], pointer: str) -> Problems:
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id in seen:
            yield Problem(f"`block_id` {block_id} already exists", f"{pointer}/{index}/block_id")
        if block_id is not None:
            seen.add(block_id)


def _one_focus(blocks: list[dict[str, Any]], pointer: str) -> Problems:
    focused = [
        f"{pointer}/{index}{below}"
        for index, block in enumerate(blocks)
        for below, element in elements_of(block)
        if element.get("focus_on_load")
    ]
    for place in focused[1:]:
        yield Problem("only one element can have `focus_on_load` set to true", f"{place}/focus_on_load")


def _view_checks(view: dict[str, Any], pointer: str) -> Problems:
    yield from _block_ids_unique(view["blocks"], f"{pointer}/blocks")
    yield from _one_focus(view["blocks"], f"{pointer}/blocks")


def _submit_for_inputs(view: dict[str, Any], pointer: str) -> Problems:
    if "submit" not in view and any(block["type"] == "input" for block in view["blocks"]):
        yield Problem("missing required field: submit", pointer)


_VIEW_BLOCKS = Listed(item=BLOCKS, maximum=MOST_BLOCKS_IN_VIEW)
_VIEW_WORDS: dict[str, Rule] = {
    "private_metadata": String(maximum=3000),
    "callback_id": String(maximum=255),
    "external_id": String(maximum=255),
}

MODAL = Shape(
    required={"title": plain(24), "blocks": _VIEW_BLOCKS},
    optional={
        **_VIEW_WORDS,
        "submit": plain(24),
        "close": plain(24),
        "clear_on_close": Boolean(),
        "notify_on_close": Boolean(),
    },
    checks=(_view_checks, _submit_for_inputs),
)
HOME = Shape(required={"blocks": _VIEW_BLOCKS}, optional=_VIEW_WORDS, checks=(_view_checks,))
_VIEWS = {"modal": MODAL, "home": HOME}
_MESSAGE_BLOCKS = Listed(item=BLOCKS, maximum=MOST_BLOCKS_IN_MESSAGE)
_SUGGESTION = Shape(
    optional={
        "options": Listed(item=SELECT_OPTION, maximum=100),
        "option_groups": Listed(item=OPTION_GROUP, maximum=100),
    }
)


def view_problems(view: object, *, kind: str) -> list[Problem]:
    """What Slack refuses in a view of this kind ("modal" or "home"); empty when it is sound."""
    found = list(Kinds(shapes={kind: _VIEWS[kind]}).problems(view, "/view"))
    return [Problem("failed to match all allowed schemas", "/view"), *found] if found else []


def message_problems(blocks: object) -> list[Problem]:
    """What Slack refuses in the blocks of a message; empty when they are sound."""
    found = list(_MESSAGE_BLOCKS.problems(blocks, "/blocks"))
    if not found and isinstance(blocks, list):
        found = [*_block_ids_unique(blocks, "/blocks"), *_one_focus(blocks, "/blocks")]
    return found


def suggestion_problems(answer: object) -> list[Problem]:
    """What Slack refuses in the answer to a type-ahead; an empty list of options is legal."""
    found = list(_SUGGESTION.problems(answer, ""))
    if not found and isinstance(answer, dict) and ("options" in answer) == ("option_groups" in answer):
        found = [Problem("must define either `options` or `option_groups`", "")]
    return found
