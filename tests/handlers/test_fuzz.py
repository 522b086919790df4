"""Some hundred forged payloads, the same at each run: no traceback, no change, no leak."""

import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlencode

import httpx
import pytest

from bot.adapters.slack_door import EVENTS_PATH, SlackDoor
from bot.domain.client import Client
from bot.domain.staff_access import Holder, HolderKind
from bot.domain.staff_role import StaffRole
from bot.playground.practice import GUEST, OUTSIDER, OWNER, VIEWER
from tests.adapters.signed_requests import FORM, SECRET, signed
from tests.app.door import Door, lines, open_door
from tests.handlers.forging import Json, as_somebody, captured, forged
from tests.handlers.test_forged import of_another_workspace

REFUSED_BY_SLACK = (
    "views.open",
    "views.push",
    "views.update",
    "views.publish",
    "users.info",
    "conversations.open",
    "chat.postMessage",
)
"""What is forged has no trigger and no view that Slack would know."""

ELSEWHERE = "Secret"
NAMES = ("Mía", "López", "Rosa")


async def practice(door: Door) -> tuple[Client, Client, list[Json]]:
    """Return a client with a contact, a client of another practice, and captured payloads."""
    mia = await door.client("Mía", "López", own_id="K-1", email="mia@example.com")
    ana = door.ana
    await ana.command("/family add K-1", channel="C0FRONT")
    await ana.fill("First name", "Rosa")
    await ana.fill("Phones", "212 555 0100")
    await ana.submit()
    await ana.sees("Rosa was added")
    await ana.close_all()
    return mia, await of_another_workspace(door), await captured(door)


async def deliver(http: httpx.AsyncClient, payload: Json) -> None:
    """Send a payload as Slack does over HTTP, signed as it would have to be."""
    if "command" in payload:
        body, kind = urlencode({key: str(value) for key, value in payload.items()}, errors="replace"), FORM
    elif "event" in payload:
        body, kind = json.dumps(payload), "application/json"
    else:
        body, kind = urlencode({"payload": json.dumps(payload)}), FORM
    raw = body.encode()
    answer = await http.post(EVENTS_PATH, content=raw, headers=signed(raw, kind=kind))
    assert answer.status_code in (200, 400, 404), payload
    assert ELSEWHERE not in answer.text
    assert "Traceback" not in answer.text


@asynccontextmanager
async def signed_door(door: Door) -> AsyncIterator[httpx.AsyncClient]:
    """Open the door for Slack's signed requests in front of the app."""
    transport = httpx.ASGITransport(app=SlackDoor(door.app.bolt, SECRET))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
        yield http


def alarms(log: io.StringIO) -> list[Json]:
    """Return what somebody would be woken for; whom nobody is called like cannot be told anything."""
    return [
        line
        for line in lines(log)
        if "Traceback" in str(line) or (line["level"] == "error" and line["event"] != "person.untold")
    ]


async def settle(door: Door) -> None:
    await door.app.boundary.finish()
    await door.app.queue.drain()


@pytest.mark.parametrize("seed", [1, 2])
async def test_whatever_is_forged_is_answered_and_nothing_is_broken(
    seed: int, sqlite_url: str, log: io.StringIO
) -> None:
    async with open_door(sqlite_url, refusals=REFUSED_BY_SLACK) as door, signed_door(door) as http:
        mia, secret, payloads = await practice(door)
        for payload in forged(payloads, seed=seed, count=120, strange=(secret.id, mia.id, "U0TEMP")):
            await deliver(http, payload)
        await settle(door)
        assert alarms(log) == []
        assert not any(name in log.getvalue() for name in (*NAMES, ELSEWHERE, "mia@example.com"))
        # Ana may change what is hers to change; whoever and whatever else is as it was.
        assert {entry.by for entry in await door.history(mia.id)} <= {"U0ANA", "U0BEFORE"}
        assert await acts_elsewhere(door, secret) == ["client.added"]
        assert ELSEWHERE not in str(door.slack.hub.views.stack("U0ANA"))


@pytest.mark.parametrize(
    ("user", "team"),
    [
        (GUEST.id, GUEST.team_id),
        (OUTSIDER.id, OUTSIDER.team_id),
        ("U0KINWARDBOT", GUEST.team_id),
        ("U0NOBODY", GUEST.team_id),
        (VIEWER.id, VIEWER.team_id),
    ],
    ids=["guest", "outsider", "bot", "unknown", "viewer"],
)
async def test_who_may_change_nothing_changes_nothing_whatever_they_forge(
    user: str, team: str, sqlite_url: str, log: io.StringIO
) -> None:
    async with open_door(sqlite_url, refusals=REFUSED_BY_SLACK) as door, signed_door(door) as http:
        mia, secret, payloads = await practice(door)
        for holder, roles in ((OWNER, {StaffRole.ADMIN}), (VIEWER, {StaffRole.VIEWER})):
            await door.services.settings.give_roles(
                door.actor, Holder(kind=HolderKind.PERSON, id=holder.id), frozenset(roles)
            )
        before = await door.history(mia.id)
        settings = (await door.services.settings.look(door.actor)).standing
        acting = [as_somebody(payload, user, team) for payload in payloads]
        made = forged(acting, seed=3, count=60, strange=(secret.id, mia.id, "U0TEMP"))
        for payload in [*acting, *(each for each in made if _is_of(each, user))]:
            await deliver(http, payload)
        await settle(door)
        assert await door.history(mia.id) == before
        assert (await door.services.settings.look(door.actor)).standing == settings
        assert alarms(log) == []
        if user != VIEWER.id:
            seen = str([door.slack.hub.views.stack(user), door.slack.hub.views.homes.get(user)])
            assert not any(name in seen for name in NAMES)


def _is_of(payload: Json, user: str) -> bool:
    """Say whether a payload is still somebody's: who it is, Slack vouches for."""
    who = payload.get("user")
    return payload.get("user_id") == user or (isinstance(who, dict) and who.get("id") == user)


async def acts_elsewhere(door: Door, client: Client) -> list[str]:
    actor = door.actor
    other = type(actor)(
        workspace_id=type(actor.workspace_id)("T0OTHER"),
        staff_id=actor.staff_id,
        name="",
        surface=actor.surface,
        rights=actor.rights,
    )
    return [str(entry.act) for entry in await door.services.history.of_client(other, client.id, limit=50)]
