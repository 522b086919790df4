"""The database is locked or hung: nobody is left with Slack's time-out, and nothing happens twice."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import pytest

from bot.domain.client import Client
from bot.playground.slack.faults import Fault, FaultKind
from tests.app.door import Door, open_door
from tests.app.waits import GIVING_UP, STANDING_IN, Waits
from tests.databases import PostgresServer
from tests.office import FRONT
from tests.person import Desk

SAVING = "Saving … this takes longer than usual."
UNREACHABLE = "The records cannot be reached just now. Nothing was changed. Please try again."
SLOW_SEARCH = "The search is slow just now. Type again."


@pytest.fixture
async def postgresql_url(postgres: PostgresServer) -> AsyncIterator[str]:
    """The address of an empty PostgreSQL database: there a lock stops reading too."""
    async with postgres.migrated_url() as url:
        yield url


async def two_clients(door: Door) -> Client:
    """Add a child and a mother; the child is returned."""
    child = await door.client("Mía", "López", own_id="K-1", born=date(2012, 5, 1), email="mia@example.com")
    await door.client("Rosa", "López", own_id="K-2", born=date(1980, 2, 3), email="rosa@example.com")
    return child


async def filled_link_form(ana: Desk) -> None:
    await ana.command("/family link K-1", channel=FRONT)
    await ana.sees("Linking another client's account with Mía López")
    await ana.search("Client", "rosa")
    await ana.pick("Client", "Rosa López")
    await ana.sees("Rosa López also gets the e-mails sent to Mía López")
    await ana.choose("Rosa López is the … of Mía López", "mother")
    await ana.choose("Rosa López also gets the e-mails sent to Mía López", "Yes, every notification e-mail")
    await ana.sees("Who agreed that Rosa López gets them?")
    await ana.choose("Who agreed that Rosa López gets them?", "Parent or guardian of a minor")


async def test_a_form_that_waits_for_the_database_is_saved_late_and_once(database_url: str) -> None:
    waits = Waits(STANDING_IN)
    async with open_door(database_url, limits=waits) as door:
        child = await two_clients(door)
        ana = door.ana
        await filled_link_form(ana)
        async with waits.locked(database_url):
            await ana.submit()
            await ana.sees(SAVING)
        await ana.sees("Rosa López is now linked.")
        assert "Rosa López · mother" in ana.text
        assert ana.modal.depth == 1
        assert await door.acts(child.id) == ["client.added", "link.added"]


async def test_the_end_of_a_form_never_overtakes_that_it_is_being_saved(sqlite_url: str) -> None:
    """A call may arrive at Slack before an ack that left earlier, and the ack would then stand for good."""
    waits = Waits(replace(STANDING_IN, ack_travels=0.6))
    async with open_door(sqlite_url, limits=waits) as door:
        child = await two_clients(door)
        ana, traffic = door.ana, door.slack.hub.traffic
        await filled_link_form(ana)
        door.slack.faults.order(Fault(kind=FaultKind.LATE_ACK, on="view_submission", seconds=0.3))
        before, asked = len(traffic.acks("view_submission")), door.directory.hold()
        with waits.short():
            submitting = asyncio.create_task(ana.submit())
            await door.slack.hub.changes.until(
                lambda: len(traffic.acks("view_submission")) > before, timeout=20
            )
        asked.set()
        await submitting
        assert SAVING in ana.text
        await ana.sees("Rosa López is now linked.")
        assert await door.acts(child.id) == ["client.added", "link.added"]


async def test_a_form_that_is_given_up_comes_back_with_everything_in_it(database_url: str) -> None:
    waits = Waits(GIVING_UP)
    async with open_door(database_url, limits=waits) as door:
        child = await two_clients(door)
        ana = door.ana
        await filled_link_form(ana)
        before = ana.modal.fields
        async with waits.locked(database_url):
            await ana.submit()
            await ana.sees(SAVING)
            await ana.sees(UNREACHABLE)
            assert ana.modal.fields == before
        assert await door.acts(child.id) == ["client.added"]
        # Sent again, it is saved, and once.
        await ana.submit()
        await ana.sees("Rosa López is now linked.")
        assert await door.acts(child.id) == ["client.added", "link.added"]


async def test_who_closed_the_window_meanwhile_is_told_in_a_message_that_names_nobody(
    database_url: str,
) -> None:
    waits = Waits(STANDING_IN)
    async with open_door(database_url, limits=waits, refusals=("views.update",)) as door:
        await two_clients(door)
        ana = door.ana
        await filled_link_form(ana)
        async with waits.locked(database_url):
            await ana.submit()
            await ana.sees(SAVING)
            await ana.close()
        await ana.sees("Your last change took a while. It is saved.")
        assert ana.notifications() == ["Your last change took a while. It is saved."]


async def test_who_closed_the_window_is_told_that_nothing_was_saved(database_url: str) -> None:
    waits = Waits(GIVING_UP)
    async with open_door(database_url, limits=waits, refusals=("views.update",)) as door:
        child = await two_clients(door)
        ana = door.ana
        await filled_link_form(ana)
        async with waits.locked(database_url):
            await ana.submit()
            await ana.sees(SAVING)
            await ana.close()
            await ana.sees(UNREACHABLE)
        assert await door.acts(child.id) == ["client.added"]


async def test_what_is_wrong_with_a_form_is_said_above_it_when_the_answer_is_late(database_url: str) -> None:
    waits = Waits(STANDING_IN)
    async with open_door(database_url, limits=waits) as door:
        await two_clients(door)
        ana = door.ana
        await ana.command("/family add K-1", channel=FRONT)
        await ana.fill("First name", "Rosa")
        async with waits.locked(database_url):
            await ana.submit()
            await ana.sees(SAVING)
        await ana.sees("⚠ Enter a phone or an e-mail, so that the contact can be reached.")
        assert ana.modal.fields["First name"] == "Rosa"
        # What was said above goes once it is mended.
        await ana.fill("Phones", "(212) 555-0100")
        await ana.submit()
        await ana.sees("Rosa was added as a contact.")


async def test_a_card_behind_the_form_is_fresh_after_a_late_save(database_url: str) -> None:
    waits = Waits(STANDING_IN)
    async with open_door(database_url, limits=waits) as door:
        await two_clients(door)
        ana = door.ana
        await ana.command("/family show K-1", channel=FRONT)
        await ana.click("Add a contact")
        await ana.fill("First name", "Rosa")
        await ana.fill("Phones", "(212) 555-0100")
        async with waits.locked(database_url):
            await ana.submit()
            await ana.sees(SAVING)
        await ana.sees("Saved. You can close this.")
        await ana.close()
        await ana.sees("Rosa was added as a contact.")
        assert ana.modal.depth == 1


async def test_a_command_that_waits_opens_a_window_that_is_filled(postgresql_url: str) -> None:
    waits = Waits(STANDING_IN)
    async with open_door(postgresql_url, limits=waits) as door:
        await two_clients(door)
        ana = door.ana
        async with waits.locked(postgresql_url):
            await ana.command("/family show K-1", channel=FRONT)
            await ana.sees("One moment, this takes longer than usual …")
        await ana.sees("Linked clients (0)")
        assert ana.modal.depth == 1


async def test_a_command_that_is_given_up_says_so_in_its_window(postgresql_url: str) -> None:
    waits = Waits(GIVING_UP)
    async with open_door(postgresql_url, limits=waits) as door:
        await two_clients(door)
        ana = door.ana
        async with waits.locked(postgresql_url):
            await ana.command("/family show K-1", channel=FRONT)
            await ana.sees(UNREACHABLE)


async def test_a_summary_that_waits_is_sent_once(postgresql_url: str) -> None:
    waits = Waits(STANDING_IN)
    async with open_door(postgresql_url, limits=waits) as door:
        await two_clients(door)
        ana = door.ana
        async with waits.locked(postgresql_url):
            await ana.command("/family summary K-1", channel=FRONT)
            await ana.sees("One moment")
        await ana.sees("The summary is in your direct messages with Kinward.")
        await ana.close()
        await ana.sees("Open the card")
        assert ana.notifications() == ["The summary you asked for"]


async def test_a_button_that_waits_opens_a_window_above_the_card(postgresql_url: str) -> None:
    waits = Waits(STANDING_IN)
    async with open_door(postgresql_url, limits=waits) as door:
        await two_clients(door)
        ana = door.ana
        await ana.command("/family show K-1", channel=FRONT)
        await ana.sees("Linked clients (0)")
        async with waits.locked(postgresql_url):
            await ana.click("Add a contact")
            await ana.sees("One moment")
            assert ana.modal.depth == 2
        await ana.sees("A new contact for Mía López.")
        assert ana.modal.depth == 2


async def test_a_button_in_a_message_that_is_given_up_says_so(postgresql_url: str) -> None:
    waits = Waits(GIVING_UP)
    async with open_door(postgresql_url, limits=waits) as door:
        await two_clients(door)
        ana = door.ana
        await ana.command("/family summary K-1", channel=FRONT)
        await ana.sees("Open the card")
        async with waits.locked(postgresql_url):
            await ana.click_message("Open the card")
            await ana.sees(UNREACHABLE)


async def test_a_slow_search_says_that_it_is_slow_and_is_no_client(postgresql_url: str) -> None:
    waits = Waits(STANDING_IN)
    async with open_door(postgresql_url, limits=waits) as door:
        await two_clients(door)
        ana = door.ana
        await ana.command("/family link K-1", channel=FRONT)
        await ana.sees("Linking another client's account")
        async with waits.locked(postgresql_url):
            assert await ana.search("Client", "rosa") == [SLOW_SEARCH]
        await ana.pick("Client", SLOW_SEARCH)
        await ana.submit()
        assert ana.modal.errors == {"Client": "Choose a client from the list."}
        assert await ana.search("Client", "rosa") == ["Rosa López · born 1980 · K-2"]


async def test_a_choice_in_a_form_that_waits_is_drawn_late(postgresql_url: str) -> None:
    waits = Waits(STANDING_IN)
    async with open_door(postgresql_url, limits=waits) as door:
        await two_clients(door)
        ana = door.ana
        await ana.command("/family link K-1", channel=FRONT)
        await ana.sees("Linking another client's account")
        async with waits.locked(postgresql_url):
            await ana.choose("Who is it?", "A new client")
        await ana.sees("Your practice's id")


async def test_a_choice_in_a_form_that_is_given_up_is_told_in_a_message(postgresql_url: str) -> None:
    waits = Waits(GIVING_UP)
    async with open_door(postgresql_url, limits=waits) as door:
        await two_clients(door)
        ana = door.ana
        await ana.command("/family link K-1", channel=FRONT)
        await ana.sees("Linking another client's account")
        async with waits.locked(postgresql_url):
            await ana.choose("Who is it?", "A new client")
            await door.slack.until(lambda: ana.notifications() == [UNREACHABLE])
