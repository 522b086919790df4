"""The part of the page's surface that is about mail, `/ui/mail...`."""

from aiohttp import web

from bot.playground.mail.desk import MailDesk
from bot.playground.slack.acts.outcome import DONE
from bot.playground.slack.hub import Hub
from bot.playground.slack.page_api import acting, looking
from bot.playground.slack.wire import Json

HTML_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-same-origin"
)
"""A mail's HTML runs nothing, loads nothing and leads nowhere; without scripts its origin can do no harm."""


def mail_routes(hub: Hub, desk: MailDesk) -> list[web.RouteDef]:
    """Return the routes, and have every page told of what changes in the mailboxes."""

    async def mail(_hub: Hub, _asked: Json) -> Json:
        return {"mailboxes": desk.mailboxes.to_page(), "kinds": desk.kinds()}

    async def clients(_hub: Hub, asked: Json) -> Json:
        return {"options": await desk.find(str(asked.get("text", "")))}

    async def send(_hub: Hub, asked: Json) -> Json:
        return {"ok": True, **await desk.send(str(asked.get("client", "")), str(asked.get("kind", "")))}

    async def read(_hub: Hub, asked: Json) -> Json:
        desk.mailboxes.read(str(asked.get("inbox", "")))
        return DONE

    async def stop(_hub: Hub, asked: Json) -> Json:
        return {"ok": True, **await desk.stop(str(asked.get("letter", "")))}

    async def html(request: web.Request) -> web.Response:
        letter = desk.mailboxes.letter(request.query.get("id", ""))
        if letter is None or not letter.html:
            raise web.HTTPNotFound(text="there is no such e-mail")
        return web.Response(
            text=f'<!doctype html><meta charset="utf-8">{letter.html}',
            content_type="text/html",
            headers={"Content-Security-Policy": HTML_POLICY, "Referrer-Policy": "no-referrer"},
        )

    def tell() -> None:
        hub.streams.tell_all({"type": "mail"})
        hub.changes.notify()

    desk.mailboxes.on_change = tell
    return [
        web.get("/ui/mail", looking(hub, mail)),
        web.get("/ui/mail/clients", looking(hub, clients)),
        web.get("/ui/mail/html", html),
        web.post("/ui/mail/send", acting(hub, send)),
        web.post("/ui/mail/read", acting(hub, read)),
        web.post("/ui/mail/stop", acting(hub, stop)),
    ]
