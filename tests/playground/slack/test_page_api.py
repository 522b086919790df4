"""The surface for the page: what there is to see, the stream, and who is turned away."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.playground.slack import LocalSlack
from tests.playground.slack.a_workspace import (
    ANA,
    BEN,
    CHANNELS,
    FRONT,
    MANIFEST,
    PEOPLE,
    SECRET,
    Json,
    asking,
    home,
    modal,
    section,
    typed,
)
from tests.playground.slack.conftest import Call


async def look(http: aiohttp.ClientSession, path: str, **query: str) -> Json:
    async with http.get(path, params=query) as response:
        seen: Json = await response.json()
        return seen


async def events(response: aiohttp.ClientResponse) -> AsyncIterator[Json]:
    async for line in response.content:
        if line.startswith(b"data: "):
            yield json.loads(line.removeprefix(b"data: "))


async def test_who_and_what_is_there(http: aiohttp.ClientSession) -> None:
    seen = await look(http, "/ui/workspace")
    assert seen["team"] == {"id": "T0KINWARD", "name": "Kinward Playground"}
    assert seen["app"]["name"] == "Ledger"
    assert seen["commands"] == [{"command": "/ledger", "description": "Open it", "usage_hint": "[page]"}]
    assert (seen["home_enabled"], seen["messages_enabled"]) == (True, True)
    ana, *_ = seen["people"]
    assert (ana["id"], ana["initials"], ana["is_guest"]) == (ANA, "AR", False)
    assert [person["is_guest"] for person in seen["people"]] == [False, False, True, False, False]
    front, secret, back = seen["channels"]
    assert (front["name"], front["is_private"], len(front["members"])) == ("front-desk", False, 4)
    assert (secret["is_private"], secret["members"]) == (True, [BEN])
    assert back["members"] == [ANA, BEN, "U0GONE"], "a guest is only where a guest was invited"


async def test_messages_are_for_those_in_the_channel(http: aiohttp.ClientSession, page: Call) -> None:
    assert (await page("/ui/message", user=BEN, channel=SECRET, text="psst"))["ok"]
    (message,) = (await look(http, "/ui/messages", user=BEN, channel=SECRET))["messages"]
    assert (message["user"], message["name"], message["text"]) == (BEN, "Ben Okafor", "psst")
    assert (message["ephemeral"], message["edited"]) == (False, False)
    assert not (await look(http, "/ui/messages", user=ANA, channel=SECRET))["ok"]
    assert not (await look(http, "/ui/messages", user=BEN, channel="D0ANA"))["ok"]
    assert await look(http, "/ui/dm", user=ANA) == {"channel": "D0ANA"}


async def test_the_stream_tells_what_changes(
    slack: LocalSlack, http: aiohttp.ClientSession, call: Call
) -> None:
    async with http.get("/ui/stream", params={"user": ANA}) as response:
        assert response.content_type == "text/event-stream"
        stream = events(response)
        assert await anext(stream) == {"type": "connected", "app": False}
        assert await anext(stream) == {"type": "views", "stack": []}
        assert await anext(stream) == {"type": "home", "view": None}
        assert await anext(stream) == {"type": "unread", "counts": {}}

        await call("views.open", trigger_id=slack.hub.triggers.issue(ANA), view=modal(section()))
        shown = await anext(stream)
        assert (shown["type"], shown["stack"][0]["title"]["text"]) == ("views", "Title")
        assert shown["stack"][0]["state"] == {"values": {}}
        await call("views.publish", user_id=ANA, view=home(section()))
        assert (await anext(stream))["view"]["type"] == "home"

        posted = await call("chat.postMessage", channel=FRONT, text="one")
        told = await anext(stream)
        assert (told["type"], told["channel"], told["message"]["text"]) == ("message", FRONT, "one")
        assert told["message"]["bot"] == slack.hub.workspace.app.bot_user_id
        await call("chat.update", channel=FRONT, ts=posted["ts"], text="two")
        told = await anext(stream)
        assert (told["type"], told["message"]["edited"]) == ("message_changed", True)
        await call("chat.delete", channel=FRONT, ts=posted["ts"])
        told = await anext(stream)
        assert told == {"type": "message_deleted", "channel": FRONT, "ts": posted["ts"]}
        await call("chat.postEphemeral", channel=FRONT, user=BEN, text="for Ben")
        await call("chat.postEphemeral", channel=FRONT, user=ANA, text="for Ana")
        told = await anext(stream)
        assert (told["type"], told["message"]["text"]) == ("ephemeral", "for Ana")
        slack.hub.notice(ANA, "Mind the step.")
        assert await anext(stream) == {"type": "notice", "message": "Mind the step."}

        ticket = slack.hub.socket.new_ticket()
        async with http.ws_connect(f"/link/?ticket={ticket}"):
            assert await anext(stream) == {"type": "connected", "app": True}
        assert await anext(stream) == {"type": "connected", "app": False}


async def test_a_stream_ends_when_the_server_stops(slack: LocalSlack, http: aiohttp.ClientSession) -> None:
    async with http.get("/ui/stream", params={"user": ANA}) as response:
        await slack.stop()
        assert [event["type"] async for event in events(response)] == [
            "connected",
            "views",
            "home",
            "unread",
        ]


async def test_a_stream_is_somebodys(http: aiohttp.ClientSession) -> None:
    assert (await http.get("/ui/stream", params={"user": "U0NOBODY"})).status == 404


async def test_what_was_typed_is_in_the_stream_after_an_update(
    slack: LocalSlack, http: aiohttp.ClientSession, call: Call, page: Call
) -> None:
    form = modal(asking(typed(action_id="a"), block_id="b"))
    view = (await call("views.open", trigger_id=slack.hub.triggers.issue(ANA), view=form))["view"]
    surface = {"type": "view", "view_id": view["id"]}
    state = {"b": {"a": {"type": "plain_text_input", "value": "typed"}}}
    assert await page("/ui/state", user=ANA, surface=surface, state=state) == {"ok": True}
    await call("views.update", view_id=view["id"], view={**form, "blocks": [section(), *form["blocks"]]})
    async with http.get("/ui/stream", params={"user": ANA}) as response:
        stream = events(response)
        await anext(stream)
        (shown,) = (await anext(stream))["stack"]
    assert shown["state"]["values"] == state


NOT_POSSIBLE: list[tuple[str, Json]] = [
    ("/ui/command", {"user": "U0NOBODY", "channel": FRONT, "text": "/ledger"}),
    ("/ui/command", {"user": ANA, "channel": SECRET, "text": "/ledger"}),
    ("/ui/command", {"user": ANA, "channel": FRONT, "text": "/nonsense"}),
    ("/ui/command", {"user": "U0STRANGER", "channel": FRONT, "text": "/ledger"}),
    ("/ui/command", {"user": ANA, "channel": FRONT}),
    ("/ui/message", {"user": ANA, "channel": SECRET, "text": "x"}),
    ("/ui/action", {"user": ANA, "surface": {"type": "view", "view_id": "V0"}}),
    ("/ui/action", {"user": ANA, "surface": {"type": "message", "channel": FRONT, "ts": "1.0"}}),
    ("/ui/action", {"user": ANA}),
    ("/ui/submit", {"user": ANA, "view_id": "V0"}),
    ("/ui/close", {"user": ANA, "view_id": "V0"}),
    (
        "/ui/suggest",
        {"user": ANA, "surface": {"type": "view", "view_id": "V0"}, "block_id": "b", "action_id": "a"},
    ),
]


@pytest.mark.parametrize(("path", "asked"), NOT_POSSIBLE)
async def test_what_nobody_can_do_is_answered_with_a_sentence(page: Call, path: str, asked: Json) -> None:
    answer = await page(path, **asked)
    assert answer["ok"] is False
    assert answer["message"]


async def test_only_this_machines_own_page_gets_in(slack: LocalSlack, http: aiohttp.ClientSession) -> None:
    asked = {"user": ANA, "channel": FRONT, "text": "x"}
    own = await http.post("/ui/message", json=asked, headers={"Origin": slack.page_url.rstrip("/")})
    foreign = await http.post("/ui/message", json=asked, headers={"Origin": "http://elsewhere.example"})
    renamed = await http.get("/ui/workspace", headers={"Host": "elsewhere.example"})
    form = await http.post("/ui/message", data=asked)
    array = await http.post("/ui/message", json=[])
    broken = await http.post("/ui/message", data="{", headers={"Content-Type": "application/json"})
    statuses = [answer.status for answer in (own, foreign, renamed, form, array, broken)]
    assert statuses == [200, 403, 403, 415, 400, 400]


async def test_the_page_is_served_from_its_folder(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<title>Here</title>", encoding="utf-8")
    (tmp_path / "page.js").write_text("'use strict'", encoding="utf-8")
    slack = LocalSlack(MANIFEST, PEOPLE, CHANNELS, page=tmp_path)
    await slack.start()
    try:
        async with aiohttp.ClientSession(slack.page_url) as http:
            index = await http.get("/")
            script = await http.get("/page.js")
            outside = await http.get("/..%2f..%2fetc/passwd")
            assert (await index.text(), await script.text()) == ("<title>Here</title>", "'use strict'")
            assert "default-src 'none'; script-src 'self'" in index.headers["Content-Security-Policy"]
            assert index.headers["Cache-Control"] == "no-cache"
            assert outside.status in (403, 404)
    finally:
        await slack.stop()


async def test_messages_and_home_outlive_a_start(tmp_path: Path) -> None:
    kept = tmp_path / "state" / "slack.json"
    first = LocalSlack(MANIFEST, PEOPLE, CHANNELS, state_file=kept)
    await first.start()
    first.hub.post(first.hub.from_app(FRONT, text="lasting", blocks=[]))
    first.hub.post(first.hub.from_app(FRONT, text="passing", blocks=[], only=ANA))
    first.hub.views.publish(ANA, home(section()))
    await first.stop()

    second = LocalSlack(MANIFEST, PEOPLE, CHANNELS, state_file=kept)
    await second.start()
    assert [message.text for message in second.hub.messages.seen_by(ANA, FRONT)] == ["lasting"]
    assert second.hub.views.homes == first.hub.views.homes
    assert second.hub.timestamps.next() > second.hub.messages.seen_by(ANA, FRONT)[0].ts
    await second.stop()
    assert list(kept.parent.iterdir()) == [kept], "no half-written file stays behind"


async def test_what_changed_is_kept_without_a_stop(tmp_path: Path) -> None:
    kept = tmp_path / "slack.json"
    slack = LocalSlack(MANIFEST, PEOPLE, CHANNELS, state_file=kept)
    await slack.start()
    slack.hub.post(slack.hub.from_app(FRONT, text="lasting", blocks=[]))
    await slack.until(kept.exists)
    await slack.stop()


async def test_a_broken_state_file_is_no_obstacle(tmp_path: Path) -> None:
    kept = tmp_path / "slack.json"
    kept.write_text("{", encoding="utf-8")
    slack = LocalSlack(MANIFEST, PEOPLE, CHANNELS, state_file=kept)
    await slack.start()
    assert slack.hub.messages.seen_by(ANA, FRONT) == []
    await slack.stop()
