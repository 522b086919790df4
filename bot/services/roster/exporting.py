"""Taking families out: everybody's, or one client's, as of one moment and a page at a time."""

from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.client import Client
from bot.domain.errors import NotFound
from bot.domain.history import Act
from bot.domain.ids import ClientId, PersonId
from bot.domain.person import Person
from bot.domain.relationship import Contact, Link, Relation, Side
from bot.domain.staff import Actor
from bot.domain.staff_role import Right
from bot.services.audit import entry_by
from bot.services.errand import Desk
from bot.services.ports import UnitOfWork
from bot.services.rights import needs, refuse_without

CLIENTS_AT_ONCE = 500
"""Clients read at a time: what is in memory does not grow with the practice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedMember:
    """Somebody related to a client, removed or not, as the client's account has or had them."""

    relation: Relation
    side: Side
    related: Client | Person
    has_ended: bool
    """It was removed, or its last day has passed."""

    @property
    def reverse(self) -> Side | None:
        """What the client is to the related one, where that is a client too."""
        relation = self.relation
        if not isinstance(relation, Link):
            return None
        return relation.side_of(relation.other_than(self.side.client_id))

    @property
    def is_first_half(self) -> bool:
        """Say whether it is on this account that it was added: there it is told, and once."""
        return not isinstance(self.relation, Link) or self.relation.added_from == self.side.client_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedFamily:
    """A client with everybody who is or was related, those to be called first in front."""

    client: Client
    members: tuple[ExportedMember, ...]


class RosterExport(Desk):
    """Takes families out of a workspace; the record says who did so, and when."""

    async def families(
        self, actor: Actor, *, of: ClientId | None = None
    ) -> AsyncGenerator[ExportedFamily, None]:
        """Yield every client with the family, whatever their status, or one client with those linked to them.

        Of these others only what they are to this client is told, for the rest is nobody's family but theirs.

        Args:
            actor: who takes them out.
            of: the one client, None for everybody.

        Raises:
            NotPermitted: they have no right to see clients.
            NotFound: there is no such client.
        """
        refuse_without(Right.SEE_CLIENTS, actor)
        async with self._storage.reading(actor.workspace_id) as unit:
            if of is not None:
                for family in await self._one(unit, of):
                    yield family
                return
            page = await unit.families.page(after=None, limit=CLIENTS_AT_ONCE)
            while page:
                relations = await unit.families.relations_of([client.id for client in page])
                for family in await self._families(unit, page, relations):
                    yield family
                page = await unit.families.page(after=page[-1].id, limit=CLIENTS_AT_ONCE)

    @needs(Right.SEE_CLIENTS)
    async def client(self, actor: Actor, own_id: str) -> Client:
        """Return the client with this own id, in whatever case.

        Raises:
            NotFound: there is no such client.
        """
        async with self._storage.reading(actor.workspace_id) as unit:
            found = await unit.clients.with_own_id(own_id)
        if found is None:
            raise NotFound
        return found

    @needs(Right.SEE_CLIENTS)
    async def record(self, actor: Actor, *, of: ClientId | None, written_as: str) -> None:
        """Record that families are taken out, before the first of them is."""
        entry = entry_by(
            actor,
            Act.DATA_EXPORTED,
            at_clock=self._clock,
            subject_id="roster",
            client_ids=() if of is None else (of,),
            after={"written_as": written_as},
        )
        async with self._storage.writing(actor.workspace_id) as unit:
            await unit.history.append(entry)

    async def _one(self, unit: UnitOfWork, client_id: ClientId) -> Sequence[ExportedFamily]:
        relations = await unit.families.relations_of((client_id,))
        wanted = {client_id, *(each for relation in relations for each in relation.client_ids)}
        clients = await unit.families.clients(wanted)
        if client_id not in clients:
            raise NotFound
        others = [clients[each] for each in sorted(wanted - {client_id}) if each in clients]
        return await self._families(unit, (clients[client_id], *others), relations)

    async def _families(
        self, unit: UnitOfWork, clients: Sequence[Client], relations: Collection[Relation]
    ) -> list[ExportedFamily]:
        known = {client.id: client for client in clients}
        missing = {each for relation in relations for each in relation.client_ids} - set(known)
        known |= await unit.families.clients(missing)
        people = await unit.families.people(
            {each.person_id for each in relations if isinstance(each, Contact)}
        )
        members: dict[ClientId, list[ExportedMember]] = {client.id: [] for client in clients}
        for relation in relations:
            for side in relation.sides:
                if side.client_id in members:
                    related = _related(relation, side, known, people)
                    ended = relation.removal is not None or relation.has_ended(today=self._clock.today())
                    members[side.client_id].append(
                        ExportedMember(relation=relation, side=side, related=related, has_ended=ended)
                    )
        return [
            ExportedFamily(client=client, members=tuple(sorted(members[client.id], key=_as_called)))
            for client in clients
        ]


def _related(
    relation: Relation, side: Side, clients: Mapping[ClientId, Client], people: Mapping[PersonId, Person]
) -> Client | Person:
    if isinstance(relation, Contact):
        return people[relation.person_id]
    return clients[relation.other_than(side.client_id)]


def _as_called(member: ExportedMember) -> tuple[bool, int, str]:
    place = member.side.emergency_position
    return place is None, place or 0, member.relation.id
