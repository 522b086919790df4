"""Random sequences of acts on one family by several staff, from both sides, checked after each step."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import date
from itertools import count

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from bot.domain.client import ClientDetails, ClientStatus
from bot.domain.errors import (
    AddressInUse,
    AlreadyLinked,
    AlreadyRemoved,
    ChangedMeanwhile,
    InvalidInput,
    LikelyDuplicates,
)
from bot.domain.family import Family
from bot.domain.history import Act, HistoryEntry
from bot.domain.ids import ClientId, WorkspaceId
from bot.domain.kinship import Kinship, Word, inverse
from bot.domain.person import Person, PersonDetails
from bot.domain.phone import Phone
from bot.domain.relationship import Contact, Link, Relation
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.roles import DOCUMENTED_ROLES, Role, RoleHeld
from bot.domain.sharing import Basis, Category, SharingChoice
from bot.services.outcome import ClientSaved, Outcome
from bot.services.snapshots import Snapshot, client_snapshot, relation_snapshot
from storage.database import Database
from tests.services.practice import Practice

MOST_CLIENTS = 6

numbers = st.integers(min_value=0, max_value=99)
relationships = st.one_of(
    st.builds(
        RelationshipChoice,
        kinship=st.sampled_from([one for one in Kinship if one is not Kinship.OTHER]),
        inverse_word=st.one_of(st.none(), st.sampled_from(Word)),
    ),
    st.builds(
        RelationshipChoice,
        kinship=st.just(Kinship.OTHER),
        own_words=st.sampled_from(["", "coach"]),
        inverse_words=st.sampled_from(["pupil", "pupil", ""]),
    ),
)
choices = st.builds(
    SharingChoice,
    categories=st.frozensets(st.sampled_from(Category), max_size=3),
    basis=st.sampled_from([None, Basis.CLIENT_AGREED_VERBALLY, Basis.AUTHORIZATION]),
    expires_on=st.sampled_from([None, date(2026, 3, 2), date(2027, 3, 2)]),
)
mostly_off = st.one_of(st.just(SharingChoice()), choices)
PHONES = (Phone(number="+12125550100"),)
phones = st.sampled_from([(), PHONES])
addresses = st.sampled_from([None, "one@example.com", "two@example.org"])
details = st.builds(
    ClientDetails,
    first_name=st.sampled_from(["Ana", "Ben", "Cleo"]),
    email=addresses,
    phones=phones,
    status=st.sampled_from([ClientStatus.ACTIVE, ClientStatus.ACTIVE, ClientStatus.DECEASED]),
)
people = st.builds(
    PersonDetails,
    first_name=st.sampled_from(["Rosa", "Raúl", ""]),
    email=addresses,
    phones=phones,
)
held_roles = st.lists(
    st.builds(
        lambda role, document: RoleHeld(role=role, document=document if role in DOCUMENTED_ROLES else ""),
        st.sampled_from(Role),
        st.sampled_from(["", "Order 12"]),
    ),
    max_size=3,
).map(tuple)

REFUSALS = (AddressInUse, AlreadyLinked, AlreadyRemoved, ChangedMeanwhile, InvalidInput, LikelyDuplicates)

Deed = Callable[[str], Awaitable[Outcome | ClientSaved]]


class Bench:
    """The database under test in a loop of its own, a practice next door, and what was done so far."""

    def __init__(self, runner: asyncio.Runner, database: Database) -> None:
        self.run = runner.run
        self.database = database
        self.done: Counter[Act] = Counter()
        self.repeated = 0
        self._workspaces = count(1)
        # The ids of both practices are the same, so that whatever reached next door would hit something.
        self.neighbour = self.fresh_practice()
        self.run(self._furnish())
        self.next_door = self.run(everything_of(self.neighbour))

    def fresh_practice(self) -> Practice:
        """Return an empty practice in a workspace of its own."""
        workspace = WorkspaceId(f"T{next(self._workspaces)}")
        self.run(self.database.ensure_workspace(workspace, "A practice"))
        return Practice(self.database, workspace)

    async def _furnish(self) -> None:
        ana, ben = await self.neighbour.pair()
        await self.neighbour.link(ana, ben)
        for _ in range(3):
            await self.neighbour.contact(ana, emergency=True)


async def everything_of(practice: Practice) -> list[object]:
    """Return all that is known of the clients of a practice."""
    found = (await practice.clients.find(practice.dana, "", limit=50)).clients
    return [
        (await practice.relationships.family(practice.dana, client.id), await practice.history(client))
        for client in found
    ]


class FamilyMachine(RuleBasedStateMachine):
    """A practice with a few clients, and what its history says of them so far."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.run = bench.run
        self.practice = bench.fresh_practice()
        self.clients: list[ClientId] = []
        self.relations: dict[str, Relation] = {}
        self.replayed: dict[str, Snapshot] = {}
        self.orders: dict[str, list[str]] = {}
        self.last_number = 0
        self.entries = 0
        self.submissions = count(1)
        self.latest: tuple[Deed, str] | None = None

    @initialize()
    def open_practice(self) -> None:
        for first_name, email in (("Ana", "one@example.com"), ("Ben", "two@example.org"), ("Cleo", None)):
            self.add_client(ClientDetails(first_name=first_name, email=email, phones=PHONES))

    # What staff do.

    @precondition(lambda self: len(self.clients) < MOST_CLIENTS)
    @rule(made=details)
    def add_client(self, made: ClientDetails) -> None:
        self.act(lambda key: self.practice.clients.add(self.practice.dana, made, submission=key))

    @rule(one=numbers, other=numbers, relationship=relationships, there=mostly_off, back=mostly_off)
    def link(
        self,
        one: int,
        other: int,
        relationship: RelationshipChoice,
        there: SharingChoice,
        back: SharingChoice,
    ) -> None:
        client_id, other_id = self.client(one), self.client(other)
        self.act(
            lambda key: self.practice.relationships.link(
                self.practice.dana,
                client_id=client_id,
                other_id=other_id,
                relationship=relationship,
                sharing=there,
                reverse_sharing=back,
                submission=key,
            )
        )

    @precondition(lambda self: len(self.clients) < MOST_CLIENTS)
    @rule(one=numbers, made=details, relationship=relationships, there=mostly_off, sure=st.booleans())
    def link_new_client(
        self,
        one: int,
        made: ClientDetails,
        relationship: RelationshipChoice,
        there: SharingChoice,
        *,
        sure: bool,
    ) -> None:
        client_id, known = self.client(one), frozenset(self.clients)
        self.act(
            lambda key: self.practice.relationships.link_new_client(
                self.practice.sam,
                client_id=client_id,
                details=made,
                relationship=relationship,
                sharing=there,
                despite=known if sure else frozenset(),
                address_confirmed=sure,
                submission=key,
            )
        )

    @rule(one=numbers, person=people, roles=held_roles, emergency=st.booleans(), there=mostly_off)
    def add_contact(
        self,
        one: int,
        person: PersonDetails,
        roles: tuple[RoleHeld, ...],
        there: SharingChoice,
        *,
        emergency: bool,
    ) -> None:
        client_id = self.client(one)
        self.act(
            lambda key: self.practice.relationships.add_contact(
                self.practice.sam,
                client_id=client_id,
                person=person,
                relationship=RelationshipChoice(kinship=Kinship.FRIEND),
                roles=roles,
                emergency=emergency,
                sharing=there,
                submission=key,
            )
        )

    @precondition(lambda self: self.relations)
    @rule(which=numbers, side=numbers, there=choices, back=st.one_of(st.none(), choices))
    def share(self, which: int, side: int, there: SharingChoice, back: SharingChoice | None) -> None:
        relation, client_id = self.relation(which, side)
        self.act(
            lambda key: self.practice.relationships.share(
                self.practice.dana,
                client_id=client_id,
                relation_id=relation.id,
                sharing=there,
                reverse_sharing=back,
                submission=key,
            )
        )

    @precondition(lambda self: self.relations)
    @rule(which=numbers, side=numbers)
    def stop_sharing(self, which: int, side: int) -> None:
        relation, client_id = self.relation(which, side)
        self.act(
            lambda key: self.practice.relationships.stop_sharing(
                self.practice.sam, client_id=client_id, relation_id=relation.id, submission=key
            )
        )

    @precondition(lambda self: self.relations)
    @rule(
        which=numbers,
        side=numbers,
        roles=held_roles,
        emergency=st.sampled_from([True, True, False]),
        position=st.one_of(st.none(), st.integers(min_value=0, max_value=4)),
    )
    def change_roles(
        self,
        which: int,
        side: int,
        roles: tuple[RoleHeld, ...],
        position: int | None,
        *,
        emergency: bool,
    ) -> None:
        relation, client_id = self.relation(which, side)
        self.act(
            lambda key: self.practice.relationships.change_roles(
                self.practice.dana,
                client_id=client_id,
                relation_id=relation.id,
                roles=roles,
                emergency=emergency,
                position=position,
                submission=key,
            )
        )

    @precondition(lambda self: self.relations)
    @rule(which=numbers, side=numbers, relationship=relationships, person=people, stale=numbers)
    def edit_relation(
        self,
        which: int,
        side: int,
        relationship: RelationshipChoice,
        person: PersonDetails,
        stale: int,
    ) -> None:
        relation, client_id = self.relation(which, side)
        version = relation.version - (stale == 0)
        services = self.practice.relationships
        if isinstance(relation, Link):
            link_id = relation.id
            self.act(
                lambda key: services.edit_link(
                    self.practice.sam,
                    client_id=client_id,
                    link_id=link_id,
                    relationship=relationship,
                    expected_version=version,
                    submission=key,
                )
            )
            return
        contact_id, known = relation.id, self.run(self.person_of(relation))
        self.act(
            lambda key: services.edit_contact(
                self.practice.sam,
                client_id=client_id,
                contact_id=contact_id,
                person=person,
                relationship=relationship,
                expected_version=version,
                person_version=known.version,
                submission=key,
            )
        )

    @rule(one=numbers, made=details, stale=numbers)
    def edit_client(self, one: int, made: ClientDetails, stale: int) -> None:
        client_id = self.client(one)
        client = self.run(self.practice.clients.get(self.practice.dana, client_id))
        self.act(
            lambda key: self.practice.clients.edit(
                self.practice.sam,
                client_id,
                made,
                expected_version=client.version - (stale == 0),
                address_confirmed=True,
                submission=key,
            )
        )

    @precondition(lambda self: self.relations)
    @rule(which=numbers, side=numbers)
    def remove(self, which: int, side: int) -> None:
        relation, client_id = self.relation(which, side)
        self.act(
            lambda key: self.practice.relationships.remove(
                self.practice.dana, client_id=client_id, relation_id=relation.id, submission=key
            )
        )

    @precondition(lambda self: self.latest is not None)
    @rule()
    def submit_again(self) -> None:
        assert self.latest is not None
        act, key = self.latest
        outcome = self.run(_started(act, key))
        assert (outcome.changed, outcome.repeated) == (False, True)
        assert self.run(self.new_entries()) == []
        self.bench.repeated += 1
        self.check()

    # What holds after each of it.

    def act(self, act: Deed) -> None:
        """Carry an act out: a change has its one entry, anything else has none."""
        key = f"V{next(self.submissions)}"
        self.latest, outcome = None, None
        # A refusal is an answer too; that the database is gone would be none.
        with suppress(*REFUSALS):
            outcome = self.run(_started(act, key))
            self.latest = (act, key)
            self.note(outcome)
        entries = self.run(self.new_entries())
        acts = [entry.act for entry in entries]
        if outcome is None or not outcome.changed:
            assert acts == []
        elif isinstance(outcome, ClientSaved):
            assert acts in ([Act.CLIENT_ADDED], [Act.CLIENT_EDITED])
        else:
            assert acts in ([outcome.act], [Act.CLIENT_ADDED, Act.LINK_ADDED])
        for entry in entries:
            self.replay(entry)
        self.bench.done.update(acts)
        self.check()

    def note(self, outcome: Outcome | ClientSaved) -> None:
        """Remember whom and what there is."""
        if isinstance(outcome, ClientSaved):
            seen = [outcome.client]
        else:
            seen = [linked.client for linked in outcome.family.linked_clients]
            assert outcome.relation is not None
            self.relations[outcome.relation.id] = outcome.relation
        self.clients += [client.id for client in seen if client.id not in self.clients]

    async def new_entries(self) -> list[HistoryEntry]:
        """Return the entries that were appended since the last look, oldest first."""
        found: dict[int, HistoryEntry] = {}
        async with self.bench.database.reading(self.practice.dana.workspace_id) as unit:
            for client_id in self.clients:
                for entry in await unit.history.of_client(client_id, limit=3):
                    if entry.number > self.last_number:
                        found[entry.number] = entry
        entries = [found[number] for number in sorted(found)]
        self.last_number = entries[-1].number if entries else self.last_number
        self.entries += len(entries)
        return entries

    def replay(self, entry: HistoryEntry) -> None:
        """Apply an entry to what the entries before it came to."""
        assert entry.after is not None
        before, after = dict(entry.before or {}), dict(entry.after)
        orders_before, orders_after = before.pop("emergency_orders", {}), after.pop("emergency_orders", {})
        assert before == self.replayed.get(entry.subject_id, {})
        assert isinstance(orders_before, dict)
        assert isinstance(orders_after, dict)
        for client_id, order in orders_before.items():
            assert order == self.orders.get(client_id, [])
        for client_id, order in orders_after.items():
            assert isinstance(order, list)
            self.orders[client_id] = [str(relation_id) for relation_id in order]
        self.replayed[entry.subject_id] = after

    def check(self) -> None:
        """Check the stored state: against its rules, and against what the history comes to."""
        self.run(self._check())

    async def _check(self) -> None:
        stored: dict[str, Snapshot] = {}
        families: dict[ClientId, Family] = {}
        async with self.bench.database.reading(self.practice.dana.workspace_id) as unit:
            for client_id in self.clients:
                family = await unit.relations.family(client_id)
                assert family is not None
                families[client_id] = family
                stored[client_id] = client_snapshot(family.client)
                order = [member.relation.id for member in family.emergency_contacts]
                assert list(await unit.relations.emergency_order(client_id)) == order
                assert order == self.orders.get(client_id, [])
            for known in tuple(self.relations.values()):
                relation = await unit.relations.get(known.id)
                assert relation is not None
                self.relations[relation.id] = relation
                person = await unit.people.get(relation.person_id) if isinstance(relation, Contact) else None
                stored[relation.id] = relation_snapshot(relation, person)
                _check_relation(relation, families)
        assert stored == self.replayed
        for family in families.values():
            _check_family(family)

    async def person_of(self, contact: Contact) -> Person:
        async with self.bench.database.reading(self.practice.dana.workspace_id) as unit:
            person = await unit.people.get(contact.person_id)
        assert person is not None
        return person

    def client(self, number: int) -> ClientId:
        return self.clients[number % len(self.clients)]

    def relation(self, number: int, side: int) -> tuple[Relation, ClientId]:
        relation = [*self.relations.values()][number % len(self.relations)]
        return relation, relation.client_ids[side % len(relation.client_ids)]

    def teardown(self) -> None:
        """Nothing next door changed, and the history holds these entries and no others."""
        assert self.run(everything_of(self.bench.neighbour)) == self.bench.next_door
        assert self.run(self._all_entries()) == self.entries

    async def _all_entries(self) -> int:
        async with self.bench.database.reading(self.practice.dana.workspace_id) as unit:
            return sum([len(await unit.history.of_subject(subject_id)) for subject_id in self.replayed])


def _check_family(family: Family) -> None:
    others = [linked.client.id for linked in family.linked_clients]
    assert family.client.id not in others
    assert len(set(others)) == len(others)
    places = [member.side.emergency_position for member in family.emergency_contacts]
    assert places == [*range(1, len(places) + 1)]
    assert all(member.relation.is_active for member in family.members)
    assert all(member.email for member in family.members if member.side.sharing)


def _check_relation(relation: Relation, families: dict[ClientId, Family]) -> None:
    for client_id in relation.client_ids:
        member = families[client_id].member(relation.id)
        assert (member is not None) is relation.is_active
        assert member is None or member.relation == relation
    if not relation.is_active:
        assert all(side.sharing is None for side in relation.sides)
        assert all(side.emergency_position is None for side in relation.sides)
    for side in relation.sides:
        assert side.sharing is None or (side.sharing.categories and side.sharing.basis)
    if isinstance(relation, Link):
        low, high = relation.low.label, relation.high.label
        assert low.kinship is inverse(high.kinship)
        assert bool(low.own_words) is bool(high.own_words)


async def _started(act: Deed, key: str) -> Outcome | ClientSaved:
    return await act(key)
