"""What the app posts to a response_url."""

from aiohttp import web

from bot.playground.slack.content import content_of
from bot.playground.slack.faults import Fault, FaultKind
from bot.playground.slack.faulty_calls import LostAnswerError, carried_out, gateway_page
from bot.playground.slack.hub import Hub
from bot.playground.slack.messages import Message
from bot.playground.slack.refused import Refused
from bot.playground.slack.response_urls import ResponseUrl
from bot.playground.slack.traffic import Entry, Refusal
from bot.playground.slack.wire import Json


async def respond(hub: Hub, request: web.Request) -> web.Response:
    """Answer one use of a response_url: `ok`, or Slack's refusal."""
    started = hub.traffic.now_ms()
    body: Json = {}
    told: Json = {}
    fault: Fault | None = None

    def use() -> Json:
        _post(hub, hub.response_urls.use(request.match_info["secret"]), body)
        return {"ok": True}

    try:
        body = await _body(request)
        fault = hub.faults.of_call("response_url")
        told = await carried_out(use, fault=fault, faults=hub.faults, request=request)
        answer = web.Response(text="ok")
    except Refused as refused:
        told = refused.body
        status = refused.status if refused.status != web.HTTPOk.status_code else 400
        answer = web.json_response(told, status=status, headers=refused.headers)
        if fault is not None and fault.kind is FaultKind.SERVER_ERROR:
            answer = gateway_page(status)
        if not refused.is_fault:
            hub.traffic.refuse(
                Refusal(name="response_url", error=refused.error, messages=refused.messages, sent=body)
            )
    except LostAnswerError:
        answer = web.Response()  # To nobody: the connection is gone.
    hub.traffic.add(
        Entry(
            at_ms=started,
            kind="response_url",
            name="response_url",
            sent=body,
            answer=told,
            took_ms=hub.traffic.now_ms() - started,
            status=answer.status if told else None,
            fault=fault.kind if fault else None,
        )
    )
    return answer


async def _body(request: web.Request) -> Json:
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Refused("invalid_payload", status=400)
    return body


def _post(hub: Hub, url: ResponseUrl, body: Json) -> None:
    original = _original(hub, url)
    if body.get("delete_original"):
        if original is None:
            raise Refused("message_not_found")
        hub.delete(original)
        return
    content = content_of(body)
    if body.get("replace_original") and original is not None:
        original.text, original.blocks = content.text, content.blocks
        original.edited = original.ephemeral_to is None
        original.state.clear()
        hub.edited(original)
        return
    only = None if body.get("response_type") == "in_channel" else url.user
    hub.post(hub.from_app(url.channel, text=content.text, blocks=content.blocks, only=only))


def _original(hub: Hub, url: ResponseUrl) -> Message | None:
    """Find the message that was clicked; a command has none, so its earlier replies cannot be replaced."""
    if url.message_ts is None:
        return None
    return hub.messages.find(url.channel, url.message_ts, user=url.user)
