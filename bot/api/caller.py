"""Who calls: a system of the practice, by its token (RFC 6750)."""

from dataclasses import dataclass
from http import HTTPStatus
from math import inf
from time import monotonic

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.api.problems import Refusal
from bot.domain.errors import StorageUnavailable
from bot.domain.ids import StaffId, WorkspaceId
from bot.domain.staff import Actor, Surface
from bot.domain.staff_role import Right
from bot.services.audit import UNKNOWN
from bot.services.services import Services

_RIGHTS = frozenset({Right.SEE_CLIENTS})
"""A token finds out who receives a client's mail, and hands in notices; it changes nothing of a client."""


DOCUMENT = "/v1/openapi.json"
PAGE = "/v1/"
OPEN = frozenset({DOCUMENT, PAGE})

UNAVAILABLE = Refusal(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "unavailable",
    "The records cannot be reached just now. Nothing was changed. Please try again.",
    headers={"Retry-After": "5"},
)
_TOKEN_NEEDED = Refusal(
    HTTPStatus.UNAUTHORIZED,
    "token-needed",
    "Send a token of the practice that is not revoked: Authorization: Bearer kwt_...",
    headers={"WWW-Authenticate": 'Bearer realm="Kinward"'},
)
_CALLER = "kinward.caller"

RECORDED_EACH_SECONDS = 60.0
"""Who knocks without a token is on record once in so long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A system that has shown a token."""

    actor: Actor

    @property
    def name(self) -> str:
        """What the token is for, as whoever made it wrote it."""
        return self.actor.name


class Callers:
    """Lets only those with a token through to the app, before a body is even read.

    The document of the interface and the page of it say nothing of the practice: they are open.
    """

    def __init__(self, app: ASGIApp, *, services: Services, workspace_id: WorkspaceId) -> None:
        self._app = app
        self._tokens, self._audit = services.api_tokens, services.audit
        self._workspace_id = workspace_id
        self._recorded_at = -inf

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = str(scope.get("path"))
        if path.startswith("/v1/") and path not in OPEN:
            try:
                scope = {**scope, _CALLER: await self._caller(scope)}
            except Refusal as refused:
                await refused.answer()(scope, receive, send)
                return
            except StorageUnavailable:
                await UNAVAILABLE.answer()(scope, receive, send)
                return
        await self._app(scope, receive, send)

    async def _caller(self, scope: Scope) -> Caller:
        """Return who calls, and record the use of the token.

        Raises:
            Refusal: 401, without saying what was wrong with the token.
        """
        given = next((value for name, value in scope["headers"] if name.lower() == b"authorization"), b"")
        scheme, _, shown = given.decode("latin-1").partition(" ")
        token = None
        if scheme.lower() == "bearer":
            token = await self._tokens.recognise(self._workspace_id, shown.strip())
        if token is None:
            self._refused()
            raise _TOKEN_NEEDED
        return Caller(
            actor=Actor(
                workspace_id=self._workspace_id,
                staff_id=StaffId(f"token:{token.id}"),
                name=token.name,
                surface=Surface.API,
                rights=_RIGHTS,
            )
        )

    def _refused(self) -> None:
        """Have it recorded that somebody tried; of many in a row, one a minute, lest they fill the record."""
        if monotonic() - self._recorded_at < RECORDED_EACH_SECONDS:
            return
        self._recorded_at = monotonic()
        somebody = Actor(workspace_id=self._workspace_id, staff_id=UNKNOWN, name="", surface=Surface.API)
        self._audit.refused(somebody, "api", why="token-needed")


def caller_of(request: Request) -> Caller:
    """Return who sent a request that came through."""
    caller: Caller = request.scope[_CALLER]
    return caller
