"""The listeners: one catch-all for each kind of payload, in front of the one routing table.

Bolt looks at its listeners one by one, so few of them is also the quick way. `process_before_response`
lets the answer leave when the listener returns; Bolt's default polls for it every ten milliseconds, and
loses it when the listener fails right after its ack.
"""

import re
from collections.abc import Awaitable, Callable, Mapping

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.app.boundary import Boundary
from bot.app.delivery import ack_body
from bot.domain.ids import WorkspaceId
from bot.handlers.interaction import (
    Interaction,
    UnreadablePayloadError,
    parse_action,
    parse_command,
    parse_event,
    parse_submission,
    parse_suggestion,
)

_ANYTHING = re.compile(r"[\s\S]*")
_log = structlog.get_logger(__name__)

Parse = Callable[[Mapping[str, object], WorkspaceId], Interaction]
Listener = Callable[[AsyncAck, dict[str, object]], Awaitable[None]]


def build_app(*, client: AsyncWebClient, boundary: Boundary, workspace_id: WorkspaceId) -> AsyncApp:
    """Return the Bolt app with its listeners."""

    async def authorize() -> AuthorizeResult:
        # Left to itself Bolt asks Slack whose token it is, at the first payload and while a person waits.
        return AuthorizeResult(enterprise_id=None, team_id=workspace_id, bot_token=client.token)

    # Bolt's own client calls nothing, and with a token it would warn that there is `authorize` as well.
    bare = AsyncWebClient(base_url=client.base_url)
    # Whatever comes in is verified by then: Slack signs its requests, and a socket is ours alone.
    app = AsyncApp(
        # Without one Bolt reads the source of whatever called it, for the name of a file.
        name="kinward",
        client=bare,
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,
    )

    def listener(parse: Parse, *, acks: bool = True) -> Listener:
        async def listen(ack: AsyncAck, body: dict[str, object]) -> None:
            answer = None
            try:
                interaction = parse(body, workspace_id)
            except UnreadablePayloadError as error:
                _log.warning("payload.unreadable", payload_type=str(body.get("type")), exc_info=error)
            else:
                answer = await boundary.answer(interaction)
            if acks:
                await ack(**ack_body(answer))  # type: ignore[arg-type]  # the body's keys are ack's own arguments

        return listen

    app.command(_ANYTHING)(listener(parse_command))
    app.action(_ANYTHING)(listener(parse_action))
    app.view(_ANYTHING)(listener(parse_submission))
    app.options(_ANYTHING)(listener(parse_suggestion))
    app.event(_ANYTHING)(listener(parse_event, acks=False))
    return app
