"""The references: Bolt apps that do nothing, on the bot's own server or as Bolt makes them by itself.

`python -m tests.benchmarks.reference_app noop|opening|defaults socket|http NAME`, with SLACK_API_URL. The one
that is `opening` makes the bare call after its ack, as the bot does, with a form that is always the same.
"""

import asyncio
import json
import os
import re
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import uvicorn
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.signed_http import SignedHttp
from bot.adapters.slack_calls import CALL_LIMITS, slack_client
from bot.adapters.slack_session import slack_session
from bot.adapters.socket_mode import SocketMode
from bot.cli.serving import quick_loop
from tests.benchmarks.payloads import SECRET

OPTIONS = [
    {"text": {"type": "plain_text", "text": f"Client {number}"}, "value": f"{number}"} for number in range(20)
]
_ANYTHING = re.compile(r"[\s\S]*")
_ANY_PORT = 0


def build_app(
    *,
    client: AsyncWebClient,
    quick: bool,
    signing_secret: str | None = None,
    opens: AsyncWebClient | None = None,
) -> AsyncApp:
    """Return an app that acks and does nothing, or but opens a form with the client that `opens`."""
    app = AsyncApp(
        client=client,
        signing_secret=signing_secret,
        process_before_response=quick,
        request_verification_enabled=signing_secret is not None,
    )

    form = json.loads(os.environ.get("BENCHMARK_FORM") or "null")
    under_way = set()

    async def ack_only(ack: AsyncAck, body: dict[str, str]) -> None:
        await ack()
        if opens is not None:
            # After the ack, which leaves when this returns.
            call = asyncio.create_task(opens.views_open(trigger_id=body["trigger_id"], view=form))
            under_way.add(call)
            call.add_done_callback(under_way.discard)

    async def offer(ack: AsyncAck) -> None:
        await ack(options=OPTIONS)

    app.command(_ANYTHING)(ack_only)
    app.view(_ANYTHING)(ack_only)
    app.options(_ANYTHING)(offer)
    return app


async def _over_socket(name: str, kind: str) -> None:
    base_url = os.environ["SLACK_API_URL"]
    web_client = AsyncWebClient(token=f"xapp-{name}", base_url=base_url)
    if kind == "defaults":
        app = build_app(client=_client(name), quick=False)
        await AsyncSocketModeHandler(app, f"xapp-{name}", web_client=web_client).connect_async()  # type: ignore[no-untyped-call]  # Bolt's own signature has no types
        await _until_the_end("Connected")
    async with _quick_app(name, kind) as app:
        await SocketMode(app, f"xapp-{name}", web_client=web_client).begin()
        await _until_the_end("Connected")


async def _over_http(name: str, kind: str) -> None:
    if kind != "defaults":
        async with _quick_app(name, kind) as app:
            server = SignedHttp(app, SECRET, host="127.0.0.1", port=_ANY_PORT)
            await server.begin()
            await _until_the_end(f"Listening on {server.address}")
    app = build_app(client=_client(name), quick=False, signing_secret=SECRET)
    listening = socket.create_server(("127.0.0.1", _ANY_PORT))
    _tell(f"Listening on http://127.0.0.1:{listening.getsockname()[1]}/slack/events")
    config = uvicorn.Config(AsyncSlackRequestHandler(app), log_level="error", http="httptools", loop="none")
    await uvicorn.Server(config).serve(sockets=[listening])


@asynccontextmanager
async def _quick_app(name: str, kind: str) -> AsyncIterator[AsyncApp]:
    async with slack_session(CALL_LIMITS) as session:
        opens = slack_client(f"xoxb-{name}", base_url=os.environ["SLACK_API_URL"])
        opens.session = session
        yield build_app(client=_client(name), quick=True, opens=opens if kind == "opening" else None)


def _client(name: str) -> AsyncWebClient:
    return AsyncWebClient(token=f"xoxb-{name}", base_url=os.environ["SLACK_API_URL"])


async def _until_the_end(told: str) -> None:
    _tell(told)
    await asyncio.Event().wait()


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    kind, transport, name = sys.argv[1:]
    run = _over_socket if transport == "socket" else _over_http
    with suppress(KeyboardInterrupt), asyncio.Runner(loop_factory=quick_loop) as runner:
        runner.run(run(name, kind))
