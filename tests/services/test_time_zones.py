"""Finding a time zone by what people call it."""

import pytest

from bot.services.time_zones import zone_named, zones_found

HERE = "America/New_York"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("new y", "America/New_York"),
        ("america/new_york", "America/New_York"),
        ("pacific", "America/Los_Angeles"),
        ("EST", "America/New_York"),
        ("germany", "Europe/Berlin"),
        ("são paulo", "America/Sao_Paulo"),
        ("buenos aires", "America/Argentina/Buenos_Aires"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_found_by_its_city_its_country_and_what_its_time_is_called(typed: str, first: str) -> None:
    assert zones_found(typed, near=HERE, limit=20)[0].name == first


def test_what_is_near_comes_first_and_nothing_fits_everything() -> None:
    assert {zone.country for zone in zones_found("", near=HERE, limit=5)} == {"United States"}
    assert zones_found("", near=HERE, limit=5)[0].name == HERE
    assert zones_found("", near="Nowhere/Else", limit=5) == ()
    assert zones_found("xyzzy", near=HERE, limit=5) == ()


def test_a_zone_that_no_place_keeps_is_called_by_its_name() -> None:
    assert zone_named("Etc/GMT+5").city == "Etc/GMT+5"
