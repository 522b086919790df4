"""The connections to Slack, which stay open for the next calls, and how JSON is written and read on them.

A view is some kilobytes, and comes back in the answer: the standard library takes longer for that than for
everything else about a call.
"""

import json
from typing import Any

import aiohttp
import orjson

from bot.adapters.slack_calls import CallLimits


class SlackAnswer(aiohttp.ClientResponse):
    """An answer whose JSON is read quickly."""

    async def json(self, **options: Any) -> Any:  # noqa: ANN401 - as aiohttp has it
        """Return what the JSON says."""
        return await super().json(**{"loads": orjson.loads, **options})


def slack_session(limits: CallLimits) -> aiohttp.ClientSession:
    """Return a session, to be closed at the end: a window waits for no new connection, nor for TLS on it."""
    return aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=limits.answer),
        # One person's call never waits for another's: what limits them is the queue, and Slack.
        connector=aiohttp.TCPConnector(limit=0),
        cookie_jar=aiohttp.DummyCookieJar(),
        json_serialize=written,
        response_class=SlackAnswer,
    )


def written(value: object) -> str:
    """Return a value as JSON."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        # Half a character that somebody's program has sent is none in UTF-8; escaped it can be written.
        return json.dumps(value)
