"""Double clicks, forms sent again, two people at once, buttons on old messages: one effect, one entry."""

import asyncio
import io
from typing import Any

import pytest

from bot.domain.client import Client
from tests.app.door import Door, errors, open_door
from tests.office import FRONT
from tests.person import Desk

Json = dict[str, Any]
USER = "U0ANA"


async def scene(door: Door) -> tuple[Desk, Client]:
    """Add two clients, and open the card of the first."""
    mia = await door.client("Mía", "López", own_id="K-1", email="mia@example.com")
    await door.client("Rosa", "López", own_id="K-2", email="rosa@example.com")
    await door.ana.command("/family show K-1", channel=FRONT)
    await door.ana.sees("Linked clients (0)")
    return door.ana, mia


async def link(ana: Desk) -> None:
    await ana.click("Link a client")
    await ana.search("Client", "rosa")
    await ana.pick("Client", "Rosa López")
    await ana.sees("Rosa López is the … of Mía López")


def envelope(door: Door) -> Json:
    """Return the submission of the form on top, to be sent as often as a test likes."""
    hub = door.slack.hub
    view = hub.views.stack(USER)[-1]
    return hub.payloads.submission(hub.workspace.people[USER], view) | {
        "trigger_id": hub.triggers.issue(USER, from_view=view["id"])
    }


async def send(door: Door, payload: Json) -> Json | None:
    return (await door.slack.hub.socket.deliver("interactive", payload, accepts=True)).payload


@pytest.mark.parametrize("at_once", [True, False], ids=["at once", "after"])
async def test_the_same_link_form_sent_again_links_once(
    at_once: bool,  # noqa: FBT001 - a case
    database_url: str,
) -> None:
    async with open_door(database_url) as door:
        ana, mia = await scene(door)
        await link(ana)
        payload = envelope(door)
        if at_once:
            acks = await asyncio.gather(*(send(door, payload) for _ in range(3)))
        else:
            acks = [await send(door, payload) for _ in range(3)]
        assert acks == [None, None, None]
        assert await door.acts(mia.id) == ["client.added", "link.added"]


@pytest.mark.parametrize("at_once", [True, False], ids=["at once", "after"])
async def test_the_same_new_client_sent_again_is_added_once(
    at_once: bool,  # noqa: FBT001 - a case
    database_url: str,
) -> None:
    async with open_door(database_url) as door:
        await door.ana.command("/family client new", channel=FRONT)
        await door.ana.fill("First name", "Noor")
        await door.ana.fill("Your practice's id", "K-9")
        payload = envelope(door)
        if at_once:
            acks = await asyncio.gather(*(send(door, payload) for _ in range(3)))
        else:
            acks = [await send(door, payload) for _ in range(3)]
        assert ["Noor was added." in str(ack) for ack in acks] == [True] * 3
        (noor,) = await door.services.clients.exact(door.actor, "K-9")
        assert await door.acts(noor.id) == ["client.added"]


async def test_the_same_edit_sent_again_says_again_that_it_is_saved(sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        _, mia = await scene(door)
        await door.ana.command("/family client edit K-1", channel=FRONT)
        await door.ana.sees("Preferred name")
        await door.ana.fill("Preferred name", "Mimi")
        payload = envelope(door)
        acks = [await send(door, payload) for _ in range(2)]
        assert ["were saved." in str(ack) for ack in acks] == [True, True]
        assert await door.acts(mia.id) == ["client.added", "client.edited"]


async def test_two_people_who_link_the_same_two_make_one_link(database_url: str) -> None:
    async with open_door(database_url) as door:
        ana, mia = await scene(door)
        samir = door.samir
        await samir.command("/family show K-1", channel=FRONT)
        await samir.sees("Linked clients (0)")
        await link(ana)
        await link(samir)
        await asyncio.gather(ana.submit(), samir.submit())
        told = [desk for desk in (ana, samir) if desk.modal.depth == 2]
        assert len(told) == 1
        assert told[0].modal.errors == {"Client": "Rosa López is already linked with this client."}
        assert await door.acts(mia.id) == ["client.added", "link.added"]


async def linked_card(door: Door) -> tuple[Desk, Client]:
    ana, mia = await scene(door)
    await link(ana)
    await ana.submit()
    await ana.sees("Rosa López is now linked.")
    return ana, mia


async def test_two_people_who_unlink_at_once_make_one_entry_and_the_second_is_told(
    database_url: str,
) -> None:
    async with open_door(database_url) as door:
        ana, mia = await linked_card(door)
        samir = door.samir
        await samir.command("/family unlink K-2", channel=FRONT)
        await samir.sees("The link goes from both accounts.")
        await ana.menu("Rosa López", "Remove Linked Client Account")
        await ana.sees("The link goes from both accounts.")
        await asyncio.gather(ana.submit(), samir.submit())
        await door.slack.until(
            lambda: (
                sorted("was already removed by" in desk.text for desk in (ana, samir)) == [False, True]
                and sorted("was unlinked, from both accounts." in desk.text for desk in (ana, samir))
                == [False, True]
            )
        )
        assert await door.acts(mia.id) == ["client.added", "link.added", "link.removed"]


@pytest.mark.parametrize(
    ("item", "sees"),
    [
        ("Edit", "This counts on both accounts."),
        ("Share e-mails", "also gets the e-mails sent to"),
        ("Roles", "may or should do for"),
    ],
)
async def test_a_form_about_what_somebody_removed_meanwhile_says_who_it_was(
    item: str, sees: str, sqlite_url: str
) -> None:
    async with open_door(sqlite_url) as door:
        ana, mia = await linked_card(door)
        await ana.menu("Rosa López", item)
        await ana.sees(sees)
        await door.samir.command("/family unlink K-1", channel=FRONT)
        await door.samir.submit()
        await door.samir.sees("was unlinked")
        await ana.submit()
        await ana.sees("Rosa López was already removed by Samir Haddad on ")
        assert ana.modal.depth == 1
        assert "Linked clients (0)" in ana.text
        assert await door.acts(mia.id) == ["client.added", "link.added", "link.removed"]


@pytest.mark.parametrize("item", ["Edit", "Share e-mails", "Roles", "Remove Linked Client Account"])
async def test_a_row_that_somebody_removed_meanwhile_says_who_it_was(item: str, sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        ana, mia = await linked_card(door)
        await door.samir.command("/family unlink K-1", channel=FRONT)
        await door.samir.submit()
        await door.samir.sees("was unlinked")
        await ana.menu("Rosa López", item)
        await ana.sees("Rosa López was already removed by Samir Haddad on ")
        assert ana.modal.depth == 1
        assert await door.acts(mia.id) == ["client.added", "link.added", "link.removed"]


async def test_all_sharing_that_is_stopped_twice_is_stopped_once(sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        ana, mia = await linked_card(door)
        await ana.menu("Rosa López", "Share e-mails")
        await ana.choose(
            "Rosa López also gets the e-mails sent to Mía López", "Yes, every notification e-mail"
        )
        await ana.choose("Who agreed that Rosa López gets them?", "The client agreed, in words")
        await ana.submit()
        await ana.sees("E-mail sharing with Rosa López was saved.")
        samir = door.samir
        await samir.command("/family share K-1", channel=FRONT)
        await samir.sees("Stop all sharing")
        await ana.menu("Rosa López", "Share e-mails")
        await asyncio.gather(
            ana.click("Stop all sharing", confirm=True), samir.click("Stop all sharing", confirm=True)
        )
        await ana.sees("with Rosa López")
        await samir.sees("with Rosa López")
        acts = await door.acts(mia.id)
        assert acts == ["client.added", "link.added", "sharing.changed", "sharing.changed"]


async def test_a_button_on_an_old_message_shows_what_is_there_now(sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        ana, _ = await linked_card(door)
        await ana.close()
        await ana.command("/family summary K-1", channel=FRONT)
        await ana.sees("Open the card")
        assert "Rosa López" in ana.dms()[0]
        await door.samir.command("/family unlink K-1", channel=FRONT)
        await door.samir.submit()
        await door.samir.sees("was unlinked")
        for _ in range(2):
            await ana.click_message("Open the card")
            await ana.sees("Linked clients (0)")
            await ana.close()


async def test_an_edit_of_what_somebody_else_changed_meanwhile_is_not_lost_and_not_saved(
    sqlite_url: str, log: io.StringIO
) -> None:
    async with open_door(sqlite_url) as door:
        ana, mia = await scene(door)
        await ana.click("Edit client")
        await ana.fill("Preferred name", "Mi")
        await door.samir.command("/family client edit K-1", channel=FRONT)
        await door.samir.fill("First name", "Mia")
        await door.samir.submit()
        await door.samir.sees("The details of Mia López were saved.")
        await ana.submit()
        await ana.sees("This was changed while you had it open.")
        assert ana.modal.fields["Preferred name"] == "Mi"
        assert await door.acts(mia.id) == ["client.added", "client.edited"]
        assert not errors(log)
