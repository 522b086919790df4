"""response_urls: five uses within thirty minutes, and what each use does."""

import aiohttp
import pytest

from bot.playground.slack import LocalSlack
from tests.playground.slack.a_workspace import ANA, BEN, FRONT, SECRET, Hands, Json, section


def from_command(slack: LocalSlack, *, channel: str = FRONT) -> str:
    secret = slack.hub.response_urls.issue(user=ANA, channel=channel)
    return f"/commands/T0KINWARD/{secret}"


def from_click(slack: LocalSlack, *, only: str | None) -> str:
    message = slack.hub.from_app(FRONT, text="old", blocks=[], only=only)
    slack.hub.post(message)
    secret = slack.hub.response_urls.issue(user=ANA, channel=FRONT, message_ts=message.ts)
    return f"/actions/T0KINWARD/{secret}"


async def respond(http: aiohttp.ClientSession, url: str, **body: object) -> tuple[int, str]:
    async with http.post(url, json=body) as response:
        return response.status, await response.text()


def texts(slack: LocalSlack, user: str) -> list[str]:
    return [message.text for message in slack.hub.messages.seen_by(user, FRONT)]


async def test_five_uses_and_no_sixth(slack: LocalSlack, http: aiohttp.ClientSession) -> None:
    url = from_command(slack)
    for number in range(5):
        assert await respond(http, url, text=str(number)) == (200, "ok")
    status, body = await respond(http, url, text="6")
    assert (status, "used_url" in body) == (404, True)
    assert texts(slack, ANA) == ["0", "1", "2", "3", "4"]
    assert [str(refusal) for refusal in slack.refusals] == ["response_url: used_url"]


async def test_thirty_minutes_and_no_longer(
    slack: LocalSlack, http: aiohttp.ClientSession, hands: Hands
) -> None:
    url = from_command(slack)
    hands.move(minutes=30)
    assert await respond(http, url, text="in time") == (200, "ok")
    hands.move(microseconds=1)
    status, body = await respond(http, url, text="late")
    assert (status, "expired_url" in body) == (404, True)


async def test_an_unknown_url(http: aiohttp.ClientSession) -> None:
    status, _ = await respond(http, "/commands/T0KINWARD/nothing", text="x")
    assert status == 404


async def test_a_reply_is_ephemeral_unless_it_says_otherwise(
    slack: LocalSlack, http: aiohttp.ClientSession
) -> None:
    url = from_command(slack)
    await respond(http, url, text="to you")
    await respond(http, url, text="to all", response_type="in_channel")
    assert texts(slack, ANA) == ["to you", "to all"]
    assert texts(slack, BEN) == ["to all"]


async def test_it_works_where_the_app_is_not(slack: LocalSlack, http: aiohttp.ClientSession) -> None:
    assert await respond(http, from_command(slack, channel=SECRET), text="x") == (200, "ok")


@pytest.mark.parametrize("only", [ANA, None])
async def test_the_clicked_message_is_replaced_or_deleted(
    slack: LocalSlack, http: aiohttp.ClientSession, only: str | None
) -> None:
    url = from_click(slack, only=only)
    await respond(http, url, text="new", replace_original=True)
    assert texts(slack, ANA) == ["new"]
    await respond(http, url, text="beside", replace_original=False)
    assert texts(slack, ANA) == ["new", "beside"]
    await respond(http, url, delete_original=True)
    assert texts(slack, ANA) == ["beside"]
    status, _ = await respond(http, url, delete_original=True)
    assert status == 400


async def test_a_command_cannot_replace_its_earlier_reply(
    slack: LocalSlack, http: aiohttp.ClientSession
) -> None:
    url = from_command(slack)
    await respond(http, url, text="first")
    await respond(http, url, text="second", replace_original=True)
    assert texts(slack, ANA) == ["first", "second"]


@pytest.mark.parametrize(
    "body",
    [{}, {"text": ""}, {"blocks": [{"type": "nonsense"}]}, {"text": "x", "blocks": [section()] * 51}],
)
async def test_an_unsound_reply_is_refused(
    slack: LocalSlack, http: aiohttp.ClientSession, body: Json
) -> None:
    status, _ = await respond(http, from_command(slack), **body)
    assert status == 400
    assert slack.refusals[0].name == "response_url"


async def test_what_is_no_json_object_is_refused(slack: LocalSlack, http: aiohttp.ClientSession) -> None:
    async with http.post(from_command(slack), data="text") as response:
        assert response.status == 400
