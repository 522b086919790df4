"""The lists of names, and drawing from them without giving one name to two people."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib import resources
from random import Random

from bot.domain.folding import fold

_FILE = "names.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Names that go together, and how many of a hundred families have them."""

    language: str
    share: int
    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[str, ...]


@cache
def origins() -> tuple[Origin, ...]:
    """Return every list of names."""
    text = resources.files("bot.playground.practice").joinpath(_FILE).read_text(encoding="utf-8")
    return tuple(
        Origin(
            language=entry["language"],
            share=entry["share"],
            women=tuple(entry["women"]),
            men=tuple(entry["men"]),
            surnames=tuple(entry["surnames"]),
        )
        for entry in tomllib.loads(text)["origin"]
    )


class Hat:
    """Names are drawn from it; no two people whom it names have the same first and last name."""

    def __init__(self, dice: Random, taken: Collection[tuple[str, str]] = ()) -> None:
        self._dice = dice
        self._taken = {_as_found(*name) for name in taken}

    def origin(self) -> Origin:
        """Draw the origin of a family."""
        every = origins()
        return self._dice.choices(every, weights=[origin.share for origin in every])[0]

    def surname(self, origin: Origin) -> str:
        """Draw the surname of a family."""
        return self._dice.choice(origin.surnames)

    def first_name(self, origin: Origin, surname: str, *, is_woman: bool) -> str:
        """Draw a first name that nobody with this surname has, with a second one where all are given."""
        names = origin.women if is_woman else origin.men
        free = [name for name in names if _as_found(name, surname) not in self._taken]
        if free:
            drawn = self._dice.choice(free)
        else:
            pairs = [f"{one} {two}" for one in names for two in names if one != two]
            drawn = self._dice.choice([pair for pair in pairs if _as_found(pair, surname) not in self._taken])
        self._taken.add(_as_found(drawn, surname))
        return drawn


def _as_found(first_name: str, last_name: str) -> str:
    return fold(f"{first_name} {last_name}")
