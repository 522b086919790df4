"""The rules of Block Kit that look at more than one field of an object."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.playground.slack.block_kit.rules import Check, Problem, Problems


def at_least_one(*names: str) -> Check:
    """One of the fields must be there."""
    words = " or ".join(f"`{name}`" for name in names)

    def check(value: dict[str, Any], pointer: str) -> Problems:
        if not any(name in value for name in names):
            yield Problem(f"must define either {words}", pointer)

    return check


def exactly_one(first: str, second: str) -> Check:
    """One of the two fields must be there, and not both."""

    def check(value: dict[str, Any], pointer: str) -> Problems:
        if (first in value) == (second in value):
            yield Problem(f"must define either `{first}` or `{second}`", pointer)

    return check


def options_of(element: dict[str, Any]) -> Sequence[dict[str, Any]]:
    """All options of a select, also those within groups."""
    groups = element.get("option_groups") or [element]
    return [option for group in groups for option in group.get("options", [])]


def initial_option_offered(value: dict[str, Any], pointer: str) -> Problems:
    """`initial_option` must equal one of the options exactly."""
    if "initial_option" in value and value["initial_option"] not in options_of(value):
        yield Problem("must match one of the provided options", f"{pointer}/initial_option")


def initial_options_offered(value: dict[str, Any], pointer: str) -> Problems:
    """Each of `initial_options` must equal one of the options exactly."""
    for index, option in enumerate(value.get("initial_options", [])):
        if option not in options_of(value):
            yield Problem("must match one of the provided options", f"{pointer}/initial_options/{index}")


def lengths_in_order(value: dict[str, Any], pointer: str) -> Problems:
    """`min_length` may not exceed `max_length`, and the initial value may not exceed `max_length`."""
    longest = value.get("max_length", 3000)
    if value.get("min_length", 0) > longest:
        yield Problem("must be less than or equal to `max_length`", f"{pointer}/min_length")
    if len(value.get("initial_value", "")) > longest:
        yield Problem(f"must be less than {longest + 1} characters", f"{pointer}/initial_value")


def numbers_in_order(value: dict[str, Any], pointer: str) -> Problems:
    """The bounds and the initial value of a number input must be numbers, in order."""
    numbers: dict[str, Decimal] = {}
    for name in ("min_value", "max_value", "initial_value"):
        if name not in value:
            continue
        number = decimal(value[name])
        if number is None or (not value["is_decimal_allowed"] and number != number.to_integral_value()):
            yield Problem("must be a valid number", f"{pointer}/{name}")
            return
        numbers[name] = number
    lowest, highest, initial = (numbers.get(name) for name in ("min_value", "max_value", "initial_value"))
    if lowest is not None and highest is not None and lowest > highest:
        yield Problem("must be less than or equal to `max_value`", f"{pointer}/min_value")
    if initial is not None and (
        (lowest is not None and initial < lowest) or (highest is not None and initial > highest)
    ):
        yield Problem("must be between `min_value` and `max_value`", f"{pointer}/initial_value")


def decimal(text: str) -> Decimal | None:
    """Read a number as a person types it; None when it is not one."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def initial_date_exists(value: dict[str, Any], pointer: str) -> Problems:
    """`initial_date` must be a day of the calendar, written YYYY-MM-DD."""
    if "initial_date" in value and not is_date(value["initial_date"]):
        yield Problem("must be a valid date", f"{pointer}/initial_date")


def is_date(text: str) -> bool:
    """Whether the text is a day of the calendar, written YYYY-MM-DD."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def action_ids_unique(value: dict[str, Any], pointer: str) -> Problems:
    """Within one actions block no two elements may share an action_id."""
    seen: set[str] = set()
    for index, element in enumerate(value["elements"]):
        action_id = element.get("action_id")
        if action_id in seen:
            yield Problem(f"`action_id` {action_id} already exists", f"{pointer}/elements/{index}/action_id")
        if action_id is not None:
            seen.add(action_id)
