"""The arguments of a call, however they came: JSON, form, multipart or query."""

import json

from aiohttp import web

from bot.playground.slack.refused import Refused, missing_argument
from bot.playground.slack.wire import Json

_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class Arguments:
    """The arguments of one call."""

    def __init__(self, given: Json) -> None:
        self.given = given

    def text(self, name: str) -> str:
        """Read an argument the method cannot do without.

        Raises:
            Refused: it is missing or empty.
        """
        value = self.optional(name)
        if not value:
            raise missing_argument(name)
        return value

    def optional(self, name: str) -> str | None:
        """Read an argument that may be missing."""
        value = self.given.get(name)
        return None if value is None else str(value)

    def parsed(self, name: str) -> object:
        """Read an argument that is JSON: as it is, or within a string as a form carries it.

        Raises:
            Refused: it is missing.
        """
        value = self.given.get(name)
        if value is None:
            raise missing_argument(name)
        if isinstance(value, str):
            try:
                return json.loads(value)
            except ValueError:
                return value
        return value


async def read_arguments(request: web.Request, *, json_body: bool) -> Json:
    """Collect what a request carries; a method that takes no JSON body does not look into one.

    Raises:
        Refused: the body says it is JSON and is not.
    """
    given: Json = dict(request.query)
    if request.content_type in _FORMS:
        for name, value in (await request.post()).items():
            given[name] = value if isinstance(value, str) else ""
    elif request.content_type == "application/json" and json_body and request.can_read_body:
        try:
            body = await request.json()
        except ValueError:
            raise Refused("invalid_json") from None
        if not isinstance(body, dict):
            raise Refused("json_not_object")
        given |= body
    return given
