"""A submission is carried out once, however often and however fast it is sent."""

import asyncio

import pytest

from storage.database import Database
from tests.databases import WORKSPACE


async def test_a_key_is_claimed_once(database: Database) -> None:
    async with database.writing(WORKSPACE) as unit:
        assert await unit.submissions.claim("V1") is None
        await unit.submissions.settle("V1", "l1")
        assert await unit.submissions.claim("V2") is None
    async with database.writing(WORKSPACE) as unit:
        assert await unit.submissions.claim("V1") == "l1"
        assert await unit.submissions.claim("V2") == ""
        assert await unit.submissions.claim("V3") is None


async def test_a_failed_unit_gives_its_key_back(database: Database) -> None:
    with pytest.raises(KeyError):  # noqa: PT012 - the unit fails after it has claimed
        async with database.writing(WORKSPACE) as unit:
            await unit.submissions.claim("V1")
            raise KeyError
    async with database.writing(WORKSPACE) as unit:
        assert await unit.submissions.claim("V1") is None


async def test_only_a_claimed_key_is_settled(database: Database) -> None:
    async with database.writing(WORKSPACE) as unit:
        with pytest.raises(LookupError):
            await unit.submissions.settle("V1", "l1")


async def test_the_second_of_two_waits_and_learns_the_subject(database: Database) -> None:
    claimed = asyncio.Event()

    async def first() -> str | None:
        async with database.writing(WORKSPACE) as unit:
            earlier = await unit.submissions.claim("V1")
            claimed.set()
            # Time for the second one to come to where it must wait.
            await asyncio.sleep(0.1)
            await unit.submissions.settle("V1", "l1")
        return earlier

    async def second() -> str | None:
        await claimed.wait()
        async with database.writing(WORKSPACE) as unit:
            return await unit.submissions.claim("V1")

    earlier, later = await asyncio.gather(first(), second())
    assert (earlier, later) == (None, "l1")


async def test_the_second_of_two_takes_over_where_the_first_fails(database: Database) -> None:
    claimed = asyncio.Event()

    async def first() -> None:
        async with database.writing(WORKSPACE) as unit:
            await unit.submissions.claim("V1")
            claimed.set()
            await asyncio.sleep(0.1)
            raise KeyError

    async def second() -> str | None:
        await claimed.wait()
        async with database.writing(WORKSPACE) as unit:
            return await unit.submissions.claim("V1")

    failed, taken = await asyncio.gather(first(), second(), return_exceptions=True)
    assert isinstance(failed, KeyError)
    assert taken is None
