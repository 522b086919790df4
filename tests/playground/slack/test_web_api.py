"""The Web API: arguments however they come, tokens, scopes, and Slack's own error bodies."""

import copy
import json

import aiohttp
import pytest

from bot.playground.slack import LocalSlack
from tests.playground.slack.a_workspace import (
    ANA,
    BACK,
    BEN,
    CHANNELS,
    FRONT,
    GONE,
    MANIFEST,
    PEOPLE,
    SECRET,
    Json,
    button,
    home,
    section,
)
from tests.playground.slack.conftest import Call

POST = "/api/chat.postMessage"


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def asked(response: aiohttp.ClientResponse) -> Json:
    answer: Json = await response.json()
    return answer


async def test_json_form_multipart_and_query_say_the_same(
    slack: LocalSlack, http: aiohttp.ClientSession
) -> None:
    blocks = [section()]
    wanted = {"channel": FRONT, "text": "hello", "blocks": blocks}
    flat = {"channel": FRONT, "text": "hello", "blocks": json.dumps(blocks)}
    multipart = aiohttp.FormData(default_to_multipart=True)
    for name, value in flat.items():
        multipart.add_field(name, value)
    headers = bearer(slack.bot_token)
    answers = [
        await asked(await http.post(POST, json=wanted, headers=headers)),
        await asked(await http.post(POST, data=flat, headers=headers)),
        await asked(await http.post(POST, data=multipart, headers=headers)),
        await asked(await http.post(POST, params=flat, headers=headers)),
        await asked(await http.get(POST, params=flat, headers=headers)),
        await asked(await http.post(POST, data={**flat, "token": slack.bot_token})),
    ]
    assert [answer["ok"] for answer in answers] == [True] * 6
    assert [answer["message"]["text"] for answer in answers] == ["hello"] * 6
    assert {len(answer["message"]["blocks"]) for answer in answers} == {1}


async def test_a_method_that_reads_forms_only_does_not_look_into_json(call: Call) -> None:
    answer = await call("users.info", user=ANA)
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: user [json-pointer:]"]


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        (None, "auth.test", "not_authed"),
        ("xoxb-somebody-else", "auth.test", "invalid_auth"),
        ("bot", "apps.connections.open", "not_allowed_token_type"),
        ("app", "auth.test", "not_allowed_token_type"),
        ("bot", "chat.scheduleMessage", "unknown_method"),
    ],
)
async def test_a_token_or_method_that_is_not_right(
    slack: LocalSlack, http: aiohttp.ClientSession, token: str | None, method: str, error: str
) -> None:
    known = {"bot": slack.bot_token, "app": slack.app_token}
    headers = bearer(known.get(token, token)) if token else {}
    answer = await asked(await http.post(f"/api/{method}", headers=headers))
    assert (answer["ok"], answer["error"]) == (False, error)
    assert [str(refusal) for refusal in slack.refusals] == [f"{method}: {error}"]


async def test_a_missing_scope_says_what_is_needed_and_what_is_there() -> None:
    manifest = copy.deepcopy(MANIFEST)
    manifest["oauth_config"]["scopes"]["bot"] = ["commands", "im:write"]
    slack = LocalSlack(manifest, PEOPLE, CHANNELS)
    await slack.start()
    try:
        async with aiohttp.ClientSession(slack.page_url, headers=bearer(slack.bot_token)) as http:
            answer = await asked(await http.post(POST, json={"channel": FRONT, "text": "hello"}))
            assert answer == {
                "ok": False,
                "error": "missing_scope",
                "needed": "chat:write",
                "provided": "commands,im:write",
            }
            response = await http.post("/api/auth.test")
            assert response.headers["X-OAuth-Scopes"] == "commands,im:write"
    finally:
        await slack.stop()


async def test_auth_test_tells_whose_token_it_is(call: Call, slack: LocalSlack) -> None:
    answer = await call("auth.test")
    assert answer["ok"]
    assert answer["user_id"] == slack.hub.workspace.app.bot_user_id
    assert answer["team_id"] == "T0KINWARD"


async def test_unsound_blocks_are_refused_with_slacks_own_body(call: Call) -> None:
    six = [{"text": {"type": "plain_text", "text": "x"}, "value": str(n)} for n in range(6)]
    blocks = [section(), section(), section(accessory={"type": "overflow", "options": six})]
    assert await call("chat.postMessage", channel=FRONT, text="x", blocks=blocks) == {
        "ok": False,
        "error": "invalid_blocks",
        "errors": ["no more than 5 items allowed [json-pointer:/blocks/2/accessory/options]"],
        "response_metadata": {
            "messages": ["[ERROR] no more than 5 items allowed [json-pointer:/blocks/2/accessory/options]"]
        },
    }


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": FRONT}, "no_text"),
        ({"channel": FRONT, "text": "", "blocks": []}, "no_text"),
        ({"channel": FRONT, "blocks": "{"}, "invalid_blocks_format"),
        ({"channel": FRONT, "blocks": {"type": "section"}}, "invalid_blocks_format"),
        ({"channel": FRONT, "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": FRONT, "text": "x", "attachments": [{"text": "y"}]}, "invalid_attachments"),
        ({"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
        ({"channel": SECRET, "text": "x"}, "channel_not_found"),
        ({"channel": BACK, "text": "x"}, "not_in_channel"),
        ({"channel": GONE, "text": "x"}, "user_disabled"),
        ({"text": "x"}, "invalid_arguments"),
    ],
)
async def test_a_message_that_cannot_be_posted(call: Call, arguments: Json, error: str) -> None:
    answer = await call("chat.postMessage", **arguments)
    assert (answer["ok"], answer["error"]) == (False, error)


async def test_the_longest_message_is_posted(call: Call) -> None:
    assert (await call("chat.postMessage", channel=FRONT, text="x" * 40_000))["ok"]


async def test_a_direct_message_needs_the_messages_tab() -> None:
    manifest = copy.deepcopy(MANIFEST)
    manifest["features"]["app_home"] = {}
    slack = LocalSlack(manifest, PEOPLE, CHANNELS)
    await slack.start()
    try:
        async with aiohttp.ClientSession(slack.page_url, headers=bearer(slack.bot_token)) as http:
            posted = await asked(await http.post(POST, json={"channel": "D0ANA", "text": "x"}))
            published = await asked(
                await http.post("/api/views.publish", json={"user_id": ANA, "view": home()})
            )
    finally:
        await slack.stop()
    assert posted["error"] == "messages_tab_disabled"
    assert published["error"] == "not_enabled"


async def test_an_ephemeral_message_is_for_somebody_in_the_channel(call: Call, slack: LocalSlack) -> None:
    shown = await call("chat.postEphemeral", channel=FRONT, user=ANA, text="psst")
    assert [message.text for message in slack.hub.messages.seen_by(ANA, FRONT)] == ["psst"]
    assert slack.hub.messages.seen_by(BEN, FRONT) == []
    outside = await call("chat.postEphemeral", channel=FRONT, user=GONE, text="psst")
    assert outside["error"] == "user_not_in_channel"
    changed = await call("chat.update", channel=FRONT, ts=shown["message_ts"], text="new")
    assert changed["error"] == "message_not_found"


async def test_the_app_changes_and_deletes_its_own_messages_only(
    call: Call, page: Call, slack: LocalSlack
) -> None:
    own = await call("chat.postMessage", channel=FRONT, text="first", blocks=[section()])
    changed = await call("chat.update", channel=FRONT, ts=own["ts"], text="second")
    assert (changed["ok"], changed["text"]) == (True, "second")
    assert (await call("chat.delete", channel=FRONT, ts=own["ts"]))["ok"]
    assert (await call("chat.delete", channel=FRONT, ts=own["ts"]))["error"] == "message_not_found"

    await page("/ui/message", user=ANA, channel=FRONT, text="mine")
    ts = slack.hub.messages.seen_by(ANA, FRONT)[-1].ts
    assert (await call("chat.update", channel=FRONT, ts=ts, text="x"))["error"] == "cant_update_message"
    assert (await call("chat.delete", channel=FRONT, ts=ts))["error"] == "cant_delete_message"
    assert (await call("chat.update", channel="C0", ts=ts, text="x"))["error"] == "channel_not_found"


async def test_a_posted_message_comes_back_as_slack_keeps_it(call: Call) -> None:
    answer = await call(
        "chat.postMessage", channel=FRONT, text="x", blocks=[{"type": "actions", "elements": [button()]}]
    )
    (block,) = answer["message"]["blocks"]
    assert block["block_id"]
    assert block["elements"][0]["action_id"]
    assert block["elements"][0]["text"] == {"type": "plain_text", "text": "Press", "emoji": True}
    assert answer["message"]["bot_id"]


@pytest.mark.parametrize(
    ("users", "error"),
    [
        ("U0NOBODY", "user_not_found"),
        (GONE, "user_disabled"),
        (f"{ANA},{BEN}", "missing_scope"),
        (",".join([ANA] * 9), "too_many_users"),
        ("", "invalid_arguments"),
    ],
)
async def test_a_conversation_that_cannot_be_opened(call: Call, users: str, error: str) -> None:
    assert (await call("conversations.open", users=users))["error"] == error


async def test_a_conversation_with_one_person(call: Call) -> None:
    opened = await call("conversations.open", users=ANA, return_im=True)
    assert opened["channel"] == {"id": "D0ANA", "is_im": True, "user": ANA, "is_open": True}
    assert (await call("conversations.open", channel="D0ANA"))["channel"] == {"id": "D0ANA"}
    assert (await call("chat.postMessage", channel=ANA, text="x"))["channel"] == "D0ANA"


async def test_what_is_told_of_people_and_places(slack: LocalSlack, http: aiohttp.ClientSession) -> None:
    headers = bearer(slack.bot_token)

    async def look(method: str, **query: str) -> Json:
        return await asked(await http.get(f"/api/{method}", params=query, headers=headers))

    guest = (await look("users.info", user="U0GUEST"))["user"]
    assert (guest["is_restricted"], guest["is_ultra_restricted"], guest["deleted"]) == (True, True, False)
    stranger = (await look("users.info", user="U0STRANGER"))["user"]
    assert (stranger["is_stranger"], stranger["team_id"]) == (True, "T0ELSEWHERE")
    ana = (await look("users.info", user=ANA))["user"]
    assert "email" not in ana["profile"], "the address needs a scope of its own"
    assert (await look("users.info", user="U0KINWARDBOT"))["user"]["is_bot"]
    assert (await look("users.info", user="U0NOBODY"))["error"] == "user_not_found"
    assert (await look("conversations.info", channel="D0ANA"))["channel"]["user"] == ANA
    assert (await look("conversations.info", channel=FRONT))["channel"]["name"] == "front-desk"
    assert (await look("conversations.info", channel=SECRET))["error"] == "channel_not_found"


async def test_a_failure_can_be_ordered(call: Call, slack: LocalSlack, http: aiohttp.ClientSession) -> None:
    slack.fail_next("auth.test", "ratelimited", status=429, retry_after=7)
    response = await http.post("/api/auth.test", headers=bearer(slack.bot_token))
    assert (response.status, response.headers["Retry-After"]) == (429, "7")
    assert await asked(response) == {"ok": False, "error": "ratelimited"}
    assert (await call("auth.test"))["ok"]


async def test_everything_is_in_the_log_but_no_token(call: Call, slack: LocalSlack) -> None:
    await call("chat.postMessage", channel=FRONT, text="hello", token=slack.bot_token)
    (entry,) = slack.traffic.calls("chat.postMessage")
    assert entry.sent == {"channel": FRONT, "text": "hello"}
    assert entry.answer["ok"]
    assert entry.took_ms is not None
    assert entry.took_ms >= 0


@pytest.mark.parametrize("body", ["{", "[1]"])
async def test_a_body_that_is_no_json_object(
    slack: LocalSlack, http: aiohttp.ClientSession, body: str
) -> None:
    headers = {**bearer(slack.bot_token), "Content-Type": "application/json"}
    answer = await asked(await http.post("/api/auth.test", data=body, headers=headers))
    assert answer["error"] in ("invalid_json", "json_not_object")
