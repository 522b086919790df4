"""A practice of some size in a database: clients with names to look for, and families of 8 and of 300."""

from datetime import date, timedelta

from bot.domain.ids import ClientId
from bot.domain.settings import ChosenSettings, Plan
from storage.database import Database
from storage.unit_of_work import SqlUnitOfWork
from tests.databases import WORKSPACE, WORKSPACE_NAME
from tests.storage.practice import client, contact, link, person

FIRST_NAMES = (
    *("Ana", "Ben", "Chidi", "Dana", "Elif", "Femi", "Grace", "Hana"),
    *("Ivan", "Jonas", "Kim", "Lena", "Minh", "Nora", "Omar", "Pia"),
)
LAST_NAMES = (
    *("Abara", "Becker", "Costa", "Dahl", "Evans", "Fischer", "Garcia", "Haddad", "Ito", "Jensen"),
    *("Kowalski", "Lopez", "Moreau", "Nguyen", "Okafor", "Park", "Quinn", "Reyes", "Silva", "Tran"),
    *("Ueda", "Varga", "Walsh", "Young", "Zhou"),
)

SMALL_FAMILY = 8
LARGE_FAMILY = 300
FAMILIES = {SMALL_FAMILY: ClientId("family-of-8"), LARGE_FAMILY: ClientId("family-of-300")}
"""Clients with so many relations, half of them links and half contacts; their own ids are F-8 and F-300."""


def client_id(number: int) -> ClientId:
    """Return the id of a client by number, as long as the bot's own."""
    return ClientId(f"{number:026d}")


async def fill(database: Database, *, clients: int) -> None:
    """Put the practice into an empty database; the own ids are K-0, K-1 ..."""
    await database.ensure_workspace(WORKSPACE, WORKSPACE_NAME)
    async with database.writing(WORKSPACE) as unit:
        # As an admin says on the first day: without that, nobody opens a form that holds a name.
        await unit.settings.choose(ChosenSettings(plan=Plan.CONFIRMED, version=1), expected_version=0)
    for first in range(0, clients, 500):
        async with database.writing(WORKSPACE) as unit:
            for number in range(first, min(first + 500, clients)):
                await _add_client(unit, client_id(number), number, own_id=f"K-{number}")
    for size, family_id in FAMILIES.items():
        async with database.writing(WORKSPACE) as unit:
            await _add_client(unit, family_id, size, own_id=f"F-{size}")
            await _add_family(unit, family_id, size)


async def _add_client(unit: SqlUnitOfWork, client_id: ClientId, number: int, *, own_id: str) -> None:
    first = FIRST_NAMES[number % len(FIRST_NAMES)]
    last = LAST_NAMES[number // len(FIRST_NAMES) % len(LAST_NAMES)]
    await unit.clients.add(
        client(
            client_id,
            first,
            last,
            own_id=own_id,
            birth_date=date(1950, 1, 1) + timedelta(days=number * 7 % 25_000),
            email=f"{first}.{last}.{own_id}@example.org".lower(),
            phones=(f"+1202{number % 10_000_000:07d}",),
        )
    )


async def _add_family(unit: SqlUnitOfWork, of: ClientId, size: int) -> None:
    for number in range(size // 2):
        relative, friend = ClientId(f"{of}-client-{number:03d}"), f"{of}-person-{number:03d}"
        await _add_client(unit, relative, number, own_id=f"F-{size}-{number}")
        await unit.relations.add(link(f"{of}-link-{number:03d}", of, relative))
        await unit.people.add(person(friend, FIRST_NAMES[number % 16], f"Friend {number}"))
        await unit.relations.add(contact(f"{of}-contact-{number:03d}", of, friend))
