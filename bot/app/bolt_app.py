"""The door to the app: whatever it knows is answered before Bolt hears of it.

A listener of Bolt's is found by trying one after the other, admitted by Bolt, and handed its arguments by
their names: twice as long as everything that the ack of a command needs. Before that it reads all ids out of
each payload, and makes a client for Slack. None of it is asked for here: there is one routing table, and who
may act is found at each act by the app itself.

`process_before_response` lets the answer leave when it is there; Bolt's default polls for it every ten
milliseconds, and loses it when a listener fails right after its ack.
"""

from collections.abc import Callable, Mapping

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.answers import Answers, Headers, through_bolt
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


def build_app(*, client: AsyncWebClient, boundary: Boundary, workspace_id: WorkspaceId) -> Answers:
    """Return what answers commands, what is done in windows and messages, and events; the rest is Bolt's."""
    by_bolt = through_bolt(_bolt(client, workspace_id))

    async def answered(body: Mapping[str, object], headers: Headers) -> BoltResponse:
        parse = parse_command if body.get("command") else _PARSED_BY.get(str(body.get("type")))
        if parse is None:
            return await by_bolt(body, headers)
        try:
            interaction = parse(body, workspace_id)
        except UnreadablePayloadError as error:
            _log.warning("payload.unreadable", payload_type=str(body.get("type")), exc_info=error)
            return BoltResponse(status=200)
        said = ack_body(await boundary.answer(interaction))
        return BoltResponse(status=200, body=written(said) if said else "")

    return answered


def _bolt(client: AsyncWebClient, workspace_id: WorkspaceId) -> AsyncApp:
    """Return Bolt's app, which answers what Slack asks of any app, and says what nobody is there for."""

    async def authorize() -> AuthorizeResult:
        # Left to itself Bolt asks Slack whose token it is, at the first payload and while a person waits.
        return AuthorizeResult(enterprise_id=None, team_id=workspace_id, bot_token=client.token)

    return AsyncApp(
        # Without a name Bolt looks for the file that it was called from, through the source of every module.
        name="kinward",
        # Bolt's own client calls nothing, and with a token it would warn that there is `authorize` as well.
        client=AsyncWebClient(base_url=client.base_url),
        authorize=authorize,
        process_before_response=True,
        # Whatever comes in is verified by then: Slack signs its requests, and a socket is ours alone.
        request_verification_enabled=False,
    )
