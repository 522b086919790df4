"""A snapshot is read as it was written: whatever the history keeps can be put back."""

import json
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.client import Client, ClientDetails, ClientStatus
from bot.domain.ids import ClientId, ContactId, LinkId, PersonId, StaffId
from bot.domain.kinship import Kinship, Label, Word
from bot.domain.person import Person, PersonDetails
from bot.domain.phone import Phone, PhoneLabel
from bot.domain.relationship import Contact, Link, Relation, Removal, Side
from bot.domain.roles import DOCUMENTED_ROLES, Role, RoleHeld
from bot.domain.sharing import Basis, Category, Sharing
from bot.services.changes import parts_of, state_from
from bot.services.errand import RelationState
from bot.services.snapshots import client_from, client_snapshot, orders_from, orders_snapshot

words = st.text(max_size=8)
days = st.dates()
moments = st.datetimes(min_value=datetime(2000, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is drawn
versions = st.integers(min_value=1, max_value=99)
phones = st.lists(st.builds(Phone, number=words, label=st.sampled_from(PhoneLabel)), max_size=3).map(tuple)
clients = st.builds(
    Client,
    id=st.just(ClientId("c1")),
    details=st.builds(
        ClientDetails,
        first_name=words,
        last_name=words,
        preferred_name=words,
        own_id=words,
        birth_date=st.none() | days,
        email=st.none() | words,
        phones=phones,
        status=st.sampled_from(ClientStatus),
        deceased_on=st.none() | days,
    ),
    version=versions,
)
people = st.builds(
    Person,
    id=st.just(PersonId("p1")),
    details=st.builds(
        PersonDetails,
        first_name=words,
        last_name=words,
        email=st.none() | words,
        phones=phones,
        language=words,
    ),
    version=versions,
)
labels = st.one_of(
    st.sampled_from(Word).map(Label.of_word),
    st.sampled_from([one for one in Kinship if one is not Kinship.OTHER]).map(lambda one: Label(kinship=one)),
    st.just(Label.in_own_words("coach")),
)
roles = st.one_of(
    st.builds(
        RoleHeld,
        role=st.sampled_from(sorted(DOCUMENTED_ROLES)),
        document=words,
        valid_from=st.none() | days,
    ),
    st.sampled_from([one for one in Role if one not in DOCUMENTED_ROLES]).map(lambda one: RoleHeld(role=one)),
)
sharings = st.builds(
    Sharing,
    categories=st.frozensets(st.sampled_from(Category), min_size=1),
    basis=st.none() | st.sampled_from(Basis),
    expires_on=st.none() | days,
    recorded_by=words.map(StaffId),
    recorded_at=moments,
)
removals = st.builds(Removal, at=moments, by=words.map(StaffId), by_name=words, reason=words)


def sides(client_id: str) -> st.SearchStrategy[Side]:
    return st.builds(
        Side,
        client_id=st.just(ClientId(client_id)),
        label=labels,
        roles=st.lists(roles, max_size=3).map(tuple),
        sharing=st.none() | sharings,
    )


life = {
    "active_from": moments,
    "ends_on": st.none() | days,
    "removal": st.none() | removals,
    "version": versions,
}
links = st.builds(
    Link,
    id=st.just(LinkId("l1")),
    low=sides("c1"),
    high=sides("c2"),
    added_from=st.just(ClientId("c2")),
    **life,
)
contacts = st.builds(
    Contact, id=st.just(ContactId("k1")), person_id=st.just(PersonId("p1")), side=sides("c1"), **life
)
orders = st.dictionaries(
    st.sampled_from(["c1", "c2"]).map(ClientId),
    st.lists(st.sampled_from(["l1", "k1", "k2"]), unique=True).map(lambda ids: tuple(map(LinkId, ids))),
)


def through_the_database(kept: dict[str, object]) -> dict[str, object]:
    """Return what a JSON column gives back."""
    back: dict[str, object] = json.loads(json.dumps(kept))
    return back


@given(clients)
def test_a_client_is_read_as_it_was_written(client: Client) -> None:
    assert client_from(through_the_database(dict(client_snapshot(client)))) == client
    assert state_from(through_the_database(dict(client_snapshot(client)))) == client


@given(links, orders)
def test_a_link_is_read_as_it_was_written(link: Relation, order: dict[ClientId, tuple[LinkId, ...]]) -> None:
    state = RelationState(relation=link, person=None, orders=order)
    assert state_from(through_the_database(dict(state.snapshot))) == state


@given(contacts, people, orders)
def test_a_contact_is_read_as_it_was_written(
    contact: Relation, person: Person, order: dict[ClientId, tuple[LinkId, ...]]
) -> None:
    state = RelationState(relation=contact, person=person, orders=order)
    assert state_from(through_the_database(dict(state.snapshot))) == state


@given(links)
def test_a_place_in_the_order_is_no_part_of_it(link: Link) -> None:
    placed = link.with_side(replace(link.low, emergency_position=2))
    there, back = (RelationState(relation=one, person=None, orders={}).snapshot for one in (placed, link))
    assert there == back


@given(orders)
def test_orders_are_read_as_they_were_written(order: dict[ClientId, tuple[LinkId, ...]]) -> None:
    assert orders_from(through_the_database(dict(orders_snapshot(order)))) == order


@given(contacts, people)
def test_every_part_of_a_contact_and_its_person_is_a_part(contact: Contact, person: Person) -> None:
    parts = parts_of(RelationState(relation=contact, person=person, orders={}))
    names = {part.name for part in parts}
    assert names == {
        "relationship",
        "ends_on",
        "removal",
        "roles",
        "sharing",
        "first_name",
        "last_name",
        "email",
        "phones",
        "language",
    }
