from collections.abc import AsyncIterator, Callable, Coroutine

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.slack import LocalSlack, Timing
from tests.person import Desk
from tests.playground.slack.a_workspace import ANA, CHANNELS, MANIFEST, PEOPLE, Hands, Json

Call = Callable[..., Coroutine[object, object, Json]]


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
async def slack(hands: Hands) -> AsyncIterator[LocalSlack]:
    # Longer than any machine needs for an answer; `impatient` is for the tests of silence.
    timing = Timing(ack_seconds=60, event_retry_seconds=(0.0,))
    local = LocalSlack(MANIFEST, PEOPLE, CHANNELS, clock=hands, timing=timing)
    await local.start()
    yield local
    await local.stop()


@pytest.fixture
async def http(slack: LocalSlack) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(slack.page_url) as session:
        yield session


@pytest.fixture
def call(slack: LocalSlack, http: aiohttp.ClientSession) -> Call:
    """Call a Web API method with a JSON body and the bot's token."""

    async def do(method: str, **arguments: object) -> Json:
        headers = {"Authorization": f"Bearer {slack.bot_token}"}
        async with http.post(f"/api/{method}", json=arguments, headers=headers) as response:
            answer: Json = await response.json()
            return answer

    return do


@pytest.fixture
def page(http: aiohttp.ClientSession) -> Call:
    """Do what the page does."""

    async def do(path: str, **asked: object) -> Json:
        async with http.post(path, json=asked) as response:
            answer: Json = await response.json()
            return answer

    return do


@pytest.fixture
async def bolt(slack: LocalSlack) -> AsyncIterator[AsyncApp]:
    """A real Bolt app, connected; listeners are added by the test."""
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
    app = AsyncApp(client=client, process_before_response=True)
    opener = AsyncWebClient(token=slack.app_token, base_url=slack.api_url)
    # A lost connection is noticed at the next ping.
    handler = AsyncSocketModeHandler(app, slack.app_token, web_client=opener, ping_interval=0.2)
    await handler.connect_async()  # type: ignore[no-untyped-call]  # slack_bolt leaves it untyped
    await slack.app_connected()
    yield app
    await handler.close_async()  # type: ignore[no-untyped-call]  # slack_bolt leaves it untyped


@pytest.fixture
def ana(slack: LocalSlack) -> Desk:
    return Desk(slack, ANA)
