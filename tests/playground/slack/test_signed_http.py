"""The local Slack over HTTP: what it posts, what it takes for an answer, and when it posts again."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs

import pytest
from aiohttp import web

from bot.playground.slack import LocalSlack
from bot.playground.slack.faults import Fault, FaultKind
from bot.playground.slack.signed_http import RequestUrlRefusedError
from tests.impatience import impatient
from tests.person import Desk, Trouble
from tests.playground.slack.a_workspace import ANA, FRONT, Json, asking, modal, typed
from tests.playground.slack.conftest import Call

LATER_THAN_AN_ACK = 0.3
Answering = Callable[[web.Request], Awaitable[web.Response]]


@dataclass(frozen=True, slots=True)
class Posted:
    """One request of the local Slack's."""

    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        """The body as a form."""
        return {name: values[0] for name, values in parse_qs(self.body.decode(), strict_parsing=True).items()}

    @property
    def payload(self) -> Json:
        """The JSON within the form."""
        payload: Json = json.loads(self.form["payload"])
        return payload


@dataclass(slots=True)
class App:
    """An app at an address of its own that answers as it is told."""

    url: str = ""
    posted: list[Posted] = field(default_factory=list)
    answers: list[Answering] = field(default_factory=list)
    _more: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        if request.content_type == "application/json" and b"url_verification" in body:
            return web.json_response({"challenge": json.loads(body)["challenge"]})
        self.posted.append(Posted(dict(request.headers), body))
        self._more.set()
        if self.answers:
            return await self.answers.pop(0)(request)
        return web.Response()

    async def has_been_posted(self, times: int) -> None:
        """Return once so many requests have come."""
        while len(self.posted) < times:
            self._more.clear()
            await self._more.wait()

    def answer(self, body: Json | None = None, *, status: int = 200, text: str = "", **headers: str) -> None:
        """Answer the next request like this."""

        async def do(_request: web.Request) -> web.Response:
            if body is not None:
                return web.json_response(body, status=status, headers=headers)
            return web.Response(text=text, status=status, headers=headers)

        self.answers.append(do)

    def hang(self) -> asyncio.Event:
        """Answer the next request when the event is set."""
        free = asyncio.Event()

        async def do(_request: web.Request) -> web.Response:
            await free.wait()
            return web.Response()

        self.answers.append(do)
        return free


@pytest.fixture
async def app() -> AsyncIterator[App]:
    app = App()
    application = web.Application()
    application.router.add_post("/slack/events", app.take)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    app.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield app
    await runner.cleanup()


@pytest.fixture
async def local(slack: LocalSlack, app: App) -> LocalSlack:
    """The local Slack, which has gone over to HTTP."""
    await slack.speak_http(app.url)
    return slack


async def test_a_command_is_a_signed_form(local: LocalSlack, app: App, ana: Desk) -> None:
    await ana.command("/ledger page  two & três", channel=FRONT)
    (posted,) = app.posted
    stamp = posted.headers["X-Slack-Request-Timestamp"]
    signed = hmac.new(local.signing_secret.encode(), f"v0:{stamp}:".encode() + posted.body, hashlib.sha256)
    assert posted.headers["X-Slack-Signature"] == f"v0={signed.hexdigest()}"
    assert posted.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert posted.headers["User-Agent"].startswith("Slackbot 1.0")
    assert posted.form["text"] == "page  two & três"
    assert posted.form["command"] == "/ledger"
    assert posted.form["is_enterprise_install"] == "false"
    assert posted.form["trigger_id"]
    assert "X-Slack-Retry-Num" not in posted.headers


async def test_a_form_is_json_in_a_form_and_its_answer_counts(
    local: LocalSlack, app: App, ana: Desk, call: Call
) -> None:
    await ana.command("/ledger", channel=FRONT)
    view = modal(asking(typed(action_id="a"), block_id="b"), callback_id="form")
    await call("views.open", trigger_id=app.posted[0].form["trigger_id"], view=view)
    await ana.fill("Label", "typed")
    app.answer({"response_action": "errors", "errors": {"b": "Not like this."}})
    await ana.submit()
    assert ana.modal.errors == {"Label": "Not like this."}
    payload = app.posted[-1].payload
    assert payload["type"] == "view_submission"
    assert payload["view"]["state"]["values"]["b"]["a"]["value"] == "typed"
    assert not local.refusals


async def test_a_command_may_be_answered_in_plain_words(local: LocalSlack, app: App, ana: Desk) -> None:
    app.answer(text="It is open.")
    await ana.command("/ledger", channel=FRONT)
    assert ana.ephemerals() == ["It is open."]
    assert len(local.traffic.acks("slash_commands")) == 1


async def test_an_event_is_json_and_its_answer_is_not_read(local: LocalSlack, app: App, ana: Desk) -> None:
    app.answer({"anything": "at all"})
    await ana.open_home()
    (posted,) = app.posted
    assert posted.headers["Content-Type"] == "application/json"
    event = json.loads(posted.body)
    assert (event["type"], event["event"]["type"]) == ("event_callback", "app_home_opened")
    assert not local.refusals


@pytest.mark.parametrize(
    ("status", "told"), [(500, "http_service_error"), (404, "http_client_error"), (302, "http_client_error")]
)
@pytest.mark.usefixtures("local")
async def test_another_status_than_200_is_told(app: App, ana: Desk, status: int, told: str) -> None:
    app.answer(status=status, Location=app.url)
    with pytest.raises(Trouble, match=told):
        await ana.command("/ledger", channel=FRONT)
    assert len(app.posted) == 1, "nothing but an event is ever sent again"


async def test_an_answer_after_its_time_is_none(local: LocalSlack, app: App, ana: Desk) -> None:
    free = app.hang()
    with impatient(local), pytest.raises(Trouble, match="operation_timeout"):
        await ana.command("/ledger", channel=FRONT)
    free.set()


async def test_an_app_that_is_gone_is_told(slack: LocalSlack, ana: Desk, unused_tcp_port: int) -> None:
    with pytest.raises(RequestUrlRefusedError):
        await slack.speak_http(f"http://127.0.0.1:{unused_tcp_port}/slack/events")
    with pytest.raises(Trouble, match="dispatch_failed"):
        await ana.command("/ledger", channel=FRONT)


@pytest.mark.parametrize(
    ("body", "status"), [('{"challenge": "another"}', 200), ("", 200), ("no", 404), ("{", 200)]
)
async def test_an_address_that_gives_no_challenge_back_is_not_the_apps(
    slack: LocalSlack, body: str, status: int
) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text=body, status=status, content_type="application/json")

    application = web.Application()
    application.router.add_post("/", answer)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        with pytest.raises(RequestUrlRefusedError, match=str(status)):
            await slack.speak_http(f"http://127.0.0.1:{runner.addresses[0][1]}/")
    finally:
        await runner.cleanup()
    assert not slack.hub.deliveries.is_connected


async def retries_after(local: LocalSlack, app: App, ana: Desk) -> list[dict[str, str]]:
    await ana.open_home()
    await local.until(lambda: len(local.traffic.acks("app_home_opened")) == 1)
    again = app.posted[1:]
    assert {json.loads(each.body)["event_id"] for each in app.posted} == {
        json.loads(app.posted[0].body)["event_id"]
    }
    names = ("X-Slack-Retry-Num", "X-Slack-Retry-Reason")
    return [{name: each.headers[name] for name in names} for each in again]


async def test_an_event_comes_again_with_the_reason(local: LocalSlack, app: App, ana: Desk) -> None:
    app.answer(status=503)
    assert await retries_after(local, app, ana) == [
        {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_error"}
    ]


async def test_an_event_comes_again_after_silence(local: LocalSlack, app: App, ana: Desk) -> None:
    free = app.hang()
    with impatient(local):
        retried = await retries_after(local, app, ana)
    assert retried == [{"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}]
    free.set()


async def test_an_event_does_not_come_again_where_the_app_says_so(
    local: LocalSlack, app: App, ana: Desk
) -> None:
    app.answer(None, status=503, **{"X-Slack-No-Retry": "1"})
    await ana.open_home()
    # The next event is on its way behind whatever would have come again.
    await ana.open_home()
    assert len({json.loads(each.body)["event_id"] for each in app.posted}) == len(app.posted) == 2
    assert len(local.traffic.timeouts("app_home_opened")) == 1


async def test_a_request_can_come_twice(local: LocalSlack, app: App, ana: Desk) -> None:
    local.faults.order(Fault(kind=FaultKind.REPEATED, on="slash_commands"))
    await ana.command("/ledger", channel=FRONT)
    await asyncio.wait_for(app.has_been_posted(2), 20)
    first, second = app.posted
    assert first.form["trigger_id"] == second.form["trigger_id"]


async def test_a_request_can_come_late(local: LocalSlack, app: App, ana: Desk) -> None:
    local.faults.order(Fault(kind=FaultKind.LATE, on="slash_commands", seconds=LATER_THAN_AN_ACK))
    with impatient(local), pytest.raises(Trouble, match="operation_timeout"):
        await ana.command("/ledger", channel=FRONT)
    assert app.posted == []
    await asyncio.wait_for(app.has_been_posted(1), 20)


async def test_an_answer_can_be_lost(local: LocalSlack, app: App, ana: Desk) -> None:
    local.faults.order(Fault(kind=FaultKind.CUT_SOCKET, on="slash_commands"))
    app.answer(text="It is open.")
    with pytest.raises(Trouble, match="operation_timeout"):
        await ana.command("/ledger", channel=FRONT)
    assert ana.ephemerals() == []
    assert len(app.posted) == 1
    assert local.hub.messages.ephemerals_of(ANA) == []
