"""Where the app is shared with other workspaces or installed for an org: who is served, and who is not."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncBoltRequest

from bot.domain.audit import TrailFilter
from bot.domain.errors import DirectoryUnavailable
from bot.domain.history import Kind
from bot.playground.practice import ANA, OUTSIDER, OWNER
from bot.playground.slack import Person
from tests.app.door import Door, open_door
from tests.office import FRONT

Json = dict[str, Any]
REFUSED = "Kinward is for full members of this workspace. Please ask the practice if you need something."
TRY_AGAIN = "Slack did not tell us who you are just now. Please try again in a moment."
OF_THE_ORG = Person(id="W0ORGMEMBER", name="wanda", real_name="Wanda Weber", title="Of the org")


async def send(door: Door, payload: Json) -> Json:
    """Hand a payload to the app, and return what it answers."""
    answer = await door.app.bolt.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=payload))
    await door.app.boundary.finish()
    await door.app.queue.drain()
    return {"status": answer.status, "body": answer.body}


def of_an_org(payload: Json, *, user_team: str) -> Json:
    """Return a payload as Slack writes it where the app is installed for a whole org."""
    return {
        **payload,
        "team": None,
        "is_enterprise_install": True,
        "enterprise": {"id": "E0ORG", "name": "Org"},
        "user": {**payload["user"], "team_id": user_team},
    }


async def card_click(door: Door, person: Person) -> Json:
    """Return a click on a card that is open before Ana, as if this person had made it."""
    hub = door.slack.hub
    await door.client("Mía", "López", own_id="K-1")
    await door.ana.command("/family show K-1", channel=FRONT)
    await door.ana.sees("Edit client")
    action = {"type": "button", "action_id": "client.edit_open", "block_id": "b", "action_ts": "1.0"}
    payload = hub.payloads.click_in_view(person, hub.views.stack(ANA.id)[-1], action)
    return {**payload, "trigger_id": hub.triggers.issue(ANA.id, from_view=payload["view"]["id"])}


@pytest.mark.parametrize("user_team", ["T0KINWARD", "E0ORG"])
async def test_installed_for_an_org_the_team_is_read_where_it_stands(user_team: str, sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        await send(door, of_an_org(await card_click(door, ANA), user_team=user_team))
        await door.ana.sees("You are editing Mía López.")


async def test_somebody_of_the_org_with_an_id_of_its_own_is_served(sqlite_url: str) -> None:
    async with open_door(sqlite_url, people=(OF_THE_ORG,)) as door:
        wanda = door.desk(OF_THE_ORG)
        await wanda.command("/family help", channel=door.slack.hub.workspace.dm_of(OF_THE_ORG.id))
        await wanda.sees("What you can type")


async def test_of_an_org_another_workspaces_people_are_refused(sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        click = of_an_org(await card_click(door, ANA), user_team="T0ELSEWHERE")
        await send(door, click)
        await door.ana.sees(REFUSED)


@pytest.mark.parametrize("place", ["team", "view"])
async def test_a_workspace_that_is_not_served_is_refused(place: str, sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        click = await card_click(door, ANA)
        if place == "team":
            click["team"] = {"id": "T0ELSEWHERE", "domain": "elsewhere"}
            click["view"].pop("app_installed_team_id")
        else:
            click["view"]["app_installed_team_id"] = "T0ELSEWHERE"
        await send(door, click)
        await door.ana.sees(REFUSED)


async def test_an_outsider_who_forges_our_team_is_known_by_slack_all_the_same(sqlite_url: str) -> None:
    async with open_door(sqlite_url, refusals=("views.open", "views.push")) as door:
        click = await card_click(door, OUTSIDER)
        click["user"]["team_id"] = "T0KINWARD"
        await send(door, click)
        assert "Mía" not in str(door.slack.hub.views.stack(OUTSIDER.id))


async def test_when_slack_cannot_be_asked_nobody_gets_in_and_is_told_to_try_again(sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        door.directory.fail(DirectoryUnavailable())
        joan = door.desk(OWNER)
        await joan.command("/family settings", channel=FRONT)
        await joan.sees(TRY_AGAIN)
        assert not joan.has_modal
        await door.services.audit.drain()
        async with door.bot.database.reading(door.bot.workspace_id) as unit:
            refusals = await unit.audit.oldest(TrailFilter(kinds=frozenset({Kind.REFUSAL})), limit=9)
        assert [(each.by, each.subject_id) for each in refusals] == [(OWNER.id, "command settings")]


@pytest.mark.parametrize("kind", ["user_change", "subteam_members_changed", "team_join", "nonsense"])
async def test_an_event_of_any_kind_is_taken_and_lets_nobody_in(kind: str, sqlite_url: str) -> None:
    async with open_door(sqlite_url) as door:
        event = {"type": kind, "user": {"id": OUTSIDER.id}, "subteam_id": "S0TRAINEES", "event_ts": "1.0"}
        answer = await send(door, {"type": "event_callback", "event_id": "Ev1", "event": event})
        assert answer["status"] == 200
        assert not door.slack.hub.views.homes
