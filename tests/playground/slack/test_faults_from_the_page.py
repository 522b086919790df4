"""Faults ordered from the page, the traffic in its stream, and what is unread."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.playground.slack import LocalSlack
from bot.playground.slack.streams import MOST_WAITING
from tests.playground.slack.a_workspace import ANA, BEN, CHANNELS, FRONT, MANIFEST, PEOPLE, SECRET, Json
from tests.playground.slack.conftest import Call


async def look(http: aiohttp.ClientSession, path: str) -> Json:
    async with http.get(path) as response:
        seen: Json = await response.json()
        return seen


async def events(response: aiohttp.ClientResponse) -> AsyncIterator[Json]:
    async for line in response.content:
        if line.startswith(b"data: "):
            yield json.loads(line.removeprefix(b"data: "))


async def of_type(stream: AsyncIterator[Json], kind: str) -> Json:
    async for event in stream:
        if event["type"] == kind:
            return event
    raise AssertionError(f"the stream has ended without {kind}")


async def test_what_can_be_ordered_is_told(http: aiohttp.ClientSession) -> None:
    known = await look(http, "/ui/faults")
    assert known["waiting"] == []
    assert {"views.open", "chat.postMessage", "response_url"} <= set(known["calls"])
    assert known["payloads"][:2] == ["slash_commands", "block_actions"]
    assert "app_home_opened" in known["payloads"]
    assert {"kind": "slow", "of": "call"} in known["kinds"]
    assert {"kind": "redelivered", "of": "payload"} in known["kinds"]


async def test_a_fault_is_ordered_waits_happens_and_is_gone(
    http: aiohttp.ClientSession, page: Call, call: Call
) -> None:
    ordered = await page("/ui/faults", kind="rate_limited", on="auth.test", times=2, retry_after=9)
    assert ordered == {"ok": True, "number": 1}
    (waiting,) = (await look(http, "/ui/faults"))["waiting"]
    assert (waiting["kind"], waiting["on"], waiting["left"]) == ("rate_limited", "auth.test", 2)
    assert (await call("auth.test"))["error"] == "ratelimited"
    (waiting,) = (await look(http, "/ui/faults"))["waiting"]
    assert waiting["left"] == 1
    assert (await call("auth.test"))["error"] == "ratelimited"
    assert (await look(http, "/ui/faults"))["waiting"] == []
    assert (await call("auth.test"))["ok"]


async def test_one_fault_is_taken_back_or_all(http: aiohttp.ClientSession, page: Call) -> None:
    for method in ("views.open", "views.push", "views.update"):
        await page("/ui/faults", kind="cut", on=method)
    assert await page("/ui/faults/clear", number=2) == {"ok": True}
    left = (await look(http, "/ui/faults"))["waiting"]
    assert [fault["on"] for fault in left] == ["views.open", "views.update"]
    assert await page("/ui/faults/clear") == {"ok": True}
    assert (await look(http, "/ui/faults"))["waiting"] == []


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"kind": "earthquake"},
        {"kind": "slow", "seconds": 100_000},
        {"kind": "slow", "seconds": "long"},
        {"kind": "cut", "times": 0},
        {"kind": "cut", "times": True},
        {"kind": "server_error", "status": 20},
        {"kind": "rate_limited", "retry_after": -1},
    ],
)
async def test_what_cannot_be_ordered_is_said(slack: LocalSlack, page: Call, asked: Json) -> None:
    answer = await page("/ui/faults", **asked)
    assert answer["ok"] is False
    assert answer["message"]
    assert slack.faults.waiting == []


async def test_connections_are_ended_from_the_page(
    slack: LocalSlack, http: aiohttp.ClientSession, page: Call
) -> None:
    async with http.ws_connect(f"/link/?ticket={slack.hub.socket.new_ticket()}") as socket:
        await socket.receive_json()
        assert await page("/ui/faults", kind="refresh_requested") == {"ok": True}
        assert (await socket.receive_json())["reason"] == "refresh_requested"
        assert await page("/ui/faults", kind="cut_sockets") == {"ok": True}
        assert (await socket.receive(timeout=20)).type is aiohttp.WSMsgType.CLOSED
    assert slack.hub.socket.connections == 0


async def test_the_traffic_is_in_the_stream_of_who_watches(
    slack: LocalSlack, http: aiohttp.ClientSession, call: Call
) -> None:
    await call("auth.test")
    async with (
        http.get("/ui/stream", params={"user": ANA, "traffic": "1"}) as watching,
        http.get("/ui/stream", params={"user": ANA}) as living,
    ):
        stream = events(watching)
        before = await of_type(stream, "traffic")
        assert (before["number"], before["kind"], before["name"]) == (1, "call", "auth.test")
        assert before["at"] > 1_700_000_000_000
        await call("chat.postMessage", channel=FRONT, text="hi")
        posted = await of_type(stream, "traffic")
        assert posted["sent"] == {"channel": FRONT, "text": "hi"}
        assert (posted["answer"]["ok"], posted["status"]) == (True, 200)
        assert posted["took_ms"] >= 0
        await call("chat.postMessage", channel=FRONT, text="")
        refused = await of_type(stream, "traffic")
        assert (refused["answer"]["ok"], refused["answer"]["error"]) == (False, "no_text")
        slack.fail_next("auth.test", "fatal_error")
        assert await of_type(stream, "faults") == {"type": "faults"}
        await slack.stop()
        assert "traffic" not in {event["type"] async for event in events(living)}


async def test_a_page_that_does_not_read_is_not_told_without_end(slack: LocalSlack) -> None:
    with slack.hub.streams.opened(ANA, watches=True) as queue:
        for _ in range(MOST_WAITING + 10):
            slack.hub.streams.tell_watchers({"type": "traffic"})
        assert queue.qsize() == MOST_WAITING
        slack.hub.notice(ANA, "This one still comes.")
        assert queue.qsize() == MOST_WAITING + 1


async def unread(http: aiohttp.ClientSession, user: str) -> Json:
    async with http.get("/ui/stream", params={"user": user}) as response:
        counts: Json = (await of_type(events(response), "unread"))["counts"]
        return counts


async def test_what_is_unread_is_what_others_wrote_since_one_read(
    slack: LocalSlack, http: aiohttp.ClientSession, page: Call, call: Call
) -> None:
    await page("/ui/message", user=ANA, channel=FRONT, text="mine")
    await page("/ui/message", user=BEN, channel=FRONT, text="his")
    await page("/ui/message", user=BEN, channel=SECRET, text="where she is not")
    await call("chat.postMessage", channel="D0ANA", text="a summary")
    slack.hub.post(slack.hub.from_app(FRONT, text="only for her", blocks=[], only=ANA))
    assert await unread(http, ANA) == {FRONT: 1, "D0ANA": 1}
    assert await page("/ui/read", user=ANA, channel=FRONT) == {"ok": True}
    assert await unread(http, ANA) == {"D0ANA": 1}
    assert await unread(http, BEN) == {FRONT: 1}
    assert not (await page("/ui/read", user=ANA, channel=SECRET))["ok"]


async def test_another_window_hears_that_something_was_read(http: aiohttp.ClientSession, page: Call) -> None:
    await page("/ui/message", user=BEN, channel=FRONT, text="news")
    async with http.get("/ui/stream", params={"user": ANA}) as response:
        stream = events(response)
        assert (await of_type(stream, "unread"))["counts"] == {FRONT: 1}
        await page("/ui/read", user=ANA, channel=FRONT)
        assert (await of_type(stream, "unread"))["counts"] == {}


async def test_what_was_read_stays_read_after_a_new_start(tmp_path: Path) -> None:
    kept = tmp_path / "slack.json"
    first = LocalSlack(MANIFEST, PEOPLE, CHANNELS, state_file=kept)
    await first.start()
    first.hub.post(first.hub.from_app(FRONT, text="news", blocks=[]))
    first.hub.read_marks.read(ANA, FRONT)
    await first.stop()
    second = LocalSlack(MANIFEST, PEOPLE, CHANNELS, state_file=kept)
    await second.start()
    assert second.hub.read_marks.unread(ANA) == {}
    assert second.hub.read_marks.unread(BEN) == {FRONT: 1}
    await second.stop()
