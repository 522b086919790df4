"""Random families that go out of one practice and into another, and what of them has to be the same."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.domain.client import Client, ClientDetails, ClientStatus
from bot.domain.errors import AlreadyLinked, AlreadyRemoved, InvalidInput
from bot.domain.kinship import Kinship, Word, kinship_of
from bot.domain.person import PersonDetails
from bot.domain.phone import Phone, PhoneLabel
from bot.domain.relationship import Contact
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.roles import DOCUMENTED_ROLES, Role, RoleHeld
from bot.domain.sharing import NOT_SHARED, Basis, Category, SharingChoice
from bot.services.roster.exporting import ExportedFamily, ExportedMember, RosterExport
from bot.services.roster.plan import ImportPlan
from bot.services.roster.reading import Read
from storage.address import DatabaseAddress, Engine
from storage.database import Database
from tests.services.bench import Bench
from tests.services.practice import Practice
from tests.services.relation_imports import importing

EXAMPLES = {Engine.SQLITE: 12, Engine.POSTGRESQL: 3}
"""How many plans; each is entered by some thirty acts."""
REFUSALS = (AlreadyLinked, AlreadyRemoved, InvalidInput)

words = st.sampled_from(
    [
        "Ana",
        "José Ángel",
        "O'Neil",
        "=SUM(A1)",
        "+1",
        "-x",
        "@home",
        "'quoted",
        "'=x",
        "de la Cruz",
        "Ng",
        "李",
        "A;B|C",
    ]
)
days = st.dates(min_value=date(1930, 1, 1), max_value=date(2026, 2, 1))
phones = st.lists(
    st.builds(
        Phone,
        number=st.sampled_from(
            ["+12125550100", "+12125550101", "+442079460000", "ask for Ana; or Ben: 0102", "555 0199 x 7"]
        ),
        label=st.sampled_from(PhoneLabel),
    ),
    max_size=3,
    unique_by=lambda phone: phone.number,
).map(tuple)
emails = st.sampled_from(["one@example.com", "two@example.org", "=three@example.net", None])
relationships = st.one_of(
    st.sampled_from(Word),
    st.sampled_from([kind for kind in Kinship if kind is not Kinship.OTHER]),
    st.sampled_from(["coach", "'=trainer", "mother", "Großtante"]),
)
roles = st.lists(
    st.builds(
        lambda role, document, begins, ends: RoleHeld(
            role=role,
            document=document if role in DOCUMENTED_ROLES else "",
            valid_from=begins if role in DOCUMENTED_ROLES else None,
            valid_until=ends if role in DOCUMENTED_ROLES else None,
        ),
        st.sampled_from(Role),
        st.sampled_from(["", "Order 12", 'a "b"; c (d)', "=1"]),
        st.sampled_from([None, date(2020, 1, 2)]),
        st.sampled_from([None, date(2030, 1, 2)]),
    ),
    max_size=3,
    unique_by=lambda held: held.role,
).map(tuple)
sharings = st.one_of(
    st.just(NOT_SHARED),
    st.builds(
        SharingChoice,
        categories=st.frozensets(st.sampled_from(Category), min_size=1),
        basis=st.sampled_from([Basis.CLIENT_AGREED_VERBALLY, Basis.PARENT_OF_MINOR]),
    ),
    st.builds(
        SharingChoice,
        categories=st.just(frozenset({Category.PAYMENTS})),
        basis=st.just(Basis.AUTHORIZATION),
        expires_on=st.just(date(2027, 1, 1)),
    ),
)
statuses = st.sampled_from([*(4 * [ClientStatus.ACTIVE]), ClientStatus.ARCHIVED, ClientStatus.DECEASED])


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """How one client is related to another, or to a contact person, by their numbers."""

    one: int
    other: int
    relationship: Word | Kinship | str
    roles: tuple[RoleHeld, ...]
    sharing: SharingChoice
    back: SharingChoice
    position: int | None
    ends_on: date | None
    is_removed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Clients, people, and how they are related."""

    clients: tuple[ClientDetails, ...]
    people: tuple[PersonDetails, ...]
    links: tuple[Relative, ...]
    contacts: tuple[Relative, ...]
    phones_lost_by: frozenset[int]


relatives = st.builds(
    Relative,
    one=st.integers(0, 3),
    other=st.integers(0, 3),
    relationship=relationships,
    roles=roles,
    sharing=sharings,
    back=sharings,
    position=st.sampled_from([None, None, 1, 2, 3]),
    ends_on=st.sampled_from([None, None, date(2026, 3, 1), date(2027, 1, 1), date(2020, 1, 1)]),
    is_removed=st.sampled_from([False, False, False, True]),
)


def _told_apart(number: int, made: ClientDetails, *, has_id: bool) -> ClientDetails:
    """Return details that nobody else has: by an own id, or by the last name."""
    own_id = f"{['=', 'K-', '+', 'k '][number]}{number}" if has_id else ""
    died = made.deceased_on if made.status is ClientStatus.DECEASED else None
    return replace(made, own_id=own_id, last_name=f"{made.last_name} {number}", deceased_on=died)


plans = st.builds(
    lambda details, has_ids, people, links, contacts, lost: Plan(
        clients=tuple(
            _told_apart(number, made, has_id=has_id)
            for number, (made, has_id) in enumerate(zip(details, has_ids, strict=False))
        ),
        people=tuple(people),
        links=tuple(links),
        contacts=tuple(contacts),
        phones_lost_by=lost,
    ),
    st.lists(
        st.builds(
            ClientDetails,
            first_name=words,
            last_name=words,
            preferred_name=st.one_of(st.just(""), words),
            birth_date=st.one_of(st.none(), days),
            email=emails,
            phones=phones,
            status=statuses,
            deceased_on=st.sampled_from([None, date(2026, 2, 2)]),
        ),
        min_size=4,
        max_size=4,
    ),
    st.tuples(*(4 * [st.sampled_from([True, True, False])])),
    st.lists(
        st.builds(
            PersonDetails,
            first_name=words,
            last_name=st.one_of(st.just(""), words),
            email=emails,
            phones=phones,
            language=st.sampled_from(["", "Spanish, and some =Mixtec"]),
        ),
        min_size=4,
        max_size=4,
    ),
    st.lists(relatives, max_size=5),
    st.lists(relatives, max_size=6),
    st.frozensets(st.integers(0, 3), max_size=1),
)


Exchange = Callable[[Practice, Practice], Awaitable[None]]


def with_many_plans(database_url: str, exchange: Exchange) -> None:
    """Furnish a practice by random plans, each with an empty one beside it, and have both exchange."""
    engine = DatabaseAddress.parse(database_url).engine
    with asyncio.Runner() as runner:
        database = Database.open(database_url)
        bench = Bench(runner, database)

        async def furnished(plan: Plan) -> None:
            old, new = await bench.new_practice(), await bench.new_practice()
            await furnish(old, plan)
            await exchange(old, new)

        @settings(
            max_examples=EXAMPLES[engine],
            deadline=None,
            suppress_health_check=list(HealthCheck),
            # A plan takes minutes to shrink, and can be read as it was drawn.
            phases=(Phase.reuse, Phase.generate),
        )
        @given(plan=plans)
        def comes_in_as_it_went_out(plan: Plan) -> None:
            runner.run(furnished(plan))

        try:
            comes_in_as_it_went_out()
        finally:
            runner.run(database.close())


async def furnish(practice: Practice, plan: Plan) -> None:
    """Have staff enter the families; what they are refused is not there."""
    clients: list[Client] = []
    for made in plan.clients:
        known = frozenset(client.id for client in clients)
        saved = await practice.clients.add(practice.dana, _alive(made), despite=known, address_confirmed=True)
        clients.append(saved.client)
    for relative in plan.links:
        with suppress(*REFUSALS):
            await _link(practice, relative, clients)
    contacts: dict[int, Contact] = {}
    for relative in plan.contacts:
        with suppress(*REFUSALS):
            await _contact(practice, relative, clients, plan.people[relative.other], contacts)
    for number, client in enumerate(clients):
        present = await practice.clients.get(practice.dana, client.id)
        wanted = plan.clients[number]
        if number in plan.phones_lost_by:
            wanted = replace(wanted, phones=())
        with suppress(*REFUSALS):
            await practice.clients.edit(
                practice.dana, client.id, wanted, expected_version=present.version, address_confirmed=True
            )


def _alive(made: ClientDetails) -> ClientDetails:
    return replace(made, status=ClientStatus.ACTIVE, deceased_on=None)


def _choice(relationship: Word | Kinship | str) -> RelationshipChoice:
    if isinstance(relationship, Word):
        return RelationshipChoice(kinship=kinship_of(relationship), word=relationship)
    if isinstance(relationship, Kinship):
        return RelationshipChoice(kinship=relationship)
    return RelationshipChoice(kinship=Kinship.OTHER, own_words=relationship, inverse_words="+pupil")


async def _link(practice: Practice, relative: Relative, clients: list[Client]) -> None:
    one, other = clients[relative.one], clients[relative.other]
    desk = practice.relationships
    outcome = await desk.link(
        practice.dana,
        client_id=one.id,
        other_id=other.id,
        relationship=_choice(relative.relationship),
        sharing=relative.sharing,
        reverse_sharing=relative.back,
    )
    link = outcome.relation
    assert link is not None
    for client_id, position in ((one.id, relative.position), (other.id, 1 if relative.position else None)):
        with suppress(*REFUSALS):
            await desk.change_roles(
                practice.dana,
                client_id=client_id,
                relation_id=link.id,
                roles=relative.roles if client_id == one.id else (),
                emergency=position is not None,
                position=position,
            )
    present = (await desk.family(practice.dana, one.id)).member(link.id)
    assert present is not None
    await desk.edit_link(
        practice.dana,
        client_id=one.id,
        link_id=link.id,  # type: ignore[arg-type] # it is a link
        relationship=_choice(relative.relationship),
        expected_version=present.relation.version,
        ends_on=relative.ends_on,
    )
    if relative.is_removed:
        await desk.remove(practice.dana, client_id=other.id, relation_id=link.id)


async def _contact(
    practice: Practice,
    relative: Relative,
    clients: list[Client],
    person: PersonDetails,
    contacts: dict[int, Contact],
) -> None:
    client, desk = clients[relative.one], practice.relationships
    known = contacts.get(relative.other)
    if known is None:
        outcome = await desk.add_contact(
            practice.dana,
            client_id=client.id,
            person=person,
            relationship=_choice(relative.relationship),
            roles=relative.roles,
            sharing=relative.sharing,
        )
    else:
        outcome = await desk.add_known_person(
            practice.dana,
            client_id=client.id,
            person_id=known.person_id,
            relationship=_choice(relative.relationship),
            roles=relative.roles,
            sharing=relative.sharing,
        )
    contact = outcome.relation
    assert isinstance(contact, Contact)
    contacts.setdefault(relative.other, contact)
    if relative.position is not None:
        with suppress(*REFUSALS):
            await desk.change_roles(
                practice.dana,
                client_id=client.id,
                relation_id=contact.id,
                roles=relative.roles,
                emergency=True,
                position=relative.position,
            )
    if relative.is_removed and known is not None:
        await desk.remove(practice.dana, client_id=client.id, relation_id=contact.id)


def exporting(practice: Practice) -> RosterExport:
    return RosterExport(storage=practice.storage, clock=practice.clock, new_id=practice.new_id)


async def families_of(practice: Practice) -> list[ExportedFamily]:
    """Take everybody out."""
    return [family async for family in exporting(practice).families(practice.dana)]


async def take_in(practice: Practice, *files: Iterable[Read]) -> None:
    """Take files in, and see that nothing is left out."""
    engine = importing(practice)
    record = await engine.stage(practice.dana, ImportPlan(), files)
    report = await engine.take_in(practice.dana, record)
    page = await engine.rejected(practice.dana, record.id)
    await engine.finish(practice.dana, record.id)
    assert page.errors == ()
    assert report.tally.rejected == 0


Seen = dict[str, object]


async def seen(practice: Practice) -> Seen:
    """Return all that has to be the same of the families of a practice, by the names of the clients."""
    families = await families_of(practice)
    whose = {
        (member.related.id, family.client.name)
        for family in families
        for member in family.members
        if isinstance(member.relation, Contact) and member.relation.removal is None
    }

    def member_seen(member: ExportedMember) -> tuple[object, ...]:
        sharing, reverse = member.side.sharing, member.reverse
        return (
            member.related.details,
            sorted(name for person_id, name in whose if person_id == member.related.id),
            member.side.label,
            member.side.roles,
            member.side.emergency_position,
            sharing.choice if sharing else None,
            reverse.label if reverse else None,
            member.is_first_half,
            member.relation.ends_on,
            member.relation.active_from.date(),
        )

    return {
        family.client.name: (
            family.client.details,
            sorted(map(repr, map(member_seen, [m for m in family.members if m.relation.removal is None]))),
        )
        for family in families
    }
