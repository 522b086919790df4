"""A running bot with a token, and a client whose e-mails are shared."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.services.api_tokens import NewToken
from tests.api.practice_with_token import PracticeWithToken, token_for, with_token
from tests.office import Office, Transport, open_office

WAYS: tuple[tuple[str, Transport], ...] = (("sqlite", "http"), ("postgresql", "socket"))
"""The database and the way in know nothing of each other: each is met, and not every pair."""


@pytest.fixture(params=WAYS, ids="-".join)
def way(request: pytest.FixtureRequest) -> tuple[str, Transport]:
    """The database, and how Slack's payloads reach the app."""
    chosen: tuple[str, Transport] = request.param
    return chosen


@pytest.fixture
def engine(way: tuple[str, Transport]) -> str:
    """The database alone, from which its address is made."""
    return way[0]


@pytest.fixture
async def token(database_url: str) -> NewToken:
    return await token_for(database_url)


@pytest.fixture
async def office(database_url: str, way: tuple[str, Transport], token: NewToken) -> AsyncIterator[Office]:
    # Made before the bot runs, which so listens from the beginning.
    assert token.token.uses == 0
    async with open_office(database_url, transport=way[1]) as opened:
        yield opened


@pytest.fixture
async def caller(office: Office, token: NewToken) -> AsyncIterator[PracticeWithToken]:
    async with aiohttp.ClientSession() as session:
        yield await with_token(office, session, token)
