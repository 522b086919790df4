"""Answers a request to `/api/<method>`: the token, the scopes, the method, and the log."""

from typing import Any

from aiohttp import web

from bot.playground.slack.hub import Hub
from bot.playground.slack.refused import Refused
from bot.playground.slack.traffic import Entry, Refusal
from bot.playground.slack.web_api import auth, chat, conversations, users, views
from bot.playground.slack.web_api.arguments import Arguments, read_arguments
from bot.playground.slack.web_api.method import Method

METHODS: dict[str, Method] = {
    **auth.METHODS,
    **views.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **users.METHODS,
}
PREFIXES = {"bot": "xoxb-", "app": "xapp-"}


async def call(hub: Hub, request: web.Request) -> web.Response:
    """Answer one call as Slack does: HTTP 200 also for a refusal, except where Slack itself differs."""
    name = request.match_info["method"]
    started = hub.traffic.now_ms()
    given: dict[str, Any] = {}
    status, headers = 200, {"X-OAuth-Scopes": ",".join(sorted(hub.workspace.manifest.scopes))}
    try:
        method = _method(name)
        given = await read_arguments(request, json_body=method.json_body)
        token = given.pop("token", None)
        _admit(hub, method, token=_bearer(request) or token)
        _ordered_failure(hub, name)
        answer = {"ok": True, **method.handler(hub, Arguments(given))}
    except Refused as refused:
        answer, status = refused.body, refused.status
        headers |= refused.headers
        hub.traffic.refuse(Refusal(name=name, error=refused.error, messages=refused.messages, sent=given))
    hub.traffic.add(
        Entry(
            at_ms=started,
            kind="call",
            name=name,
            sent=given,
            answer=answer,
            took_ms=hub.traffic.now_ms() - started,
        )
    )
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


def _ordered_failure(hub: Hub, name: str) -> None:
    ordered = hub.failures.get(name)
    if ordered:
        raise ordered.popleft()
