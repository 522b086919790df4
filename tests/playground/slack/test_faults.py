"""Faults on demand, each as a real Bolt app meets it: what it is told, what is left behind, and no more."""

import asyncio
import contextlib
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from bot.playground.slack import LocalSlack
from bot.playground.slack.faults import Fault, FaultKind
from bot.playground.slack.socket_mode import DisconnectReason
from tests.impatience import impatient
from tests.person import Desk, Trouble
from tests.playground.slack.a_workspace import (
    ANA,
    FRONT,
    Hands,
    Json,
    asking,
    button,
    home,
    modal,
    plain,
    section,
    typed,
)
from tests.playground.slack.conftest import Call

FORM = modal(asking(typed(action_id="a"), block_id="b", label=plain("Name")), callback_id="form")


class Heard:
    """What the app was told, and how its own calls went."""

    def __init__(self, bolt: AsyncApp) -> None:
        self.bodies: list[Json] = []
        self.errors: list[Exception] = []
        self.bolt = bolt

    def opens_a_form(self) -> None:
        async def open_it(ack: Any, body: Json, client: Any) -> None:  # noqa: ANN401 - Bolt hands untyped things
            self.bodies.append(body)
            await ack()
            await self.tried(client.views_open(trigger_id=body["trigger_id"], view=FORM))

        self.bolt.command("/ledger")(open_it)

    def says(self, text: str) -> None:
        async def say_it(ack: Any, body: Json, client: Any) -> None:  # noqa: ANN401 - Bolt hands untyped things
            self.bodies.append(body)
            await ack()
            await self.tried(client.chat_postMessage(channel=FRONT, text=text))

        self.bolt.command("/ledger")(say_it)

    async def tried(self, call: Any) -> None:  # noqa: ANN401 - Bolt hands untyped things
        try:
            await call
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            self.errors.append(error)


@pytest.fixture
def heard(bolt: AsyncApp) -> Heard:
    return Heard(bolt)


def posted(slack: LocalSlack) -> list[str]:
    return [message.text for message in slack.hub.messages.seen_by(ANA, FRONT)]


# A call of the app goes wrong


async def test_a_call_is_told_to_wait(slack: LocalSlack, ana: Desk, heard: Heard) -> None:
    heard.says("hello")
    slack.faults.order(Fault(kind=FaultKind.RATE_LIMITED, on="chat.postMessage", retry_after=7))
    await ana.command("/ledger", channel=FRONT)
    await slack.until(lambda: bool(heard.errors))
    (error,) = heard.errors
    assert isinstance(error, SlackApiError)
    assert (error.response.status_code, error.response["error"]) == (429, "ratelimited")
    assert error.response.headers["Retry-After"] == "7"
    await ana.command("/ledger", channel=FRONT)
    await slack.until(lambda: posted(slack) == ["hello"])
    assert slack.refusals == [], "what was ordered is not the app's doing"


async def test_a_call_meets_a_gateway_that_speaks_no_json(slack: LocalSlack, ana: Desk, heard: Heard) -> None:
    heard.opens_a_form()
    slack.faults.order(Fault(kind=FaultKind.SERVER_ERROR, on="views.open", status=502))
    await ana.command("/ledger", channel=FRONT)
    await slack.until(lambda: bool(heard.errors))
    (error,) = heard.errors
    assert isinstance(error, SlackApiError)
    assert error.response.status_code == 502
    assert error.response.get("error") is None
    assert not ana.has_modal


async def test_a_call_is_refused_as_often_as_was_ordered(call: Call, slack: LocalSlack) -> None:
    slack.fail_next("auth.test", "internal_error", times=2)
    assert [(await call("auth.test"))["ok"] for _ in range(3)] == [False, False, True]


async def test_a_fault_for_any_method_takes_the_next_call(call: Call, slack: LocalSlack) -> None:
    slack.faults.order(Fault(kind=FaultKind.REFUSED, error="fatal_error", status=200))
    assert (await call("users.info", user=ANA))["error"] == "fatal_error"
    assert (await call("auth.test"))["ok"]
    (refused, _) = slack.traffic.calls()
    assert refused.fault == "refused"


async def test_a_slow_call_is_carried_out_when_its_trigger_has_passed(
    slack: LocalSlack, ana: Desk, heard: Heard, hands: Hands
) -> None:
    heard.opens_a_form()
    slack.faults.order(Fault(kind=FaultKind.SLOW, on="views.open", seconds=0.2))
    typing = asyncio.create_task(ana.command("/ledger", channel=FRONT))
    await slack.until(lambda: slack.faults.waiting == [])
    hands.move(seconds=4)
    await typing
    (error,) = heard.errors
    assert isinstance(error, SlackApiError)
    assert error.response["error"] == "expired_trigger_id"
    (entry,) = slack.traffic.calls("views.open")
    assert entry.took_ms is not None
    assert entry.took_ms >= 200
    assert slack.refusals != [], "the trigger_id is the app's own doing"


@pytest.mark.parametrize("carried_out", [False, True])
async def test_a_call_is_cut_off_and_nobody_knows_whether_it_was_carried_out(
    slack: LocalSlack, http: aiohttp.ClientSession, *, carried_out: bool
) -> None:
    slack.faults.order(Fault(kind=FaultKind.CUT, on="chat.postMessage", carried_out=carried_out))
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await http.post("/api/chat.postMessage", json={"channel": FRONT, "text": "hello"}, headers=headers)
    assert posted(slack) == (["hello"] if carried_out else [])
    (entry,) = slack.traffic.calls("chat.postMessage")
    assert (entry.status, entry.answer, entry.fault) == (None, {}, "cut")


async def test_slacks_own_sdk_tries_a_cut_call_once_more(slack: LocalSlack, ana: Desk, heard: Heard) -> None:
    heard.says("hello")
    slack.faults.order(Fault(kind=FaultKind.CUT, on="chat.postMessage", carried_out=True))
    # The second try comes after a pause of its own, in time for the ack or not.
    with contextlib.suppress(Trouble):
        await ana.command("/ledger", channel=FRONT)
    await slack.until(lambda: len(slack.traffic.calls("chat.postMessage")) == 2)
    assert heard.errors == []
    assert posted(slack) == ["hello", "hello"], "a message is not idempotent"


@pytest.mark.parametrize("carried_out", [False, True])
async def test_a_call_gets_no_answer_until_the_caller_gives_up(
    slack: LocalSlack, http: aiohttp.ClientSession, *, carried_out: bool
) -> None:
    slack.faults.order(Fault(kind=FaultKind.NO_ANSWER, on="chat.postMessage", carried_out=carried_out))
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    body = {"channel": FRONT, "text": "hello"}
    with pytest.raises(TimeoutError):
        await http.post(
            "/api/chat.postMessage", json=body, headers=headers, timeout=aiohttp.ClientTimeout(total=0.2)
        )
    await slack.until(lambda: bool(slack.traffic.calls("chat.postMessage")))
    assert posted(slack) == (["hello"] if carried_out else [])


async def test_stopping_waits_for_nobody_without_an_answer(
    slack: LocalSlack, http: aiohttp.ClientSession
) -> None:
    slack.faults.order(Fault(kind=FaultKind.NO_ANSWER))
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    asking_for_ever = asyncio.create_task(http.post("/api/auth.test", headers=headers))
    await slack.until(lambda: slack.faults.waiting == [])
    async with asyncio.timeout(1):
        await slack.stop()
    with pytest.raises(aiohttp.ClientError):
        await asking_for_ever


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (Fault(kind=FaultKind.RATE_LIMITED, on="response_url", retry_after=3), 429),
        (Fault(kind=FaultKind.SERVER_ERROR, on="response_url", status=500), 500),
        (Fault(kind=FaultKind.REFUSED, on="response_url", error="gone", status=404), 404),
    ],
)
async def test_the_use_of_a_response_url_goes_wrong_and_counts_for_nothing(
    slack: LocalSlack, http: aiohttp.ClientSession, fault: Fault, status: int
) -> None:
    secret = slack.hub.response_urls.issue(user=ANA, channel=FRONT)
    slack.faults.order(fault)
    answers = [await http.post(f"/commands/T0KINWARD/{secret}", json={"text": "late"}) for _ in range(2)]
    assert [answer.status for answer in answers] == [status, 200]
    assert answers[0].headers.get("Retry-After") == (str(fault.retry_after) if fault.retry_after else None)
    assert posted(slack) == ["late"]
    assert slack.refusals == []


# A payload goes astray


async def test_a_late_payload_comes_when_its_time_is_over(slack: LocalSlack, ana: Desk, heard: Heard) -> None:
    heard.opens_a_form()
    slack.faults.order(Fault(kind=FaultKind.LATE, on="slash_commands", seconds=0.3))
    with impatient(slack), pytest.raises(Trouble, match="operation_timeout"):
        await ana.command("/ledger", channel=FRONT)
    assert heard.bodies == []
    await ana.sees("Name")
    assert len(heard.bodies) == 1
    assert slack.traffic.acks() == [], "an ack after the time is none"


async def test_a_payload_that_is_a_little_late_is_acked_all_the_same(
    slack: LocalSlack, ana: Desk, heard: Heard
) -> None:
    heard.opens_a_form()
    slack.faults.order(Fault(kind=FaultKind.LATE, on="slash_commands", seconds=0.1))
    await ana.command("/ledger", channel=FRONT)
    (ack,) = slack.traffic.acks()
    assert ack.took_ms is not None
    assert ack.took_ms >= 100


async def test_an_envelope_comes_twice(slack: LocalSlack, ana: Desk, heard: Heard) -> None:
    heard.says("hello")
    slack.faults.order(Fault(kind=FaultKind.REPEATED, on="slash_commands"))
    await ana.command("/ledger", channel=FRONT)
    await slack.until(lambda: posted(slack) == ["hello", "hello"])
    first, second = heard.bodies
    assert first == second
    assert len(slack.traffic.envelopes()) == 1


async def test_a_payload_comes_again_in_another_envelope(slack: LocalSlack, ana: Desk, heard: Heard) -> None:
    heard.says("hello")
    slack.faults.order(Fault(kind=FaultKind.REDELIVERED, on="slash_commands"))
    await ana.command("/ledger", channel=FRONT)
    await slack.until(lambda: posted(slack) == ["hello", "hello"])
    await slack.until(lambda: len(slack.traffic.acks()) == 2)
    first, second = slack.traffic.envelopes()
    assert first.sent == second.sent
    assert first.envelope_id != second.envelope_id


async def test_an_event_that_comes_again_says_so(slack: LocalSlack, ana: Desk, bolt: AsyncApp) -> None:
    heard: list[tuple[str, str | None]] = []

    async def opened(body: Json, request: Any) -> None:  # noqa: ANN401 - Bolt hands untyped things
        heard.append((body["event_id"], request.headers.get("x-slack-retry-num", [None])[0]))

    bolt.event("app_home_opened")(opened)
    slack.faults.order(Fault(kind=FaultKind.REDELIVERED, on="app_home_opened"))
    await ana.open_home()
    await slack.until(lambda: len(slack.traffic.acks("app_home_opened")) == 2)
    assert len({event_id for event_id, _ in heard}) == 1
    assert sorted(number or "" for _, number in heard) == ["0", "1"]


async def test_a_trigger_is_past_its_time_on_arrival(slack: LocalSlack, ana: Desk, heard: Heard) -> None:
    heard.opens_a_form()
    slack.faults.order(Fault(kind=FaultKind.EXPIRED_TRIGGER))
    await ana.command("/ledger", channel=FRONT)
    await slack.until(lambda: bool(heard.errors))
    (error,) = heard.errors
    assert isinstance(error, SlackApiError)
    assert error.response["error"] == "expired_trigger_id"
    await ana.command("/ledger", channel=FRONT)
    await ana.sees("Name")


async def test_a_trigger_fault_waits_for_a_payload_that_has_one(
    slack: LocalSlack, ana: Desk, bolt: AsyncApp
) -> None:
    bolt.event("app_home_opened")(_nothing)
    slack.faults.order(Fault(kind=FaultKind.EXPIRED_TRIGGER))
    await ana.open_home()
    assert len(slack.faults.waiting) == 1


async def _nothing() -> None:
    pass


async def test_an_ack_is_lost_with_its_connection_and_the_app_comes_back(
    slack: LocalSlack, ana: Desk, heard: Heard
) -> None:
    heard.says("hello")
    slack.faults.order(Fault(kind=FaultKind.CUT_SOCKET, on="slash_commands"))
    with impatient(slack), pytest.raises(Trouble, match="operation_timeout"):
        await ana.command("/ledger", channel=FRONT)
    await slack.app_connected()
    await ana.command("/ledger", channel=FRONT)
    assert len(slack.traffic.acks()) == 1


async def test_a_form_whose_ack_is_lost_stays_open(slack: LocalSlack, ana: Desk, heard: Heard) -> None:
    heard.opens_a_form()
    heard.bolt.view("form")(_acked)
    await ana.command("/ledger", channel=FRONT)
    await ana.fill("Name", "Rent")
    slack.faults.order(Fault(kind=FaultKind.CUT_SOCKET, on="view_submission"))
    with impatient(slack), pytest.raises(Trouble, match="We had some trouble connecting"):
        await ana.submit()
    assert ana.modal.fields == {"Name": "Rent"}
    await slack.app_connected()
    await ana.submit()
    await ana.sees_no_modal()


async def test_a_form_stays_open_while_its_ack_is_on_its_way(
    slack: LocalSlack, ana: Desk, heard: Heard
) -> None:
    heard.opens_a_form()
    heard.bolt.view("form")(_acked)
    await ana.command("/ledger", channel=FRONT)
    await ana.fill("Name", "Rent")
    slack.faults.order(Fault(kind=FaultKind.LATE_ACK, on="view_submission", seconds=0.05))
    submitting = asyncio.create_task(ana.submit())
    await slack.until(lambda: bool(slack.traffic.acks("view_submission")))
    assert ana.modal.fields == {"Name": "Rent"}
    await submitting
    await ana.sees_no_modal()


async def _acked(ack: Any) -> None:  # noqa: ANN401 - Bolt hands untyped things
    await ack()


# Connections end


async def test_cut_connections_are_opened_again(slack: LocalSlack, ana: Desk, heard: Heard) -> None:
    heard.opens_a_form()
    slack.cut_sockets()
    assert slack.hub.socket.connections == 0
    await slack.app_connected()
    await ana.command("/ledger", channel=FRONT)
    await ana.sees("Name")


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_an_app_that_is_sent_away_opens_another_connection(
    slack: LocalSlack, ana: Desk, heard: Heard, reason: DisconnectReason
) -> None:
    heard.opens_a_form()
    opened = len(slack.traffic.calls("apps.connections.open"))
    await slack.send_away(reason, closed_after=0.2)
    await slack.until(lambda: len(slack.traffic.calls("apps.connections.open")) > opened)
    await slack.app_connected()
    await ana.command("/ledger", channel=FRONT)
    await ana.sees("Name")


async def test_the_frame_comes_before_the_end(slack: LocalSlack, http: aiohttp.ClientSession) -> None:
    socket = await http.ws_connect(f"/link/?ticket={slack.hub.socket.new_ticket()}")
    assert (await socket.receive_json())["type"] == "hello"
    await slack.send_away("warning", closed_after=0.1)
    frame = await socket.receive_json()
    assert (frame["type"], frame["reason"]) == ("disconnect", "warning")
    assert slack.hub.socket.connections == 1, "it is open a while longer"
    assert (await socket.receive(timeout=20)).type is aiohttp.WSMsgType.CLOSE


async def test_faults_of_calls_and_of_payloads_do_not_take_each_others_place(
    slack: LocalSlack, ana: Desk, bolt: AsyncApp
) -> None:
    async def publish(event: Json, client: Any) -> None:  # noqa: ANN401 - Bolt hands untyped things
        await client.views_publish(user_id=event["user"], view=home(section(accessory=button(action_id="x"))))

    bolt.event("app_home_opened")(publish)
    slack.faults.order(Fault(kind=FaultKind.SLOW, seconds=0))
    slack.faults.order(Fault(kind=FaultKind.LATE, seconds=0))
    await ana.open_home()
    await ana.sees("Press")
    faults = {entry.name: entry.fault for entry in slack.traffic if entry.fault}
    assert faults == {"auth.test": "slow", "app_home_opened": "late"}, "Bolt asks who it is first"
