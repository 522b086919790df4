"""What the app does not know is Bolt's to answer, and what it cannot read is acked and left alone."""

import io
import json
from collections.abc import AsyncIterator

import pytest
from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from tests.app.door import Door, lines, open_door


@pytest.fixture
async def door(sqlite_url: str) -> AsyncIterator[Door]:
    async with open_door(sqlite_url) as door:
        yield door


async def answered(door: Door, payload: dict[str, object]) -> BoltResponse:
    return await door.app.bolt.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=payload))


async def test_slack_finds_the_app_to_be_ours(door: Door) -> None:
    answer = await answered(door, {"type": "url_verification", "challenge": "3eZbrw1a"})

    assert answer.status == 200
    assert json.loads(answer.body) == {"challenge": "3eZbrw1a"}


async def test_what_nobody_is_there_for_is_not_found(door: Door, log: io.StringIO) -> None:
    answer = await answered(door, {"type": "shortcut", "callback_id": "nobodys"})

    assert answer.status == 404
    assert [line["level"] for line in lines(log)] == ["warning"]


async def test_what_cannot_be_read_is_acked(door: Door, log: io.StringIO) -> None:
    answer = await answered(door, {"type": "block_suggestion", "action_id": "client.search"})

    assert (answer.status, answer.body) == (200, "")
    assert [line["event"] for line in lines(log)] == ["payload.unreadable"]
