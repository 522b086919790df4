"""Socket Mode: connections, envelopes, acks, and what happens without them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.slack import LocalSlack
from tests.impatience import impatient
from tests.playground.slack.a_workspace import ANA, FRONT, Json
from tests.playground.slack.conftest import Call


async def link(slack: LocalSlack, http: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
    headers = {"Authorization": f"Bearer {slack.app_token}"}
    async with http.post("/api/apps.connections.open", headers=headers) as response:
        answer = await response.json()
    assert answer["url"].startswith(f"ws://127.0.0.1:{slack.port}/link/?ticket=")
    return await http.ws_connect(answer["url"])


async def read(socket: aiohttp.ClientWebSocketResponse) -> Json:
    received: Json = await socket.receive_json(timeout=20)
    return received


@asynccontextmanager
async def linked(
    slack: LocalSlack, http: aiohttp.ClientSession
) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    socket = await link(slack, http)
    assert (await read(socket))["type"] == "hello"
    yield socket
    await socket.close()


async def test_it_says_hello(slack: LocalSlack, http: aiohttp.ClientSession) -> None:
    socket = await link(slack, http)
    assert await read(socket) == {
        "type": "hello",
        "num_connections": 1,
        "debug_info": {
            "host": "applink-local",
            "build_number": 1,
            "approximate_connection_time": 18_060,
        },
        "connection_info": {"app_id": "A0KINWARD"},
    }
    await socket.close()
    await slack.until(lambda: slack.hub.socket.connections == 0)


async def test_a_ticket_opens_one_connection(slack: LocalSlack, http: aiohttp.ClientSession) -> None:
    ticket = slack.hub.socket.new_ticket()
    socket = await http.ws_connect(f"/link/?ticket={ticket}")
    again = await http.get(f"/link/?ticket={ticket}")
    assert again.status == 401
    await socket.close()


async def test_a_command_comes_in_an_envelope_and_waits_for_its_ack(
    slack: LocalSlack, http: aiohttp.ClientSession, page: Call
) -> None:
    async with linked(slack, http) as socket:
        typing = asyncio.create_task(page("/ui/command", user=ANA, channel=FRONT, text="/ledger page  two"))
        envelope = await read(socket)
        assert not typing.done()
        await socket.send_json({"envelope_id": envelope["envelope_id"]})
        assert await typing == {"ok": True}
    payload = envelope.pop("payload")
    assert envelope.pop("envelope_id")
    assert envelope == {"type": "slash_commands", "accepts_response_payload": True}
    assert payload.pop("trigger_id")
    assert payload.pop("response_url").startswith(f"http://127.0.0.1:{slack.port}/commands/")
    assert payload == {
        "token": "playground-verification",
        "team_id": "T0KINWARD",
        "team_domain": "kinward-playground",
        "channel_id": FRONT,
        "channel_name": "front-desk",
        "user_id": ANA,
        "user_name": "ana.ruiz",
        "command": "/ledger",
        "text": "page  two",
        "api_app_id": "A0KINWARD",
        "is_enterprise_install": "false",
    }


async def test_each_payload_goes_to_one_of_several_connections(
    slack: LocalSlack, http: aiohttp.ClientSession, page: Call
) -> None:
    async with linked(slack, http) as first, linked(slack, http) as second:
        for socket, other in ((first, second), (second, first)):
            typing = asyncio.create_task(page("/ui/command", user=ANA, channel=FRONT, text="/ledger"))
            envelope = await read(socket)
            # Any connection may bring the ack.
            await other.send_json({"envelope_id": envelope["envelope_id"]})
            assert await typing == {"ok": True}
    assert len(slack.traffic.envelopes()) == 2


async def test_without_an_ack_the_person_reads_of_a_timeout(
    slack: LocalSlack, http: aiohttp.ClientSession, page: Call
) -> None:
    async with linked(slack, http) as socket:
        with impatient(slack):
            said = await page("/ui/command", user=ANA, channel=FRONT, text="/ledger")
        assert said == {"ok": False, "message": '/ledger failed with the error "operation_timeout"'}
        envelope = await read(socket)
        await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "late"}})
    assert slack.hub.messages.seen_by(ANA, FRONT) == []
    assert len(slack.traffic.timeouts("slash_commands")) == 1


async def test_without_a_connection_nothing_is_dispatched(page: Call) -> None:
    answer = await page("/ui/command", user=ANA, channel=FRONT, text="/ledger")
    assert answer == {"ok": False, "message": '/ledger failed with the error "dispatch_failed"'}


async def test_nonsense_over_the_socket_is_no_ack(
    slack: LocalSlack, http: aiohttp.ClientSession, page: Call
) -> None:
    async with linked(slack, http) as socket:
        typing = asyncio.create_task(page("/ui/command", user=ANA, channel=FRONT, text="/ledger"))
        envelope = await read(socket)
        for nonsense in ("{", "[]", '{"envelope_id": "another"}'):
            await socket.send_str(nonsense)
        await socket.send_json({"envelope_id": envelope["envelope_id"]})
        assert await typing == {"ok": True}


async def test_an_event_without_an_ack_comes_again(
    slack: LocalSlack, http: aiohttp.ClientSession, page: Call
) -> None:
    async with linked(slack, http) as socket:
        with impatient(slack, seconds=1.0):
            opening = asyncio.create_task(page("/ui/home", user=ANA))
            first = await read(socket)
            assert await opening == {"ok": True, "view": None}
            again = await read(socket)
        await socket.send_json({"envelope_id": again["envelope_id"]})
        await slack.until(lambda: len(slack.traffic.acks("app_home_opened")) == 1)
    assert (first["retry_attempt"], first["retry_reason"]) == (0, "")
    assert (again["retry_attempt"], again["retry_reason"]) == (1, "timeout")
    assert again["envelope_id"] != first["envelope_id"]
    assert again["payload"]["event_id"] == first["payload"]["event_id"]
    assert first["accepts_response_payload"] is False


async def test_the_events_are_those_slack_sends(
    slack: LocalSlack, http: aiohttp.ClientSession, page: Call
) -> None:
    async with linked(slack, http) as socket:
        opening = asyncio.create_task(page("/ui/home", user=ANA))
        opened = await read(socket)
        await socket.send_json({"envelope_id": opened["envelope_id"]})
        await opening
        saying = asyncio.create_task(page("/ui/message", user=ANA, channel="D0ANA", text="hello"))
        said = await read(socket)
        await socket.send_json({"envelope_id": said["envelope_id"]})
        await saying
    event = opened["payload"]["event"]
    assert event.pop("event_ts")
    assert event == {"type": "app_home_opened", "user": ANA, "channel": "D0ANA", "tab": "home"}
    message = said["payload"]["event"]
    assert (message["type"], message["channel_type"], message["text"]) == ("message", "im", "hello")
    assert (message["user"], message["channel"], message["team"]) == (ANA, "D0ANA", "T0KINWARD")
    assert "bot_id" not in message
    envelope = said["payload"]
    assert (envelope["type"], envelope["is_ext_shared_channel"]) == ("event_callback", False)
    assert envelope["authorizations"][0]["is_bot"] is True


async def test_more_than_ten_connections_are_turned_away(
    slack: LocalSlack, http: aiohttp.ClientSession
) -> None:
    sockets = [await link(slack, http) for _ in range(10)]
    for socket in sockets:
        assert (await read(socket))["type"] == "hello"
    eleventh = await link(slack, http)
    assert (await read(eleventh))["reason"] == "too_many_websockets"
    for socket in [*sockets, eleventh]:
        await socket.close()


async def test_when_it_stops_it_says_so(slack: LocalSlack, http: aiohttp.ClientSession) -> None:
    async with linked(slack, http) as socket:
        stopping = asyncio.create_task(slack.stop())
        farewell = await read(socket)
        assert (farewell["type"], farewell["reason"]) == ("disconnect", "link_disabled")
        assert (await socket.receive(timeout=20)).type is aiohttp.WSMsgType.CLOSE
        await stopping


async def test_the_client_of_slacks_own_sdk_connects(slack: LocalSlack, page: Call) -> None:
    opener = AsyncWebClient(token=slack.app_token, base_url=slack.api_url)
    client = SocketModeClient(app_token=slack.app_token, web_client=opener)

    async def answer(answering: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        payload = {"text": f"{request.payload['text']} is open"}
        response = SocketModeResponse(envelope_id=request.envelope_id, payload=payload)
        await answering.send_socket_mode_response(response)

    client.socket_mode_request_listeners.append(answer)
    await client.connect()  # type: ignore[no-untyped-call]  # slack_sdk leaves it untyped
    try:
        await slack.app_connected()
        assert await page("/ui/command", user=ANA, channel=FRONT, text="/ledger page 4") == {"ok": True}
    finally:
        await client.close()  # type: ignore[no-untyped-call]  # slack_sdk leaves it untyped
    (reply,) = slack.hub.messages.ephemerals_of(ANA)
    assert reply.text == "page 4 is open"
