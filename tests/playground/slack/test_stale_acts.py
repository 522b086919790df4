"""Acts on what has gone, was never offered, or gets an answer that Slack does not take."""

import asyncio
from collections.abc import AsyncIterator
from typing import TypeAlias

import aiohttp
import pytest

from bot.playground.slack import LocalSlack
from tests.impatience import impatient
from tests.playground.slack.a_workspace import (
    ANA,
    BEN,
    CHANNELS,
    MANIFEST,
    PEOPLE,
    SECRET,
    Json,
    asking,
    button,
    home,
    modal,
    option,
    options,
    section,
    typed,
)
from tests.playground.slack.conftest import Call
from tests.playground.slack.test_socket_mode import linked, read

Connection: TypeAlias = aiohttp.ClientWebSocketResponse
FORM = modal(
    asking(typed(action_id="quiet"), block_id="quiet", optional=True),
    section(block_id="menu", accessory={"type": "overflow", "action_id": "menu", "options": options(2)}),
    section(
        block_id="select",
        accessory={"type": "static_select", "action_id": "select", "options": options(2)},
    ),
    section(block_id="press", accessory=button(action_id="press")),
    notify_on_close=True,
)


@pytest.fixture
async def app(slack: LocalSlack, http: aiohttp.ClientSession) -> AsyncIterator[Connection]:
    """An app that is nothing but its connection."""
    async with linked(slack, http) as socket:
        yield socket


def open_form(slack: LocalSlack, view: Json = FORM) -> Json:
    return {"type": "view", "view_id": slack.hub.views.open(ANA, view)["id"]}


UNUSABLE = [
    ({"block_id": "gone", "action_id": "press"}, "no longer there"),
    ({"block_id": "press", "action_id": "gone"}, "no longer there"),
    ({"block_id": "quiet", "action_id": "quiet", "value": "x"}, "before the form is sent"),
    ({"block_id": "menu", "action_id": "menu", "selected_option": option("7")}, "does not offer"),
    ({"block_id": "menu", "action_id": "menu"}, "does not offer"),
    ({"block_id": "select", "action_id": "select", "selected_option": option("7")}, "not offered"),
]


@pytest.mark.parametrize(("chosen", "says"), UNUSABLE)
async def test_what_is_not_there_or_not_offered_is_not_sent(
    slack: LocalSlack, page: Call, chosen: Json, says: str
) -> None:
    answer = await page("/ui/action", user=ANA, surface=open_form(slack), **chosen)
    assert says in answer["message"]
    assert slack.traffic.envelopes() == []


async def test_a_view_of_somebody_else_cannot_be_used(slack: LocalSlack, page: Call) -> None:
    surface = open_form(slack)
    answer = await page("/ui/action", user=BEN, surface=surface, block_id="press", action_id="press")
    assert answer == {"ok": False, "message": "This view is no longer open."}


async def test_nothing_to_send_nothing_to_search_nothing_to_close(slack: LocalSlack, page: Call) -> None:
    surface = open_form(slack, modal(section(block_id="b", accessory=button(action_id="a"))))
    view_id = surface["view_id"]
    assert "nothing to send" in (await page("/ui/submit", user=ANA, view_id=view_id))["message"]
    ids = {"block_id": "b", "action_id": "a"}
    asked = await page("/ui/suggest", user=ANA, surface=surface, **ids, value="abc")
    assert "nothing to search" in asked["message"]
    published = slack.hub.views.publish(ANA, home())
    closed = await page("/ui/close", user=ANA, view_id=published["id"])
    assert "cannot be closed" in closed["message"]


async def test_a_click_is_acked_without_a_payload(slack: LocalSlack, page: Call, app: Connection) -> None:
    ids = {"block_id": "press", "action_id": "press"}
    clicking = asyncio.create_task(page("/ui/action", user=ANA, surface=open_form(slack), **ids))
    envelope = await read(app)
    assert envelope["accepts_response_payload"] is False
    await app.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "lost"}})
    assert await clicking == {"ok": True}
    assert [str(refusal) for refusal in slack.refusals] == [
        "ack block_actions: response_payload_not_accepted"
    ]


UNSOUND: list[tuple[Json, str]] = [
    ({"text": "no action"}, "invalid_response_action"),
    ({"response_action": "clear", "view": modal()}, "invalid_response_payload"),
    ({"response_action": "errors"}, "invalid_errors"),
    ({"response_action": "errors", "errors": {}}, "invalid_errors"),
    ({"response_action": "errors", "errors": {"quiet": ""}}, "invalid_errors"),
    ({"response_action": "errors", "errors": {"quiet": {"text": "x"}}}, "invalid_errors"),
]


@pytest.mark.parametrize(("body", "error"), UNSOUND)
async def test_an_ack_slack_does_not_take(
    slack: LocalSlack, page: Call, app: Connection, body: Json, error: str
) -> None:
    view_id = open_form(slack)["view_id"]
    sending = asyncio.create_task(page("/ui/submit", user=ANA, view_id=view_id, state={}))
    envelope = await read(app)
    assert envelope["accepts_response_payload"] is True
    await app.send_json({"envelope_id": envelope["envelope_id"], "payload": body})
    assert await sending == {"ok": False, "message": "We had some trouble connecting. Try again?"}
    assert [refusal.error for refusal in slack.refusals] == [error]


async def test_a_form_nobody_acks_stays_open(slack: LocalSlack, page: Call, app: Connection) -> None:
    view_id = open_form(slack)["view_id"]
    with impatient(slack):
        answer = await page("/ui/submit", user=ANA, view_id=view_id, state={})
    assert answer["message"] == "We had some trouble connecting. Try again?"
    assert (await read(app))["payload"]["type"] == "view_submission"
    assert [view["id"] for view in slack.hub.views.stack(ANA)] == [view_id]


async def test_a_view_closes_also_when_nobody_hears_of_it(slack: LocalSlack, page: Call) -> None:
    assert await page("/ui/close", user=ANA, view_id=open_form(slack)["view_id"]) == {"ok": True}
    assert slack.hub.views.stack(ANA) == []


async def test_a_select_in_a_message_asks_with_the_message(page: Call, app: Connection, call: Call) -> None:
    search = {"type": "external_select", "action_id": "a", "min_query_length": 0}
    blocks = [section(block_id="b", accessory=search)]
    posted = await call("chat.postMessage", channel="D0ANA", text="x", blocks=blocks)
    surface = {"type": "message", "channel": "D0ANA", "ts": posted["ts"]}
    ids = {"block_id": "b", "action_id": "a"}
    asking_app = asyncio.create_task(page("/ui/suggest", user=ANA, surface=surface, **ids, value=""))
    envelope = await read(app)
    await app.send_json({"envelope_id": envelope["envelope_id"], "payload": {"options": options(1)}})
    (offered,) = (await asking_app)["options"]
    payload = envelope["payload"]
    assert payload["channel"] == {"id": "D0ANA", "name": "directmessage"}
    assert payload["message"]["ts"] == posted["ts"]
    assert {"actions", "state", "view", "trigger_id", "response_url"}.isdisjoint(payload)

    choosing = asyncio.create_task(
        page("/ui/action", user=ANA, surface=surface, **ids, selected_option=offered)
    )
    envelope = await read(app)
    await app.send_json({"envelope_id": envelope["envelope_id"]})
    assert await choosing == {"ok": True}
    assert envelope["payload"]["state"]["values"]["b"]["a"]["selected_option"] == offered


async def test_a_private_channel_does_not_tell_its_name(page: Call, app: Connection) -> None:
    typing = asyncio.create_task(page("/ui/command", user=BEN, channel=SECRET, text="/ledger"))
    envelope = await read(app)
    await app.send_json({"envelope_id": envelope["envelope_id"]})
    assert await typing == {"ok": True}
    assert envelope["payload"]["channel_name"] == "privategroup"


async def test_home_is_told_with_what_is_published(
    slack: LocalSlack, page: Call, app: Connection, call: Call
) -> None:
    published = (await call("views.publish", user_id=ANA, view=home(section())))["view"]
    opening = asyncio.create_task(page("/ui/home", user=ANA))
    envelope = await read(app)
    await app.send_json({"envelope_id": envelope["envelope_id"]})
    assert (await opening)["view"] == published
    assert envelope["payload"]["event"]["view"] == published
    updated = await call("views.update", view_id=published["id"], view=home())
    assert (updated["ok"], slack.hub.views.homes[ANA]["blocks"]) == (True, [])


async def test_a_first_home_with_a_hash_conflicts(call: Call) -> None:
    answer = await call("views.publish", user_id=ANA, hash="1.a", view=home())
    assert answer == {"ok": False, "error": "hash_conflict"}


async def test_an_event_nobody_ever_acks_is_given_up(slack: LocalSlack, page: Call, app: Connection) -> None:
    with impatient(slack):
        await page("/ui/home", user=ANA)
        await slack.until(lambda: len(slack.traffic.timeouts("app_home_opened")) == 2)
    first, again = await read(app), await read(app)
    assert first["payload"]["event_id"] == again["payload"]["event_id"]


async def test_an_app_without_home_and_with_a_silent_messages_tab() -> None:
    features = {
        **MANIFEST["features"],
        "app_home": {"messages_tab_enabled": True, "messages_tab_read_only_enabled": True},
    }
    slack = LocalSlack({**MANIFEST, "features": features}, PEOPLE, CHANNELS)
    await slack.start()
    try:
        async with aiohttp.ClientSession(slack.page_url) as http:
            opened = await http.post("/ui/home", json={"user": ANA})
            asked = {"user": ANA, "channel": "D0ANA", "text": "hello"}
            said = await http.post("/ui/message", json=asked)
            assert (await opened.json())["message"] == "This app has no Home."
            assert (await said.json())["message"] == "Sending messages to this app has been turned off."
    finally:
        await slack.stop()
    assert slack.hub.messages.seen_by(ANA, "D0ANA") == []


async def test_a_taken_port_is_told(slack: LocalSlack) -> None:
    other = LocalSlack(MANIFEST, PEOPLE, CHANNELS)
    with pytest.raises(RuntimeError, match="not been started"):
        _ = other.port
    with pytest.raises(OSError, match="address already in use"):
        await other.start(port=slack.port)


async def test_a_channel_keeps_its_last_five_hundred_messages(slack: LocalSlack) -> None:
    for number in range(501):
        slack.hub.post(slack.hub.from_app("D0ANA", text=str(number), blocks=[]))
    kept = slack.hub.messages.seen_by(ANA, "D0ANA")
    assert (len(kept), kept[0].text, kept[-1].text) == (500, "1", "500")


@pytest.mark.parametrize(
    ("view", "error"),
    [('{"type": "modal"', "invalid_arguments"), ('{"type": "home", "blocks": []}', None)],
)
async def test_a_view_may_be_json_within_a_form(
    slack: LocalSlack, http: aiohttp.ClientSession, view: str, error: str | None
) -> None:
    form = {"token": slack.bot_token, "user_id": ANA, "view": view}
    async with http.post("/api/views.publish", data=form) as response:
        assert (await response.json()).get("error") == error


async def test_a_direct_message_that_is_nobodys(call: Call) -> None:
    assert (await call("conversations.open", channel="D0NOBODY"))["error"] == "channel_not_found"
    assert (await call("conversations.open"))["error"] == "invalid_arguments"


async def test_a_page_that_goes_away_leaves_no_queue(slack: LocalSlack, http: aiohttp.ClientSession) -> None:
    async with http.get("/ui/stream", params={"user": ANA}) as response:
        await response.content.readline()
    slack.hub.notice(ANA, "into the void")
    slack.hub.notice(ANA, "and once more")
    assert (await http.get("/ui/workspace")).status == 200
