"""The references: Bolt apps that do nothing, on the bot's own server or as Bolt makes them by itself.

`python -m tests.benchmarks.reference_app noop|defaults socket|http NAME`, with SLACK_API_URL.
"""

import asyncio
import os
import re
import socket
import sys
from contextlib import suppress

import uvicorn
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.signed_http import SignedHttp
from bot.adapters.socket_mode import SocketMode
from bot.cli.serving import quick_loop
from tests.benchmarks.payloads import SECRET

OPTIONS = [
    {"text": {"type": "plain_text", "text": f"Client {number}"}, "value": f"{number}"} for number in range(20)
]
_ANYTHING = re.compile(r"[\s\S]*")
_ANY_PORT = 0


def build_app(*, client: AsyncWebClient, quick: bool, signing_secret: str | None = None) -> AsyncApp:
    """Return an app that acks and does nothing."""
    app = AsyncApp(
        client=client,
        signing_secret=signing_secret,
        process_before_response=quick,
        request_verification_enabled=signing_secret is not None,
    )

    async def ack_only(ack: AsyncAck) -> None:
        await ack()

    async def offer(ack: AsyncAck) -> None:
        await ack(options=OPTIONS)

    app.command(_ANYTHING)(ack_only)
    app.view(_ANYTHING)(ack_only)
    app.options(_ANYTHING)(offer)
    return app


async def _over_socket(name: str, *, quick: bool) -> None:
    base_url = os.environ["SLACK_API_URL"]
    app = build_app(client=AsyncWebClient(token=f"xoxb-{name}", base_url=base_url), quick=quick)
    web_client = AsyncWebClient(token=f"xapp-{name}", base_url=base_url)
    if quick:
        await SocketMode(app, f"xapp-{name}", web_client=web_client).begin()
    else:
        await AsyncSocketModeHandler(app, f"xapp-{name}", web_client=web_client).connect_async()  # type: ignore[no-untyped-call]  # Bolt's own signature has no types
    _tell("Connected")
    await asyncio.Event().wait()


async def _over_http(name: str, *, quick: bool) -> None:
    client = AsyncWebClient(token=f"xoxb-{name}", base_url=os.environ["SLACK_API_URL"])
    if quick:
        server = SignedHttp(build_app(client=client, quick=True), SECRET, host="127.0.0.1", port=_ANY_PORT)
        await server.begin()
        _tell(f"Listening on {server.address}")
        await asyncio.Event().wait()
        return
    handler = AsyncSlackRequestHandler(build_app(client=client, quick=False, signing_secret=SECRET))
    listening = socket.create_server(("127.0.0.1", _ANY_PORT))
    _tell(f"Listening on http://127.0.0.1:{listening.getsockname()[1]}/slack/events")
    config = uvicorn.Config(handler, log_level="error", http="httptools", loop="none")
    await uvicorn.Server(config).serve(sockets=[listening])


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    kind, transport, name = sys.argv[1:]
    run = _over_socket if transport == "socket" else _over_http
    with suppress(KeyboardInterrupt), asyncio.Runner(loop_factory=quick_loop) as runner:
        runner.run(run(name, quick=kind == "noop"))
