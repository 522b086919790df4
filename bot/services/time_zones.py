"""The time zones of the world by the cities in them, as the database of time zones lists them.

It lists each place that keeps a clock of its own, country by country, the most populous place first.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from bot.domain.folding import fold

_MIDWINTER, _MIDSUMMER = datetime(2025, 1, 15, tzinfo=UTC), datetime(2025, 7, 15, tzinfo=UTC)
"""At one of them the clocks are put forward, where they ever are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeZone:
    """A time zone.

    Attributes:
        name: "America/New_York", by which programs know it.
        city: the place that it is named for.
        country: where that is, in English; nothing for a zone of no place.
        about: which part of the country, where it has several.
    """

    name: str
    city: str
    country: str = ""
    about: str = ""


def zone_named(name: str) -> TimeZone:
    """Return the zone of a name; one that no place keeps has the name for its city."""
    return _by_name().get(name) or TimeZone(name=name, city=name)


def zones_found(text: str, *, near: str = "", limit: int) -> tuple[TimeZone, ...]:
    """Return the zones of which every word of `text` begins a word: of the place, or of its time.

    Args:
        text: what was typed, such as "new y", "germany", "pacific" or "CET".
        near: the name of a zone whose country's come first; where nothing was typed, itself before them.
        limit: how many at most.
    """
    words, here = fold(text).split(), _by_name().get(near)
    country = here.country if here else ""
    if not words:
        beside = [zone for zone in _by_name().values() if here and zone.country == country]
        return tuple(sorted(beside, key=lambda zone: zone is not here))[:limit]
    fitting = (
        _by_name()[name] for name, terms in _terms().items() if all(_begins(word, terms) for word in words)
    )
    # A place of that name comes before a country or a part of one, and what is near before what is far.
    ordered = sorted(
        fitting, key=lambda zone: (not fold(zone.city).startswith(words[0]), zone.country != country)
    )
    return tuple(ordered[:limit])


def _begins(word: str, terms: frozenset[str]) -> bool:
    return any(term.startswith(word) for term in terms)


@cache
def _by_name() -> dict[str, TimeZone]:
    countries = {row[0]: row[1] for row in _rows("iso3166.tab")}
    zones = (
        TimeZone(
            name=name,
            city=name.rpartition("/")[2].replace("_", " "),
            country=countries.get(code, ""),
            about=about[0] if about else "",
        )
        for code, _, name, *about in _rows("zone.tab")
    )
    return {zone.name: zone for zone in (*zones, TimeZone(name="UTC", city="UTC"))}


@cache
def _terms() -> dict[str, frozenset[str]]:
    """Return the words by which each zone is found, once in a process: each zone has to be read for it."""
    return {
        name: frozenset(fold(f"{zone.country} {zone.about} {zone.name}").split())
        | {fold(moment.astimezone(ZoneInfo(name)).tzname() or "") for moment in (_MIDWINTER, _MIDSUMMER)}
        for name, zone in _by_name().items()
    }


def _rows(file: str) -> list[list[str]]:
    """Return the rows of one of the tables that come with the database of time zones."""
    text = resources.files("tzdata").joinpath("zoneinfo", file).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
