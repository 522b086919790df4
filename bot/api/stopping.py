"""The page on which a recipient stops the copies, and the one click of their mail program (RFC 8058).

A page that asks first, because programs that look at the links in a mail must not stop anything by that.
It names nobody: whoever has the link may be anybody.
"""

from html import escape

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from bot.domain.errors import NotFound
from bot.domain.ids import WorkspaceId
from bot.services.services import Services

_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
}
_STYLE = (
    "body{font:1.125rem/1.5 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1.25rem;"
    "color:#1d1c1d;background:#fff}"
    "h1{font-size:1.5rem;margin:0 0 .75rem}"
    "button{font:inherit;font-weight:600;padding:.7rem 1.4rem;border:0;border-radius:.5rem;"
    "background:#0b5c4a;color:#fff;cursor:pointer;margin-top:.5rem}"
    "button:focus-visible{outline:3px solid #1264a3;outline-offset:3px}"
    "@media (prefers-color-scheme:dark){body{color:#eee;background:#1a1d21}button{background:#2f9e83;"
    "color:#06231c}}"
)


def stopping(services: Services, workspace_id: WorkspaceId) -> APIRouter:
    """Return the routes: no token of the practice opens them, only the one in the mail."""
    routes = APIRouter(prefix="/stop", include_in_schema=False)

    @routes.get("/{token}")
    async def ask(token: str) -> HTMLResponse:
        try:
            stopped = await services.unsubscribing.preview(workspace_id, token)
        except NotFound:
            return _unknown()
        if not stopped.recipients:
            return _page("These e-mails are stopped", "You get no more copies. There is nothing left to do.")
        shared = (
            f"This inbox is shared by {len(stopped.recipients)} people on the account: "
            "stopping counts for all of them. "
            if stopped.is_shared_inbox
            else ""
        )
        return _page(
            "Stop these e-mails?",
            f"{shared}You will get no more copies of this person's e-mails at this address. "
            "The practice is told. What was sent already stays with you.",
            ask=True,
        )

    @routes.post("/{token}")
    async def stop(token: str) -> HTMLResponse:
        try:
            await services.unsubscribing.stop(workspace_id, token)
        except NotFound:
            return _unknown()
        return _page(
            "These e-mails are stopped",
            "You get no more copies, and the practice has been told. "
            "If this was a mistake, please call the practice.",
        )

    return routes


def _unknown() -> HTMLResponse:
    return _page(
        "This link does not work",
        "Perhaps it was cut off. Please open it again from the e-mail, or call the practice.",
        status=404,
    )


def _page(title: str, words: str, *, ask: bool = False, status: int = 200) -> HTMLResponse:
    form = '<form method="post"><button type="submit">Stop these e-mails</button></form>' if ask else ""
    return HTMLResponse(
        "<!doctype html>"
        '<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1><p>{escape(words)}</p>{form}</main></body></html>",
        status_code=status,
        headers=_HEADERS,
    )
