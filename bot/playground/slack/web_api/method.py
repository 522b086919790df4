"""What a Web API method is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.playground.slack.hub import Hub
from bot.playground.slack.web_api.arguments import Arguments
from bot.playground.slack.wire import Json

Handler: TypeAlias = Callable[[Hub, Arguments], Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """How one method is answered, and what it asks of the token."""

    handler: Handler
    scopes: tuple[str, ...] = ()
    """Scopes of which the token must have one; none asks for nothing."""
    token: Literal["bot", "app"] = "bot"  # noqa: S105 - the kind of token, no secret
    json_body: bool = True
    """Whether the method reads a JSON body; some of Slack's read forms only."""
