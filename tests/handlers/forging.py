"""Real payloads, captured, and what somebody might make of them: other types, sizes, ids, people, nothing."""

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

from bot.playground.practice import ANA, OWNER
from bot.playground.slack.people import TEAM_ID
from tests.app.door import Door
from tests.office import FRONT

Json = dict[str, Any]
Path = tuple[str | int, ...]

TEXTS = (
    "",
    " ",
    "\x00",
    "\ud800",
    "\u202eevil",
    "{}",
    "[" * 2999,
    "' OR 1=1 --",
    "../../etc/passwd",
    "<script>",
    "%s%n",
    "x" * 4000,
    "01J0000000000000000000000Z",
    "T0ELSEWHERE",
    "E0ORG",
    "U0TEMP",
    "U0OUT",
    "USLACKBOT",
    "W0NOBODY",
    '{"f":1}',
    '{"f":1,"client_id":7,"version":"x","purpose":"x","page":-1,"holder_kind":"god"}',
    "client.edit",
    "settings.roles",
    "setup.start",
    "card.reveal",
    "member.menu",
    "change.undo",
    "settings.open",
)
VALUES: tuple[object, ...] = (
    None,
    True,
    False,
    0,
    -1,
    2**63,
    1.5,
    [],
    {},
    [None],
    [[]],
    {"a": {}},
    [1] * 500,
)


async def captured(door: Door) -> list[Json]:
    """Capture a payload of each kind, as the local Slack sends them of somebody at work."""
    hub = door.slack.hub
    ana, person = door.ana, hub.workspace.people[ANA.id]
    found = [hub.payloads.command(person, FRONT, command="/family", text=text) for text in COMMANDS]
    for payload in found:
        payload |= {"trigger_id": "1.1.a", "response_url": f"{hub.origin}/no/such/place"}

    def top() -> Json:
        view: Json = hub.views.stack(ANA.id)[-1]
        return view

    def click(action_id: str, **more: object) -> Json:
        action = {"type": "button", "action_id": action_id, "block_id": "b", "action_ts": "1.0", **more}
        return hub.payloads.click_in_view(person, top(), action)

    await ana.command("/family show K-1", channel=FRONT)
    await ana.sees("Edit client")
    row = next(block["block_id"] for block in top()["blocks"] if block["block_id"].startswith("member:"))
    chosen = {"text": {"type": "plain_text", "text": "x"}, "value": "remove"}
    buttons = ("client.edit_open", "client.owners_open", "link.open", "summary.send", "history.open")
    found += [click(each) for each in buttons]
    found.append(click("member.menu", type="overflow", block_id=row, selected_option=chosen))
    await ana.click("Edit client")
    await ana.sees("You are editing")
    found += [hub.payloads.submission(person, top()), click("form.choice", block_id="client.status")]
    await ana.close()
    await ana.click("Link a client")
    await ana.sees("Linking another client's account")
    found.append(hub.payloads.submission(person, top()))
    asked = {"action_id": "client.search_other", "block_id": "link.other", "value": "m"}
    found.append(hub.payloads.suggestion_in_view(person, top(), asked))
    await ana.close_all()
    await ana.open_home()
    await ana.sees("Find a client")
    home = hub.views.homes[ANA.id]
    opened = {"type": "button", "action_id": "client.find_open", "block_id": "b", "action_ts": "1.0"}
    found.append(hub.payloads.click_in_view(person, home, opened))
    found.append(hub.payloads.home_opened(person, home=home, ts="1.0"))
    found.append(hub.payloads.person_changed(person, ts="1.0"))
    found += await _of_the_settings(door)
    return [json.loads(json.dumps(payload)) for payload in found]


async def _of_the_settings(door: Door) -> list[Json]:
    """Capture what an admin sends: clicks, a menu, a form and searches in the settings."""
    hub, joan, person = door.slack.hub, door.desk(OWNER), OWNER
    found: list[Json] = []

    def top() -> Json:
        view: Json = hub.views.stack(OWNER.id)[-1]
        return view

    def click(action_id: str, **more: object) -> None:
        action = {"type": "button", "action_id": action_id, "block_id": "b", "action_ts": "1.0", **more}
        found.append(hub.payloads.click_in_view(person, top(), action))

    await joan.command("/family settings", channel=FRONT)
    await joan.sees("Who may do what")
    for each in ("settings.display_open", "settings.default_role_open", "settings.group_open", "trail.open"):
        click(each)
    chosen = {"text": {"type": "plain_text", "text": "x"}, "value": "take"}
    click("holder.menu", type="overflow", block_id="holder:person:U0ANA", selected_option=chosen)
    await joan.click("Change", row="Name: not given")
    await joan.sees("Record kept for")
    found.append(hub.payloads.submission(person, top()))
    for action_id, block_id in (("zone.search", "practice.zone"), ("group.search", "staff.group")):
        asked = {"action_id": action_id, "block_id": block_id, "value": "t"}
        found.append(hub.payloads.suggestion_in_view(person, top(), asked))
    await joan.close_all()
    return found


COMMANDS = ("show K-1", "link K-1", "client edit K-1", "summary K-1", "help", "settings", "")


def forged(payloads: list[Json], *, seed: int, count: int, strange: tuple[str, ...]) -> Iterator[Json]:
    """Yield so many payloads with one to three places of them changed.

    Args:
        payloads: what they are made of.
        seed: the same one gives the same payloads.
        count: how many.
        strange: ids that belong to somebody else, to be put anywhere.
    """
    chance = random.Random(seed)  # noqa: S311 - nothing is kept secret by it
    for _ in range(count):
        payload = copy.deepcopy(chance.choice(payloads))
        for _ in range(chance.randint(1, 3)):
            places = list(_places(payload))
            if places:
                _spoil(payload, chance.choice(places), chance, strange)
        # Slack gives each its own, and what was delivered before is not even looked at again.
        if "trigger_id" in payload or payload.get("type") == "block_actions":
            payload["trigger_id"] = f"{chance.random()}"
        yield payload


def _places(value: object, path: Path = ()) -> Iterator[Path]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield (*path, key)
            yield from _places(each, (*path, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield (*path, number)
            yield from _places(each, (*path, number))


def _spoil(payload: Json, path: Path, chance: random.Random, strange: tuple[str, ...]) -> None:
    within: Any = payload
    for step in path[:-1]:
        within = within[step]
    last = path[-1]
    match chance.randrange(5):
        case 0:
            del within[last]
        case 1:
            within[last] = chance.choice(TEXTS)
        case 2:
            within[last] = copy.deepcopy(chance.choice(VALUES))
        case 3:
            within[last] = chance.choice(strange)
        case _:
            within[last] = _metadata(chance, strange) if last == "private_metadata" else [within[last]]


def _metadata(chance: random.Random, strange: tuple[str, ...]) -> str:
    fields = (
        "client_id",
        "relation_id",
        "person_id",
        "version",
        "page",
        "purpose",
        "holder_id",
        "asked_about",
    )
    told: Json = {"f": 1}
    for field in chance.sample(fields, 3):
        told[field] = chance.choice((*strange, *TEXTS, 1, -1, None, [chance.choice(strange)]))
    return json.dumps(told)


def as_somebody(payload: Json, user: str, team: str = TEAM_ID) -> Json:
    """Return a payload as if somebody else had sent it."""
    other = copy.deepcopy(payload)
    if "user_id" in other:
        other["user_id"] = user
    if isinstance(other.get("user"), dict):
        other["user"] |= {"id": user, "team_id": team}
    if isinstance(other.get("event"), dict):
        other["event"]["user"] = user
    return other
