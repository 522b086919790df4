"""What Slack delivers twice is carried out once: by one process, and by two of one practice."""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.bootstrap import running
from bot.playground.slack.faults import Fault, FaultKind
from bot.playground.slack.wire import Json
from storage.database import Database
from tests.app.door import errors, lines, open_door
from tests.app.locked import locked
from tests.app.waits import LONG, STANDING_IN, always
from tests.office import FRONT, Office, open_office, settings_for
from tests.what_is_seen import found_in, words

FAR_AHEAD = datetime(2999, 1, 1, tzinfo=UTC)


@asynccontextmanager
async def two_bots(database_url: str) -> AsyncIterator[Office]:
    """Open an office with two bots on one database, of which Slack takes now one and now the other."""
    limits = always(LONG)
    # Both may ask Slack for the one window that a trigger opens, and one may still draw a form anew that was
    # sent to the other meanwhile.
    refusals = ("exchanged_trigger_id", "not_found")
    async with open_office(database_url, limits=limits, refusals=refusals) as office:
        settings = settings_for(office.slack, database_url, "socket")
        async with running(settings, limits=limits):
            await office.slack.until(lambda: office.slack.hub.socket.connections == 2)
            yield office


async def to_both(office: Office, kind: str, payload: Json, *, at_once: bool) -> list[Json | None]:
    """Deliver the same payload to one bot and to the other, and return what they put on their acks."""
    accepts = kind == "slash_commands"
    deliveries = [office.slack.hub.socket.deliver(kind, payload, accepts=accepts) for _ in range(2)]
    acks = await asyncio.gather(*deliveries) if at_once else [await each for each in deliveries]
    return [ack.payload for ack in acks]


def command(office: Office, text: str) -> Json:
    hub = office.slack.hub
    ana = hub.workspace.people["U0ANA"]
    url = hub.response_urls.issue(user=ana.id, channel=FRONT)
    return {
        **hub.payloads.command(ana, FRONT, command="/family", text=text),
        "response_url": f"{hub.origin}/commands/{hub.workspace.team.id}/{url}",
        "trigger_id": hub.triggers.issue(ana.id),
    }


def click(office: Office, text: str) -> Json:
    """Build a click on the button with these words in the modal on top."""
    hub = office.slack.hub
    view = hub.views.stack("U0ANA")[-1]
    (found,) = [
        one
        for one in found_in(view["blocks"])
        if one.element["type"] == "button" and words(one.element["text"]) == text
    ]
    action = {
        "type": found.element["type"],
        "action_id": found.element["action_id"],
        "block_id": found.block["block_id"],
        "action_ts": hub.timestamps.next(),
        "value": found.element.get("value"),
    }
    payload = hub.payloads.click_in_view(hub.workspace.people["U0ANA"], view, action)
    return {**payload, "trigger_id": hub.triggers.issue("U0ANA", from_view=view["id"])}


def calls(office: Office, method: str) -> int:
    """Count the calls that Slack has carried out."""
    return sum(bool(call.answer["ok"]) for call in office.slack.traffic.calls(method))


@pytest.mark.parametrize("at_once", [True, False])
async def test_a_command_opens_one_window(database_url: str, *, at_once: bool) -> None:
    async with two_bots(database_url) as office:
        await office.client("Mía", "López", own_id="K-1")
        assert await to_both(office, "slash_commands", command(office, "show K-1"), at_once=at_once) == [
            None,
            None,
        ]
        await office.ana.sees("Linked clients (0)")
    assert calls(office, "views.open") == 1
    assert not office.ana.ephemerals()


async def test_a_summary_is_sent_once(database_url: str) -> None:
    async with two_bots(database_url) as office:
        await office.client("Mía", "López", own_id="K-1")
        await to_both(office, "slash_commands", command(office, "summary K-1"), at_once=True)
        await office.ana.sees("Open the card")
    assert calls(office, "chat.postMessage") == 1


@pytest.mark.parametrize("at_once", [True, False])
async def test_what_is_told_is_told_once(database_url: str, *, at_once: bool) -> None:
    async with two_bots(database_url) as office:
        acks = await to_both(office, "slash_commands", command(office, "help"), at_once=at_once)
        await office.ana.sees("What you can type.")
    assert acks == [None, None]
    assert len(office.ana.ephemerals()) == 1


async def test_a_button_opens_one_window(database_url: str) -> None:
    async with two_bots(database_url) as office:
        await office.client("Mía", "López", own_id="K-1")
        await office.ana.command("/family show K-1", channel=FRONT)
        await office.ana.sees("Linked clients (0)")
        await to_both(office, "interactive", click(office, "Add a contact"), at_once=True)
        await office.ana.sees("First name")
    assert calls(office, "views.push") == 1


async def test_sharing_is_stopped_once_and_said_once(database_url: str) -> None:
    async with two_bots(database_url) as office:
        mia = await office.client("Mía", "López", own_id="K-1")
        ana = office.ana
        await ana.command("/family add K-1", channel=FRONT)
        await ana.fill("First name", "Ola")
        await ana.fill("E-mail", "ola@example.com")
        await ana.submit()
        await ana.sees("Ola was added as a contact.")
        await ana.menu("Ola", "Share e-mails")
        await ana.choose("Ola also gets the e-mails sent to Mía López", "Yes, every notification e-mail")
        await ana.choose("Who agreed that Ola gets them?", "The client agreed, in words")
        await ana.submit()
        await ana.sees("E-mail sharing with Ola was saved.")
        await ana.menu("Ola", "Share e-mails")
        await ana.sees("Stop all sharing")
        await to_both(office, "interactive", click(office, "Stop all sharing"), at_once=True)
        await ana.sees("Nothing is shared with Ola any more.")
        acts = await office.services.history.of_client(office.actor, mia.id, limit=100)
    assert [entry.act.value for entry in acts].count("sharing.changed") == 2


@pytest.mark.parametrize("at_once", [True, False])
async def test_a_change_is_undone_once_and_said_once(database_url: str, *, at_once: bool) -> None:
    async with two_bots(database_url) as office:
        mia = await office.client("Mía", "López", own_id="K-1")
        ana = office.ana
        await ana.command("/family client edit K-1", channel=FRONT)
        await ana.fill("Preferred name", "Mimi")
        await ana.submit()
        await ana.sees("The details of Mía López")
        (undo,) = [button for button in ana.modal.buttons if button.startswith("Undo until")]
        await to_both(office, "interactive", click(office, undo), at_once=at_once)
        await ana.sees("The details of Mía López are as they were before.")
        assert "already undone" not in ana.text
        entries = await office.services.history.of_client(office.actor, mia.id, limit=9)
    assert [entry.act.value for entry in entries] == ["change.undone", "client.edited", "client.added"]


async def test_an_event_that_comes_again_publishes_once(database_url: str) -> None:
    async with two_bots(database_url) as office:
        hub = office.slack.hub
        event = hub.payloads.home_opened(hub.workspace.people["U0ANA"], home=None, ts=hub.timestamps.next())
        await to_both(office, "events_api", event, at_once=False)
        await to_both(office, "events_api", event, at_once=True)
    assert calls(office, "views.publish") == 1


async def test_what_came_before_a_restart_is_known_after_it(sqlite_url: str) -> None:
    async with open_office(sqlite_url) as office:
        hub = office.slack.hub
        event = hub.payloads.home_opened(hub.workspace.people["U0ANA"], home=None, ts=hub.timestamps.next())
        await hub.socket.deliver("events_api", event, accepts=False)
        await office.slack.until(lambda: calls(office, "views.publish") == 1)
    async with open_office(sqlite_url) as again:
        await again.slack.hub.socket.deliver("events_api", event, accepts=False)
    assert calls(again, "views.publish") == 0


async def test_a_form_that_comes_again_is_saved_once_and_answered_alike(database_url: str) -> None:
    async with two_bots(database_url) as office:
        ana = office.ana
        await ana.command("/family client new", channel=FRONT)
        await ana.fill("First name", "Wanda")
        await ana.fill("Last name", "Weiss")
        office.slack.faults.order(Fault(kind=FaultKind.REDELIVERED, on="view_submission"))
        await ana.submit()
        await ana.sees("Wanda Weiss")
        found = await office.services.clients.find(office.actor, "wanda", limit=5)
        assert found.total == 1
        await office.slack.until(lambda: len(office.slack.traffic.acks("view_submission")) == 2)
        first, second = office.slack.traffic.acks("view_submission")
    assert first.sent["response_action"] == second.sent["response_action"] == "update"


async def test_the_same_envelope_twice_in_one_process_has_one_effect_and_one_answer(
    sqlite_url: str, log: io.StringIO
) -> None:
    async with open_door(sqlite_url) as door:
        door.slack.faults.order(Fault(kind=FaultKind.REPEATED, on="slash_commands"))
        await door.guest.command("/family show K-1", channel="C0GENERAL")
        await door.guest.sees("full members")
        door.slack.faults.order(Fault(kind=FaultKind.REPEATED, on="slash_commands"))
        await door.ana.command("/family", channel=FRONT)
        await door.ana.sees("There are no clients here yet")
    assert len(door.guest.ephemerals()) == 1
    assert len(door.slack.traffic.calls("views.open")) == 1
    assert [line["event"] for line in lines(log)].count("interaction.repeated") == 2


async def test_a_repetition_does_not_overtake_what_it_repeats(sqlite_url: str) -> None:
    async with open_door(sqlite_url, limits=always(STANDING_IN)) as door:
        await door.client("Mía", "López", own_id="K-1")
        await door.ana.command("/family link K-1", channel=FRONT)
        await door.ana.sees("Who is it?")
        held = door.directory.hold()
        door.slack.faults.order(Fault(kind=FaultKind.REPEATED, on="block_actions"))
        await door.ana.choose("Who is it?", "A new client")
        held.set()
        await door.ana.sees("First name")


async def test_with_the_database_locked_the_window_opens_all_the_same(
    sqlite_url: str, log: io.StringIO
) -> None:
    async with open_door(sqlite_url, limits=always(replace(LONG, claim=0.1))) as door:
        await door.client("Mía", "López", own_id="K-1")
        async with locked(sqlite_url):
            await door.ana.command("/family show K-1", channel=FRONT)
            await door.ana.sees("Linked clients (0)")
            await door.ana.close()
            await door.ana.command("/family help", channel=FRONT)
            await door.ana.sees("What you can type.")
    assert "delivery.unclaimed" in [line["event"] for line in lines(log)]
    assert not errors(log)


async def test_typing_in_a_picker_and_closing_a_form_are_not_written_down(sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        await door.ana.command("/family", channel=FRONT)
        await door.ana.search("Client", "a")
        await door.ana.search("Client", "b")
        await door.ana.close()
    assert await written(sqlite_url) == 1


async def written(database_url: str) -> int:
    """Count the deliveries that were written down, by forgetting them."""
    database = Database.open(database_url)
    try:
        ((workspace_id, _),) = await database.workspaces()
        async with database.writing(workspace_id) as unit:
            return await unit.deliveries.forget(before=FAR_AHEAD)
    finally:
        await database.close()
