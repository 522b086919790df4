"""A practice that a state machine works on: carrying acts out, and checking what is stored after each."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from itertools import count
from typing import TypeVar

from hypothesis.stateful import RuleBasedStateMachine

from bot.domain.errors import (
    AddressInUse,
    AlreadyLinked,
    AlreadyRemoved,
    AlreadyUndone,
    BecameClient,
    ChangedMeanwhile,
    ChangedSince,
    InvalidInput,
    LikelyDuplicates,
    UndoTooLate,
)
from bot.domain.family import Family
from bot.domain.history import Act, HistoryEntry
from bot.domain.ids import ClientId
from bot.domain.person import Person
from bot.domain.relationship import Contact, Link, Relation
from bot.services.outcome import ClientSaved, Outcome, Undone
from bot.services.snapshots import relation_from
from tests.services.bench import Bench, everything_of
from tests.services.family_rules import (
    check_conversion,
    check_family,
    check_nobody_is_both,
    check_relation,
)
from tests.services.replay import Replay

MOSTLY_ACTIVE = 85
REFUSALS = (
    AddressInUse,
    AlreadyLinked,
    AlreadyRemoved,
    AlreadyUndone,
    BecameClient,
    ChangedMeanwhile,
    ChangedSince,
    InvalidInput,
    LikelyDuplicates,
    UndoTooLate,
)

Kind = TypeVar("Kind", Link, Contact, Relation)
Deed = Callable[[str], Awaitable[Outcome | ClientSaved | Undone]]


class FamilyUnderTest(RuleBasedStateMachine):
    """The clients and relations that there are, and what the history says of them so far."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.run = bench.run
        self.practice = bench.fresh_practice()
        self.clients: list[ClientId] = []
        self.relations: dict[str, Relation] = {}
        self.replay = Replay()
        self.entries: list[HistoryEntry] = []
        self.last_number = 0
        self.submissions = count(1)
        self.latest: tuple[Deed, str] | None = None

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
        elif isinstance(outcome, Undone):
            assert set(acts) <= {Act.CHANGE_UNDONE, Act.CONTACT_EDITED}
            assert Act.CHANGE_UNDONE in acts
        elif Act.CONTACT_BECAME_CLIENT in acts:
            check_conversion(acts)
        elif outcome.act is Act.CONTACT_EDITED:
            # A change to a person stands on each account that has them.
            assert set(acts) == {Act.CONTACT_EDITED}
        else:
            assert acts in ([outcome.act], [Act.CLIENT_ADDED, Act.LINK_ADDED])
        subjects = [entry.subject_id for entry in entries]
        assert len(set(subjects)) == len(subjects)
        for entry in entries:
            self.replay.apply(entry)
            self.know(entry)
        self.entries += entries
        self.bench.done.update(acts)
        self.check()

    def again(self) -> None:
        """Submit the latest act a second time: it was carried out before, and nothing more happens."""
        assert self.latest is not None
        outcome = self.run(_started(*self.latest))
        assert (outcome.changed, outcome.repeated) == (False, True)
        assert self.run(self.new_entries()) == []
        self.bench.repeated += 1
        self.check()

    def note(self, outcome: Outcome | ClientSaved | Undone) -> None:
        """Remember whom and what there is."""
        if isinstance(outcome, ClientSaved):
            seen = [outcome.client]
        else:
            seen = [linked.client for linked in outcome.family.linked_clients]
        if isinstance(outcome, Outcome):
            assert outcome.relation is not None
            self.relations[outcome.relation.id] = outcome.relation
        self.clients += [client.id for client in seen if client.id not in self.clients]

    def know(self, entry: HistoryEntry) -> None:
        """Remember the relation that an entry is about; one that is new may stand on another account."""
        if entry.after is not None and "sides" in entry.after:
            relation, _ = relation_from(entry.after)
            self.relations.setdefault(relation.id, relation)

    async def new_entries(self) -> list[HistoryEntry]:
        """Return the entries that were appended since the last look, oldest first."""
        found: dict[int, HistoryEntry] = {}
        async with self.bench.database.reading(self.practice.dana.workspace_id) as unit:
            for client_id in self.clients:
                for entry in await unit.history.of_client(client_id, limit=20):
                    if entry.number > self.last_number:
                        found[entry.number] = entry
        entries = [found[number] for number in sorted(found)]
        self.last_number = entries[-1].number if entries else self.last_number
        return entries

    def check(self) -> None:
        """Check the stored state: against its rules, and against what the history comes to."""
        self.run(self._check())

    async def _check(self) -> None:
        stored: dict[str, object] = {}
        families: dict[ClientId, Family] = {}
        async with self.bench.database.reading(self.practice.dana.workspace_id) as unit:
            for client_id in self.clients:
                family = await unit.relations.family(client_id)
                assert family is not None
                families[client_id] = family
                stored[client_id] = family.client
                order = [member.relation.id for member in family.emergency_contacts]
                assert list(await unit.relations.emergency_order(client_id)) == order
                assert order == self.replay.orders.get(client_id, [])
            for known in tuple(self.relations.values()):
                relation = await unit.relations.get(known.id)
                assert relation is not None
                self.relations[relation.id] = relation
                person = None
                if isinstance(relation, Contact) and relation.is_active:
                    person = await unit.people.get(relation.person_id)
                stored[relation.id] = relation, person
                check_relation(relation, families)
        assert stored == self.replay.state()
        for family in families.values():
            check_family(family)
        check_nobody_is_both(self.relations.values(), self.entries)

    async def person_of(self, contact: Contact) -> Person:
        async with self.bench.database.reading(self.practice.dana.workspace_id) as unit:
            person = await unit.people.get(contact.person_id)
        assert person is not None
        return person

    def client(self, number: int) -> ClientId:
        return self.clients[number % len(self.clients)]

    def of_kind(self, kind: type[Kind]) -> list[Kind]:
        return [one for one in self.relations.values() if isinstance(one, kind)]

    def chosen(self, among: list[Kind], number: int, side: int) -> tuple[Kind, ClientId]:
        active = [one for one in among if one.is_active]
        # Mostly what stands on a card; sometimes the button of an old message.
        choice = active if active and number < MOSTLY_ACTIVE else among
        relation = choice[number % len(choice)]
        return relation, relation.client_ids[side % len(relation.client_ids)]

    def teardown(self) -> None:
        """Nothing next door changed, and the history holds these entries and no others."""
        assert self.run(everything_of(self.bench.neighbour)) == self.bench.next_door
        assert self.run(self._all_entries()) == self.replay.entries

    async def _all_entries(self) -> int:
        async with self.bench.database.reading(self.practice.dana.workspace_id) as unit:
            return sum([len(await unit.history.of_subject(subject_id)) for subject_id in self.replay.kept])


async def _started(act: Deed, key: str) -> Outcome | ClientSaved | Undone:
    return await act(key)
