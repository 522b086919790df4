"""A real Bolt app and one person who acts by what they see: whole stories over the local Slack."""

import asyncio
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from bot.playground.slack import LocalSlack
from tests.impatience import impatient
from tests.person import Desk, Trouble
from tests.playground.slack.a_workspace import (
    ANA,
    BEN,
    FRONT,
    Json,
    asking,
    button,
    home,
    modal,
    mrkdwn,
    option,
    options,
    plain,
    section,
    typed,
)


def entry_form(**fields: object) -> Json:
    """A form with one of nearly everything."""
    return modal(
        asking(typed(action_id="a"), block_id="name", label=plain("Name")),
        asking(
            {"type": "external_select", "action_id": "account", "min_query_length": 2},
            block_id="account",
            label=plain("Account"),
        ),
        asking(
            {
                "type": "radio_buttons",
                "action_id": "a",
                "options": [option("in", "In"), option("out", "Out")],
            },
            block_id="way",
            label=plain("Way"),
        ),
        asking(
            {"type": "checkboxes", "action_id": "a", "options": [option("t", "Taxed"), option("p", "Paid")]},
            block_id="marks",
            label=plain("Marks"),
            optional=True,
        ),
        asking({"type": "datepicker", "action_id": "a"}, block_id="day", label=plain("Day"), optional=True),
        asking({"type": "users_select", "action_id": "a"}, block_id="who", label=plain("Who"), optional=True),
        callback_id="entry",
        **fields,
    )


def opens(bolt: AsyncApp, view: Json) -> None:
    """Let the command open this view."""

    async def open_it(ack: Any, body: Json, client: Any) -> None:  # noqa: ANN401 - Bolt hands untyped things
        await client.views_open(trigger_id=body["trigger_id"], view=view)
        await ack()

    bolt.command("/ledger")(open_it)


def submissions(bolt: AsyncApp, callback_id: str, *answers: Json) -> list[Json]:
    """Ack each submission with the next answer; returns the payloads as they come."""
    bodies: list[Json] = []
    left = list(answers)

    async def submitted(ack: Any, body: Json) -> None:  # noqa: ANN401 - Bolt hands untyped things
        bodies.append(body)
        await ack(**(left.pop(0) if left else {}))

    bolt.view(callback_id)(submitted)
    return bodies


def clicks(bolt: AsyncApp, action_id: str) -> list[Json]:
    """Ack each block_actions; returns the payloads as they come."""
    bodies: list[Json] = []

    async def clicked(ack: Any, body: Json) -> None:  # noqa: ANN401 - Bolt hands untyped things
        bodies.append(body)
        await ack()

    bolt.action(action_id)(clicked)
    return bodies


def suggestions(bolt: AsyncApp, action_id: str, answer: Json) -> list[Json]:
    """Answer each type-ahead alike; returns the payloads as they come."""
    bodies: list[Json] = []

    async def asked(ack: Any, body: Json) -> None:  # noqa: ANN401 - Bolt hands untyped things
        bodies.append(body)
        await ack(**answer)

    bolt.options(action_id)(asked)
    return bodies


ACCOUNTS = {"options": [option("1", "Rent"), option("2", "Repairs") | {"description": plain("of the roof")}]}


async def test_a_form_is_filled_and_sent(bolt: AsyncApp, ana: Desk, slack: LocalSlack) -> None:
    opens(bolt, entry_form())
    asked = suggestions(bolt, "account", ACCOUNTS)
    sent = submissions(bolt, "entry")
    await ana.command("/ledger", channel=FRONT)
    assert ana.modal.title == "Title"
    assert ana.modal.submit == "Save"
    await ana.fill("Name", "Roof")
    assert await ana.search("Account", "r") == [], "less than two letters ask nobody"
    assert asked == []
    assert await ana.search("Account", "re") == ["Rent", "Repairs · of the roof"]
    await ana.pick("Account", "Repairs")
    await ana.choose("Way", "Out")
    await ana.tick("Paid")
    await ana.fill("Day", "2024-02-29")
    await ana.choose("Who", "Ben Okafor")
    assert ana.modal.fields == {
        "Name": "Roof",
        "Account": "Repairs",
        "Way": "Out",
        "Marks": "Paid",
        "Day": "2024-02-29",
        "Who": "Ben Okafor",
    }
    await ana.submit()
    await ana.sees_no_modal()
    (body,) = sent
    values = body["view"]["state"]["values"]
    assert values["name"]["a"] == {"type": "plain_text_input", "value": "Roof"}
    assert values["account"]["account"]["selected_option"]["value"] == "2"
    assert values["account"]["account"]["selected_option"]["text"]["emoji"] is True
    assert values["marks"]["a"]["selected_options"][0]["value"] == "p"
    assert values["day"]["a"] == {"type": "datepicker", "selected_date": "2024-02-29"}
    assert values["who"]["a"] == {"type": "users_select", "selected_user": BEN}
    assert slack.refusals == []


async def test_what_is_required_is_asked_for_before_the_app_hears(bolt: AsyncApp, ana: Desk) -> None:
    opens(bolt, entry_form())
    sent = submissions(bolt, "entry")
    await ana.command("/ledger", channel=FRONT)
    await ana.submit()
    required = "Please complete this required field."
    assert ana.modal.errors == {"Name": required, "Account": required, "Way": required}
    assert required in ana.text
    assert sent == []


async def test_the_payload_of_a_submission(bolt: AsyncApp, ana: Desk) -> None:
    opens(bolt, modal(callback_id="plain", submit=plain("Save"), private_metadata="m"))
    sent = submissions(bolt, "plain")
    await ana.command("/ledger", channel=FRONT)
    await ana.submit()
    (body,) = sent
    assert set(body) == {
        "type",
        "user",
        "api_app_id",
        "token",
        "team",
        "enterprise",
        "is_enterprise_install",
        "trigger_id",
        "view",
        "response_urls",
    }
    assert body["user"] == {"id": ANA, "username": "ana.ruiz", "name": "ana.ruiz", "team_id": "T0KINWARD"}
    assert body["team"] == {"id": "T0KINWARD", "domain": "kinward-playground"}
    assert set(body["view"]) == {
        "id",
        "team_id",
        "type",
        "blocks",
        "private_metadata",
        "callback_id",
        "state",
        "hash",
        "title",
        "clear_on_close",
        "notify_on_close",
        "close",
        "submit",
        "previous_view_id",
        "root_view_id",
        "app_id",
        "external_id",
        "app_installed_team_id",
        "bot_id",
    }


async def test_errors_stand_under_their_fields_and_keep_what_was_typed(bolt: AsyncApp, ana: Desk) -> None:
    form = modal(asking(typed(action_id="a"), block_id="name", label=plain("Name")), callback_id="one")
    opens(bolt, form)
    submissions(bolt, "one", {"response_action": "errors", "errors": {"name": "Too short."}})
    await ana.command("/ledger", channel=FRONT)
    await ana.fill("Name", "x")
    await ana.submit()
    assert ana.modal.errors == {"Name": "Too short."}
    assert ana.modal.fields == {"Name": "x"}
    await ana.submit()
    await ana.sees_no_modal()


UNSOUND_ACKS: list[Json] = [
    {"response_action": "errors", "errors": {"nowhere": "Wrong."}},
    {"response_action": "errors", "errors": {"words": "A section is no input."}},
    {"response_action": "update", "view": home()},
    {"response_action": "update", "view": modal(submit_disabled=True)},
    {"response_action": "push", "view": {"type": "modal"}},
    {"response_action": "dance"},
]


@pytest.mark.parametrize("answer", UNSOUND_ACKS)
async def test_an_unsound_answer_to_a_form_is_trouble_connecting(
    bolt: AsyncApp, ana: Desk, slack: LocalSlack, answer: Json
) -> None:
    opens(bolt, modal(section(block_id="words"), callback_id="one", submit=plain("Save")))
    submissions(bolt, "one", answer)
    await ana.command("/ledger", channel=FRONT)
    with pytest.raises(Trouble, match="trouble connecting"):
        await ana.submit()
    assert ana.has_modal
    assert [refusal.name for refusal in slack.refusals] == ["ack view_submission"]


async def test_an_answer_updates_pushes_and_clears(bolt: AsyncApp, ana: Desk, slack: LocalSlack) -> None:
    def step(number: int) -> Json:
        return modal(section(text=plain(f"Step {number}")), callback_id="steps", submit=plain("Next"))

    opens(bolt, step(1))
    submissions(
        bolt,
        "steps",
        {"response_action": "update", "view": step(2)},
        {"response_action": "push", "view": step(3)},
        {"response_action": "push", "view": step(4)},
        {"response_action": "push", "view": step(5)},
        {"response_action": "clear"},
    )
    await ana.command("/ledger", channel=FRONT)
    depths = []
    for number in range(2, 5):
        await ana.submit()
        await ana.sees(f"Step {number}")
        depths.append(ana.modal.depth)
    assert depths == [1, 2, 3]
    with pytest.raises(Trouble, match="trouble connecting"):
        await ana.submit()
    assert [str(refusal) for refusal in slack.refusals] == ["ack view_submission: push_limit_reached"]
    await ana.submit()
    assert not ana.has_modal


async def test_a_view_that_closes_says_so_where_it_was_asked_to(bolt: AsyncApp, ana: Desk) -> None:
    opens(bolt, modal(callback_id="told", notify_on_close=True))
    closed: list[Json] = []

    async def on_close(ack: Any, body: Json) -> None:  # noqa: ANN401 - Bolt hands untyped things
        closed.append(body)
        await ack()

    bolt.view_closed("told")(on_close)
    await ana.command("/ledger", channel=FRONT)
    await ana.close()
    await ana.command("/ledger", channel=FRONT)
    await ana.close_all()
    assert not ana.has_modal
    assert [body["is_cleared"] for body in closed] == [False, True]
    assert "trigger_id" not in closed[0]


async def test_clear_on_close_closes_the_whole_stack(bolt: AsyncApp, ana: Desk) -> None:
    opens(bolt, modal(callback_id="one", submit=plain("Next")))
    submissions(bolt, "one", {"response_action": "push", "view": modal(clear_on_close=True)})
    await ana.command("/ledger", channel=FRONT)
    await ana.submit()
    assert ana.modal.depth == 2
    await ana.close()
    assert not ana.has_modal


async def test_a_click_in_a_modal_carries_the_view_and_no_channel(bolt: AsyncApp, ana: Desk) -> None:
    row = section(text=plain("Rent"), accessory=button(action_id="press", value="7", style="danger"))
    opens(bolt, modal(row, asking(typed(action_id="a"), block_id="name", label=plain("Name"))))
    bodies = clicks(bolt, "press")
    await ana.command("/ledger", channel=FRONT)
    await ana.fill("Name", "typed")
    await ana.click("Press", row="Rent")
    (body,) = bodies
    assert {"channel", "message", "response_url"}.isdisjoint(body)
    assert body["container"] == {"type": "view", "view_id": body["view"]["id"]}
    assert body["view"]["state"]["values"]["name"]["a"]["value"] == "typed"
    (action,) = body["actions"]
    assert action.pop("action_ts")
    assert action.pop("block_id")
    assert action == {
        "type": "button",
        "action_id": "press",
        "value": "7",
        "style": "danger",
        "text": {"type": "plain_text", "text": "Press", "emoji": True},
    }


async def test_clicks_in_messages(bolt: AsyncApp, ana: Desk, slack: LocalSlack) -> None:
    blocks = [section(text=mrkdwn("Rent &amp; repairs"), accessory=button(action_id="press"))]
    bodies = clicks(bolt, "press")
    await bolt.client.chat_postMessage(channel=FRONT, text="words", blocks=blocks)
    await ana.click_message("Press")
    await bolt.client.chat_postEphemeral(channel=FRONT, user=ANA, text="words", blocks=blocks)
    assert ana.ephemerals() == ["Rent & repairs\nPress"]
    await ana.click_message("Press")
    lasting, passing = bodies
    assert lasting["message"]["text"] == "words"
    assert lasting["channel"] == {"id": FRONT, "name": "front-desk"}
    assert lasting["container"]["is_ephemeral"] is False
    assert "message" not in passing
    assert passing["container"]["is_ephemeral"] is True
    assert all(body["response_url"].startswith(slack.page_url + "actions/") for body in bodies)
    assert all(body["state"] == {"values": {}} for body in bodies)


async def test_a_menu_asks_before_it_acts(bolt: AsyncApp, ana: Desk) -> None:
    dialog = {name: plain(name) for name in ("title", "text", "confirm", "deny")}
    menu = {"type": "overflow", "action_id": "menu", "options": options(2), "confirm": dialog}
    rent = section(text=plain("Rent"), accessory=menu)
    repairs = {"type": "actions", "elements": [{**menu, "confirm": dialog}]}
    name = {"type": "rich_text_section", "elements": [{"type": "text", "text": "Repairs"}]}
    opens(bolt, modal(rent, {"type": "rich_text", "elements": [name]}, repairs))
    bodies = clicks(bolt, "menu")
    await ana.command("/ledger", channel=FRONT)
    assert ana.menu_items("Repairs") == ["option 0", "option 1"]
    with pytest.raises(AssertionError, match="asks for confirmation"):
        await ana.menu("Rent", "option 1")
    await ana.menu("Rent", "option 1", confirm=False)
    assert bodies == []
    await ana.menu("Repairs", "option 1", confirm=True)
    assert bodies[0]["actions"][0]["selected_option"]["value"] == "1"


async def test_an_input_tells_the_app_at_once_when_it_is_asked_to(bolt: AsyncApp, ana: Desk) -> None:
    config = {"trigger_actions_on": ["on_character_entered"]}
    opens(
        bolt,
        modal(
            asking(typed(action_id="quiet"), label=plain("Quiet")),
            asking(typed(action_id="enter"), label=plain("Enter"), dispatch_action=True),
            asking(
                typed(action_id="letters", dispatch_action_config=config),
                label=plain("Letters"),
                dispatch_action=True,
            ),
            asking(
                {"type": "static_select", "action_id": "select", "options": options(2)},
                label=plain("Select"),
                dispatch_action=True,
            ),
        ),
    )
    told = {name: clicks(bolt, name) for name in ("quiet", "enter", "letters", "select")}
    await ana.command("/ledger", channel=FRONT)
    await ana.fill("Quiet", "q")
    await ana.fill("Enter", "e")
    await ana.fill("Letters", "l")
    await ana.choose("Select", "option 1")
    assert {name: len(bodies) for name, bodies in told.items()} == {
        "quiet": 0,
        "enter": 0,
        "letters": 1,
        "select": 1,
    }
    await ana.press_enter("Enter")
    assert told["enter"][0]["actions"][0]["value"] == "e"
    assert told["select"][0]["actions"][0]["selected_option"]["value"] == "1"
    assert told["select"][0]["actions"][0]["type"] == "static_select"


async def test_a_type_ahead_carries_the_view_without_its_values(bolt: AsyncApp, ana: Desk) -> None:
    opens(bolt, entry_form(private_metadata="what it depends on"))
    asked = suggestions(bolt, "account", ACCOUNTS)
    await ana.command("/ledger", channel=FRONT)
    await ana.fill("Name", "typed")
    await ana.search("Account", "re")
    (body,) = asked
    assert {"trigger_id", "response_url", "message", "channel"}.isdisjoint(body)
    assert (body["block_id"], body["action_id"], body["value"]) == ("account", "account", "re")
    assert body["view"]["state"] == {"values": {}}
    assert body["view"]["private_metadata"] == "what it depends on"
    assert ana.modal.fields["Name"] == "typed"


@pytest.mark.parametrize("answer", [{"options": options(101)}, {"options": [option("x" * 151)]}])
async def test_an_unsound_answer_to_a_type_ahead_shows_nothing(
    bolt: AsyncApp, ana: Desk, slack: LocalSlack, answer: Json
) -> None:
    opens(bolt, entry_form())
    suggestions(bolt, "account", answer)
    await ana.command("/ledger", channel=FRONT)
    with pytest.raises(Trouble, match="could not be loaded"):
        await ana.search("Account", "re")
    assert [refusal.error for refusal in slack.refusals] == ["invalid_options"]


async def test_groups_of_options_are_offered_one_after_another(bolt: AsyncApp, ana: Desk) -> None:
    opens(bolt, entry_form())
    groups = [{"label": plain(f"group {number}"), "options": [option(str(number))]} for number in range(2)]
    suggestions(bolt, "account", {"option_groups": groups})
    await ana.command("/ledger", channel=FRONT)
    assert await ana.search("Account", "re") == ["option", "option"]


async def test_who_does_not_ack_leaves_the_person_waiting(
    bolt: AsyncApp, ana: Desk, slack: LocalSlack
) -> None:
    opens(bolt, modal(section(accessory=button(action_id="press")), entry_form()["blocks"][1]))
    stuck = asyncio.Event()

    async def never(ack: Any) -> None:  # noqa: ANN401, ARG001 - Bolt hands arguments by their names
        await stuck.wait()

    bolt.action("press")(never)
    bolt.view("")(never)
    bolt.options("account")(never)
    await ana.command("/ledger", channel=FRONT)
    with impatient(slack), pytest.raises(Trouble, match="did not answer in time"):
        await ana.click("Press")
    with impatient(slack), pytest.raises(Trouble, match="could not be loaded"):
        await ana.search("Account", "re")
    assert [entry.name for entry in slack.traffic.timeouts()] == ["block_actions", "block_suggestion"]
    stuck.set()


async def test_a_command_nobody_handles_times_out(bolt: AsyncApp, ana: Desk, slack: LocalSlack) -> None:
    assert bolt.client is not None
    with impatient(slack), pytest.raises(Trouble, match='/ledger failed with the error "operation_timeout"'):
        await ana.command("/ledger", channel=FRONT)
    with pytest.raises(Trouble, match="/nonsense is not a valid command"):
        await ana.command("/nonsense", channel=FRONT)


async def test_a_command_may_be_answered_in_its_ack(bolt: AsyncApp, ana: Desk, slack: LocalSlack) -> None:
    answers: list[Json] = [
        {"text": "to you"},
        {"text": "to all", "response_type": "in_channel"},
        {"text": "x", "blocks": [section()] * 51},
    ]

    async def answer(ack: Any) -> None:  # noqa: ANN401 - Bolt hands untyped things
        await ack(**answers.pop(0))

    bolt.command("/ledger")(answer)
    await ana.command("/ledger", channel=FRONT)
    await ana.command("/ledger", channel=FRONT)
    assert ana.ephemerals() == ["to you"]
    assert [message.text for message in slack.hub.messages.seen_by(BEN, FRONT)] == ["to all"]
    with pytest.raises(Trouble, match="invalid_command_response"):
        await ana.command("/ledger", channel=FRONT)
    assert slack.refusals[0].error == "invalid_command_response"


async def test_home_and_the_direct_message(bolt: AsyncApp, ana: Desk) -> None:
    async def show(event: Json, client: Any) -> None:  # noqa: ANN401 - Bolt hands untyped things
        await client.views_publish(
            user_id=event["user"], view=home(section(accessory=button(action_id="press")))
        )

    async def echo(event: Json, say: Any) -> None:  # noqa: ANN401 - Bolt hands untyped things
        await say(text="A reply", blocks=[section(text=plain(f"You said {event['text']}"))])

    bolt.event("app_home_opened")(show)
    bolt.event("message")(echo)
    bodies = clicks(bolt, "press")
    await ana.open_home()
    await ana.sees("Press")
    assert ana.home == "text\nPress"
    await ana.click("Press")
    assert bodies[0]["view"]["type"] == "home"
    assert (bodies[0]["view"]["submit"], bodies[0]["view"]["close"]) == (None, None)
    await ana.say_to_app("hello")
    await ana.sees("You said hello")
    assert (ana.dms(), ana.notifications()) == (["You said hello"], ["A reply"])


async def test_what_cannot_be_seen_cannot_be_used(bolt: AsyncApp, slack: LocalSlack) -> None:
    hasty = Desk(slack, ANA, patience=0.01)
    opens(bolt, entry_form())
    await hasty.command("/ledger", channel=FRONT)
    await hasty.sees("Account", timeout=20)
    with pytest.raises(AssertionError, match=r"(?s)field 'Nme'.*Account"):
        await hasty.fill("Nme", "x")
    with pytest.raises(AssertionError, match="button 'Press'"):
        await hasty.click("Press")
    with pytest.raises(AssertionError, match="'Sideways'"):
        await hasty.choose("Way", "Sideways")
    with pytest.raises(AssertionError, match="'nowhere' are not seen"):
        await hasty.sees("nowhere")
    await hasty.tick("Paid")
    with pytest.raises(AssertionError, match="ticked already"):
        await hasty.tick("Paid")
    await hasty.untick("Paid")
    assert hasty.modal.fields["Marks"] == ""


async def test_an_update_keeps_what_was_typed(bolt: AsyncApp, ana: Desk, slack: LocalSlack) -> None:
    form = entry_form()
    opens(bolt, form)
    await ana.command("/ledger", channel=FRONT)
    await ana.fill("Name", "Roof")
    await ana.choose("Way", "In")
    renamed = [{**form["blocks"][2], "block_id": "way again"}]
    (view,) = slack.hub.views.stack(ANA)
    fresh = {**form, "title": plain("Again"), "blocks": [*form["blocks"][:2], *renamed]}
    await bolt.client.views_update(view_id=view["id"], hash=view["hash"], view=fresh)
    await ana.sees("Again")
    assert ana.modal.fields == {"Name": "Roof", "Account": "", "Way": ""}


async def test_a_view_below_the_top_cannot_be_used(bolt: AsyncApp, slack: LocalSlack, ana: Desk) -> None:
    opens(bolt, modal(section(accessory=button(action_id="press")), callback_id="one"))

    async def push(ack: Any, body: Json, client: Any) -> None:  # noqa: ANN401 - Bolt hands untyped things
        await client.views_push(trigger_id=body["trigger_id"], view=modal(section(text=plain("On top"))))
        await ack()

    bolt.action("press")(push)
    await ana.command("/ledger", channel=FRONT)
    await ana.click("Press")
    await ana.sees("On top")
    assert ana.modal.depth == 2
    await ana.close()
    await ana.sees("Press")
    assert slack.refusals == []
