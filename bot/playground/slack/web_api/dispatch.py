"""Answers a request to `/api/<method>`: the token, the scopes, the method, and the log."""

from typing import Any

from aiohttp import web

from bot.playground.slack.faults import Fault, FaultKind
from bot.playground.slack.faulty_calls import LostAnswerError, carried_out, gateway_page
from bot.playground.slack.hub import Hub
from bot.playground.slack.refused import Refused
from bot.playground.slack.traffic import Entry, Refusal
from bot.playground.slack.web_api import auth, chat, conversations, usergroups, users, views
from bot.playground.slack.web_api.arguments import Arguments, read_arguments
from bot.playground.slack.web_api.method import Method

METHODS: dict[str, Method] = {
    **auth.METHODS,
    **views.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **users.METHODS,
    **usergroups.METHODS,
}
PREFIXES = {"bot": "xoxb-", "app": "xapp-"}


async def call(hub: Hub, request: web.Request) -> web.Response:
    """Answer one call as Slack does: HTTP 200 also for a refusal, except where Slack itself differs."""
    name = request.match_info["method"]
    started = hub.traffic.now_ms()
    given: dict[str, Any] = {}
    answer: dict[str, Any] = {}
    fault: Fault | None = None
    status: int | None = 200
    headers = {"X-OAuth-Scopes": ",".join(sorted(hub.workspace.manifest.scopes))}
    try:
        method = _method(name)
        given = await read_arguments(request, json_body=method.json_body)
        token = given.pop("token", None)
        _admit(hub, method, token=_bearer(request) or token)
        fault = hub.faults.of_call(name)
        answered = await carried_out(
            lambda: method.handler(hub, Arguments(given)), fault=fault, faults=hub.faults, request=request
        )
        answer = {"ok": True, **answered}
    except Refused as refused:
        answer, status = refused.body, refused.status
        headers |= refused.headers
        if not refused.is_fault:
            hub.traffic.refuse(Refusal(name=name, error=refused.error, messages=refused.messages, sent=given))
    except LostAnswerError:
        status = None
    hub.traffic.add(
        Entry(
            at_ms=started,
            kind="call",
            name=name,
            sent=given,
            answer=answer,
            took_ms=hub.traffic.now_ms() - started,
            status=status,
            fault=fault.kind if fault else None,
        )
    )
    if status is None:
        return web.Response()  # To nobody: the connection is gone.
    if fault is not None and fault.kind is FaultKind.SERVER_ERROR:
        return gateway_page(status)
    return web.json_response(answer, status=status, headers=headers)


def _method(name: str) -> Method:
    method = METHODS.get(name)
    if method is None:
        raise Refused("unknown_method", extra={"req_method": name})
    return method


def _bearer(request: web.Request) -> str | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token else None


def _admit(hub: Hub, method: Method, *, token: str | None) -> None:
    app = hub.workspace.app
    if not token:
        raise Refused("not_authed")
    if token not in (app.bot_token, app.app_token):
        raise Refused("invalid_auth")
    if not token.startswith(PREFIXES[method.token]):
        raise Refused("not_allowed_token_type")
    scopes = hub.workspace.manifest.scopes
    if method.scopes and scopes.isdisjoint(method.scopes):
        raise Refused(
            "missing_scope",
            extra={"needed": ",".join(method.scopes), "provided": ",".join(sorted(scopes))},
        )
