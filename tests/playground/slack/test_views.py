"""Views: trigger_ids, the stack, hashes, and what Slack adds to what it is sent."""

import pytest

from bot.playground.slack import LocalSlack
from tests.playground.slack.a_workspace import (
    ANA,
    BEN,
    Hands,
    Json,
    asking,
    button,
    home,
    modal,
    plain,
    section,
    typed,
)
from tests.playground.slack.conftest import Call


async def opened(call: Call, slack: LocalSlack, view: Json | None = None) -> Json:
    answer = await call("views.open", trigger_id=slack.hub.triggers.issue(ANA), view=view or modal())
    assert answer["ok"], answer
    shown: Json = answer["view"]
    return shown


async def push(call: Call, slack: LocalSlack, under: Json, view: Json | None = None) -> Json:
    trigger = slack.hub.triggers.issue(ANA, from_view=under["id"])
    return await call("views.push", trigger_id=trigger, view=view or modal())


async def test_a_trigger_id_works_for_three_seconds(call: Call, slack: LocalSlack, hands: Hands) -> None:
    in_time, late = slack.hub.triggers.issue(ANA), slack.hub.triggers.issue(ANA)
    hands.move(seconds=3)
    assert (await call("views.open", trigger_id=in_time, view=modal()))["ok"]
    hands.move(microseconds=1)
    answer = await call("views.open", trigger_id=late, view=modal())
    assert answer == {"ok": False, "error": "expired_trigger_id"}


async def test_a_trigger_id_works_once(call: Call, slack: LocalSlack) -> None:
    trigger = slack.hub.triggers.issue(ANA)
    assert (await call("views.open", trigger_id=trigger, view=modal()))["ok"]
    again = await call("views.open", trigger_id=trigger, view=modal())
    assert again == {"ok": False, "error": "exchanged_trigger_id"}


async def test_a_trigger_id_nobody_gave_out(call: Call) -> None:
    answer = await call("views.open", trigger_id="1.2.three", view=modal())
    assert answer == {"ok": False, "error": "invalid_trigger_id"}


async def test_three_views_lie_on_a_stack_and_no_fourth(call: Call, slack: LocalSlack) -> None:
    first = await opened(call, slack)
    second = (await push(call, slack, first))["view"]
    third = (await push(call, slack, second))["view"]
    assert (await push(call, slack, third)) == {"ok": False, "error": "push_limit_reached"}
    assert [view["id"] for view in slack.hub.views.stack(ANA)] == [first["id"], second["id"], third["id"]]
    assert (second["previous_view_id"], second["root_view_id"]) == (first["id"], first["id"])
    assert (first["previous_view_id"], first["root_view_id"]) == (None, first["id"])


async def test_a_view_is_pushed_only_upon_an_open_one(call: Call, slack: LocalSlack) -> None:
    from_elsewhere = slack.hub.triggers.issue(ANA)
    answer = await call("views.push", trigger_id=from_elsewhere, view=modal())
    assert answer == {"ok": False, "error": "not_found"}
    closed = await opened(call, slack)
    slack.hub.views.drop_all(ANA)
    assert (await push(call, slack, closed)) == {"ok": False, "error": "not_found"}


async def test_an_unsound_view_is_refused_with_slacks_own_body(call: Call, slack: LocalSlack) -> None:
    trigger = slack.hub.triggers.issue(ANA)
    answer = await call("views.open", trigger_id=trigger, view=modal(submit_disabled=True))
    assert answer == {
        "ok": False,
        "error": "invalid_arguments",
        "response_metadata": {
            "messages": [
                "[ERROR] failed to match all allowed schemas [json-pointer:/view]",
                "[ERROR] invalid additional property: submit_disabled [json-pointer:/view]",
            ]
        },
    }
    assert slack.refusals[0].messages[1].endswith("submit_disabled [json-pointer:/view]")


async def test_a_view_may_weigh_a_quarter_of_a_megabyte(call: Call, slack: LocalSlack) -> None:
    heavy = modal(*[section(text=plain("x" * 3000)) for _ in range(80)])
    assert (await opened(call, slack, heavy))["blocks"]
    heavier = modal(*[section(text=plain("x" * 3000)) for _ in range(84)])
    answer = await call("views.open", trigger_id=slack.hub.triggers.issue(ANA), view=heavier)
    assert answer == {"ok": False, "error": "view_too_large"}


async def test_an_external_id_is_taken_while_its_view_is_open(call: Call, slack: LocalSlack) -> None:
    first = await opened(call, slack, modal(external_id="e"))
    answer = await call("views.open", trigger_id=slack.hub.triggers.issue(BEN), view=modal(external_id="e"))
    assert answer == {"ok": False, "error": "duplicate_external_id"}
    found = await call("views.update", external_id="e", view=modal(external_id="e"))
    assert found["view"]["id"] == first["id"]


async def test_an_update_with_an_old_hash_conflicts(call: Call, slack: LocalSlack) -> None:
    view = await opened(call, slack)
    newer = await call("views.update", view_id=view["id"], hash=view["hash"], view=modal(section()))
    assert newer["ok"]
    assert newer["view"]["hash"] != view["hash"]
    stale = await call("views.update", view_id=view["id"], hash=view["hash"], view=modal())
    assert stale == {"ok": False, "error": "hash_conflict"}
    assert (await call("views.update", view_id=view["id"], view=modal()))["ok"]


async def test_a_closed_view_is_not_found(call: Call, slack: LocalSlack) -> None:
    view = await opened(call, slack)
    slack.hub.views.drop(ANA, view["id"])
    answer = await call("views.update", view_id=view["id"], view=modal())
    assert answer == {"ok": False, "error": "not_found"}
    assert (await call("views.update", view=modal()))["error"] == "invalid_arguments"


async def test_home_is_published_and_guarded_by_its_hash(call: Call, slack: LocalSlack) -> None:
    first = (await call("views.publish", user_id=ANA, view=home(section())))["view"]
    again = await call("views.publish", user_id=ANA, hash=first["hash"], view=home())
    assert again["view"]["id"] == first["id"]
    stale = await call("views.publish", user_id=ANA, hash=first["hash"], view=home())
    assert stale == {"ok": False, "error": "hash_conflict"}
    assert (await call("views.publish", user_id="U0NOBODY", view=home()))["error"] == "user_not_found"
    assert (await call("views.publish", user_id=ANA, view=modal()))["error"] == "invalid_arguments"
    assert slack.hub.views.homes[ANA]["blocks"] == []


async def test_slack_adds_ids_emoji_and_defaults(call: Call, slack: LocalSlack) -> None:
    row = {"type": "actions", "elements": [button()]}
    view = await opened(call, slack, modal(asking(typed()), row, section()))
    field, actions, text = view["blocks"]
    assert all(block["block_id"] for block in view["blocks"])
    assert field["element"]["action_id"]
    assert actions["elements"][0]["action_id"]
    assert (field["optional"], field["dispatch_action"]) == (False, False)
    assert text["text"] == {"type": "plain_text", "text": "text", "emoji": True}
    assert view["title"] == {"type": "plain_text", "text": "Title", "emoji": True}
    assert (view["close"], view["private_metadata"], view["callback_id"]) == (None, "", "")
    assert (view["clear_on_close"], view["notify_on_close"]) == (False, False)


async def test_an_emoji_false_stays_false(call: Call, slack: LocalSlack) -> None:
    view = await opened(call, slack, modal(section(text=plain(":wave:") | {"emoji": False})))
    assert view["blocks"][0]["text"]["emoji"] is False


@pytest.mark.parametrize("missing", ["trigger_id", "view"])
async def test_what_views_open_cannot_do_without(call: Call, slack: LocalSlack, missing: str) -> None:
    arguments: Json = {"trigger_id": slack.hub.triggers.issue(ANA), "view": modal()}
    del arguments[missing]
    answer = await call("views.open", **arguments)
    assert answer["response_metadata"]["messages"] == [
        f"[ERROR] missing required field: {missing} [json-pointer:]"
    ]
