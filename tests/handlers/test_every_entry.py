"""Every way in, tried by every kind of outsider: one plain sentence, a line on record, and nothing else."""

import json
from dataclasses import replace
from typing import Any

import pytest
from slack_bolt.async_app import AsyncBoltRequest

from bot.domain.audit import TrailFilter
from bot.domain.history import Act, HistoryEntry, Kind
from bot.domain.person import PersonDetails
from bot.domain.relationship_choice import RelationshipChoice
from bot.playground.practice import ANA
from bot.playground.slack.acts.membership import change_person
from tests.app.door import Door, open_door
from tests.handlers.forging import as_somebody, captured

Json = dict[str, Any]
REFUSED = "Kinward is for full members of this workspace. Please ask the practice if you need something."
REFUSED_BY_SLACK = ("views.open", "views.push", "views.update", "conversations.open", "users.info")
"""Forged clicks have triggers of nobody; whoever has left gets no direct message."""

OUTSIDERS: dict[str, Json] = {
    "guest": {"is_restricted": True},
    "single-channel guest": {"is_restricted": True, "is_ultra_restricted": True},
    "stranger": {"is_stranger": True},
    "other workspace": {"team_id": "T0ELSEWHERE"},
    "bot": {"is_bot": True},
    "deactivated": {"deleted": True},
}
UNSERVED = "T0ELSEWHERE"


async def entries(door: Door) -> tuple[HistoryEntry, ...]:
    """Return the refusals, oldest first."""
    await door.app.boundary.finish()
    await door.app.queue.drain()
    await door.services.audit.drain()
    async with door.bot.database.reading(door.bot.workspace_id) as unit:
        return await unit.audit.oldest(TrailFilter(kinds=frozenset({Kind.REFUSAL})), limit=999)


async def send(door: Door, payload: Json) -> str:
    """Hand a payload in, and return what it is answered at once."""
    answer = await door.app.bolt.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=payload))
    assert answer.status == 200
    return answer.body


def _is_told_by_slack(payload: Json) -> bool:
    return bool(payload.get("event", {}).get("type") == "user_change")


def _anew(payload: Json, number: int) -> Json:
    """Return a payload with marks of its own: what was delivered before is not looked at again."""
    if "event" in payload:
        return {**payload, "event_id": f"Ev{number}"}
    return {**payload, "trigger_id": f"{number}.1.a"} if "trigger_id" in payload else payload


def from_elsewhere(payload: Json) -> Json:
    """Return a payload of a workspace that has the app, and is not served."""
    there: Json = json.loads(json.dumps(payload))
    if "command" in there or "event" in there:
        return {**there, "team_id": UNSERVED}
    there["team"] = {"id": UNSERVED, "domain": "elsewhere"}
    if "view" in there:
        there["view"] |= {"app_installed_team_id": UNSERVED, "team_id": UNSERVED}
    return there


@pytest.mark.parametrize("kind", [*OUTSIDERS, "unserved workspace"])
async def test_whoever_does_not_belong_gets_nowhere_at_any_entry(kind: str, sqlite_url: str) -> None:
    async with open_door(sqlite_url, refusals=REFUSED_BY_SLACK) as door:
        mia = await door.client("Mía", "López", own_id="K-1", email="mia@example.com")
        await door.services.relationships.add_contact(
            door.actor,
            client_id=mia.id,
            person=PersonDetails(first_name="Rosa", email="rosa@example.org"),
            relationship=RelationshipChoice(),
        )
        # That somebody has changed is what Slack tells, and nobody's act.
        payloads = [each for each in await captured(door) if not _is_told_by_slack(each)]
        before, settings = await door.history(mia.id), await door.services.settings.look(door.actor)
        earlier = len(await entries(door))
        if kind in OUTSIDERS:
            became = replace(ANA, **OUTSIDERS[kind])
            await change_person(door.slack.hub, became)
            tried = [as_somebody(each, ANA.id, became.team_id) for each in payloads]
        else:
            tried = [from_elsewhere(as_somebody(each, ANA.id)) for each in payloads]
        answers = [await send(door, _anew(each, number)) for number, each in enumerate(tried)]
        refusals = (await entries(door))[earlier:]

        # Each attempt is on record with its way in, and each answer that is seen says the one sentence.
        assert [entry.by for entry in refusals] == [ANA.id] * len(tried)
        assert {entry.act for entry in refusals} == {Act.ACCESS_REFUSED}
        assert {str((entry.after or {})["why"]) for entry in refusals} == {"error.not_allowed"}
        ways = {entry.subject_id.partition(" ")[0] for entry in refusals}
        assert ways == {"command", "action", "submission", "suggestion", "home_opened"}
        for payload, answer in zip(tried, answers, strict=True):
            assert "López" not in answer
            if payload.get("type") == "view_submission":
                assert REFUSED in answer
            if payload.get("type") == "block_suggestion":
                assert json.loads(answer) == {"options": []}
        assert await door.history(mia.id) == before
        assert (await door.services.settings.look(door.actor)).standing == settings.standing
