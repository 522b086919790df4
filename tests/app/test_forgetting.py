"""What is over is forgotten: the bot keeps no window and nothing that was typed, however long it runs."""

import gc

from bot.handlers.interaction import Interaction
from tests.app.door import open_door
from tests.office import FRONT


def kept() -> list[Interaction]:
    gc.collect()
    return [each for each in gc.get_objects() if isinstance(each, Interaction)]


async def test_no_interaction_is_kept_when_it_is_over(sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        await door.client("Mía", "López", own_id="K-1")
        ana = door.ana
        await ana.command("/family link K-1", channel=FRONT)
        await ana.choose("Who is it?", "A new client")
        await ana.fill("First name", "Rosa")
        await ana.submit()
        await ana.sees("Rosa is now linked.")
        await door.app.settled()
        assert not kept()
