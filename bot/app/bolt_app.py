"""Bolt's door to the app: whatever can be answered is answered before Bolt looks for a listener.

A listener of Bolt's is found by trying one after the other, admitted by Bolt, and handed its arguments by
their names: twice as long as everything that the ack of a command needs. None of it is asked for here, as
there is one routing table, and who may act is found at each act by the app itself.

`process_before_response` lets the answer leave when it is there; Bolt's default polls for it every ten
milliseconds, and loses it when a listener fails right after its ack.
"""

from collections.abc import Awaitable, Callable, Mapping

import structlog
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack_session import written
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

_log = structlog.get_logger(__name__)

Parse = Callable[[Mapping[str, object], WorkspaceId], Interaction]

_PARSED_BY: Mapping[str, Parse] = {
    "block_actions": parse_action,
    "view_submission": parse_submission,
    "view_closed": parse_submission,
    "block_suggestion": parse_suggestion,
    "event_callback": parse_event,
}


def build_app(*, client: AsyncWebClient, boundary: Boundary, workspace_id: WorkspaceId) -> AsyncApp:
    """Return the Bolt app."""

    async def authorize() -> AuthorizeResult:
        # Left to itself Bolt asks Slack whose token it is, at the first payload and while a person waits.
        return AuthorizeResult(enterprise_id=None, team_id=workspace_id, bot_token=client.token)

    return AsyncApp(
        # Without a name Bolt looks for the file that it was called from, through the source of every module.
        name="kinward",
        # Bolt's own client calls nothing, and with a token it would warn that there is `authorize` as well.
        client=AsyncWebClient(base_url=client.base_url),
        authorize=authorize,
        before_authorize=_Answering(boundary, workspace_id),
        process_before_response=True,
        # Whatever comes in is verified by then: Slack signs its requests, and a socket is ours alone.
        request_verification_enabled=False,
    )


class _Answering(AsyncMiddleware):
    """Answers commands, what is done in windows and messages, and events; the rest is Bolt's."""

    def __init__(self, boundary: Boundary, workspace_id: WorkspaceId) -> None:
        self._boundary = boundary
        self._workspace_id = workspace_id

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002 - as Bolt calls it
    ) -> BoltResponse:
        """Return the ack."""
        body: Mapping[str, object] = req.body
        parse = parse_command if body.get("command") else _PARSED_BY.get(str(body.get("type")))
        if parse is None:
            await next()
            return resp
        try:
            interaction = parse(body, self._workspace_id)
        except UnreadablePayloadError as error:
            _log.warning("payload.unreadable", payload_type=str(body.get("type")), exc_info=error)
            return BoltResponse(status=200)
        said = ack_body(await self._boundary.answer(interaction))
        return BoltResponse(status=200, body=written(said) if said else "")
