"""Signed HTTP at its own port: who gets in, what is refused and how, and the end of it."""

import asyncio
import io
import json
import logging
import socket
import time
from collections.abc import AsyncIterator
from urllib.parse import urlencode, urlsplit

import aiohttp
import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.signed_http import CannotListenError, SignedHttp
from bot.adapters.slack_door import EVENTS_PATH, HEALTH_PATH, LARGEST_BODY_BYTES
from tests.adapters.signed_requests import SECRET, command, signed

JSON = "application/json"
FIVE_MINUTES = 300


class Heard:
    """A Bolt app that tells what it has heard, and answers when it is let."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.free = asyncio.Event()
        self.free.set()
        self.arrived = asyncio.Event()

        async def authorize() -> AuthorizeResult:
            return AuthorizeResult(enterprise_id=None, team_id="T0KINWARD", bot_token="xoxb-local")  # noqa: S106 - made up

        self.app = AsyncApp(
            client=AsyncWebClient(),
            authorize=authorize,
            process_before_response=True,
            request_verification_enabled=False,
        )

        async def hear(ack: AsyncAck, body: dict[str, str]) -> None:
            self.texts.append(body["text"])
            self.arrived.set()
            await self.free.wait()
            await ack(text=f"heard {body['text']}")

        async def see(ack: AsyncAck) -> None:
            await ack(response_action="clear")

        self.app.command("/family")(hear)
        self.app.view("a.form")(see)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
async def door(heard: Heard) -> AsyncIterator[SignedHttp]:
    door = SignedHttp(heard.app, SECRET, host="127.0.0.1", port=0)
    await door.begin()
    yield door
    await door.end()


@pytest.fixture
async def http(door: SignedHttp) -> AsyncIterator[aiohttp.ClientSession]:
    origin = door.address.removesuffix(EVENTS_PATH)
    async with aiohttp.ClientSession(origin) as session:
        yield session


def port_of(door: SignedHttp) -> int:
    port = urlsplit(door.address).port
    assert port is not None
    return port


async def status_of(http: aiohttp.ClientSession, body: bytes, headers: dict[str, str]) -> int:
    async with http.post(EVENTS_PATH, data=io.BytesIO(body), headers=headers) as answer:
        return answer.status


async def test_a_signed_command_is_heard_and_answered(http: aiohttp.ClientSession, heard: Heard) -> None:
    body = command("show K-1002")
    async with http.post(EVENTS_PATH, data=body, headers=signed(body)) as answer:
        assert answer.status == 200
        assert await answer.text() == "heard show K-1002"
    assert heard.texts == ["show K-1002"]


@pytest.mark.parametrize("text", ["payload", "the payload=1&text=2", "ünïcode · + % &", ""])
async def test_what_was_typed_arrives_as_it_was(http: aiohttp.ClientSession, heard: Heard, text: str) -> None:
    body = command(text)
    assert await status_of(http, body, signed(body)) == 200
    assert heard.texts == [text]


async def test_a_form_arrives_as_json_within_a_form(http: aiohttp.ClientSession) -> None:
    view = {"id": "V1", "type": "modal", "callback_id": "a.form", "state": {"values": {}}}
    payload = {"type": "view_submission", "user": {"id": "U1"}, "team": {"id": "T0KINWARD"}, "view": view}
    body = urlencode({"payload": json.dumps(payload)}).encode()
    async with http.post(EVENTS_PATH, data=body, headers=signed(body)) as answer:
        assert await answer.json(content_type=None) == {"response_action": "clear"}


async def test_slack_finds_the_address_to_be_ours(http: aiohttp.ClientSession) -> None:
    body = json.dumps({"type": "url_verification", "token": "t", "challenge": "3eZbrw1a"}).encode()
    async with http.post(EVENTS_PATH, data=body, headers=signed(body, kind=JSON)) as answer:
        assert answer.status == 200
        assert await answer.json(content_type=None) == {"challenge": "3eZbrw1a"}


async def test_nobody_else_learns_even_that(http: aiohttp.ClientSession) -> None:
    body = json.dumps({"type": "url_verification", "token": "t", "challenge": "3eZbrw1a"}).encode()
    async with http.post(EVENTS_PATH, data=body, headers={"Content-Type": JSON}) as answer:
        assert answer.status == 401
        assert "3eZbrw1a" not in await answer.text()


@pytest.mark.parametrize(
    "spoil",
    [
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": "v0=é"},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "soon"},
        {"X-Slack-Request-Timestamp": "-1"},
        {"X-Slack-Request-Timestamp": "9" * 5000},
        {"X-Slack-Request-Timestamp": "1.5"},
    ],
)
async def test_a_request_that_is_not_signed_is_turned_away(
    http: aiohttp.ClientSession, heard: Heard, spoil: dict[str, str]
) -> None:
    body = command("help")
    assert await status_of(http, body, {**signed(body), **spoil}) == 401
    assert heard.texts == []


async def test_a_request_signed_with_another_secret_or_for_another_body_is_turned_away(
    http: aiohttp.ClientSession, heard: Heard
) -> None:
    body = command("help")
    assert await status_of(http, body, signed(body, secret=SECRET[::-1])) == 401
    assert await status_of(http, body + b"&text=more", signed(body)) == 401
    assert heard.texts == []


async def test_a_signature_is_good_for_five_minutes(http: aiohttp.ClientSession, heard: Heard) -> None:
    body, now = command("help"), time.time()
    assert await status_of(http, body, signed(body, at=now - FIVE_MINUTES + 5)) == 200
    assert await status_of(http, body, signed(body, at=now - FIVE_MINUTES - 5)) == 401
    assert await status_of(http, body, signed(body, at=now + FIVE_MINUTES + 5)) == 401
    assert heard.texts == ["help"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", JSON),
        (b"{", JSON),
        (b"[]", JSON),
        (b"{}", JSON),
        (b"[" * 100_000, JSON),
        (b"payload={", "application/x-www-form-urlencoded"),
        (b"payload=%ff", "application/x-www-form-urlencoded"),
    ],
)
async def test_what_cannot_be_read_is_a_bad_request(
    http: aiohttp.ClientSession, body: bytes, kind: str
) -> None:
    assert await status_of(http, body, signed(body, kind=kind)) == 400


async def test_what_is_not_text_is_not_signed(http: aiohttp.ClientSession) -> None:
    body = b"\xff\xfe"
    assert await status_of(http, body, signed(body)) == 401


async def test_a_body_has_a_limit(http: aiohttp.ClientSession, heard: Heard) -> None:
    room = LARGEST_BODY_BYTES - len(command(""))
    largest = command("x" * room)
    assert len(largest) == LARGEST_BODY_BYTES
    assert await status_of(http, largest, signed(largest)) == 200
    assert await status_of(http, largest + b"x", signed(largest + b"x")) == 413
    assert len(heard.texts) == 1


async def test_a_body_that_does_not_say_how_long_it_is_has_the_limit_too(door: SignedHttp) -> None:
    port = port_of(door)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
    piece = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    for _ in range(LARGEST_BODY_BYTES // 0x10000 + 1):
        writer.write(piece)
    await writer.drain()
    assert (await reader.readline()).startswith(b"HTTP/1.1 413 ")
    writer.close()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("POST", "/slack/events/", 404),
        ("POST", "/slack", 404),
        ("GET", "/slack/install", 404),
        ("GET", EVENTS_PATH, 405),
        ("PUT", EVENTS_PATH, 405),
        ("POST", HEALTH_PATH, 405),
    ],
)
async def test_there_is_one_path_for_slack_and_one_way_in(
    http: aiohttp.ClientSession, method: str, path: str, status: int
) -> None:
    async with http.request(method, path) as answer:
        assert answer.status == status
        assert ("Allow" in answer.headers) is (status == 405)


async def test_it_says_that_it_is_up_and_nothing_else(http: aiohttp.ClientSession) -> None:
    async with http.get(HEALTH_PATH) as answer:
        assert (answer.status, await answer.text()) == (200, "ok")
        assert "Server" not in answer.headers
    async with http.head(HEALTH_PATH) as answer:
        assert answer.status == 200


async def test_what_goes_wrong_inside_is_not_told(
    http: aiohttp.ClientSession, heard: Heard, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    body = json.dumps({"type": "event_callback", "event": {"type": "unknown"}}).encode()
    async with http.post(EVENTS_PATH, data=body, headers=signed(body, kind=JSON)) as answer:
        assert answer.status == 404
        assert "Traceback" not in await answer.text()
    assert heard.texts == []


async def until_nobody_listens(port: int) -> None:
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            return
        writer.close()
        await asyncio.sleep(0)


async def test_what_was_taken_is_answered_at_the_end_and_nothing_is_taken_after(
    door: SignedHttp, http: aiohttp.ClientSession, heard: Heard
) -> None:
    heard.free.clear()
    body = command("help")
    asking = asyncio.create_task(status_of(http, body, signed(body)))
    await heard.arrived.wait()
    ending = asyncio.create_task(door.end())
    port = port_of(door)
    await until_nobody_listens(port)
    assert not asking.done()
    heard.free.set()
    assert await asking == 200
    await ending


async def test_a_port_that_is_taken_is_told(heard: Heard) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        door = SignedHttp(heard.app, SECRET, host="127.0.0.1", port=taken.getsockname()[1])
        with pytest.raises(CannotListenError, match="in use"):
            await door.begin()
        await door.end()


async def test_it_listens_on_ipv6_too(heard: Heard) -> None:
    door = SignedHttp(heard.app, SECRET, host="::1", port=0)
    await door.begin()
    try:
        assert door.address.startswith("http://[::1]:")
        async with (
            aiohttp.ClientSession() as http,
            http.get(f"http://[::1]:{port_of(door)}/health") as up,
        ):
            assert up.status == 200
    finally:
        await door.end()
