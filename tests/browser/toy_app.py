"""A small Bolt app over Socket Mode that answers the page in its tests; it is not the product."""

import json
from collections.abc import Callable

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.slack import LocalSlack
from bot.playground.slack.wire import Json
from tests.browser import toy_views as show

MANIFEST: Json = {
    "display_information": {"name": "Toybox", "description": "Shows each element once"},
    "features": {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": "Toybox"},
        "slash_commands": [
            {
                "command": "/toy",
                "description": "Open one of the toys",
                "usage_hint": "[form|buttons|words|stack|growing]",
            },
            {"command": "/toy-dm", "description": "Send a direct message", "usage_hint": "[anything]"},
            {
                "command": "/family",
                "description": "A client's family and contacts",
                "usage_hint": "[show|link|add] [client]",
            },
        ],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "im:write", "im:history", "users:read"]}},
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened", "message.im"]},
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}

TOYS: dict[str, Callable[[], Json]] = {
    "form": show.every_input,
    "words": show.texts,
    "stack": lambda: show.depth(1),
    "growing": lambda: show.growing(0),
    "narrowing": lambda: show.narrowing(narrow=False),
    "buttons": lambda: show.modal("Buttons", show.buttons("Nothing yet")),
}


class ToyApp:
    """The app and its connection; `submitted` holds each form as it came, `acted` each action."""

    def __init__(self, slack: LocalSlack) -> None:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        self.app = AsyncApp(client=client, process_before_response=True)
        self._handler = AsyncSocketModeHandler(
            self.app,
            slack.app_token,
            web_client=AsyncWebClient(token=slack.app_token, base_url=slack.api_url),
        )
        self.submitted: list[Json] = []
        self.acted: list[Json] = []
        self._listen()

    async def start(self) -> None:
        """Connect."""
        await self._handler.connect_async()  # type: ignore[no-untyped-call]  # slack_bolt leaves it untyped

    async def stop(self) -> None:
        """Disconnect."""
        await self._handler.close_async()  # type: ignore[no-untyped-call]  # slack_bolt leaves it untyped

    def _listen(self) -> None:
        self.app.command("/toy")(self._toy)
        self.app.command("/toy-dm")(self._dm)
        self.app.command("/family")(self._family)
        self.app.view("every")(self._submit_every)
        self.app.view({"type": "view_submission", "callback_id": "depth"})(self._submit)
        self.app.view("growing")(self._submit)
        self.app.options("client")(self._clients)
        self.app.action("push")(self._push)
        self.app.action("grow")(self._grow)
        self.app.action("narrow")(self._narrow)
        self.app.action("typed")(self._grow)
        for name in ("row", "pick", "tick", "day", "add", "stop", "open"):
            self.app.action(name)(self._act)
        self.app.event("app_home_opened")(self._home)
        self.app.event("message")(self._answer)

    async def _toy(self, ack: AsyncAck, command: Json, client: AsyncWebClient) -> None:
        wanted = command.get("text", "")
        if wanted == "silent":
            return
        if wanted == "all":
            await client.chat_postMessage(
                channel=command["channel_id"], text="For all of you", blocks=show.buttons("For all of you")
            )
            await ack()
        elif wanted == "message":
            await ack(text="Buttons for you", blocks=show.buttons("In a message"))
        elif wanted in TOYS:
            await client.views_open(trigger_id=command["trigger_id"], view=TOYS[wanted]())
            await ack()
        else:
            await ack(text=f"You typed: {wanted}")

    async def _dm(self, ack: AsyncAck, command: Json, client: AsyncWebClient) -> None:
        opened = await client.conversations_open(users=command["user_id"])
        channel = str(opened["channel"]["id"])
        await client.chat_postMessage(
            channel=channel, text="A summary", blocks=[show.row_of("Maria López", "maria")]
        )
        await ack()

    async def _family(self, ack: AsyncAck) -> None:
        await ack(text="Only a toy family")

    async def _submit_every(self, ack: AsyncAck, view: Json) -> None:
        values = view["state"]["values"]
        self.submitted.append(values)
        if values["name"]["name"]["value"] == "taken":
            await ack(response_action="errors", errors={"name": "Somebody has this name already."})
        else:
            await ack()

    async def _submit(self, ack: AsyncAck, view: Json) -> None:
        self.submitted.append(view["state"]["values"])
        await ack()

    async def _clients(self, ack: AsyncAck, payload: Json) -> None:
        typed = str(payload["value"]).lower()
        if typed == "late":
            return
        found = [
            show.option(name, key, about)
            for key, (name, about) in show.PEOPLE.items()
            if typed in name.lower()
        ]
        active, other = found[:2], found[2:]
        groups = [("Active", active), ("Others", other)]
        await ack(
            option_groups=[{"label": show.plain(label), "options": some} for label, some in groups if some]
        )

    async def _push(self, ack: AsyncAck, action: Json, body: Json, client: AsyncWebClient) -> None:
        await client.views_push(trigger_id=body["trigger_id"], view=show.depth(int(action["value"]) + 1))
        await ack()

    async def _grow(self, ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        view = body["view"]
        lines = int(view["private_metadata"]) + 1
        await client.views_update(view_id=view["id"], view=show.growing(lines))
        await ack()

    async def _narrow(self, ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await client.views_update(view_id=body["view"]["id"], view=show.narrowing(narrow=True))
        await ack()

    async def _act(
        self, ack: AsyncAck, action: Json, body: Json, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        self.acted.append(action)
        chosen = (
            action.get("selected_option") or action.get("value") or action.get("selected_date") or "several"
        )
        blocks = show.buttons(
            f"Did {action['action_id']}: {chosen if isinstance(chosen, str) else json.dumps(chosen['value'])}"
        )
        if "view" not in body:
            await respond(text="done", blocks=blocks, replace_original=True, delete_original=False)
        elif body["view"]["type"] == "home":
            await client.views_publish(user_id=body["user"]["id"], view={"type": "home", "blocks": blocks})
        else:
            await client.views_update(view_id=body["view"]["id"], view=show.modal("Buttons", blocks))
        await ack()

    async def _home(self, event: Json, client: AsyncWebClient) -> None:
        if event["tab"] == "home" and "view" not in event:
            blocks = [{"type": "header", "text": show.plain("Welcome home")}, *show.buttons("Nothing yet")]
            await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    async def _answer(self, event: Json, client: AsyncWebClient) -> None:
        if "bot_id" not in event:
            await client.chat_postMessage(channel=event["channel"], text=f"You said: {event['text']}")
