"""Announcing to the responsible staff that somebody gets a client's e-mails no more as they did (R44).

What is to be told is found from the change itself and stored in its transaction: whatever happens to the
process afterwards, it is told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.client import Client
from bot.domain.family import Family
from bot.domain.ids import AnnouncementId, ClientId, StaffId, WorkspaceId
from bot.domain.person import Person
from bot.domain.recipient_changes import Announcement, recipient_changes, with_client, with_relation
from bot.domain.relationship import Link, Relation
from bot.services.ports import Clock, NewId, RecipientsChanged, Storage, UnitOfWork
from bot.services.recipients import restrictions_of

LEASE = timedelta(minutes=2)
"""Longer than it takes to tell what was taken at once."""
AT_ONCE = 5
GIVEN_UP = timedelta(days=3)
"""How long it is tried to tell somebody; the change itself stays in the history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcer:
    """Keeps what one act changes for whoever is told, in the unit of the act."""

    unit: UnitOfWork
    at: datetime
    today: date
    by_name: str
    new_id: NewId

    async def relation(
        self, before: Relation, after: Relation, *, person_before: Person | None, person_after: Person | None
    ) -> None:
        """Keep what the change of a relation, or of the person behind it, does to who receives."""
        if not _may_lose(before, after) and _address(person_before) == _address(person_after):
            return
        families: dict[ClientId, tuple[Family, Family]] = {}
        for side in before.sides:
            if before.removal is None and side.sharing is not None:
                family = await self.unit.relations.family(side.client_id)
                related = await self._related(before, side.client_id, person_before)
                if family is not None and related is not None:
                    families[side.client_id] = (with_relation(family, before, related=related), family)
        await self._keep(families)

    async def client(self, before: Client, after: Client) -> None:
        """Keep what the change of a client does to who receives on their own and others' accounts."""
        if (before.email, before.details.status) == (after.email, after.details.status):
            return
        own = await self.unit.relations.family(after.id)
        if own is None:
            return
        families = {after.id: (with_client(own, before), own)}
        for linked in own.linked_clients:
            if linked.reverse.sharing is not None:
                family = await self.unit.relations.family(linked.client.id)
                if family is not None:
                    families[linked.client.id] = (with_client(family, before), family)
        await self._keep(families)

    async def _related(
        self, relation: Relation, client_id: ClientId, person: Person | None
    ) -> Client | Person | None:
        if isinstance(relation, Link):
            return await self.unit.clients.get(relation.other_than(client_id))
        return person or await self.unit.people.get(relation.person_id)

    async def _keep(self, families: Mapping[ClientId, tuple[Family, Family]]) -> None:
        if not families:
            return
        responsible = (await self.unit.settings.chosen()).responsible
        kept = []
        for client_id, (before, after) in families.items():
            # The client's own, else those whom the settings name.
            told = tuple(owner.id for owner in after.client.owners) or responsible
            if not told:
                continue
            restrictions = await restrictions_of(self.unit, client_id, today=self.today)
            changes = recipient_changes(before, after, today=self.today, restrictions=restrictions)
            kept += [
                Announcement(
                    id=AnnouncementId(self.new_id()),
                    staff_id=staff_id,
                    client_id=client_id,
                    at=self.at,
                    by_name=self.by_name,
                    changes=changes,
                    known_to=frozenset(told),
                )
                for staff_id in told
                if changes
            ]
        await self.unit.announcements.add(kept)


def _may_lose(before: Relation, after: Relation) -> bool:
    """Say whether anything changed that e-mails depend on."""
    return (before.removal, before.ends_on, [side.sharing for side in before.sides]) != (
        after.removal,
        after.ends_on,
        [side.sharing for side in after.sides],
    )


def _address(person: Person | None) -> str | None:
    return person.details.email if person is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An announcement that is to be told now."""

    id: AnnouncementId
    at: datetime
    notice: RecipientsChanged
    known_to: frozenset[StaffId]


class Announcing:
    """Hands out what is to be told, and forgets what was."""

    def __init__(self, *, storage: Storage, clock: Clock, new_id: NewId) -> None:
        self._storage = storage
        self._clock = clock
        self._new_id = new_id

    async def due(self, workspace_id: WorkspaceId) -> tuple[Due, ...]:
        """Take what is to be told now; what nobody says is told comes again.

        Raises:
            StorageUnavailable: the database is locked, hung or gone.
        """
        now = self._clock.now()
        if not await self._storage.finding.announcements_wait(workspace_id):
            return ()
        due = []
        async with self._storage.writing(workspace_id) as unit:
            for each in await unit.announcements.claim(now=now, until=now + LEASE, limit=AT_ONCE):
                client = await unit.clients.get(each.client_id)
                if client is None or now - each.at > GIVEN_UP:
                    await unit.announcements.remove(each.id)
                    continue
                notice = RecipientsChanged(
                    client=client, by_name=each.by_name, changes=each.changes, staff=(each.staff_id,)
                )
                due.append(Due(id=each.id, at=each.at, notice=notice, known_to=each.known_to))
        return tuple(due)

    async def hand_on(self, workspace_id: WorkspaceId, due: Due) -> None:
        """Have those told whom the settings name: the client's own can be told nothing any more.

        Where several of the client's own cannot, or are named by the settings too, everybody is told once.

        Raises:
            StorageUnavailable: the database is locked, hung or gone.
        """
        async with self._storage.writing(workspace_id) as unit:
            client_id = due.notice.client.id
            known_to = due.known_to | await unit.announcements.known_to(client_id, due.at)
            await unit.announcements.remove(due.id)
            named = (await unit.settings.chosen()).responsible
            others = [each for each in named if each not in known_to]
            known_to |= frozenset(others)
            await unit.announcements.make_known(client_id, due.at, known_to)
            await unit.announcements.add(
                [
                    Announcement(
                        id=AnnouncementId(self._new_id()),
                        staff_id=staff_id,
                        client_id=client_id,
                        at=due.at,
                        by_name=due.notice.by_name,
                        changes=tuple(due.notice.changes),
                        known_to=known_to,
                    )
                    for staff_id in others
                ]
            )

    async def told(self, workspace_id: WorkspaceId, announcement_id: AnnouncementId) -> None:
        """Forget an announcement: it was told, or never can be.

        Raises:
            StorageUnavailable: the database is locked, hung or gone.
        """
        async with self._storage.writing(workspace_id) as unit:
            await unit.announcements.remove(announcement_id)
