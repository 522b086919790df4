"""The words in which the specification of Block Kit is written.

A rule says what a value must be; asked about a value it yields the problems it finds, each with the sentence
Slack uses and the JSON pointer to the place.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing Slack refuses, and where."""

    message: str
    pointer: str

    def __str__(self) -> str:
        return f"{self.message} [json-pointer:{self.pointer}]"


Problems = Iterator[Problem]


class Rule(Protocol):
    """What a value must be."""

    def problems(self, value: object, pointer: str) -> Problems:
        """Yield what is wrong with the value found at the pointer."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class String:
    """A string between two lengths in characters (both included), one of the choices, or like the pattern."""

    minimum: int = 0
    maximum: int | None = None
    choices: tuple[str, ...] = ()
    pattern: str = ""
    pattern_says: str = "must match the required pattern"

    def problems(self, value: object, pointer: str) -> Problems:
        """Yield what is wrong with the string."""
        if not isinstance(value, str):
            yield Problem("must be a string", pointer)
            return
        if len(value) < self.minimum:
            yield Problem(f"must be more than {self.minimum - 1} characters", pointer)
        if self.maximum is not None and len(value) > self.maximum:
            yield Problem(f"must be less than {self.maximum + 1} characters", pointer)
        if self.choices and value not in self.choices:
            yield Problem(f"must be one of: {', '.join(self.choices)}", pointer)
        if self.pattern and not re.fullmatch(self.pattern, value):
            yield Problem(self.pattern_says, pointer)


@dataclass(frozen=True, slots=True)
class Boolean:
    """True or false."""

    def problems(self, value: object, pointer: str) -> Problems:
        """Yield a problem unless the value is a boolean."""
        if not isinstance(value, bool):
            yield Problem("must be a boolean", pointer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Integer:
    """A whole number between two bounds, both included."""

    minimum: int
    maximum: int | None = None

    def problems(self, value: object, pointer: str) -> Problems:
        """Yield what is wrong with the number."""
        if not isinstance(value, int) or isinstance(value, bool):
            yield Problem("must be an integer", pointer)
        elif value < self.minimum:
            yield Problem(f"must be greater than {self.minimum - 1}", pointer)
        elif self.maximum is not None and value > self.maximum:
            yield Problem(f"must be less than {self.maximum + 1}", pointer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A list of so many items, each after the same rule."""

    item: Rule
    minimum: int = 0
    maximum: int | None = None

    def problems(self, value: object, pointer: str) -> Problems:
        """Yield what is wrong with the list, then with each of its items."""
        if not isinstance(value, list):
            yield Problem("must be an array", pointer)
            return
        if len(value) < self.minimum:
            yield Problem(f"no fewer than {self.minimum} items allowed", pointer)
        if self.maximum is not None and len(value) > self.maximum:
            yield Problem(f"no more than {self.maximum} items allowed", pointer)
        for index, item in enumerate(value):
            yield from self.item.problems(item, f"{pointer}/{index}")


Check = Callable[[dict[str, Any], str], Problems]
"""A rule that looks at several fields of an object; it runs only when each field is right by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """An object with these fields and no others."""

    required: Mapping[str, Rule] = field(default_factory=dict)
    optional: Mapping[str, Rule] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()

    def problems(self, value: object, pointer: str) -> Problems:
        """Yield what is wrong with the object: its fields one by one, then the checks across them."""
        if not isinstance(value, dict):
            yield Problem("must provide an object", pointer)
            return
        sound = True
        for problem in self._field_problems(value, pointer):
            sound = False
            yield problem
        if sound:
            for check in self.checks:
                yield from check(value, pointer)

    def _field_problems(self, value: dict[str, Any], pointer: str) -> Problems:
        for name in self.required:
            if name not in value:
                yield Problem(f"missing required field: {name}", pointer)
        for name, content in value.items():
            rule = self.required.get(name) or self.optional.get(name)
            if rule is not None:
                yield from rule.problems(content, f"{pointer}/{name}")
            elif name != "type":
                yield Problem(f"invalid additional property: {name}", pointer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinds:
    """An object whose `type` names one of these shapes."""

    shapes: Mapping[str, Shape]
    alternatives: bool = False
    """Whether Slack says first that no allowed schema matched, as where a text may be of two kinds."""

    def problems(self, value: object, pointer: str) -> Problems:
        """Yield what is wrong with the object, after the shape its `type` names."""
        found = list(self._inner_problems(value, pointer))
        if found and self.alternatives:
            yield Problem("failed to match all allowed schemas", pointer)
        yield from found

    def _inner_problems(self, value: object, pointer: str) -> Problems:
        if not isinstance(value, dict):
            yield Problem("must provide an object", pointer)
        elif "type" not in value:
            yield Problem("missing required field: type", pointer)
        elif not isinstance(value["type"], str) or value["type"] not in self.shapes:
            yield Problem(f"unsupported type: {value['type']}", f"{pointer}/type")
        else:
            yield from self.shapes[value["type"]].problems(value, pointer)

    def only(self, *names: str) -> "Kinds":
        """Narrow to some of the kinds, for a place that takes only these."""
        return Kinds(shapes={name: self.shapes[name] for name in names}, alternatives=self.alternatives)
