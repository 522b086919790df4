"""Socket Mode comes back from whatever happens to its connection, and says when it cannot."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.socket_connection import Pace
from bot.adapters.socket_mode import SocketMode
from bot.manifest import manifest
from bot.playground.practice import ANA, CHANNELS, PEOPLE
from bot.playground.slack import LocalSlack
from bot.playground.slack.faults import Fault, FaultKind
from tests.office import FRONT, PATIENT
from tests.person import Desk

QUICK = Pace(look=0.02, ping=0.1, hello=0.5, goodbye=0.2, first_wait=0.02, longest_wait=0.05)
WHERE_TO = "apps.connections.open"


class Receiver:
    """An app that answers every command with its text, and can be made to wait before that."""

    def __init__(self, slack: LocalSlack) -> None:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        app = AsyncApp(client=client, process_before_response=True)
        app.command("/family")(self._answer)
        opener = AsyncWebClient(token=slack.app_token, base_url=slack.api_url, timeout=1, retry_handlers=[])
        self.socket = SocketMode(app, slack.app_token, web_client=opener, pace=QUICK)
        self.ana = Desk(slack, ANA.id)
        self.taken = asyncio.Event()
        self.goes_on = asyncio.Event()
        self.goes_on.set()

    async def _answer(self, ack: AsyncAck, command: dict[str, str]) -> None:
        self.taken.set()
        await self.goes_on.wait()
        await ack(f"heard {command['text']}")

    async def answers(self, text: str) -> None:
        """Type a command, and see its answer."""
        await self.ana.command(f"/family {text}", channel=FRONT)
        await self.ana.sees(f"heard {text}")


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    slack = LocalSlack(manifest(), PEOPLE, CHANNELS, timing=PATIENT)
    await slack.start()
    yield slack
    await slack.stop()


@asynccontextmanager
async def connected(slack: LocalSlack) -> AsyncIterator[Receiver]:
    receiver = Receiver(slack)
    await receiver.socket.begin()
    try:
        yield receiver
    finally:
        await receiver.socket.end()


def opened(slack: LocalSlack) -> int:
    """Return how often the app has asked where to connect."""
    return len(slack.traffic.calls(WHERE_TO))


async def test_a_cut_connection_is_replaced(slack: LocalSlack) -> None:
    async with connected(slack) as receiver:
        await receiver.answers("before")
        slack.cut_sockets()
        assert not slack.hub.socket.is_connected
        await slack.app_connected()
        await receiver.answers("after")
        assert slack.hub.socket.connections == 1


@pytest.mark.parametrize(
    "fault",
    [
        Fault(kind=FaultKind.SERVER_ERROR, on=WHERE_TO, times=3),
        Fault(kind=FaultKind.REFUSED, on=WHERE_TO, error="internal_error", times=3),
        Fault(kind=FaultKind.RATE_LIMITED, on=WHERE_TO, retry_after=0, times=3),
        Fault(kind=FaultKind.CUT, on=WHERE_TO, times=3),
        Fault(kind=FaultKind.NO_ANSWER, on=WHERE_TO),
    ],
    ids=lambda fault: str(fault.kind),
)
async def test_it_comes_back_although_slack_is_away_for_a_while(slack: LocalSlack, fault: Fault) -> None:
    async with connected(slack) as receiver:
        slack.faults.order(fault)
        slack.cut_sockets()
        await slack.app_connected()
        assert not slack.faults.waiting
        await receiver.answers("again")


async def test_a_connection_over_which_nothing_comes_any_more_is_replaced(slack: LocalSlack) -> None:
    async with connected(slack) as receiver:
        slack.deafen_sockets()
        assert slack.hub.socket.is_connected
        await slack.until(lambda: opened(slack) == 2)
        await slack.until(lambda: slack.hub.socket.connections >= 2)
        await receiver.answers("again")


async def test_sent_away_it_goes_over_without_a_gap(slack: LocalSlack) -> None:
    async with connected(slack) as receiver:
        receiver.goes_on.clear()
        under_way = asyncio.create_task(receiver.answers("before"))
        await receiver.taken.wait()
        await slack.send_away("refresh_requested", closed_after=60)
        await slack.until(lambda: slack.hub.socket.connections == 2)
        receiver.goes_on.set()
        await under_way
        await slack.until(lambda: slack.hub.socket.connections == 1)
        await receiver.answers("after")
        assert not slack.traffic.timeouts()


async def test_what_arrived_over_a_lost_connection_is_answered_over_the_next(slack: LocalSlack) -> None:
    async with connected(slack) as receiver:
        receiver.goes_on.clear()
        under_way = asyncio.create_task(receiver.answers("before"))
        await receiver.taken.wait()
        slack.cut_sockets()
        await slack.app_connected()
        receiver.goes_on.set()
        await under_way
        assert not slack.traffic.timeouts()


@pytest.mark.parametrize("code", ["invalid_auth", "account_inactive", "token_revoked"])
async def test_a_token_that_slack_takes_no_more_is_said(slack: LocalSlack, code: str) -> None:
    async with connected(slack) as receiver:
        slack.fail_next(WHERE_TO, code)
        slack.cut_sockets()
        with pytest.raises(SlackApiError, match=code):
            await receiver.socket.lost()


async def test_it_ends_while_slack_is_away(slack: LocalSlack) -> None:
    async with connected(slack) as receiver:
        slack.fail_next(WHERE_TO, "internal_error", times=1000)
        slack.cut_sockets()
        await slack.until(lambda: opened(slack) >= 3)
        assert receiver.socket is not None
    assert not slack.hub.socket.is_connected


async def test_a_connection_without_a_hello_is_none(slack: LocalSlack) -> None:
    # Slack takes ten connections of an app; it sends the eleventh away before it has said hello.
    receivers = [Receiver(slack) for _ in range(10)]
    for each in receivers:
        await each.socket.begin()
    try:
        with pytest.raises(OSError, match="without a hello"):
            await Receiver(slack).socket.begin()
        await receivers[0].answers("still")
    finally:
        for each in receivers:
            await each.socket.end()
