"""Summaries leave direct messages when their days are over, also after a restart; by default they stay."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.app.clearing import Clearing
from bot.domain.settings import Display
from bot.services.settings import DisplayGiven
from bot.services.summaries import Summaries
from tests.app.door import Door, open_door
from tests.office import FRONT

KEPT = DisplayGiven(covered=True, display=Display.NAMES, names_in_windows=True, summary_days="")


class Later:
    """The practice's clock, some days ahead."""

    def __init__(self, door: Door, *, days: int) -> None:
        self._clock = door.services.clock
        self._ahead = timedelta(days=days)
        self.today = self._clock.today

    def now(self) -> datetime:
        """Return the moment."""
        return self._clock.now() + self._ahead


async def sent(door: Door) -> None:
    """Have a summary sent to Ana, and remembered."""
    await door.client("Mía", "López", own_id="K-1")
    await door.ana.command("/family summary K-1", channel=FRONT)
    await door.slack.until(lambda: any("Mía López" in text for text in door.ana.dms()))
    await door.app.queue.drain()


def clearing(door: Door, *, days: int) -> Clearing:
    """Return the clearing of a bot that was started so many days later."""
    summaries = Summaries(storage=door.bot.database, clock=Later(door, days=days))
    return Clearing(client=door.app.client, summaries=summaries, workspace_id=door.bot.workspace_id)


async def chosen(door: Door, days: str) -> None:
    version = (await door.services.settings.look(door.actor)).standing.settings.version
    given = replace(KEPT, summary_days=days)
    await door.services.settings.change_display(door.actor, given, expected_version=version)


async def test_by_default_they_stay(sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        await sent(door)
        assert await clearing(door, days=1000).clear() == 0
        assert any("Mía López" in text for text in door.ana.dms())


async def test_they_are_deleted_when_their_days_are_over_and_not_before(database_url: str) -> None:
    async with open_door(database_url) as door:
        await sent(door)
        await chosen(door, "7")
        assert await clearing(door, days=6).clear() == 0
        assert await clearing(door, days=8).clear() == 1
        assert not any("Mía López" in text for text in door.ana.dms())
        assert await clearing(door, days=9).clear() == 0


async def test_what_somebody_deleted_already_is_forgotten_and_what_slack_refuses_is_tried_again(
    sqlite_url: str,
) -> None:
    async with open_door(sqlite_url, refusals=("chat.delete",)) as door:
        await sent(door)
        await chosen(door, "7")
        door.slack.fail_next("chat.delete", "internal_error")
        assert await clearing(door, days=8).clear() == 0
        door.slack.fail_next("chat.delete", "message_not_found")
        assert await clearing(door, days=8).clear() == 1
        assert await clearing(door, days=8).clear() == 0


async def test_it_looks_at_the_start_and_ends_when_asked(sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        await sent(door)
        await chosen(door, "7")
        running = clearing(door, days=8)
        running.begin()
        await door.slack.until(lambda: not any("Mía López" in text for text in door.ana.dms()))
        await running.end()
