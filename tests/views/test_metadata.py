"""What a view remembers: read as it was written, short enough for Slack, and refused when tampered with."""

import json
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.history import Kind
from bot.domain.ids import ClientId, CopyId, LinkId, PersonId, RestrictionId
from bot.domain.staff_access import HolderKind
from bot.views.client_fields import ClientInput
from bot.views.client_form import new_client_form
from bot.views.ids import Purpose
from bot.views.metadata import MAX_METADATA, MOST_ASKED_ABOUT, Metadata, UnreadableMetadataError, decode
from bot.views.questions import Questions
from tests.views.families import an_id, client
from tests.views.test_fields import JUNK

IDS = st.from_regex(r"[0-9A-Z]{26}", fullmatch=True)
NUMBERS = st.integers(0, 2**31 - 1)
STATES = st.builds(
    Metadata,
    client_id=st.none() | IDS.map(ClientId),
    relation_id=st.none() | IDS.map(LinkId),
    person_id=st.none() | IDS.map(PersonId),
    purpose=st.none() | st.sampled_from(Purpose),
    page=NUMBERS,
    version=NUMBERS,
    person_version=NUMBERS,
    kinds=st.sets(st.sampled_from(Kind)).map(sorted).map(tuple),
    first_day=st.none() | st.dates(),
    last_day=st.none() | st.dates(),
    asked_about=st.lists(IDS.map(ClientId), max_size=MOST_ASKED_ABOUT).map(tuple),
    newest=NUMBERS,
    restriction_id=st.none() | IDS.map(RestrictionId),
    before=st.none() | IDS.map(CopyId),
    holder_kind=st.none() | st.sampled_from(HolderKind),
    holder_id=st.none() | IDS,
    asked_people=st.lists(IDS.map(PersonId), max_size=2).map(tuple),
)


@given(STATES)
def test_it_is_read_as_it_was_written(metadata: Metadata) -> None:
    assert decode(metadata.encode()) == metadata


@pytest.mark.parametrize("name", [each.name for each in fields(Metadata)])
def test_every_field_is_read(name: str) -> None:
    with pytest.raises(UnreadableMetadataError):
        decode(json.dumps({"f": 1, name: [""]}))


def test_the_longest_fits() -> None:
    fullest = Metadata(
        client_id=ClientId("C" * 26),
        relation_id=LinkId("L" * 26),
        person_id=PersonId("P" * 26),
        purpose=Purpose.SUMMARY,
        page=2**31 - 1,
        version=2**31 - 1,
        person_version=2**31 - 1,
        kinds=tuple(Kind),
        first_day=date.max,
        last_day=date.max,
        asked_about=tuple(ClientId(an_id(number)) for number in range(MOST_ASKED_ABOUT)),
    )
    assert len(fullest.encode()) <= MAX_METADATA
    with pytest.raises(ValueError, match="longer than Slack takes"):
        Metadata(asked_about=fullest.asked_about * 2).encode()


def test_any_number_of_namesakes_can_be_asked_about() -> None:
    twins = Questions(duplicates=tuple(client(number) for number in range(500)))
    view = new_client_form(ClientInput(), metadata=Metadata(), questions=twins)
    assert len(decode(str(view["private_metadata"])).asked_about) == MOST_ASKED_ABOUT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "null",
        "[]",
        "1",
        "Mía López",
        '{"f":0}',
        '{"f":2,"client_id":"01J"}',
        '{"f":1,"client_id":7}',
        '{"f":1,"client_id":""}',
        '{"f":1,"client_id":"not an id"}',
        '{"f":1,"client_id":"' + "A" * 41 + '"}',
        '{"f":1,"client_id":"A\\u0000"}',
        '{"f":1,"client_id":"\\ud800"}',
        '{"f":1,"relation_id":["A"]}',
        '{"f":1,"purpose":"steal"}',
        '{"f":1,"purpose":["show"]}',
        '{"f":1,"page":-1}',
        '{"f":1,"page":1.5}',
        '{"f":1,"page":true}',
        '{"f":1,"page":"1"}',
        '{"f":1,"version":2147483648}',
        '{"f":1,"asked_about":7}',
        '{"f":1,"asked_about":[null]}',
        '{"f":1,"asked_about":[["A"]]}',
        "[" * 2999,
        '{"f":1,"page":' + "9" * 2900 + "}",
    ],
)
def test_what_this_version_does_not_write_is_refused(text: str) -> None:
    with pytest.raises(UnreadableMetadataError):
        decode(text)


@given(st.dictionaries(st.sampled_from(["f", "client_id", "purpose", "page", "asked_about"]), JUNK))
def test_anything_else_is_read_or_refused(junk: dict[str, object]) -> None:
    try:
        found = decode(json.dumps(junk))
    except UnreadableMetadataError:
        return
    assert decode(found.encode()) == found
