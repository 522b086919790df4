"""One act of a member of staff, inside one unit of work."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.client import Client
from bot.domain.history import Act, HistoryEntry
from bot.domain.ids import ClientId
from bot.domain.person import Person
from bot.domain.relationship import Contact, Relation
from bot.domain.staff import Actor
from bot.services.announcing import Announcer
from bot.services.audit import Audit
from bot.services.ports import Clock, NewId, Storage, UnitOfWork
from bot.services.snapshots import Orders, Snapshot, client_snapshot, orders_snapshot, relation_snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationState:
    """A relation at one moment, with the person of a contact and the emergency orders it moved."""

    relation: Relation
    person: Person | None
    orders: Orders

    @property
    def snapshot(self) -> Snapshot:
        """What the history keeps of it."""
        kept = relation_snapshot(self.relation, self.person)
        kept["emergency_orders"] = orders_snapshot(self.orders)
        return kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """Who acts, when and in which unit; everything it records carries the same moment."""

    actor: Actor
    unit: UnitOfWork
    at: datetime
    today: date
    new_id: NewId
    region: str

    async def record_client(
        self, act: Act, *, before: Client | None, after: Client, undoes: int | None = None
    ) -> HistoryEntry:
        """Append the one entry of a change to a client, and return it."""
        if before is not None:
            await self.announcer.client(before, after)
        return await self.unit.history.append(
            self.client_entry(act, before=before, after=after, undoes=undoes)
        )

    def client_entry(
        self, act: Act, *, before: Client | None, after: Client, undoes: int | None = None
    ) -> HistoryEntry:
        """Return the one entry of a change to a client, for whoever appends several at once."""
        return HistoryEntry(
            at=self.at,
            by=self.actor.staff_id,
            by_name=self.actor.name,
            surface=self.actor.surface,
            act=act,
            subject_id=after.id,
            client_ids=(after.id,),
            before=client_snapshot(before) if before else None,
            after=client_snapshot(after),
            undoes=undoes,
        )

    async def record_relation(
        self, act: Act, *, before: RelationState | None, after: RelationState, undoes: int | None = None
    ) -> HistoryEntry:
        """Append the one entry of a change to a link or contact, and return it."""
        if before is not None:
            await self.announcer.relation(
                before.relation, after.relation, person_before=before.person, person_after=after.person
            )
        return await self.unit.history.append(
            self.relation_entry(act, before=before, after=after, undoes=undoes)
        )

    def relation_entry(
        self, act: Act, *, before: RelationState | None, after: RelationState, undoes: int | None = None
    ) -> HistoryEntry:
        """Return the one entry of a change to a link or contact, for whoever appends several at once."""
        relation = after.relation
        return HistoryEntry(
            at=self.at,
            by=self.actor.staff_id,
            by_name=self.actor.name,
            surface=self.actor.surface,
            act=act,
            subject_id=relation.id,
            client_ids=relation.client_ids,
            person_id=relation.person_id if isinstance(relation, Contact) else None,
            before=before.snapshot if before else None,
            after=after.snapshot,
            undoes=undoes,
        )

    @property
    def announcer(self) -> Announcer:
        """What keeps for the responsible staff what this act does to who receives."""
        return Announcer(
            unit=self.unit, at=self.at, today=self.today, by_name=self.actor.name, new_id=self.new_id
        )

    async def claim(self, submission: str | None) -> str | None:
        """Take a submission for this unit, or return what an earlier unit of it was about (R11)."""
        return None if submission is None else await self.unit.submissions.claim(submission)

    async def settle(self, submission: str | None, subject_id: str) -> None:
        """Remember what a submission was about, so that its repetition has no effect."""
        if submission is not None:
            await self.unit.submissions.settle(submission, subject_id)


class Desk:
    """Where acts are carried out: the storage, the time and the ids that every act needs.

    Args:
        storage: the database.
        clock: what time it is.
        new_id: gives ids to what is new.
        region: the country of numbers typed without a country code.
        audit: where it is recorded that staff have seen a client's details; those of the machine are not.
    """

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        new_id: NewId,
        region: str = "US",
        audit: Audit | None = None,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._new_id = new_id
        self._region = region
        self._audit = audit

    def _looked(self, actor: Actor, act: Act, client_id: ClientId) -> None:
        """Have it recorded that somebody has seen a client's details."""
        if self._audit is not None:
            self._audit.looked(actor, act, client_id)

    @asynccontextmanager
    async def _errand(self, actor: Actor) -> AsyncIterator[Errand]:
        """Open a writing unit for one act."""
        async with self._storage.writing(actor.workspace_id) as unit:
            yield self._errand_in(unit, actor)

    def _errand_in(self, unit: UnitOfWork, actor: Actor) -> Errand:
        """Return an act in a unit that is open already."""
        return Errand(
            actor=actor,
            unit=unit,
            at=self._clock.now(),
            today=self._clock.today(),
            new_id=self._new_id,
            region=self._region,
        )
