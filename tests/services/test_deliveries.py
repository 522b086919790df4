"""What was taken up is remembered for two days, over restarts, and then forgotten."""

from datetime import UTC, date, datetime, timedelta

from bot.services.deliveries import REMEMBERED, Deliveries
from storage.database import Database
from tests.databases import WORKSPACE


class Hands:
    """A clock whose hands the test moves."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def today(self) -> date:
        return self.at.date()


async def test_it_is_remembered_for_two_days_and_over_a_restart(database: Database) -> None:
    hands = Hands()
    deliveries = Deliveries(storage=database, clock=hands)
    assert await deliveries.take_up(WORKSPACE, ["event:1"]) == {"event:1"}
    hands.at += REMEMBERED
    assert await deliveries.take_up(WORKSPACE, ["event:1", "event:2"]) == {"event:2"}
    again = Deliveries(storage=database, clock=hands)
    assert await again.take_up(WORKSPACE, ["event:1", "event:2"]) == frozenset()


async def test_what_is_older_is_forgotten_within_the_hour(database: Database) -> None:
    hands = Hands()
    deliveries = Deliveries(storage=database, clock=hands)
    await deliveries.take_up(WORKSPACE, ["event:1"])
    hands.at += REMEMBERED + timedelta(hours=1)
    await deliveries.take_up(WORKSPACE, ["event:2"])
    assert await deliveries.take_up(WORKSPACE, ["event:1", "event:2"]) == {"event:1"}
