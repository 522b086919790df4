"""Two people's edits of one form: what the later one changed stays, everything else is as stored by now."""

from dataclasses import fields, is_dataclass, replace
from enum import StrEnum
from typing import TypeVar

Given = TypeVar("Given")
Ticked = TypeVar("Ticked", bound=StrEnum)


def merged(typed: Given, *, opened: Given, stored: Given, whole: tuple[type, ...] = ()) -> Given:
    """Return what a form says, field by field.

    Args:
        typed: what stands in it.
        opened: what it was opened with.
        stored: what is stored now.
        whole: kinds of values that belong together, and are not merged field by field.
    """
    values: dict[str, object] = {}
    for field in fields(typed):  # type: ignore[arg-type] # what forms say is a dataclass
        mine, before, now = (getattr(each, field.name) for each in (typed, opened, stored))
        if is_dataclass(mine) and type(mine) not in whole and type(mine) is type(now):
            values[field.name] = merged(mine, opened=before, stored=now, whole=whole)
        else:
            values[field.name] = now if mine == before else mine
    return replace(typed, **values)  # type: ignore[type-var] # the same


def merged_ticks(
    typed: tuple[Ticked, ...], *, opened: tuple[Ticked, ...], stored: tuple[Ticked, ...]
) -> tuple[Ticked, ...]:
    """Return which boxes are ticked: those stored, with what was ticked and unticked in the form."""
    added, taken = set(typed) - set(opened), set(opened) - set(typed)
    kept = (set(stored) | added) - taken
    return tuple(each for each in type(next(iter(kept))) if each in kept) if kept else ()
