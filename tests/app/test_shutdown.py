"""The end of the process: what is under way is finished, and answered, first."""

import asyncio

from tests.app.door import open_door
from tests.app.locked import locked
from tests.app.waits import STANDING_IN, always
from tests.office import FRONT, open_office


async def test_a_command_that_was_acked_is_carried_out_before_the_end(sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        await door.client("Mía", "López", own_id="K-1")
        held = door.directory.hold()
        await door.ana.command("/family show K-1", channel=FRONT)
        await door.directory.asked(1)
        ending = asyncio.create_task(door.app.end())
        await door.slack.until(lambda: door.slack.hub.socket.connections == 0)
        held.set()
        await ending
        await door.ana.sees("Linked clients (0)")


async def test_what_comes_while_the_end_is_waited_for_is_answered_too(sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        await door.ana.command("/family client new", channel=FRONT)
        await door.ana.fill("First name", "Mía")
        held = door.directory.hold()
        first = asyncio.create_task(door.ana.submit())
        await door.directory.asked(1)
        ending = asyncio.create_task(door.app.end())
        await door.samir.command("/family help", channel=FRONT)
        await door.samir.sees("What you can type.")
        held.set()
        await asyncio.gather(first, ending)
        await door.ana.sees("Mía was added.")
        assert door.slack.hub.socket.connections == 0


async def test_a_form_that_is_being_saved_is_saved_and_shown_before_the_end(sqlite_url: str) -> None:
    async with open_door(sqlite_url, limits=always(STANDING_IN)) as door:
        ana = door.ana
        await ana.command("/family client new", channel=FRONT)
        await ana.fill("First name", "Mía")
        async with locked(sqlite_url):
            await ana.submit()
            await ana.sees("Saving …")
            ending = asyncio.create_task(door.app.end())
        await ending
        await ana.sees("Mía was added.")


async def test_leaving_the_running_bot_answers_what_is_under_way(sqlite_url: str) -> None:
    async with open_office(sqlite_url, limits=always(STANDING_IN)) as office:
        ana = office.ana
        await ana.command("/family client new", channel=FRONT)
        await ana.fill("First name", "Mía")
        lock = locked(sqlite_url)
        await lock.__aenter__()
        await ana.submit()
        await ana.sees("Saving …")
        asyncio.get_running_loop().call_later(0.1, asyncio.ensure_future, lock.__aexit__(None, None, None))
    assert "Mía was added." in ana.text
