"""The app behind the HTTP interface."""

import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.exceptions import HTTPException

from bot.api.caller import DOCUMENT, PAGE, UNAVAILABLE, Callers
from bot.api.limits import BODY_SECONDS, Limits
from bot.api.notifications import notifications
from bot.api.page import page_of
from bot.api.problems import Refusal, answer_http, answer_invalid, answer_refusal
from bot.api.stopping import stopping
from bot.domain.errors import StorageUnavailable
from bot.domain.ids import WorkspaceId
from bot.services.services import Services

ABOUT = """Notification e-mails of clients: hand one in, and Kinward sends it to the client and to exactly the
people with whom that kind of e-mail is shared. Or ask who they are, and send by yourself.

Every request carries a token of the practice, made with `kinward tokens create`:
`Authorization: Bearer kwt_...`"""

AsgiApp = Callable[
    [MutableMapping[str, Any], Callable[[], Awaitable[Any]], Callable[[Any], Awaitable[None]]],
    Awaitable[None],
]

_log = structlog.get_logger(__name__)


def api_app(services: Services, workspace_id: WorkspaceId, *, body_seconds: float = BODY_SECONDS) -> AsgiApp:
    """Return the app of one workspace, for any server of ASGI."""
    app = FastAPI(
        title="Kinward",
        version="1",
        description=ABOUT,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        exception_handlers={
            Refusal: answer_refusal,
            HTTPException: answer_http,
            RequestValidationError: answer_invalid,
            StorageUnavailable: _answer_unavailable,
            Exception: _answer_unexpected,
        },
    )
    app.include_router(notifications(services))
    app.include_router(stopping(services, workspace_id))
    document = _document(app)
    page = page_of(document)

    @app.get(DOCUMENT, include_in_schema=False)
    async def openapi() -> JSONResponse:
        return JSONResponse(document)

    @app.get(PAGE, include_in_schema=False)
    async def read() -> HTMLResponse:
        return HTMLResponse(page)

    limited = Limits(app, body_seconds=body_seconds)
    return Callers(limited, services=services, workspace_id=workspace_id)


def _document(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document, with the token that every request needs."""
    document = app.openapi()
    schemes = document.setdefault("components", {}).setdefault("securitySchemes", {})
    schemes["token"] = {"type": "http", "scheme": "bearer"}
    document["security"] = [{"token": []}]
    # The framework's own shapes of a mistake are never sent.
    for framework in ("HTTPValidationError", "ValidationError"):
        document["components"].get("schemas", {}).pop(framework, None)
    return document


async def _answer_unavailable(_request: Request, _error: Exception) -> JSONResponse:
    return UNAVAILABLE.answer()


async def _answer_unexpected(_request: Request, error: Exception) -> JSONResponse:
    reference = secrets.token_hex(4).upper()
    _log.error("api.failed", reference=reference, exc_info=error)
    detail = f"Something went wrong on our side. Reference: {reference}"
    return Refusal(HTTPStatus.INTERNAL_SERVER_ERROR, "unexpected", detail).answer()
