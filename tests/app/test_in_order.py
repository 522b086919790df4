"""Replies go out in the order in which a person acted, and nothing is put over something newer."""

import asyncio
from datetime import date

from bot.playground.slack.acts import clicks, forms
from tests.app.door import Door, open_door
from tests.app.waits import LONG, STANDING_IN, Waits, always
from tests.office import FRONT
from tests.person import Desk
from tests.what_is_seen import Json, found_in, words


async def link_form(door: Door) -> Desk:
    await door.client("Mía", "López", own_id="K-1", born=date(2012, 5, 1), email="mia@example.com")
    ana = door.ana
    await ana.command("/family link K-1", channel=FRONT)
    await ana.sees("Linking another client's account with Mía López")
    return ana


def mode(door: Door, option: str) -> asyncio.Task[Json]:
    """Choose between an existing and a new client, without waiting for the answer."""
    (view,) = door.slack.hub.views.stack("U0ANA")
    (found,) = [one for one in found_in(view["blocks"]) if "Who is it?" in one.names]
    (chosen,) = [one for one in found.element["options"] if words(one["text"]) == option]
    act = clicks.act(
        door.slack.hub,
        "U0ANA",
        surface={"type": "view", "view_id": view["id"]},
        chosen={
            "block_id": found.block["block_id"],
            "action_id": found.element["action_id"],
            "selected_option": chosen,
        },
    )
    return asyncio.create_task(act)


async def arrived(door: Door, count: int) -> None:
    """Wait until the app has so many clicks."""
    await door.slack.until(lambda: len(door.slack.hub.traffic.envelopes("block_actions")) == count)


async def test_the_later_of_two_quick_choices_is_the_one_that_is_seen(sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        ana = await link_form(door)
        held = door.directory.hold()
        first = mode(door, "A new client")
        await arrived(door, 1)
        second = mode(door, "Somebody who is a client already")
        await arrived(door, 2)
        held.set()
        assert [outcome["ok"] for outcome in await asyncio.gather(first, second)] == [True, True]
        await door.app.settled()
        updates = door.slack.hub.traffic.calls("views.update")
        assert ["name.first" in str(call.sent) for call in updates] == [True, False]
        assert ana.modal.fields["Who is it?"] == "Somebody who is a client already"
        assert "First name" not in ana.modal.fields


async def test_a_late_redraw_is_not_put_over_a_newer_choice(sqlite_url: str) -> None:
    async with open_door(sqlite_url, limits=always(STANDING_IN)) as door:
        ana = await link_form(door)
        held = door.directory.hold()
        await mode(door, "A new client")
        await door.directory.asked(1)
        # The first is acked and waits; the second overtakes it.
        await mode(door, "Somebody who is a client already")
        await door.slack.until(lambda: len(door.slack.hub.traffic.calls("views.update")) == 1)
        held.set()
        await door.app.settled()
        assert "First name" not in ana.modal.fields
        assert len(door.slack.hub.traffic.calls("views.update")) == 1


async def test_a_late_redraw_is_not_put_over_the_end_of_its_form(sqlite_url: str) -> None:
    waits = Waits(STANDING_IN)
    async with open_door(sqlite_url, limits=waits) as door:
        await door.client("Rosa", "López", own_id="K-2")
        ana = await link_form(door)
        await ana.search("Client", "rosa")
        await ana.pick("Client", "Rosa López")
        await ana.sees("Rosa López is the … of Mía López")
        held = door.directory.hold()
        with waits.short():
            await ana.choose("Rosa López is the … of Mía López", "mother")
        await ana.submit()
        await ana.sees("Rosa López is now linked.")
        held.set()
        await door.app.settled()
        await ana.sees("Rosa López is now linked.")


async def test_a_form_is_not_ended_before_its_redraw_has_arrived(sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        await door.client("Rosa", "López", own_id="K-2")
        ana = await link_form(door)
        await ana.search("Client", "rosa")
        await ana.pick("Client", "Rosa López")
        await ana.sees("Rosa López is the … of Mía López")
        (view,) = door.slack.hub.views.stack("U0ANA")
        held = door.directory.hold()
        choosing = asyncio.create_task(ana.choose("Rosa López is the … of Mía López", "mother"))
        await arrived(door, 2)
        sending = asyncio.create_task(forms.submit(door.slack.hub, "U0ANA", view_id=view["id"]))
        await door.slack.until(lambda: len(door.slack.hub.traffic.envelopes("view_submission")) == 1)
        held.set()
        await choosing
        assert (await sending)["ok"]
        await door.app.queue.drain()
        await ana.sees("Rosa López is now linked.")


async def test_somebody_else_does_not_wait(sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        held = door.directory.hold()
        waiting = asyncio.create_task(door.ana.command("/family help", channel=FRONT))
        await door.slack.until(lambda: len(door.slack.hub.traffic.envelopes()) == 1)
        await door.samir.command("/family help", channel=FRONT)
        await door.samir.sees("What you can type.")
        assert not door.ana.ephemerals()
        held.set()
        await waiting
        await door.ana.sees("What you can type.")


async def test_typing_in_a_picker_waits_for_nobody(sqlite_url: str) -> None:
    async with open_door(sqlite_url, limits=always(LONG)) as door:
        ana = await link_form(door)
        await door.client("Rosa", "López", own_id="K-2")
        held = door.directory.hold()
        choosing = mode(door, "Somebody who is a client already")
        await door.directory.asked(1)
        assert await ana.search("Client", "rosa") == ["Rosa López · K-2"]
        held.set()
        await choosing


async def test_a_message_that_slack_puts_off_does_not_keep_a_window_waiting(sqlite_url: str) -> None:
    async with open_door(sqlite_url, refusals=("chat.postMessage",)) as door:
        await door.client("Mía", "López", own_id="K-1")
        ana = door.ana
        # A trigger dies after three seconds, and Slack may want a minute until the next message.
        door.slack.fail_next("chat.postMessage", "ratelimited", status=429, retry_after=1)
        await ana.command("/family summary K-1", channel=FRONT)
        await door.slack.until(lambda: bool(door.slack.hub.traffic.calls("chat.postMessage")))
        await ana.command("/family show K-1", channel=FRONT)
        await ana.sees("Linked clients (0)", timeout=0.8)
        await ana.close()
        await ana.sees("Open the card")
