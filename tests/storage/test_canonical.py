"""The canonical bytes: no two things have the same ones, and the first version's never change."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.trail import canonical
from storage.trail.canonical import EntryFields, Part

MOMENTS = st.datetimes(
    min_value=datetime(1950, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    max_value=datetime(2150, 1, 1),  # noqa: DTZ001 - the same
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=-5)), timezone(timedelta(hours=14))]),
)
# What looks like the marks themselves comes up often.
TEXTS = st.text(alphabet=st.sampled_from("-isbt:;01é\ud800"), max_size=6)
PARTS: st.SearchStrategy[Part] = (
    st.none()
    | st.integers()
    | MOMENTS
    | TEXTS
    | TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass"))
)
LISTS = st.lists(PARTS, max_size=5)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


@dataclass(frozen=True)
class Told:
    """A part with its type: `True == 1` and `"a" != b"a"`."""

    kind: type
    value: Part


def told(parts: list[Part]) -> list[Told]:
    return [Told(datetime if isinstance(part, datetime) else type(part), part) for part in parts]


@given(LISTS, LISTS)
def test_other_parts_have_other_bytes(one: list[Part], other: list[Part]) -> None:
    assert (canonical.encoded(*one) == canonical.encoded(*other)) == (told(one) == told(other))


@given(LISTS, st.integers(0, 4), st.integers(0, 4))
def test_parts_in_another_order_have_other_bytes(parts: list[Part], one: int, other: int) -> None:
    if max(one, other) >= len(parts):
        return
    swapped = list(parts)
    swapped[one], swapped[other] = swapped[other], swapped[one]
    assert (canonical.encoded(*swapped) == canonical.encoded(*parts)) == (told(swapped) == told(parts))


@given(st.dictionaries(TEXTS, VALUES, max_size=4), st.dictionaries(TEXTS, VALUES, max_size=4))
def test_other_values_have_another_text(one: dict[str, object], other: dict[str, object]) -> None:
    same = canonical.values_text(one) == canonical.values_text(other)
    assert same == (json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True))
    backwards = dict(reversed(one.items()))
    assert canonical.values_text(backwards) == canonical.values_text(one)
    assert json.loads(canonical.values_text(one) or "") == one


@given(st.binary(min_size=16, max_size=16), st.binary(min_size=16, max_size=16), TEXTS, TEXTS)
def test_a_digest_says_nothing_without_its_salt(one: bytes, other: bytes, before: str, after: str) -> None:
    first = canonical.values_digest(salt=one, before=before, after=after)
    assert (first == canonical.values_digest(salt=other, before=before, after=after)) == (one == other)
    assert (first == canonical.values_digest(salt=one, before=after, after=before)) == (before == after)
    assert first != canonical.values_digest(salt=one, before=None, after=after)


ENTRY = EntryFields(
    number=7,
    at=datetime(2026, 3, 14, 12, 30, 15, 123456, tzinfo=UTC),
    actor_id="U1",
    actor_name="Inés Costa",
    surface="slack_modal",
    kind="change",
    act="client.edited",
    subject_id="c1",
    client_id="c1",
    other_client_id=None,
    person_id=None,
    values_digest=b"\x01\xff",
    undoes=None,
)


def test_the_bytes_of_the_first_version_are_these() -> None:
    data = canonical.entry_bytes(ENTRY, workspace_id="T1", place=3, previous=b"\x02", version=1)
    assert data == (
        b"s13:kinward.entryi1;s2:T1i3;b1:\x02i7;t1773491415123456;s2:U1s11:In\xc3\xa9s Costa"
        b"s11:slack_modals6:changes13:client.editeds2:c1s2:c1--b2:\x01\xff-"
    )
    first = canonical.entry_bytes(ENTRY, workspace_id="T1", place=1, previous=None, version=1)
    assert first.startswith(b"s13:kinward.entryi1;s2:T1i1;-i7;")


def test_another_version_is_not_made_up() -> None:
    with pytest.raises(ValueError, match="version"):
        canonical.entry_bytes(ENTRY, workspace_id="T1", place=3, previous=None, version=2)


def test_an_end_and_an_anchor_are_never_taken_for_each_other() -> None:
    at = ENTRY.at
    head = canonical.head_bytes(workspace_id="T1", place=1, mac=b"\x02")
    anchor = canonical.anchor_bytes(workspace_id="T1", place=1, number=1, mac=b"\x02", at=at)
    assert head == b"s12:kinward.headi1;s2:T1i1;b1:\x02"
    assert anchor == b"s14:kinward.anchori1;s2:T1i1;i1;b1:\x02t1773491415123456;"
