"""What Slack says of the tokens, the scopes, Home and the time. Nothing that is asked changes anything."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.checks.finding import Finding, State
from bot.config import ConfigurationError
from bot.manifest import manifest
from bot.views.home import home

SIGNATURE_WINDOW = timedelta(minutes=5)
"""A signed request older than that is not taken, nor is one from the future (Slack's rule)."""

_HOME_OFF = "not_enabled"
_PAGES = "your app at https://api.slack.com/apps"


async def check_bot(client: AsyncWebClient, *, now: datetime | None = None) -> tuple[Finding, ...]:
    """Look at the bot's token and at what it may do.

    Args:
        client: with the bot token.
        now: the time of this machine, unless it is the present moment.
    """
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        return (_refused("Bot token", "SLACK_BOT_TOKEN", error),)
    except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError):
        return (_unreachable("Bot token"),)
    headers = {str(name).lower(): str(value) for name, value in answer.headers.items()}
    works = f"works in {answer.get('team')} ({answer.get('team_id')}) as {answer.get('user')}"
    return (
        Finding(what="Bot token", state=State.GOOD, told=works),
        scopes(headers),
        await _home(client, str(answer.get("user_id"))),
        clock(headers, now=now or datetime.now(tz=UTC)),
    )


async def check_socket(client: AsyncWebClient) -> Finding:
    """Look at whether Socket Mode can be connected with.

    Args:
        client: with the app-level token.
    """
    try:
        # The address it gives is good for one connection and is left to expire.
        await client.apps_connections_open(app_token=client.token or "")
    except SlackApiError as error:
        return _refused("App token", "SLACK_APP_TOKEN", error)
    except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError):
        return _unreachable("App token")
    return Finding(what="App token", state=State.GOOD, told="opens Socket Mode connections")


def scopes(headers: Mapping[str, str]) -> Finding:
    """Compare the scopes that Slack names in its answers with those of the manifest.

    Args:
        headers: of an answer, by their names in lower case.
    """
    given = headers.get("x-oauth-scopes")
    if given is None:
        return Finding(what="Scopes", state=State.NOTE, told="Slack did not say which ones the token has")
    granted = {scope.strip() for scope in given.split(",")} - {""}
    missing = sorted(_needed() - granted)
    if missing:
        told = (
            f"missing: {', '.join(missing)}. Add them on the page OAuth & Permissions of {_PAGES}, "
            "and install the app again."
        )
        return Finding(what="Scopes", state=State.WRONG, told=told)
    more = sorted(granted - _needed())
    if more:
        told = f"all there; not needed and better taken away: {', '.join(more)}"
        return Finding(what="Scopes", state=State.NOTE, told=told)
    return Finding(what="Scopes", state=State.GOOD, told="all there, and no others")


def clock(headers: Mapping[str, str], *, now: datetime) -> Finding:
    """Compare this machine's time with Slack's.

    Args:
        headers: of an answer that has just come, by their names in lower case.
        now: the time of this machine.
    """
    try:
        off = abs(now - parsedate_to_datetime(headers["date"]))
    except (KeyError, ValueError):
        return Finding(what="Clock", state=State.NOTE, told="Slack did not say what time it is")
    if off > SIGNATURE_WINDOW:
        minutes = round(off.total_seconds() / 60)
        told = (
            f"{minutes} minutes from Slack's: set this machine's time; signed requests are refused, "
            "and dates may be wrong."
        )
        return Finding(what="Clock", state=State.WRONG, told=told)
    return Finding(what="Clock", state=State.GOOD, told="agrees with Slack's")


async def _home(client: AsyncWebClient, bot_user_id: str) -> Finding:
    """Try to publish a Home for the bot itself, which nobody sees: only where Home is off Slack says so."""
    try:
        await client.views_publish(user_id=bot_user_id, view=home())
    except SlackApiError as error:
        if error.response.get("error") == _HOME_OFF:
            told = f"off: switch the Home Tab on, on the page App Home of {_PAGES}."
            return Finding(what="Home", state=State.WRONG, told=told)
    except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError):
        return _unreachable("Home")
    return Finding(what="Home", state=State.GOOD, told="on")


def _needed() -> set[str]:
    parsed = manifest()["oauth_config"]
    of_bot = parsed["scopes"]["bot"] if isinstance(parsed, dict) else []
    return {str(scope) for scope in of_bot}


def _refused(what: str, variable: str, error: SlackApiError) -> Finding:
    code = str(error.response.get("error"))
    return Finding(what=what, state=State.WRONG, told=str(ConfigurationError.token_refused(variable, code)))


def _unreachable(what: str) -> Finding:
    told = "Slack cannot be reached: look at this machine's connection, and at the address in SLACK_API_URL."
    return Finding(what=what, state=State.WRONG, told=told)
