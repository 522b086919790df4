"""Only full members: guests, people of other workspaces, bots and who has left are refused at every entry."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from bot.adapters.slack_directory import REMEMBERED_SECONDS
from bot.playground.practice import ANA, GUEST
from tests.app.door import Door, open_door
from tests.office import FRONT
from tests.person import Desk

REFUSED = "Kinward is for full members of this workspace. Please ask the practice if you need something."
NAME = "Mía López"
NOBODY_FULL = pytest.mark.parametrize(
    "became",
    [
        {"is_restricted": True},
        {"is_restricted": True, "is_ultra_restricted": True},
        {"is_stranger": True},
        {"team_id": "T0ELSEWHERE"},
        {"is_bot": True},
        {"deleted": True},
    ],
    ids=["guest", "single-channel guest", "stranger", "other workspace", "bot", "deactivated"],
)


class Watch:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Ana at her desk, and a client; she may be turned into somebody else."""

    door: Door
    watch: Watch
    ana: Desk
    client_id: str

    def becomes(self, changes: dict[str, bool | str]) -> None:
        """Change what Slack says of her, and let what is remembered run out."""
        self.door.become(ANA, **changes)
        self.watch.seconds += REMEMBERED_SECONDS

    async def nothing_happened(self) -> bool:
        """Say whether the client is as before."""
        acts = await self.door.acts(self.client_id)  # type: ignore[arg-type]  # a client's id
        return acts == ["client.added"]


@asynccontextmanager
async def scene(database_url: str) -> AsyncIterator[Scene]:
    watch = Watch()
    async with open_door(database_url, monotonic=watch) as door:
        mia = await door.client("Mía", "López", own_id="K-1", phone="+12125550100")
        yield Scene(door=door, watch=watch, ana=door.ana, client_id=mia.id)


@pytest.mark.parametrize(
    "became",
    # Slack itself offers no command to somebody who belongs elsewhere; and if it did, see below.
    [{"is_restricted": True}, {"team_id": "T0ELSEWHERE"}, {"is_bot": True}, {"deleted": True}],
    ids=["guest", "other workspace", "bot", "deactivated"],
)
async def test_at_a_command(became: dict[str, bool | str], sqlite_url: str) -> None:
    async with scene(sqlite_url) as it:
        it.becomes(became)
        for typed in (
            "/family",
            "/family show K-1",
            "/family client new",
            "/family help",
            "/family summary K-1",
        ):
            await it.ana.command(typed, channel=it.door.slack.hub.workspace.dm_of(ANA.id))
        await it.door.app.settled()
        assert it.ana.ephemerals() == [REFUSED] * 5
        assert not it.ana.has_modal
        assert not it.ana.dms()


@NOBODY_FULL
async def test_at_home(became: dict[str, bool | str], sqlite_url: str) -> None:
    async with scene(sqlite_url) as it:
        await it.ana.open_home()
        await it.ana.sees("Find a client")
        it.becomes(became)
        # A Home that was published before still has its buttons.
        await it.ana.click("Find a client")
        await it.ana.sees(REFUSED)
        await it.ana.close()
        await it.ana.open_home()
        await it.ana.sees(REFUSED)
        assert it.ana.home == REFUSED


@NOBODY_FULL
async def test_at_a_button_in_a_message(became: dict[str, bool | str], sqlite_url: str) -> None:
    async with scene(sqlite_url) as it:
        await it.ana.command("/family summary K-1", channel=FRONT)
        await it.ana.sees("Open the card")
        it.becomes(became)
        await it.ana.click_message("Open the card")
        await it.ana.sees(REFUSED)
        assert NAME not in it.ana.modal.text


@NOBODY_FULL
async def test_at_the_submission_of_a_form_opened_before(
    became: dict[str, bool | str], sqlite_url: str
) -> None:
    async with scene(sqlite_url) as it:
        await it.ana.command("/family client edit K-1", channel=FRONT)
        await it.ana.fill("First name", "Mia")
        it.becomes(became)
        await it.ana.submit()
        await it.ana.sees(REFUSED)
        assert NAME not in it.ana.modal.text
        assert await it.nothing_happened()


@NOBODY_FULL
async def test_at_a_button_of_a_card_opened_before(became: dict[str, bool | str], sqlite_url: str) -> None:
    async with scene(sqlite_url) as it:
        await it.ana.command("/family show K-1", channel=FRONT)
        await it.ana.sees("Edit client")
        it.becomes(became)
        for name in ("Edit client", "Link a client", "Add a contact", "Summary"):
            await it.ana.click(name)
            await it.ana.sees(REFUSED)
            assert NAME not in it.ana.modal.text
            await it.ana.close()
        assert not it.ana.dms()


@NOBODY_FULL
async def test_while_typing_in_a_picker_opened_before(became: dict[str, bool | str], sqlite_url: str) -> None:
    async with scene(sqlite_url) as it:
        await it.ana.command("/family", channel=FRONT)
        await it.ana.sees("Whose family and contacts")
        it.becomes(became)
        assert await it.ana.search("Client", "mía") == []


@NOBODY_FULL
async def test_at_a_choice_in_a_form_opened_before(became: dict[str, bool | str], sqlite_url: str) -> None:
    async with scene(sqlite_url) as it:
        await it.ana.command("/family link K-1", channel=FRONT)
        await it.ana.sees("Linking another client's account")
        it.becomes(became)
        await it.ana.choose("Who is it?", "A new client")
        await it.ana.sees(REFUSED)


async def test_the_playgrounds_guest_is_refused(sqlite_url: str) -> None:
    async with scene(sqlite_url) as it:
        guest = it.door.guest
        await guest.command("/family show K-1", channel="C0GENERAL")
        await guest.sees(REFUSED)
        assert guest.ephemerals() == [REFUSED]
        await guest.open_home()
        await it.door.slack.until(lambda: guest.home == REFUSED)
        assert GUEST.is_guest


async def test_who_acts_from_another_workspace_is_refused_at_once_whatever_is_remembered(
    sqlite_url: str,
) -> None:
    async with scene(sqlite_url) as it:
        await it.ana.command("/family show K-1", channel=FRONT)
        await it.ana.sees("Edit client")
        it.door.become(ANA, team_id="T0ELSEWHERE")
        await it.ana.click("Edit client")
        await it.ana.sees(REFUSED)


async def test_whom_slack_does_not_show_is_refused_in_the_same_words(sqlite_url: str) -> None:
    async with open_door(sqlite_url, refusals=("users.info",)) as door:
        door.slack.fail_next("users.info", "user_not_visible")
        await door.ana.command("/family", channel=FRONT)
        await door.ana.sees(REFUSED)
        assert door.ana.ephemerals() == [REFUSED]


async def test_an_org_id_in_the_payload_says_nothing_against_a_member(sqlite_url: str) -> None:
    async with scene(sqlite_url) as it:
        await it.ana.command("/family show K-1", channel=FRONT)
        await it.ana.sees("Edit client")
        # What is remembered still says which workspace she is of.
        it.door.become(ANA, team_id="E0ORG")
        await it.ana.click("Edit client")
        await it.ana.sees("You are editing Mía López.")
