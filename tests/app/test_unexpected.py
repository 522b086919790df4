"""What nobody foresaw: a calm sentence with a reference that is in the log, and no name in the log."""

import asyncio
import io
import re
from collections.abc import Awaitable, Callable

import pytest

from bot.app.boundary import Limits
from bot.domain.errors import DirectoryUnavailable
from bot.playground.practice import ANA
from tests.app.door import Door, errors, open_door
from tests.app.waits import STANDING_IN, always
from tests.office import FRONT
from tests.person import Desk

NAME = "Zuzanna Kowalczyk"
CALM = "Something went wrong on our side. Nothing you typed was shared. Reference: "
WHO_ARE_YOU = "Slack did not tell us who you are just now. Please try again in a moment."
BUSY = "Too much is going on at once just now. Nothing was changed. Please try again in a moment."
VIEW_FAILED = "Slack did not open the window in time. Please try again."


def reference_in(text: str) -> str:
    found = re.search(rf"{CALM}([0-9A-F]{{8}})", text)
    assert found is not None, text
    return found[1]


def assert_in_log(log: io.StringIO, reference: str) -> None:
    (error,) = errors(log)
    assert error["reference"] == reference
    assert error["error"] == "builtins.RuntimeError"
    assert NAME.split(maxsplit=1)[0] not in log.getvalue()
    assert NAME.split()[1] not in log.getvalue()


async def card(door: Door) -> Desk:
    """Open a client's card."""
    await door.client(*NAME.split(), own_id="K-7")
    await door.ana.command("/family show K-7", channel=FRONT)
    await door.ana.sees("Linked clients (0)")
    return door.ana


async def test_in_a_command(sqlite_url: str, log: io.StringIO) -> None:
    async with open_door(sqlite_url) as door:
        door.directory.fail(RuntimeError(NAME))
        await door.ana.command(f"/family show {NAME}", channel=FRONT)
        await door.ana.sees(CALM)
        assert_in_log(log, reference_in(door.ana.text))


async def test_in_a_form_which_keeps_what_was_typed(sqlite_url: str, log: io.StringIO) -> None:
    async with open_door(sqlite_url) as door:
        ana = door.ana
        await ana.command("/family client new", channel=FRONT)
        await ana.fill("First name", NAME)
        await ana.fill("Phones", "work 212 555 0100")
        door.directory.fail(RuntimeError(NAME))
        await ana.submit()
        assert_in_log(log, reference_in(ana.text))
        assert ana.modal.fields["First name"] == NAME
        assert ana.modal.fields["Phones"] == "work 212 555 0100"
        await ana.submit()
        await ana.sees(f"{NAME} was added.")


async def test_at_a_button(sqlite_url: str, log: io.StringIO) -> None:
    async with open_door(sqlite_url) as door:
        ana = await card(door)
        door.directory.fail(RuntimeError(NAME))
        await ana.click("Add a contact")
        await ana.sees(CALM)
        assert_in_log(log, reference_in(ana.text))
        assert ana.modal.depth == 2


async def test_at_a_button_of_the_third_modal_where_nothing_opens_above(
    sqlite_url: str, log: io.StringIO
) -> None:
    async with open_door(sqlite_url) as door:
        ana = await card(door)
        await ana.click("Add a contact")
        await ana.fill("First name", "Ola")
        await ana.fill("E-mail", "ola@example.com")
        await ana.submit()
        await ana.sees("Ola was added as a contact.")
        await ana.menu("Ola", "Share e-mails")
        await ana.choose(f"Ola also gets the e-mails sent to {NAME}", "Yes, every notification e-mail")
        await ana.choose("Who agreed that Ola gets them?", "The client agreed, in words")
        await ana.submit()
        await ana.sees("E-mail sharing with Ola was saved.")
        # Stopping puts a card over the card; a form from there is the third.
        await ana.menu("Ola", "Share e-mails")
        await ana.click("Stop all sharing", confirm=True)
        await ana.sees("Nothing is shared with Ola any more.")
        assert ana.modal.depth == 2
        await ana.menu("Ola", "Roles")
        await ana.sees("What Ola may or should do")
        assert ana.modal.depth == 3
        door.directory.fail(RuntimeError(NAME))
        await ana.tick("Legal guardian")
        await door.slack.until(lambda: bool(ana.notifications()))
        assert_in_log(log, reference_in(ana.notifications()[0]))
        # What is done on the third shows on both below.
        await ana.submit()
        await ana.sees("The roles of Ola were saved.")
        assert ana.modal.depth == 2
        await ana.close()
        await ana.sees("The roles of Ola were saved.")


async def test_while_typing_in_a_picker(sqlite_url: str, log: io.StringIO) -> None:
    async with open_door(sqlite_url) as door:
        await door.ana.command("/family", channel=FRONT)
        await door.ana.sees("There are no clients here yet")
        door.directory.fail(RuntimeError(NAME))
        assert await door.ana.search("Client", NAME) == ["The search is slow just now. Type again."]
        assert len(errors(log)) == 1
        assert "Kowalczyk" not in log.getvalue()


async def test_in_home(sqlite_url: str, log: io.StringIO) -> None:
    async with open_door(sqlite_url) as door:
        door.directory.fail(RuntimeError(NAME))
        ana = door.ana
        await ana.open_home()
        await ana.sees(CALM)
        assert_in_log(log, reference_in(ana.home))


async def test_late(sqlite_url: str, log: io.StringIO) -> None:
    async with open_door(sqlite_url, limits=always(STANDING_IN)) as door:
        held = door.directory.hold()

        await door.ana.command("/family help", channel=FRONT)
        await door.ana.sees("One moment")
        held.set()
        await door.ana.sees("What you can type.")
        assert "/family link [client]" in door.ana.text
        assert not errors(log)


@pytest.mark.parametrize(
    "act",
    [
        lambda desk: desk.command("/family help", channel=FRONT),
        lambda desk: desk.open_home(),
    ],
    ids=["command", "home"],
)
async def test_when_slack_does_not_say_who_it_is_the_answer_is_no(
    act: Callable[[Desk], Awaitable[None]], sqlite_url: str, log: io.StringIO
) -> None:
    async with open_door(sqlite_url) as door:
        door.directory.fail(DirectoryUnavailable())
        ana = door.ana
        await act(ana)
        await ana.sees(WHO_ARE_YOU)
        assert not errors(log)


async def test_a_window_that_slack_does_not_open_is_told_of_where_the_command_was(sqlite_url: str) -> None:
    async with open_door(sqlite_url, refusals=("views.open",)) as door:
        door.slack.fail_next("views.open", "expired_trigger_id")
        await door.ana.command("/family", channel=FRONT)
        await door.ana.sees(VIEW_FAILED)
        assert door.ana.ephemerals() == [VIEW_FAILED]


async def test_a_window_that_slack_does_not_push_is_told_of_in_a_message(sqlite_url: str) -> None:
    async with open_door(sqlite_url, refusals=("views.push",)) as door:
        ana = await card(door)
        door.slack.fail_next("views.push", "internal_error")
        await ana.click("Add a contact")
        await door.slack.until(lambda: ana.notifications() == [VIEW_FAILED])


async def test_a_redraw_that_slack_refuses_is_told_of_in_a_message(sqlite_url: str) -> None:
    async with open_door(sqlite_url, refusals=("views.update",)) as door:
        ana = await card(door)
        await ana.click("Link a client")
        await ana.sees("Linking another client's account")
        door.slack.fail_next("views.update", "internal_error")
        await ana.choose("Who is it?", "A new client")
        await door.slack.until(lambda: ana.notifications() == [VIEW_FAILED])


async def test_a_summary_that_cannot_be_sent_is_told_of(sqlite_url: str) -> None:
    async with open_door(sqlite_url, refusals=("chat.postMessage",)) as door:
        await door.client(*NAME.split(), own_id="K-7")
        door.slack.fail_next("chat.postMessage", "channel_not_found")
        await door.ana.command("/family summary K-7", channel=FRONT)
        await door.ana.sees("The summary could not be sent to your direct messages. Please try again.")
        assert NAME not in door.ana.text


async def blocked(door: Door) -> asyncio.Event:
    """Fill the queue until the event is set: nothing more can be put into it."""
    released = asyncio.Event()

    async def wait() -> None:
        await released.wait()

    door.app.queue.put("somebody", wait)
    return released


async def test_a_command_is_answered_when_nothing_more_can_be_queued(
    sqlite_url: str, log: io.StringIO
) -> None:
    async with open_door(sqlite_url, most_waiting=1) as door:
        released = await blocked(door)
        await door.ana.command("/family", channel=FRONT)
        await door.ana.sees(VIEW_FAILED)
        assert door.ana.ephemerals() == [VIEW_FAILED]
        assert [line["event"] for line in errors(log)] == ["queue.full"]
        released.set()


async def test_a_form_is_answered_truly_when_nothing_more_can_be_queued(sqlite_url: str) -> None:
    async with open_door(sqlite_url, most_waiting=1) as door:
        ana = await card(door)
        await door.app.queue.drain()
        await ana.click("Add a contact")
        await ana.fill("First name", "Ola")
        await ana.fill("E-mail", "ola@example.com")
        await door.app.queue.drain()
        released = await blocked(door)
        await ana.submit()
        await ana.sees("Saved. You can close this.")
        released.set()


async def test_a_slow_command_is_acked_when_nothing_more_can_be_queued(sqlite_url: str) -> None:
    async with open_door(sqlite_url, limits=always(STANDING_IN), most_waiting=1) as door:
        released = await blocked(door)
        held = door.directory.hold()
        await door.ana.command("/family help", channel=FRONT)
        held.set()
        released.set()


async def test_the_first_act_needs_no_further_question_to_slack(sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        door.slack.fail_next("auth.test", "internal_error")
        await door.desk(ANA).command("/family help", channel=FRONT)
        await door.ana.sees("What you can type.")


async def test_one_command_too_many_is_refused_and_told_so(sqlite_url: str, log: io.StringIO) -> None:
    async with open_door(sqlite_url, limits=always(Limits(under_way=1))) as door:
        held = door.directory.hold()
        await door.samir.command("/family help", channel=FRONT)
        await door.directory.asked(1)
        await door.ana.command("/family", channel=FRONT)
        await door.ana.sees(BUSY)
        assert [line["event"] for line in errors(log)] == ["boundary.full"]
        held.set()
        await door.samir.sees("What you can type.")


async def test_one_click_too_many_is_refused_and_told_so_whatever_is_full(sqlite_url: str) -> None:
    async with open_door(sqlite_url, limits=always(Limits(under_way=1)), most_waiting=1) as door:
        ana = await card(door)
        await door.app.settled()
        held = door.directory.hold()
        await door.samir.command("/family help", channel=FRONT)
        await door.directory.asked(1)
        released = await blocked(door)
        await ana.click("Add a contact")
        await door.slack.until(lambda: ana.notifications() == [BUSY])
        released.set()
        held.set()


async def test_a_click_is_told_of_when_nothing_more_can_be_queued(sqlite_url: str) -> None:
    async with open_door(sqlite_url, most_waiting=1) as door:
        ana = await card(door)
        await door.app.settled()
        released = await blocked(door)
        await ana.click("Add a contact")
        await door.slack.until(lambda: ana.notifications() == [VIEW_FAILED])
        released.set()
