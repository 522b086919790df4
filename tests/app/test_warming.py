"""What the usual searches ask is made once before anybody looks for somebody, so that nobody waits for it."""

import asyncio
from collections.abc import AsyncIterator

from bot.app.warming import Warming
from bot.domain.errors import StorageUnavailable
from bot.domain.ids import ClientId, StaffId
from bot.domain.sought import Sought
from storage.database import Database
from storage.made_statements import made
from tests.databases import WORKSPACE
from tests.storage.practice import client

TYPED = ("", "lop", "lopez mar", "rosaa", "k-1", "rosa lopze")


async def test_no_statement_is_made_while_somebody_waits(database: Database) -> None:
    async with database.writing(WORKSPACE) as unit:
        await unit.clients.add_all([client(f"c{number}", "Rosa", "Lopez") for number in range(30)])
    async for _ in database.finding.get_ready():
        pass
    known = made.cache_info().misses
    for text in TYPED:
        for family in (None, ClientId("c1")):
            await database.finding.search(
                WORKSPACE, Sought.read(text), limit=20, by=StaffId("U0ANA"), leave_out_family_of=family
            )
    # But for the numbers of those who were found.
    assert made.cache_info().misses <= known + 1


async def test_it_ends_when_it_is_asked_to(database: Database) -> None:
    made.cache_clear()
    over = asyncio.Event()
    warming = Warming(database.finding.get_ready(), then=over.set)
    warming.begin()
    await warming.end()
    assert made.cache_info().currsize <= 1
    assert not over.is_set()


async def test_when_it_is_over_that_is_told() -> None:
    async def steps() -> AsyncIterator[None]:
        yield
        yield

    over = asyncio.Event()
    warming = Warming(steps(), then=over.set)
    warming.begin()
    await over.wait()
    await warming.end()


async def test_a_database_that_goes_away_meanwhile_breaks_it_off_and_nothing_else() -> None:
    over, gone = asyncio.Event(), asyncio.Event()

    async def steps() -> AsyncIterator[None]:
        yield
        gone.set()
        raise StorageUnavailable

    warming = Warming(steps(), then=over.set)
    warming.begin()
    await gone.wait()
    await warming.end()
    assert not over.is_set()
