"""Filling an empty workspace: through the services, once, and every story is there to be played."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from ulid import ULID

from bot.domain.client import ClientStatus
from bot.domain.family import Family
from bot.domain.history import Act
from bot.domain.ids import StaffId, WorkspaceId
from bot.domain.staff import Actor, Surface
from bot.domain.staff_role import EVERY_RIGHT
from bot.playground.practice import (
    ANA,
    RESPONSIBLE,
    KnownStaff,
    Practice,
    fill,
    made_up_practice,
    name_responsible,
)
from bot.services.clients import Clients
from bot.services.history import HistoryReader
from bot.services.owners import KeepingOwners
from bot.services.relationships import Relationships
from bot.services.roster.importing import RosterImport
from bot.services.roster.takings import every_kind
from storage.database import Database

TODAY = date(2026, 11, 23)
WORKSPACE = WorkspaceId("T0KINWARD")
ACTOR = Actor(
    workspace_id=WORKSPACE,
    staff_id=StaffId(ANA.id),
    name=ANA.real_name,
    surface=Surface.COMMAND_LINE,
    rights=EVERY_RIGHT,
)


class OnTheDay:
    """A clock that stands still."""

    def now(self) -> datetime:
        return datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC)

    def today(self) -> date:
        return TODAY


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A workspace and the services on it."""

    clients: Clients
    roster_import: RosterImport
    relationships: Relationships
    history: HistoryReader
    owners: KeepingOwners

    async def fill(self, practice: Practice | None = None) -> bool:
        return await fill(
            clients=self.clients,
            roster_import=self.roster_import,
            relationships=self.relationships,
            actor=ACTOR,
            today=TODAY,
            practice=practice,
        )

    async def family(self, own_id: str) -> Family:
        (client,) = await self.clients.exact(ACTOR, own_id)
        return await self.relationships.family(ACTOR, client.id)


@pytest.fixture
def engine() -> str:
    """The playground keeps its practice in SQLite."""
    return "sqlite"


@pytest.fixture
def house(database: Database) -> House:
    clock, new_id = OnTheDay(), lambda: str(ULID())
    return House(
        clients=Clients(storage=database, clock=clock, new_id=new_id),
        roster_import=RosterImport(storage=database, clock=clock, new_id=new_id, takings=every_kind()),
        relationships=Relationships(storage=database, clock=clock, new_id=new_id),
        history=HistoryReader(storage=database),
        owners=KeepingOwners(storage=database, clock=clock, new_id=new_id, directory=KnownStaff()),
    )


async def test_the_whole_practice_is_filled_in_once(house: House) -> None:
    practice = made_up_practice(TODAY)

    assert await house.fill()
    assert (await house.clients.find(ACTOR, "", limit=1)).total == len(practice.clients) - len(practice.died)
    assert not await house.fill()
    assert (await house.clients.find(ACTOR, "", limit=1)).total == len(practice.clients) - len(practice.died)

    # The stories, as they stand on the cards.
    tyler = await house.family("K-1032")
    assert [member.name for member in tyler.emergency_contacts] == ["Lorraine Dawson", "Earl Dawson"]
    finn = await house.family("K-1022")
    assert {linked.name for linked in finn.same_login} == {"Maeve Fitzgerald", "Conor Fitzgerald"}
    cyril = await house.family("K-1070")
    (eleanor,) = cyril.linked_clients
    assert eleanor.client.details.status is ClientStatus.DECEASED
    assert eleanor.client.details.deceased_on is not None
    beatrix = await house.family("K-1058")
    (arvid,) = beatrix.linked_clients
    assert arvid.side.label.own_words == "grandmother's second husband"
    assert arvid.reverse.label.own_words == "wife's granddaughter"
    dana = await house.family("K-1008")
    assert dana.linked_clients[0].side.sharing is not None
    assert dana.linked_clients[0].reverse.sharing is None
    ruth = await house.family("K-1010")
    assert len(ruth.members) > 20
    for own_id in ("K-1080", "K-1081", "K-1084", "K-1086"):
        written = next(one for one in practice.clients if one.own_id == own_id)
        stored = (await house.family(own_id)).client.details
        assert (stored.first_name, stored.last_name) == (written.first_name, written.last_name)
    otis = await house.family("K-1074")
    assert len(otis.client.phones) == 5

    await name_responsible(owners=house.owners, clients=house.clients, actor=ACTOR)
    for own_id, staff in RESPONSIBLE.items():
        responsible = (await house.family(own_id)).client.owners
        assert [owner.id for owner in responsible] == list(staff)
        assert all(" " in owner.name for owner in responsible)

    # Everything has its history, and the clients came as a list.
    entries = await house.history.of_client(ACTOR, tyler.client.id, limit=50)
    acts = [entry.act for entry in reversed(entries)]
    assert acts[:2] == [Act.CLIENT_ADDED, Act.LINK_ADDED]
    assert acts.count(Act.CONTACT_ADDED) == 2
    assert entries[-1].surface is Surface.IMPORT
    assert {entry.by_name for entry in entries} == {ANA.real_name}


async def test_a_workspace_that_has_a_client_is_left_alone(house: House) -> None:
    practice = made_up_practice(TODAY)
    await house.clients.add(ACTOR, practice.clients[0])

    assert not await house.fill()

    assert (await house.clients.find(ACTOR, "", limit=2)).total == 1


async def test_a_practice_that_the_services_refuse_is_not_passed_over(house: House) -> None:
    whole = made_up_practice(TODAY)
    same_id_twice = Practice(clients=whole.clients[:1] * 2, links=(), contacts=(), died=())

    with pytest.raises(RuntimeError, match=r"own_id\.repeated"):
        await house.fill(same_id_twice)
