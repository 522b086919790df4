"""The routes of the local Slack."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from bot.playground.slack import page_api
from bot.playground.slack.hub import Hub
from bot.playground.slack.page_stream import streaming
from bot.playground.slack.responses import respond
from bot.playground.slack.web_api import dispatch

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
LARGEST_BODY_BYTES = 4 * 1024 * 1024
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """Something beside Slack that the page shows: its name, and what makes its routes."""

    name: str
    routes: Callable[[Hub], Sequence[web.RouteDef]]


def build(hub: Hub, *, page: Path | None, annexes: Sequence[Annex] = ()) -> web.Application:
    """Build the server: the Web API, Socket Mode, response_urls, the page and its surface."""
    application = web.Application(client_max_size=LARGEST_BODY_BYTES, middlewares=[_only_this_machine])

    async def api(request: web.Request) -> web.StreamResponse:
        return await dispatch.call(hub, request)

    async def response_url(request: web.Request) -> web.StreamResponse:
        return await respond(hub, request)

    router = application.router
    router.add_route("GET", "/api/{method}", api)
    router.add_route("POST", "/api/{method}", api)
    router.add_get("/link/", hub.socket.serve)
    for kind in ("commands", "actions"):
        router.add_post(f"/{kind}/{{team}}/{{secret}}", response_url)
    for path, look in page_api.LOOKS.items():
        router.add_get(path, page_api.looking(hub, look))
    for path, act in page_api.ACTS.items():
        router.add_post(path, page_api.acting(hub, act))
    router.add_get("/ui/stream", streaming(hub))
    for annex in annexes:
        router.add_routes(annex.routes(hub))
    if page is not None:
        _serve_page(application, page)
    return application


def _serve_page(application: web.Application, page: Path) -> None:
    async def index(_request: web.Request) -> web.StreamResponse:
        return web.FileResponse(page / "index.html")

    async def never_stale(_request: web.Request, response: web.StreamResponse) -> None:
        response.headers.setdefault("Cache-Control", "no-cache")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)

    application.router.add_get("/", index)
    application.router.add_static("/", page)
    application.on_response_prepare.append(never_stale)


CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The page takes nothing from anywhere else; `index.html` says the same, but for who may frame it."""


@web.middleware
async def _only_this_machine(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn away a request that another site's page has sent, or that came under another site's name."""
    host = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    origin = request.headers.get("Origin")
    if host not in LOOPBACK or (origin is not None and origin != f"http://{request.host}"):
        raise web.HTTPForbidden(text="only from this machine's own page")
    return await handler(request)
