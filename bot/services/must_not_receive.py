"""Entering and lifting who must not receive a client's mail: with rights of their own (R50)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.errors import Field, NotFound
from bot.domain.folding import tidy
from bot.domain.history import Act, JsonValue
from bot.domain.ids import ClientId, PersonId, RelationId, RestrictionId
from bot.domain.must_not_receive import (
    MAX_DOCUMENT_LENGTH,
    MAX_LIFTING_REASON_LENGTH,
    Barred,
    Lifting,
    MustNotReceive,
    RestrictionClass,
)
from bot.domain.person import Person
from bot.domain.staff import Actor
from bot.domain.staff_role import Right
from bot.services.audit import entry_by
from bot.services.findings import Findings
from bot.services.held import related_person
from bot.services.ports import Clock, NewId, Storage, UnitOfWork
from bot.services.reach import check_email
from bot.services.rights import needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Whom:
    """Whom an entry is to be about: one of these.

    Attributes:
        relation_id: the linked client or contact at the other end of a relation of the client.
        person_id: a contact person.
        client_id: another client, or the client themselves.
        address: an e-mail address, whoever reads it.
    """

    relation_id: RelationId | None = None
    person_id: PersonId | None = None
    client_id: ClientId | None = None
    address: str = ""


class KeepingRestrictions:
    """What is entered counts at once: where sharing is switched on, and each time mail is sent."""

    def __init__(self, *, storage: Storage, clock: Clock, new_id: NewId) -> None:
        self._storage = storage
        self._clock = clock
        self._new_id = new_id

    @needs(Right.ENTER_BLOCK)
    async def add(
        self,
        actor: Actor,
        client_id: ClientId,
        whom: Whom,
        *,
        why: RestrictionClass,
        document: str = "",
        expires_on: date | None = None,
        submission: str | None = None,
    ) -> MustNotReceive:
        """Enter somebody who must not receive this client's mail.

        Sharing that is on stays recorded as it is; nothing goes out over it while the entry counts.

        Args:
            actor: who enters it.
            client_id: whose mail.
            whom: the person or the address.
            why: the class of the entry, which only those see who may lift it.
            document: what it rests on, such as the number of a court order.
            expires_on: its last day; None until it is lifted.
            submission: the key under which it happens once (R11); again it returns what is there.

        Raises:
            NotFound: there is no such client, relation or person in this workspace.
            InvalidInput: no address (EMAIL), a document too long (DOCUMENT), a day in the past (EXPIRES_ON).
            ValueError: `whom` names nobody, or more than one.
        """
        findings = Findings()
        kept = tidy(document)
        if len(kept) > MAX_DOCUMENT_LENGTH:
            findings.add(Field.DOCUMENT, "document.too_long", max=MAX_DOCUMENT_LENGTH)
        if expires_on is not None and expires_on < self._clock.today():
            findings.add(Field.EXPIRES_ON, "basis.expiry_past")
        address = check_email(whom.address, findings) if whom.address else None
        findings.refuse_if_any()
        async with self._storage.writing(actor.workspace_id) as unit:
            earlier = None if submission is None else await unit.submissions.claim(submission)
            if earlier is not None:
                return await _read(unit, RestrictionId(earlier))
            if await unit.clients.get(client_id) is None:
                raise NotFound
            entry = MustNotReceive(
                id=RestrictionId(self._new_id()),
                client_id=client_id,
                barred=await _barred(unit, client_id, replace(whom, address=address or "")),
                why=why,
                document=kept,
                expires_on=expires_on,
                recorded_by=actor.staff_id,
                recorded_by_name=actor.name,
                recorded_at=self._clock.now(),
            )
            await unit.restrictions.add(entry)
            await self._record(unit, actor, Act.BLOCK_ENTERED, entry, {"class": why.value})
            if submission is not None:
                await unit.submissions.settle(submission, entry.id)
            return await _read(unit, entry.id)

    @needs(Right.LIFT_BLOCK)
    async def of_client(
        self, actor: Actor, client_id: ClientId, *, even_lifted: bool = False
    ) -> tuple[MustNotReceive, ...]:
        """Return the entries of a client, oldest first, those that have expired among them.

        Raises:
            NotFound: there is no such client in this workspace.
        """
        async with self._storage.reading(actor.workspace_id) as unit:
            if await unit.clients.get(client_id) is None:
                raise NotFound
            return await unit.restrictions.of_client(client_id, even_lifted=even_lifted)

    @needs(Right.LIFT_BLOCK)
    async def lift(self, actor: Actor, restriction_id: RestrictionId, *, reason: str) -> MustNotReceive:
        """Lift an entry; what is shared with them goes out again from then on. Lifting it again does nothing.

        Raises:
            NotFound: there is no such entry in this workspace.
            InvalidInput: no reason, or one too long (REASON).
        """
        findings = Findings()
        said = tidy(reason)
        if not said:
            findings.add(Field.REASON, "reason.needed")
        if len(said) > MAX_LIFTING_REASON_LENGTH:
            findings.add(Field.REASON, "reason.too_long", max=MAX_LIFTING_REASON_LENGTH)
        findings.refuse_if_any()
        lifting = Lifting(at=self._clock.now(), by=actor.staff_id, by_name=actor.name, reason=said)
        async with self._storage.writing(actor.workspace_id) as unit:
            entry = await _read(unit, restriction_id)
            if await unit.restrictions.lift(replace(entry, lifting=lifting)):
                await self._record(unit, actor, Act.BLOCK_LIFTED, entry, {"reason": said})
            return await _read(unit, restriction_id)

    async def _record(
        self, unit: UnitOfWork, actor: Actor, act: Act, entry: MustNotReceive, said: Mapping[str, JsonValue]
    ) -> None:
        """Record it where only those read it who may lift it: it is no change of the family (R50)."""
        await unit.history.append(
            entry_by(
                actor,
                act,
                at_clock=self._clock,
                subject_id=entry.id,
                client_ids=(entry.client_id,),
                person_id=entry.barred.person_id,
                after=said,
            )
        )


async def _read(unit: UnitOfWork, restriction_id: RestrictionId) -> MustNotReceive:
    entry = await unit.restrictions.get(restriction_id)
    if entry is None:
        raise NotFound
    return entry


async def _barred(unit: UnitOfWork, client_id: ClientId, whom: Whom) -> Barred:
    if sum(map(bool, _named(whom))) != 1:
        raise ValueError("an entry is about one relation, person, client or address")
    if whom.relation_id is not None:
        return await _at_the_other_end(unit, client_id, whom.relation_id)
    if whom.person_id is not None and await unit.people.get(whom.person_id) is None:
        raise NotFound
    if whom.client_id is not None and await unit.clients.get(whom.client_id) is None:
        raise NotFound
    return Barred(person_id=whom.person_id, client_id=whom.client_id, address=whom.address or None)


def _named(whom: Whom) -> Iterator[str | None]:
    yield from (whom.relation_id, whom.person_id, whom.client_id, whom.address)


async def _at_the_other_end(unit: UnitOfWork, client_id: ClientId, relation_id: RelationId) -> Barred:
    relation = await unit.relations.get(relation_id)
    if relation is None or client_id not in relation.client_ids:
        raise NotFound
    related = await related_person(unit, client_id, relation)
    if isinstance(related, Person):
        return Barred(person_id=related.id)
    return Barred(client_id=related.id)
