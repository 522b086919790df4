"""What the services need of the world outside, as protocols they own."""

from collections.abc import Collection, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.client import Client, ClientDetails
from bot.domain.family import Family
from bot.domain.history import HistoryEntry
from bot.domain.ids import ClientId, ContactId, PersonId, RelationId, StaffId, WorkspaceId
from bot.domain.person import Person, PersonDetails
from bot.domain.relationship import Contact, Link, Relation
from bot.domain.staff import StaffMember


class Clock(Protocol):
    """The time, so that no service has a clock of its own."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        ...

    def today(self) -> date:
        """Return the date in the practice's time zone (R62)."""
        ...


class NewId(Protocol):
    """A source of opaque ids that were never given before and sort by the time they were given."""

    def __call__(self) -> str:
        """Return the next id: at most 40 ASCII letters and digits."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundClients:
    """The first matches of a search, best first, and how many there are in all."""

    clients: tuple[Client, ...]
    total: int


class Clients(Protocol):
    """The clients of one workspace."""

    async def get(self, client_id: ClientId) -> Client | None:
        """Return a client, or None where this workspace has no such client."""
        ...

    async def lock(self, client_ids: Collection[ClientId]) -> dict[ClientId, Client]:
        """Return those of the clients that exist, held against other writers until the unit ends.

        Rows are taken in the order of their ids, so that two units never wait for each other.
        """
        ...

    async def add(self, client: Client) -> None:
        """Store a new client, findable at once.

        Raises:
            InvalidInput: the practice's own id belongs to another client (at `Field.OWN_ID`).
        """
        ...

    async def update(self, client: Client, *, expected_version: int) -> None:
        """Store changed details under `client.version`.

        Raises:
            ChangedMeanwhile: the stored version is not `expected_version`.
            InvalidInput: the practice's own id belongs to another client (at `Field.OWN_ID`).
        """
        ...

    async def search(
        self, text: str, *, limit: int, leave_out_family_of: ClientId | None = None
    ) -> FoundClients:
        """Return pickable clients whose name parts, own id, e-mail or phone begin with every word of `text`.

        Accents, case and hyphens do not matter, nor the order of the words; a phone may be typed in any
        notation. Active clients come before archived ones, then by name. No text: everybody, by name.

        Args:
            text: what was typed.
            limit: how many clients at most; `total` counts the others too.
            leave_out_family_of: a client to leave out, together with those actively linked to them (R13).
        """
        ...

    async def exact(self, text: str) -> tuple[Client, ...]:
        """Return the pickable clients whose whole name, own id, e-mail or phone is `text`, folded.

        A whole name is first and last in either order ("Maria Lopez", "Lopez, Maria"), or preferred and last.
        """
        ...

    async def with_email(self, address: str) -> tuple[Client, ...]:
        """Return the clients whose address opens the same login (R14), the deceased not among them."""
        ...

    async def with_own_id(self, own_id: str) -> Client | None:
        """Return the client, the deceased among them, with this own id in whatever case, or None."""
        ...

    async def alike(self, details: ClientDetails) -> tuple[Client, ...]:
        """Return clients with the same folded name or the same e-mail: candidates for R12, not yet judged."""
        ...

    async def like_person(self, details: PersonDetails, *, limit: int) -> tuple[Client, ...]:
        """Return pickable clients with the name, the e-mail or a number of a contact: candidates for R35."""
        ...


class People(Protocol):
    """The contact persons of one workspace."""

    async def get(self, person_id: PersonId) -> Person | None:
        """Return a contact person, or None where this workspace has no such person."""
        ...

    async def lock(self, person_id: PersonId) -> Person | None:
        """Return a contact person, held against other writers until the unit ends, or None.

        Held before any client is, so that two units never wait for each other. Who adds a contact of a
        person who is there already holds the person: while they are held, nobody else gets this contact.
        """
        ...

    async def alike(self, details: PersonDetails, *, limit: int) -> tuple[Person, ...]:
        """Return active contacts' people with the name, the e-mail or a number: candidates for R35."""
        ...

    async def contacts_of(self, person_id: PersonId) -> tuple[ContactId, ...]:
        """Return the active contacts that point to a person, by id (R36)."""
        ...

    async def add(self, person: Person) -> None:
        """Store a new contact person, found among those alike at once."""
        ...

    async def update(self, person: Person, *, expected_version: int) -> None:
        """Store changed details under `person.version`.

        Raises:
            ChangedMeanwhile: the stored version is not `expected_version`.
        """
        ...

    async def count_clients_of(self, person_id: PersonId) -> int:
        """Return how many clients have this person as an active contact (R36)."""
        ...


class Relations(Protocol):
    """Links and contacts of one workspace."""

    async def family(self, client_id: ClientId) -> Family | None:
        """Return a client with the active relations, or None where there is no such client.

        Links by the other client's last and first name, then contacts likewise, folded.
        """
        ...

    async def get(self, relation_id: RelationId) -> Relation | None:
        """Return a link or contact, active or removed, or None where there is no such relation."""
        ...

    async def active_link_between(self, one: ClientId, other: ClientId) -> Link | None:
        """Return the active link of a pair, whichever side is named first."""
        ...

    async def add(self, relation: Link | Contact) -> None:
        """Store a new relation with its sides, emergency positions as they stand on the sides.

        Raises:
            AlreadyLinked: the pair has an active link (R11).
        """
        ...

    async def update(self, relation: Link | Contact, *, expected_version: int) -> None:
        """Store a changed relation and its sides under `relation.version`, the removal included.

        Emergency positions are *not* written here, but a removed relation loses its positions.
        A removed relation that becomes active again shows on its accounts without a position (R43).

        Raises:
            ChangedMeanwhile: the stored version is not `expected_version`.
            AlreadyLinked: it would become active again, but the pair has another active link by now (R11).
            AlreadyContact: it would become active again, but the person is a contact of the client by now.
        """
        ...

    async def emergency_order(self, client_id: ClientId) -> tuple[RelationId, ...]:
        """Return a client's emergency contacts, links and contacts alike, the first to call first (R33)."""
        ...

    async def set_emergency_order(self, client_id: ClientId, order: Sequence[RelationId]) -> None:
        """Make these active relations the client's emergency contacts, 1..n in this order, and no others."""
        ...


class History(Protocol):
    """The one writer and reader of the append-only record."""

    async def append(self, entry: HistoryEntry) -> HistoryEntry:
        """Store an entry and return it with its number."""
        ...

    async def of_client(
        self, client_id: ClientId, *, limit: int, before: int | None = None, skip: int = 0
    ) -> tuple[HistoryEntry, ...]:
        """Return the entries about a client's account, newest first, those below number `before` if given.

        Args:
            client_id: whose account.
            limit: how many entries at most.
            before: only entries below this number.
            skip: how many of the newest of them to leave out: the pages before.
        """
        ...

    async def of_subject(self, subject_id: str) -> tuple[HistoryEntry, ...]:
        """Return the entries of one client, link or contact, oldest first."""
        ...

    async def of_subjects(self, subject_ids: Collection[str], *, until: int) -> tuple[HistoryEntry, ...]:
        """Return the entries of several clients, links or contacts up to number `until`, oldest first."""
        ...

    async def since(
        self, number: int, *, subject_ids: Collection[str], person_id: PersonId | None
    ) -> tuple[HistoryEntry, ...]:
        """Return the entries after a number about some subjects or a contact person, oldest first."""
        ...

    async def numbered(self, numbers: Collection[int]) -> dict[int, HistoryEntry]:
        """Return those of the entries that exist, by number."""
        ...

    async def undoing(self, numbers: Collection[int]) -> dict[int, HistoryEntry]:
        """Return the entries that undo some others, by the number of the undone one."""
        ...


class Submissions(Protocol):
    """Which submissions were carried out: a second one of the same key has no effect (R11)."""

    async def claim(self, key: str) -> str | None:
        """Take the key for this unit and return None, or return the subject of the unit that had it before.

        Waits for another unit that holds the key and has not ended.
        """
        ...

    async def settle(self, key: str, subject_id: str) -> None:
        """Remember what a claimed submission was about."""
        ...


class Deliveries(Protocol):
    """What was taken up of what Slack delivers, which it may deliver again, to any process."""

    async def take_up(self, keys: Collection[str], at: datetime) -> frozenset[str]:
        """Take the keys up, and return those that nobody had taken up before.

        Waits for another unit that takes one of them up and has not ended.
        """
        ...

    async def forget(self, *, before: datetime) -> int:
        """Forget what was taken up before a moment, and return how many that were."""
        ...


class UnitOfWork(Protocol):
    """One transaction in one workspace. Everything read and written belongs to that workspace."""

    @property
    def clients(self) -> Clients:
        """The clients."""
        ...

    @property
    def people(self) -> People:
        """The contact persons."""
        ...

    @property
    def relations(self) -> Relations:
        """Links and contacts."""
        ...

    @property
    def history(self) -> History:
        """The record of changes."""
        ...

    @property
    def submissions(self) -> Submissions:
        """The submissions already carried out."""
        ...

    @property
    def deliveries(self) -> Deliveries:
        """What was taken up of what Slack delivers."""
        ...


class Storage(Protocol):
    """The database. Its units end with the block: committed on a clean exit, rolled back on an exception.

    Raises:
        StorageUnavailable: the database is locked, hung or gone; nothing was changed.
    """

    def reading(self, workspace_id: WorkspaceId) -> AbstractAsyncContextManager[UnitOfWork]:
        """Open a unit that only reads, all of it as of one moment."""
        ...

    def writing(self, workspace_id: WorkspaceId) -> AbstractAsyncContextManager[UnitOfWork]:
        """Open a unit that writes; on SQLite it holds the write lock from the start."""
        ...


class Directory(Protocol):
    """Who people are, as Slack knows them."""

    async def member(self, staff_id: StaffId) -> StaffMember:
        """Return what is known of a person.

        Raises:
            DirectoryUnavailable: Slack cannot be asked and the person is not known.
            NotFound: Slack knows no such person.
        """
        ...
