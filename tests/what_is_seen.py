"""Reads blocks as a person sees them: their words, the names of fields, and what stands in these."""

import html
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from bot.playground.slack.block_kit.checks import options_of
from bot.playground.slack.block_kit.surfaces import elements_of
from bot.playground.slack.inputs import STATEFUL

Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A modal as the person has it before them."""

    title: str
    submit: str | None
    close: str | None
    text: str
    fields: dict[str, str]
    """What stands in each field, by its label; an empty text where nothing was typed or chosen."""
    buttons: list[str]
    depth: int
    """How many modals lie on the stack, this one included."""
    errors: dict[str, str] = field(default_factory=dict)
    """What stands under a field, by its label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An element, with the words by which a person would point at it."""

    block: Json
    element: Json
    names: tuple[str, ...]
    row: str
    """The words of the row it stands in."""

    @property
    def tells_at_once(self) -> bool:
        """Whether using it is told to the app before any form is sent."""
        return self.block["type"] != "input" or bool(self.block["dispatch_action"])


def words(text: Json | None) -> str:
    """Read a text object; mrkdwn writes `& < >` in its own way."""
    if text is None:
        return ""
    return html.unescape(text["text"]) if text["type"] == "mrkdwn" else str(text["text"])


def option_words(option: Json) -> str:
    """Read an option as the list shows it, with its second line."""
    second = words(option.get("description"))
    return f"{words(option['text'])} · {second}" if second else words(option["text"])


def found_in(blocks: list[Json]) -> Iterator[Found]:
    """Yield each interactive element of a surface."""
    above = ""
    for block in blocks:
        own = "\n".join(_own_words(block))
        row = own or above
        for _, element in elements_of(block):
            placeholder = words(element.get("placeholder"))
            label = words(block["label"]) if block["type"] == "input" else ""
            lines = () if label else tuple(own.splitlines())
            names = tuple(name for name in (label, *lines, placeholder, own) if name)
            yield Found(block=block, element=element, names=names, row=row)
        if own:
            above = own


def surface_text(blocks: list[Json], values: Json) -> str:
    """Read everything a person sees in these blocks, line by line."""
    lines: list[str] = []
    for block in blocks:
        lines += _own_words(block)
        for _, element in elements_of(block):
            lines += _element_lines(block, element, values)
        lines += [words(block["hint"])] if block.get("hint") else []
    return "\n".join(line for line in lines if line)


def fields_of(blocks: list[Json], values: Json) -> dict[str, str]:
    """Read what stands in each field that keeps a value, by its label or the first of its names."""
    shown: dict[str, str] = {}
    for found in found_in(blocks):
        if found.element["type"] in STATEFUL:
            name = found.names[0] if found.names else found.element["action_id"]
            shown[name] = value_words(found.element, _entry(found.block, found.element, values))
    return shown


def value_words(element: Json, entry: Json) -> str:
    """Read what was typed or chosen."""
    value = entry[STATEFUL[element["type"]].key]
    if value is None:
        return ""
    if isinstance(value, dict):
        return words(value["text"])
    if isinstance(value, list):
        # People are listed by their ids, and anything else as options.
        return ", ".join(each if isinstance(each, str) else words(each["text"]) for each in value)
    return str(value)


def _entry(block: Json, element: Json, values: Json) -> Json:
    entry: Json = values[block["block_id"]][element["action_id"]]
    return entry


def _own_words(block: Json) -> list[str]:
    match block["type"]:
        case "header":
            return [words(block["text"])]
        case "section":
            return [words(block.get("text")), *(words(text) for text in block.get("fields", []))]
        case "context":
            return [words(text) for text in block["elements"]]
        case "input":
            return [words(block["label"])]
        case "rich_text":
            return [line for element in block["elements"] for line in _rich_lines(element)]
        case _:
            return []


def _rich_lines(element: Json) -> list[str]:
    if element["type"] == "rich_text_list":
        return [line for item in element["elements"] for line in _rich_lines(item)]
    return ["".join(_inline_words(inline) for inline in element["elements"])]


def _inline_words(inline: Json) -> str:
    match inline["type"]:
        case "text":
            return str(inline["text"])
        case "link":
            return str(inline.get("text") or inline["url"])
        case "emoji":
            return f":{inline['name']}:"
        case "user":
            return f"<@{inline['user_id']}>"
        case _:
            return f"<#{inline['channel_id']}>"


def _element_lines(block: Json, element: Json, values: Json) -> list[str]:
    kind = element["type"]
    if kind == "button":
        return [words(element["text"])]
    if kind == "overflow":
        return []
    if kind in ("radio_buttons", "checkboxes"):
        return [option_words(option) for option in options_of(element)]
    value = value_words(element, _entry(block, element, values))
    return [value or words(element.get("placeholder"))]
