"""The door of the HTTP interface: closed unless the practice has a token."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from bot.domain.errors import StorageUnavailable
from bot.domain.ids import WorkspaceId
from bot.services.services import Services

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
AsgiApp = Callable[[Scope, Receive, Send], Awaitable[None]]

_STOP = "/stop/"
"""The page on which recipients stop their copies is always there: they have their links by mail."""

_CLOSED = b"There is nothing at this address."


class ApiDoor:
    """Answers what is none of Slack's requests.

    The framework behind it takes a while to import, so it is only when somebody has come in.
    """

    def __init__(self, services: Services, workspace_id: WorkspaceId) -> None:
        self._services = services
        self.workspace_id = workspace_id
        self._app: AsgiApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        if scope["type"] != "http":
            return
        if not await self._is_open(str(scope["path"])):
            headers = [
                (b"content-type", b"text/plain; charset=utf-8"),
                (b"content-length", str(len(_CLOSED)).encode()),
            ]
            await send({"type": "http.response.start", "status": 404, "headers": headers})
            await send({"type": "http.response.body", "body": _CLOSED})
            return
        await self._behind()(scope, receive, send)

    async def _is_open(self, path: str) -> bool:
        if path.startswith(_STOP):
            return True
        try:
            return await self._services.api_tokens.any_counts(self.workspace_id)
        except StorageUnavailable:
            # Nobody can say; the app behind will say that the records cannot be reached.
            return True

    def _behind(self) -> AsgiApp:
        if self._app is None:
            from bot.api.app import api_app  # noqa: PLC0415 - see above

            self._app = api_app(self._services, self.workspace_id)
        return self._app
