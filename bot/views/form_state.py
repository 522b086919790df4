"""What a person typed and chose in a form, read from `view.state.values`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

_USER_ID = re.compile(r"[UW][A-Z0-9]{1,39}")
"""Slack's ids of people; those of an org begin with W."""

Offered = TypeVar("Offered", bound=StrEnum)


def member_of(offered: type[Offered], value: str | None) -> Offered | None:
    """Return the member with this value; a value that is not offered reads as nothing chosen."""
    return next((member for member in offered if member == value), None)


@dataclass(frozen=True, slots=True)
class FormState:
    """The values of the inputs by block id. A block that is absent or of another shape reads as empty."""

    values: Mapping[str, object] = field(default_factory=dict)

    def has(self, block_id: str) -> bool:
        """Say whether the form has this block at all."""
        return block_id in self.values

    def text(self, block_id: str) -> str:
        """Return what was typed."""
        value = self._entry(block_id).get("value")
        return value if isinstance(value, str) else ""

    def chosen(self, block_id: str) -> str | None:
        """Return the value of the chosen option of a select or radio group."""
        return _value(self._entry(block_id).get("selected_option"))

    def option(self, block_id: str) -> Mapping[str, object] | None:
        """Return the chosen option of a type-ahead, with the text that stood in it."""
        option = self._entry(block_id).get("selected_option")
        return option if isinstance(option, Mapping) else None

    def ticked(self, block_id: str) -> tuple[str, ...]:
        """Return the values of the ticked checkboxes."""
        options = self._entry(block_id).get("selected_options")
        if not isinstance(options, list):
            return ()
        return tuple(value for value in map(_value, options) if value is not None)

    def day(self, block_id: str) -> date | None:
        """Return the picked date."""
        value = self._entry(block_id).get("selected_date")
        try:
            return date.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            return None

    def user(self, block_id: str) -> str | None:
        """Return the id of the person who was picked; what cannot be an id reads as nobody."""
        return _user(self._entry(block_id).get("selected_user"))

    def users(self, block_id: str) -> tuple[str, ...]:
        """Return the ids of the people who were picked."""
        picked = self._entry(block_id).get("selected_users")
        found = map(_user, picked) if isinstance(picked, list) else ()
        return tuple(user for user in found if user is not None)

    def _entry(self, block_id: str) -> Mapping[str, object]:
        block = self.values.get(block_id)
        if not isinstance(block, Mapping):
            return {}
        entry = next(iter(block.values()), None)
        return entry if isinstance(entry, Mapping) else {}


def _value(option: object) -> str | None:
    value = option.get("value") if isinstance(option, Mapping) else None
    return value if isinstance(value, str) else None


def _user(value: object) -> str | None:
    return value if isinstance(value, str) and _USER_ID.fullmatch(value) else None
