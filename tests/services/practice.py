"""A practice on a real database, with a clock of its own and two people at the desk."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from bot.domain.client import Client, ClientDetails
from bot.domain.history import HistoryEntry
from bot.domain.ids import ClientId, StaffId, WorkspaceId
from bot.domain.kinship import Kinship
from bot.domain.person import PersonDetails
from bot.domain.phone import Phone
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.sharing import EVERY_CATEGORY, Basis, SharingChoice
from bot.domain.staff import Actor, Surface
from bot.domain.staff_role import EVERY_RIGHT
from bot.services.clients import Clients
from bot.services.history import HistoryReader
from bot.services.outcome import Outcome
from bot.services.ports import Storage
from bot.services.relationships import Relationships
from tests.databases import WORKSPACE

PHONE = Phone(number="+12125550100")
PARENT = RelationshipChoice(kinship=Kinship.PARENT)
SIBLING = RelationshipChoice(kinship=Kinship.SIBLING)
AGREED = SharingChoice(categories=EVERY_CATEGORY, basis=Basis.CLIENT_AGREED_VERBALLY)
ROSA = PersonDetails(first_name="Rosa", last_name="Vega", email="rosa@example.org", phones=(PHONE,))
NOBODY = ClientId("nobody")


class SteppingClock:
    """A clock that moves on by one second each time it is looked at."""

    def __init__(self) -> None:
        self._now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
        self.day = date(2026, 3, 2)

    def now(self) -> datetime:
        """Return the next second."""
        self._now += timedelta(seconds=1)
        return self._now

    def today(self) -> date:
        """Return the day it began on, unless a test turned the page."""
        return self.day

    def advance(self, time: timedelta) -> None:
        """Let time pass."""
        self._now += time


class CountedIds:
    """Ids that sort by the time they were given."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def __call__(self) -> str:
        """Return the next id."""
        return f"id{next(self._numbers):08d}"


class Practice:
    """The services of one practice, and short ways to what a test starts from."""

    def __init__(
        self,
        storage: Storage,
        workspace_id: WorkspaceId = WORKSPACE,
        *,
        clock: SteppingClock | None = None,
    ) -> None:
        self.storage = storage
        self.clock = clock or SteppingClock()
        self.new_id = CountedIds()
        self.relationships = Relationships(storage=storage, clock=self.clock, new_id=self.new_id)
        self.clients = Clients(storage=storage, clock=self.clock, new_id=self.new_id)
        self.reader = HistoryReader(storage=storage)
        self.dana = Actor(
            workspace_id=workspace_id,
            staff_id=StaffId("U1"),
            name="Dana",
            surface=Surface.SLACK_MODAL,
            rights=EVERY_RIGHT,
        )
        self.sam = Actor(
            workspace_id=workspace_id,
            staff_id=StaffId("U2"),
            name="Sam",
            surface=Surface.SLACK_COMMAND,
            rights=EVERY_RIGHT,
        )

    async def client(self, first_name: str, **details: object) -> Client:
        """Add a client."""
        made = ClientDetails(first_name=first_name, **details)  # type: ignore[arg-type] # any detail
        saved = await self.clients.add(self.dana, made, address_confirmed=True)
        return saved.client

    async def pair(self) -> tuple[Client, Client]:
        """Add Ana and Ben, each with an address and a phone."""
        ana = await self.client("Ana", last_name="Ruiz", email="ana@example.com", phones=(PHONE,))
        ben = await self.client("Ben", last_name="Ruiz", email="ben@example.com", phones=(PHONE,))
        return ana, ben

    async def link(self, client: Client, other: Client) -> Outcome:
        """Link two clients: the other is the parent of the client."""
        return await self.relationships.link(
            self.dana, client_id=client.id, other_id=other.id, relationship=PARENT
        )

    async def contact(
        self, client: Client, person: PersonDetails = ROSA, *, emergency: bool = False
    ) -> Outcome:
        """Add a contact."""
        return await self.relationships.add_contact(
            self.dana,
            client_id=client.id,
            person=person,
            relationship=RelationshipChoice(),
            emergency=emergency,
        )

    async def emergency_order(self, client: Client) -> list[str]:
        """Return the names of a client's emergency contacts, and check that their places have no gaps."""
        called = (await self.relationships.family(self.dana, client.id)).emergency_contacts
        assert [one.side.emergency_position for one in called] == [*range(1, len(called) + 1)]
        return [one.name for one in called]

    async def history(self, client: Client) -> tuple[HistoryEntry, ...]:
        """Return the entries about a client, newest first."""
        return await self.reader.of_client(self.dana, client.id, limit=1000)
