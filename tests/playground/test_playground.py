"""The playground as one thing: kept between two starts, begun anew when asked, never left half made."""

from pathlib import Path

import pytest

from bot.domain.client import ClientDetails
from bot.domain.ids import StaffId
from bot.domain.staff import Actor, Surface
from bot.domain.staff_role import EVERY_RIGHT
from bot.playground.playground import Playground, playing
from bot.playground.port_taken import PortTaken
from bot.playground.practice import ANA, Practice, PracticeBook
from tests.person import Desk


@pytest.fixture
def practice() -> Practice:
    book = PracticeBook()
    book.client("Ada", "Quill", None, own_id="K-1")
    return book.closed()


def actor(playground: Playground) -> Actor:
    return Actor(
        workspace_id=playground.bot.workspace_id,
        staff_id=StaffId(ANA.id),
        name=ANA.real_name,
        surface=Surface.SLACK_MODAL,
        rights=EVERY_RIGHT,
    )


def names_in(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


async def names(playground: Playground) -> set[str]:
    found = await playground.bot.services.clients.find(actor(playground), "")
    return {client.name for client in found.clients}


async def test_it_is_the_real_app_in_the_local_slack(tmp_path: Path, practice: Practice) -> None:
    async with playing(tmp_path, practice=practice) as playground:
        ana = Desk(playground.slack, ANA.id)

        await ana.command("/family show K-1", channel="C0FRONT")
        await ana.sees("Ada Quill")

        assert playground.is_new
        assert playground.slack.refusals == []


async def test_practice_and_messages_are_kept_until_a_fresh_start(tmp_path: Path, practice: Practice) -> None:
    async with playing(tmp_path, practice=practice) as first:
        await first.bot.services.clients.add(actor(first), ClientDetails(first_name="Bea", last_name="New"))
        ana = Desk(first.slack, ANA.id)
        await ana.command("/family summary K-1", channel="C0FRONT")
        await first.slack.until(lambda: bool(ana.dms()))
        sent = ana.dms()

    async with playing(tmp_path, practice=practice) as second:
        assert not second.is_new
        assert await names(second) == {"Ada Quill", "Bea New"}
        assert Desk(second.slack, ANA.id).dms() == sent

    async with playing(tmp_path, practice=practice, fresh=True) as third:
        assert third.is_new
        assert await names(third) == {"Ada Quill"}
        assert Desk(third.slack, ANA.id).dms() == []


async def test_a_start_that_is_broken_off_leaves_no_half_practice(tmp_path: Path, practice: Practice) -> None:
    unfit = Practice(clients=practice.clients * 2, links=(), contacts=(), died=())
    with pytest.raises(RuntimeError, match=r"own_id\.repeated"):
        async with playing(tmp_path, practice=unfit):
            raise AssertionError("it was to be broken off before")

    # The settings were on record by then, so the record's key lies beside it.
    assert {name.partition(".sqlite3")[0] for name in names_in(tmp_path)} == {"practice-unfinished"}
    async with playing(tmp_path, practice=practice) as playground:
        assert await names(playground) == {"Ada Quill"}
        assert "practice-unfinished.sqlite3" not in names_in(tmp_path)


async def test_a_port_in_use_is_refused_before_anything_is_touched(
    tmp_path: Path, practice: Practice
) -> None:
    async with playing(tmp_path, practice=practice) as first:
        with pytest.raises(PortTaken, match=f"Port {first.slack.port} is in use"):
            async with playing(tmp_path, port=first.slack.port, fresh=True):
                raise AssertionError("it was to be refused")

        assert await names(first) == {"Ada Quill"}
