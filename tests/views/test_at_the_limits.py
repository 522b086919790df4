"""Every surface at its extremes passes what Slack checks; names come out as they were typed."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from bot.domain.family import Family, LinkedClient
from bot.playground.slack.views import LARGEST_VIEW_BYTES
from bot.services.outcome import RemovalPreview
from bot.views.blocks import Json
from bot.views.card import card
from bot.views.metadata import Metadata
from bot.views.removal_prompt import removal_prompt
from bot.views.summary import summary
from tests.views.families import TRICKY, client, contact, families, fullest_family, linked, person
from tests.views.surfaces import surfaces

SLOW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def problems(family: Family) -> list[str]:
    return [problem for surface in surfaces(family) for problem in surface.problems()]


@pytest.mark.parametrize(
    ("links", "contacts"),
    [(1, 1), (2, 1), (9, 1), (10, 10), (11, 9), (20, 1), (21, 20), (99, 1), (100, 1), (101, 199)],
)
def test_the_fullest_family_of_any_size_is_taken_by_slack(links: int, contacts: int) -> None:
    assert problems(fullest_family(links, contacts)) == []


def test_the_fullest_views_are_smaller_than_slack_takes() -> None:
    sizes = {
        surface.name: len(json.dumps(surface.json).encode()) for surface in surfaces(fullest_family(101, 199))
    }
    assert max(sizes.values()) < LARGEST_VIEW_BYTES, max(sizes, key=lambda name: sizes[name])


@SLOW
@given(family=families())
def test_any_family_is_taken_by_slack(family: Family) -> None:
    assert problems(family) == []


def texts(value: object) -> Iterator[Mapping[str, object]]:
    """Yield every object with a `type` and a `text` in it."""
    if isinstance(value, Mapping):
        if "type" in value and isinstance(value.get("text"), str):
            yield value
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts(each)


@SLOW
@given(family=families(most=1))
def test_nothing_is_mrkdwn_and_no_plain_text_turns_codes_into_pictures(family: Family) -> None:
    for surface in surfaces(family):
        for text in texts(surface.json):
            assert text["type"] in ("plain_text", "text"), (surface.name, text)
            if text["type"] == "plain_text":
                assert text.get("emoji") is False, (surface.name, text)


def said(view: Json) -> str:
    return "\n".join(str(text["text"]) for text in texts(view))


@pytest.mark.parametrize("name", TRICKY)
def test_a_name_comes_out_as_it_was_typed(name: str) -> None:
    one = client(1, first_name=name, last_name="")
    other = client(2, first_name=f"other {name}", last_name="")
    row, friend = linked(one, other), contact(one, person(5000, first_name=f"friend {name}", last_name=""))
    family = Family(client=one, linked_clients=(row,), contacts=(friend,))
    for shown in (said(card(family)), said({"blocks": summary(family).blocks})):
        assert name in shown.split("\n")
        assert f"other {name} · parent" in shown
        assert f"friend {name} · friend" in shown
    preview = RemovalPreview(family=family, member=row, added_from=one, last_emergency_contact_of=())
    prompt = said(removal_prompt(preview, metadata=Metadata()))
    assert f"other {name} is linked with {name}, as parent." in prompt


def test_a_page_of_the_card_shows_each_row_once() -> None:
    family = fullest_family(31, 14)
    rows = [
        str(block["block_id"])
        for page in range(3)
        for block in card(family, page=page)["blocks"]  # type: ignore[attr-defined]  # a list of blocks
        if str(block.get("block_id", "")).startswith("member:")
    ]
    assert rows == [f"member:{member.relation.id}" for member in family.members]
    assert card(family, page=99)["private_metadata"] == card(family, page=2)["private_metadata"]


def test_every_sentence_of_sharing_names_both() -> None:
    family = fullest_family(2, 1)
    short = replace(
        family,
        client=client(1, first_name="Mía", email="mia@example.com"),
        linked_clients=tuple(_renamed(each) for each in family.linked_clients[:1]),
        contacts=(),
    )
    shown = said(card(short))
    assert "Rosa López also gets every notification e-mail sent to Mía López." in shown
    assert "Mía López also gets every notification e-mail sent to Rosa López." in shown


def _renamed(row: LinkedClient) -> LinkedClient:
    return replace(row, client=client(2, first_name="Rosa", email="rosa@example.com"))
