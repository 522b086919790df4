from collections.abc import AsyncIterator

import pytest

from tests.office import Office, Transport, open_office

WAYS: tuple[tuple[str, Transport], ...] = (
    ("sqlite", "http"),
    ("postgresql", "socket"),
)
"""Database and transport know nothing of each other, so each of them is met by every journey, and not
every pair; SQLite with a socket is what tests/app and tests/handlers run on."""


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
async def office(database_url: str, way: tuple[str, Transport]) -> AsyncIterator[Office]:
    async with open_office(database_url, transport=way[1]) as opened:
        yield opened
