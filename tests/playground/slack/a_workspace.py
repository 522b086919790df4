"""A small workspace for the tests of the local Slack, and short ways to write blocks."""

from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

from bot.playground.slack import Channel, Person

Json: TypeAlias = dict[str, Any]

ANA, BEN, GUEST, STRANGER, GONE = "U0ANA", "U0BEN", "U0GUEST", "U0STRANGER", "U0GONE"
FRONT, SECRET, BACK = "C0FRONT", "C0SECRET", "C0BACK"
MANIFEST: Json = {
    "display_information": {"name": "Ledger", "description": "Keeps the ledger"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Ledger"},
        "slash_commands": [{"command": "/ledger", "description": "Open it", "usage_hint": "[page]"}],
    },
    "oauth_config": {
        "scopes": {"bot": ["commands", "chat:write", "im:write", "im:history", "im:read", "users:read"]}
    },
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened", "message.im"]}},
}
PEOPLE = (
    Person(id=ANA, name="ana.ruiz", real_name="Ana Ruiz", title="Front desk", email="ana@example.com"),
    Person(id=BEN, name="ben", real_name="Ben Okafor"),
    Person(id=GUEST, name="gus", real_name="Gus Guest", is_restricted=True, is_ultra_restricted=True),
    Person(id=STRANGER, name="sy", real_name="Sy Stranger", team_id="T0ELSEWHERE", is_stranger=True),
    Person(id=GONE, name="gone", real_name="Gone Person", deleted=True),
)
CHANNELS = (
    Channel(id=FRONT, name="front-desk", members=frozenset({ANA, BEN, GUEST, STRANGER})),
    Channel(id=SECRET, name="secret", is_private=True, members=frozenset({BEN}), app_is_member=False),
    Channel(id=BACK, name="back-office", app_is_member=False),
)


class Hands:
    """A clock whose hands a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


def plain(text: str = "text") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "text") -> Json:
    return {"type": "mrkdwn", "text": text}


def option(value: str = "v", text: str = "option") -> Json:
    return {"text": plain(text), "value": value}


def options(count: int) -> list[Json]:
    return [option(str(number), f"option {number}") for number in range(count)]


def button(**fields: object) -> Json:
    return {"type": "button", "text": plain("Press"), **fields}


def section(**fields: object) -> Json:
    return {"type": "section", "text": plain(), **fields}


def asking(element: Json, **fields: object) -> Json:
    return {"type": "input", "label": plain("Label"), "element": element, **fields}


def typed(**fields: object) -> Json:
    return {"type": "plain_text_input", **fields}


def modal(*blocks: Json, **fields: object) -> Json:
    whole = {"type": "modal", "title": plain("Title"), "blocks": list(blocks), **fields}
    if any(block.get("type") == "input" for block in blocks):
        whole.setdefault("submit", plain("Save"))
    return whole


def home(*blocks: Json, **fields: object) -> Json:
    return {"type": "home", "blocks": list(blocks), **fields}
