"""What a person has typed and chosen: the `state.values` of a view or a message.

The rules here are those of Slack's client: initial values count as if typed; what was typed stays when a
view is updated as long as block_id, action_id and type stay; required, e-mail, number and length are checked
before a form is sent. The page and the tests' driver both rely on them, so that they behave alike.
"""

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.playground.slack.block_kit.checks import decimal, is_date, options_of
from bot.playground.slack.block_kit.surfaces import elements_of
from bot.playground.slack.wire import Json

REQUIRED = "Please complete this required field."
NOT_AN_EMAIL = "Enter an e-mail address, such as name@example.com."
NOT_A_NUMBER = "Enter a number."
NOT_WHOLE = "Enter a whole number."
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


@dataclass(frozen=True, slots=True)
class Field:
    """Where an element keeps what was chosen, and from where it starts."""

    key: str
    initial: str
    many: bool = False


STATEFUL = {
    "plain_text_input": Field("value", "initial_value"),
    "email_text_input": Field("value", "initial_value"),
    "number_input": Field("value", "initial_value"),
    "static_select": Field("selected_option", "initial_option"),
    "external_select": Field("selected_option", "initial_option"),
    "radio_buttons": Field("selected_option", "initial_option"),
    "multi_static_select": Field("selected_options", "initial_options", many=True),
    "checkboxes": Field("selected_options", "initial_options", many=True),
    "datepicker": Field("selected_date", "initial_date"),
    "users_select": Field("selected_user", "initial_user"),
    "multi_users_select": Field("selected_users", "initial_users", many=True),
}
"""The elements that keep a value. A button and an overflow menu keep none."""


def stateful_elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield each element that keeps a value, with its block."""
    for block in blocks:
        for _, element in elements_of(block):
            if element["type"] in STATEFUL:
                yield block, element


def find_element(blocks: list[Json], block_id: str, action_id: str) -> tuple[Json, Json] | None:
    """Find an interactive element by its two ids, with its block."""
    for block in blocks:
        if block.get("block_id") == block_id:
            for _, element in elements_of(block):
                if element.get("action_id") == action_id:
                    return block, element
    return None


def initial_values(blocks: list[Json]) -> Json:
    """Build the values of a surface that nobody has touched."""
    values: Json = {}
    for block, element in stateful_elements(blocks):
        field = STATEFUL[element["type"]]
        start = copy.deepcopy(element.get(field.initial, [] if field.many else None))
        entry = {"type": element["type"], field.key: start or ([] if field.many else None)}
        values.setdefault(block["block_id"], {})[element["action_id"]] = entry
    return values


def carried_over(blocks: list[Json], before: Json) -> Json:
    """Build the values of an updated surface: what stood in an element with the same ids and type stays.

    A choice that is no longer offered falls back to the initial value.
    """
    values = initial_values(blocks)
    return with_reported(blocks, values, before)


def with_reported(blocks: list[Json], values: Json, reported: object) -> Json:
    """Lay what the client reports over the values; what does not fit an element is left out."""
    merged = copy.deepcopy(values)
    if not isinstance(reported, dict):
        return merged
    for block, element in stateful_elements(blocks):
        entry = _entry(reported, block["block_id"], element["action_id"])
        if entry is None or entry.get("type", element["type"]) != element["type"]:
            continue
        accepted = accepted_value(element, entry.get(STATEFUL[element["type"]].key))
        if accepted is not _UNFIT:
            key = STATEFUL[element["type"]].key
            merged[block["block_id"]][element["action_id"]] = {"type": element["type"], key: accepted}
    return merged


def _entry(reported: dict[str, Any], block_id: str, action_id: str) -> dict[str, Any] | None:
    actions = reported.get(block_id)
    entry = actions.get(action_id) if isinstance(actions, dict) else None
    return entry if isinstance(entry, dict) else None


_UNFIT = object()


def accepted_value(element: Json, value: object) -> object:
    """Take a value as the element would hold it; an object that is nothing else when it does not fit."""
    kind = element["type"]
    if STATEFUL[kind].many:
        return _accepted_values(element, value) if isinstance(value, list) else _UNFIT
    if value is None or value == "":
        return None
    if kind in ("static_select", "radio_buttons"):
        chosen = _option_values([value])
        return next((option for option in options_of(element) if option["value"] in chosen), _UNFIT)
    if kind == "external_select":
        return copy.deepcopy(value) if isinstance(value, dict) and "value" in value else _UNFIT
    return value if isinstance(value, str) else _UNFIT


def _accepted_values(element: Json, values: list[object]) -> list[object]:
    if element["type"] == "multi_users_select":
        return [user for user in values if isinstance(user, str)]
    return [option for option in options_of(element) if option["value"] in _option_values(values)]


def fits(element: Json, value: object) -> bool:
    """Whether the element can hold the value."""
    return accepted_value(element, value) is not _UNFIT


def _option_values(options: list[object]) -> set[str]:
    return {str(option["value"]) for option in options if isinstance(option, dict) and "value" in option}


def complaints(blocks: list[Json], values: Json) -> dict[str, str]:
    """What the client says under the fields before it sends a form; empty when the form can go."""
    found: dict[str, str] = {}
    for block in blocks:
        if block["type"] == "input" and block["element"]["type"] in STATEFUL:
            element = block["element"]
            entry = values[block["block_id"]][element["action_id"]]
            complaint = _complaint(element, entry[STATEFUL[element["type"]].key], optional=block["optional"])
            if complaint is not None:
                found[block["block_id"]] = complaint
    return found


def _complaint(element: Json, value: Any, *, optional: bool) -> str | None:  # noqa: ANN401 - a value of any element
    if value in (None, "", []) or (isinstance(value, str) and not value.strip()):
        return None if optional else REQUIRED
    check = _CHECKS.get(element["type"])
    return check(element, value) if check is not None else None


def _email_complaint(_element: Json, value: str) -> str | None:
    return None if _EMAIL.fullmatch(value.strip()) else NOT_AN_EMAIL


def _length_complaint(element: Json, value: str) -> str | None:
    shortest, longest = element.get("min_length", 0), element.get("max_length", 3000)
    if len(value) < shortest:
        return f"Enter at least {shortest} characters."
    return f"Enter at most {longest} characters." if len(value) > longest else None


def _count_complaint(element: Json, value: list[Json]) -> str | None:
    most = element.get("max_selected_items", len(value))
    return f"Choose at most {most}." if len(value) > most else None


def _number_complaint(element: Json, value: str) -> str | None:
    number = decimal(value)
    if number is None:
        return NOT_A_NUMBER
    if not element["is_decimal_allowed"] and number != number.to_integral_value():
        return NOT_WHOLE
    lowest, highest = decimal(element.get("min_value", "")), decimal(element.get("max_value", ""))
    if lowest is not None and number < lowest:
        return f"Enter a number of {element['min_value']} or more."
    if highest is not None and number > highest:
        return f"Enter a number of {element['max_value']} or less."
    return None


def _date_complaint(_element: Json, value: str) -> str | None:
    return None if is_date(value) else "Enter a date as YYYY-MM-DD."


_CHECKS: dict[str, Callable[[Json, Any], str | None]] = {
    "email_text_input": _email_complaint,
    "plain_text_input": _length_complaint,
    "number_input": _number_complaint,
    "datepicker": _date_complaint,
    "multi_static_select": _count_complaint,
    "multi_users_select": _count_complaint,
}
