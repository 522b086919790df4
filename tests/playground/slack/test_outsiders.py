"""Somebody of another company in a shared channel: what Slack keeps from them, and what it lets them do."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from bot.playground.slack import LocalSlack
from tests.person import Desk, Trouble
from tests.playground.slack.a_workspace import (
    FRONT,
    STRANGER,
    Json,
    asking,
    button,
    modal,
    plain,
    section,
    typed,
)


@pytest.fixture
def stranger(slack: LocalSlack) -> Desk:
    return Desk(slack, STRANGER)


async def test_an_apps_commands_are_not_there_for_them(slack: LocalSlack, stranger: Desk) -> None:
    with pytest.raises(Trouble, match=r"^/ledger is not a valid command"):
        await stranger.command("/ledger", channel=FRONT)
    assert slack.traffic.envelopes() == [], "the app hears nothing of it"


async def test_they_click_and_send_forms_under_the_id_of_their_own_team(
    slack: LocalSlack, stranger: Desk, bolt: AsyncApp
) -> None:
    bodies: list[Json] = []

    async def opened(ack: Any, body: Json, client: Any) -> None:  # noqa: ANN401 - Bolt hands untyped things
        bodies.append(body)
        await ack()
        form = modal(asking(typed(action_id="a"), block_id="b", label=plain("Name")), callback_id="form")
        await client.views_open(trigger_id=body["trigger_id"], view=form)

    async def sent(ack: Any, body: Json, context: Any) -> None:  # noqa: ANN401 - Bolt hands untyped things
        bodies.append(body)
        assert context.team_id == "T0KINWARD", "the workspace where the app is installed"
        await ack()

    bolt.action("open")(opened)
    bolt.view("form")(sent)
    blocks = [section(accessory=button(action_id="open"))]
    slack.hub.post(slack.hub.from_app(FRONT, text="For everybody", blocks=_completed(blocks)))

    await stranger.click_message("Press")
    await stranger.fill("Name", "Sy")
    await stranger.submit()
    await stranger.sees_no_modal()

    click, submission = bodies
    for body in (click, submission):
        assert (body["user"]["id"], body["user"]["team_id"]) == (STRANGER, "T0ELSEWHERE")
        assert body["team"]["id"] == "T0KINWARD"
    assert submission["view"]["app_installed_team_id"] == "T0KINWARD"


def _completed(blocks: list[Json]) -> list[Json]:
    return [{"block_id": "b", **block} for block in blocks]
