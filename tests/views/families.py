"""Clients and families for the views: by hand, at the limits, and by Hypothesis."""

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from bot.domain.client import (
    MAX_NAME_LENGTH,
    MAX_OWN_ID_LENGTH,
    MOST_OWNERS,
    Client,
    ClientDetails,
    ClientStatus,
    Owner,
)
from bot.domain.email import login_equality
from bot.domain.family import ContactPerson, Family, LinkedClient
from bot.domain.ids import ClientId, ContactId, LinkId, PersonId, StaffId
from bot.domain.kinship import MAX_OWN_WORD_LENGTH, Kinship, Label, inverse
from bot.domain.person import MAX_LANGUAGE_LENGTH, Person, PersonDetails
from bot.domain.phone import MAX_NUMBER_LENGTH, MAX_PHONES, Phone, PhoneLabel
from bot.domain.relationship import Contact, Link, Side
from bot.domain.roles import DOCUMENTED_ROLES, MAX_DOCUMENT_LENGTH, Role, RoleHeld
from bot.domain.sharing import EVERY_CATEGORY, Basis, Category, Sharing

LONG_AGO = datetime(2024, 3, 4, 14, 32, tzinfo=UTC)
TRICKY = (
    "*bold* _it_ ~no~ `code` <@U123> & <!here>",
    "{client} {0} %s",
    "🧑‍🍼👩🏽‍🦱 Émilie",
    "مريم الزهراء",
    "נעמי\u200f",
    "Nguyễn Thị Ánh",
    "李小龙",
    "O'Brien-Ó Súilleabháin",
    ":smile: @channel",
)
"""Names that come out as typed."""


def an_id(number: int) -> str:
    """Return an id such as ours have: 26 letters and digits."""
    return f"01J{number:023d}"


def client(number: int = 1, **details: object) -> Client:
    """Return a client."""
    known = {"first_name": "Mía", "last_name": "López", **details}
    return Client(id=ClientId(an_id(number)), details=ClientDetails(**known))  # type: ignore[arg-type]  # any detail


def person(number: int = 1, **details: object) -> Person:
    """Return a contact person."""
    known = {"first_name": "Rosa", "last_name": "Vega", **details}
    return Person(id=PersonId(an_id(number)), details=PersonDetails(**known))  # type: ignore[arg-type]  # any detail


def sharing(
    categories: frozenset[Category] = EVERY_CATEGORY,
    basis: Basis = Basis.AUTHORIZATION,
    expires_on: date | None = date(2030, 1, 1),
) -> Sharing:
    """Return sharing that is on."""
    return Sharing(
        categories=categories,
        basis=basis,
        expires_on=expires_on,
        recorded_by=StaffId("U1"),
        recorded_at=LONG_AGO,
    )


def linked(of: Client, other: Client, near: Side | None = None, far: Side | None = None) -> LinkedClient:
    """Return a linked client as seen from `of`."""
    side = near or Side(client_id=of.id, label=Label(kinship=Kinship.PARENT))
    back = Label(kinship=inverse(side.label.kinship), own_words=side.label.own_words)
    reverse = far or Side(client_id=other.id, label=back)
    low, high = sorted((side, reverse), key=lambda each: each.client_id)
    link = Link(id=LinkId("L" + other.id[1:]), low=low, high=high, added_from=of.id, active_from=LONG_AGO)
    return LinkedClient(link=link, side=side, reverse=reverse, client=other)


def contact(of: Client, who: Person, side: Side | None = None) -> ContactPerson:
    """Return a contact of `of`."""
    own = side or Side(client_id=of.id, label=Label(kinship=Kinship.FRIEND))
    return ContactPerson(
        contact=Contact(id=ContactId("C" + who.id[1:]), person_id=who.id, side=own, active_from=LONG_AGO),
        side=own,
        person=who,
    )


EVERY_ROLE = tuple(
    RoleHeld(
        role=role,
        document="D" * MAX_DOCUMENT_LENGTH,
        valid_from=date(2020, 12, 30),
        valid_until=date(2030, 12, 30),
    )
    if role in DOCUMENTED_ROLES
    else RoleHeld(role=role)
    for role in Role
)
MANY_PHONES = tuple(
    Phone(number=f"{number}" + "5" * (MAX_NUMBER_LENGTH - 1), label=PhoneLabel.OTHER)
    for number in range(1, MAX_PHONES + 1)
)
LONGEST_EMAIL = "m" * 64 + "@" + "e" * 63 + ".example.com"


def fullest_side(of: Client, position: int | None) -> Side:
    """Return a side with everything a side can have."""
    return Side(
        client_id=of.id,
        label=Label(kinship=Kinship.OTHER, own_words="W" * MAX_OWN_WORD_LENGTH),
        roles=EVERY_ROLE,
        emergency_position=position,
        sharing=sharing(),
    )


def fullest_client(number: int, letter: str = "W", status: ClientStatus = ClientStatus.DECEASED) -> Client:
    """Return a client with every detail as long as it may be."""
    full = client(
        number,
        first_name=letter * MAX_NAME_LENGTH,
        last_name="L" * MAX_NAME_LENGTH,
        preferred_name="P" * MAX_NAME_LENGTH,
        own_id="I" * MAX_OWN_ID_LENGTH,
        birth_date=date(1956, 12, 30),
        email=LONGEST_EMAIL,
        phones=MANY_PHONES,
        status=status,
        deceased_on=date(2020, 12, 30) if status is ClientStatus.DECEASED else None,
    )
    owners = tuple(Owner(id=StaffId(f"U{each}"), name="J" * 80) for each in range(MOST_OWNERS))
    return replace(full, owners=owners)


def fullest_family(links: int, contacts: int) -> Family:
    """Return a family in which everybody has everything, all of it as long as it may be."""
    one = fullest_client(1, status=ClientStatus.ARCHIVED)
    others = [fullest_client(2 + number) for number in range(links)]
    people = [
        person(
            5000 + number,
            first_name="F" * MAX_NAME_LENGTH,
            last_name="L" * MAX_NAME_LENGTH,
            email=LONGEST_EMAIL,
            phones=MANY_PHONES,
            language="S" * MAX_LANGUAGE_LENGTH,
        )
        for number in range(contacts)
    ]
    return Family(
        client=replace(one, mail_opt_out=True),
        paused=frozenset(login_equality(each.email or "") for each in (one, *others)),
        linked_clients=tuple(
            linked(one, other, fullest_side(one, position), fullest_side(other, position))
            for position, other in enumerate(others, start=1)
        ),
        contacts=tuple(
            contact(one, each, fullest_side(one, links + position))
            for position, each in enumerate(people, start=1)
        ),
    )


# By Hypothesis.

LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp", "Cn"))


def words(most: int, least: int = 0) -> st.SearchStrategy[str]:
    """Text as it is stored: trimmed, at most so long."""
    return (
        st.text(LETTERS, min_size=least, max_size=most)
        .map(lambda text: " ".join(text.split()))
        .filter(lambda text: len(text) >= least)
    )


NAMES = st.one_of(st.sampled_from(TRICKY), words(40, 1), words(MAX_NAME_LENGTH, 1))
DAYS = st.dates(date(1900, 1, 1), date(2030, 12, 31))
NUMBERS = st.one_of(
    st.from_regex(r"\+1212555[0-9]{4}", fullmatch=True),
    st.from_regex(r"[0-9]{3}[ a-z0-9]{0,37}", fullmatch=True).map(str.strip),
)
PHONES = st.lists(
    st.builds(Phone, number=NUMBERS, label=st.sampled_from(PhoneLabel)), max_size=MAX_PHONES
).map(tuple)
EMAILS = st.one_of(st.none(), st.sampled_from(["mia@example.com", "o'b+tag@example.org", LONGEST_EMAIL]))
LABELS = st.one_of(
    st.builds(Label, kinship=st.sampled_from([kind for kind in Kinship if kind is not Kinship.OTHER])),
    st.builds(Label, kinship=st.just(Kinship.OTHER), own_words=words(MAX_OWN_WORD_LENGTH, 1)),
)


@st.composite
def clients(draw: st.DrawFn, number: int) -> Client:
    """Any client that may be stored."""
    status = draw(st.sampled_from(ClientStatus))
    return client(
        number,
        first_name=draw(NAMES),
        last_name=draw(st.one_of(st.just(""), NAMES)),
        preferred_name=draw(st.one_of(st.just(""), NAMES)),
        own_id=draw(st.one_of(st.just(""), words(MAX_OWN_ID_LENGTH))),
        birth_date=draw(st.one_of(st.none(), DAYS)),
        email=draw(EMAILS),
        phones=draw(PHONES),
        status=status,
        deceased_on=draw(st.one_of(st.none(), DAYS)) if status is ClientStatus.DECEASED else None,
    )


@st.composite
def sides(draw: st.DrawFn, of: Client, position: int | None) -> Side:
    """Any side of a relation."""
    roles = draw(st.sets(st.sampled_from(Role)))
    shared = draw(st.frozensets(st.sampled_from(Category)))
    return Side(
        client_id=of.id,
        label=draw(LABELS),
        roles=tuple(held for held in EVERY_ROLE if held.role in roles),
        emergency_position=position,
        sharing=sharing(shared, draw(st.sampled_from(Basis))) if shared else None,
    )


@st.composite
def families(draw: st.DrawFn, most: int = 4) -> Family:
    """Any family, with a link and a contact at least."""
    one = draw(clients(1))
    links, contacts = draw(st.integers(1, most)), draw(st.integers(1, most))
    called = draw(st.permutations([*range(1, links + contacts + 1)]))
    positions = [place if place <= draw(st.integers(0, 3)) else None for place in called]
    linked_clients = []
    for number in range(links):
        other = draw(clients(2 + number))
        near, far = draw(sides(one, positions[number])), draw(sides(other, None))
        linked_clients.append(linked(one, other, near, far))
    people = []
    for number in range(contacts):
        who = person(
            5000 + number,
            first_name=draw(NAMES),
            last_name=draw(st.one_of(st.just(""), NAMES)),
            email=draw(EMAILS),
            phones=draw(PHONES),
            language=draw(words(MAX_LANGUAGE_LENGTH)),
        )
        people.append(contact(one, who, draw(sides(one, positions[links + number]))))
    paused = frozenset({login_equality(one.email)} if one.email and draw(st.booleans()) else ())
    return Family(
        client=replace(one, mail_opt_out=draw(st.booleans())),
        linked_clients=tuple(linked_clients),
        contacts=tuple(people),
        paused=paused,
    )
