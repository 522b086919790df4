"""What is stale or forged: a clear sentence, no change, and no alarm in the log."""

import io
import json
from typing import Any

import pytest

from bot.domain.client import Client, ClientDetails
from bot.domain.ids import StaffId, WorkspaceId
from bot.domain.staff import Actor, Surface
from bot.domain.staff_role import EVERY_RIGHT
from tests.app.door import Door, errors, open_door
from tests.office import FRONT
from tests.person import Desk

Json = dict[str, Any]
STALE = "This window is from an earlier version. Please close it and start again with /family."
GONE = "This is no longer there. Somebody may have changed it meanwhile."
USER = "U0ANA"


def top(door: Door) -> Json:
    view: Json = door.slack.hub.views.stack(USER)[-1]
    return view


async def card(door: Door) -> tuple[Desk, Client]:
    mia = await door.client("Mía", "López", own_id="K-1")
    await door.ana.command("/family show K-1", channel=FRONT)
    await door.ana.sees("Edit client")
    return door.ana, mia


async def of_another_workspace(door: Door) -> Client:
    """Add a client of another practice to the same database."""
    workspace_id = WorkspaceId("T0OTHER")
    await door.bot.database.ensure_workspace(workspace_id, "Another practice")
    actor = Actor(
        workspace_id=workspace_id,
        staff_id=StaffId("U0OTHER"),
        name="Other",
        surface=Surface.SLACK_MODAL,
        rights=EVERY_RIGHT,
    )
    saved = await door.services.clients.add(actor, ClientDetails(first_name="Secret", own_id="S-1"))
    return saved.client


async def send(door: Door, payload: Json) -> Json | None:
    """Send a payload as Slack would, and return the body of its ack."""
    hub = door.slack.hub
    payload |= {"trigger_id": hub.triggers.issue(USER, from_view=payload.get("view", {}).get("id"))}
    return (await hub.socket.deliver("interactive", payload, accepts=True)).payload


def click(door: Door, **action: object) -> Json:
    hub = door.slack.hub
    taken = {"type": "button", "action_id": "card.open", "block_id": "b", "action_ts": "1.0", **action}
    return hub.payloads.click_in_view(hub.workspace.people[USER], top(door), taken)


def submission(door: Door) -> Json:
    hub = door.slack.hub
    return hub.payloads.submission(hub.workspace.people[USER], top(door))


def said(ack: Json | None) -> str:
    assert ack is not None
    assert ack["response_action"] == "update"
    return str(ack["view"])


@pytest.mark.parametrize("metadata", ["", "{}", '{"f":0,"client_id":"01J"}', "Mía López", "[" * 2999])
async def test_a_form_of_another_version_is_not_saved(
    metadata: str, sqlite_url: str, log: io.StringIO
) -> None:
    async with open_door(sqlite_url) as door:
        ana, mia = await card(door)
        await ana.click("Edit client")
        await ana.sees("You are editing")
        payload = submission(door)
        payload["view"]["private_metadata"] = metadata
        assert STALE in said(await send(door, payload))
        assert await door.acts(mia.id) == ["client.added"]
        assert not errors(log)
        assert "Mía" not in log.getvalue()


async def test_a_form_of_an_unknown_kind_is_not_saved(sqlite_url: str, log: io.StringIO) -> None:
    async with open_door(sqlite_url) as door:
        ana, _ = await card(door)
        await ana.click("Edit client")
        await ana.sees("You are editing")
        payload = submission(door)
        payload["view"]["callback_id"] = "client.delete_all"
        assert STALE in said(await send(door, payload))
        assert not errors(log)


@pytest.mark.parametrize("action_id", ["client.delete_all", "", "x" * 255, "Mía López"])
async def test_an_unknown_button_does_nothing(action_id: str, sqlite_url: str, log: io.StringIO) -> None:
    async with open_door(sqlite_url) as door:
        ana, mia = await card(door)
        await send(door, click(door, action_id=action_id))
        if action_id:
            await ana.sees(STALE)
        assert await door.acts(mia.id) == ["client.added"]
        assert not errors(log)
        assert "Mía" not in log.getvalue()


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("../../etc", STALE),
        ("x" * 2000, STALE),
        ("Mía", STALE),
        ("A\x00B", STALE),
        ("01J0000000000000000000000Z", GONE),
        ("' OR 1=1", STALE),
    ],
)
async def test_a_button_with_a_forged_id_does_nothing(
    value: str, sentence: str, sqlite_url: str, log: io.StringIO
) -> None:
    async with open_door(sqlite_url) as door:
        ana, _ = await card(door)
        for action_id in ("card.open", "client.edit_open", "link.open", "contact.open", "summary.send"):
            await send(door, click(door, action_id=action_id, value=value))
            await ana.sees(sentence)
            await ana.close()
        assert not errors(log)


async def test_ids_of_another_workspace_lead_nowhere(database_url: str, log: io.StringIO) -> None:
    async with open_door(database_url) as door:
        ana, mia = await card(door)
        secret = await of_another_workspace(door)
        for action_id in ("card.open", "client.edit_open", "link.open", "contact.open", "summary.send"):
            await send(door, click(door, action_id=action_id, value=secret.id))
            await ana.sees(GONE)
            await ana.close()
        await ana.click("Edit client")
        await ana.sees("You are editing")
        payload = submission(door)
        payload["view"]["private_metadata"] = json.dumps({"f": 1, "client_id": secret.id, "version": 1})
        assert GONE in said(await send(door, payload))
        await ana.close()
        await ana.click("Link a client")
        await ana.sees("Linking another client's account")
        assert await ana.search("Client", "secret") == []
        payload = submission(door)
        chosen = {"text": {"type": "plain_text", "text": "x"}, "value": secret.id}
        payload["view"]["state"]["values"]["link.other"]["client.search_other"]["selected_option"] = chosen
        ack = await send(door, payload)
        assert ack == {
            "response_action": "errors",
            "errors": {"link.other": "Choose a client from the list."},
        }
        assert await door.acts(mia.id) == ["client.added"]
        assert not errors(log)
        assert not ana.dms()


async def test_a_row_that_is_none_of_the_cards_does_nothing(sqlite_url: str, log: io.StringIO) -> None:
    async with open_door(sqlite_url) as door:
        ana, _ = await card(door)
        for block_id, sentence in (
            ("member:", STALE),
            ("", STALE),
            ("member:../x", STALE),
            ("member:01J0000000000000000000000Z", GONE),
        ):
            option = {"text": {"type": "plain_text", "text": "x"}, "value": "remove"}
            act = click(
                door, type="overflow", action_id="member.menu", block_id=block_id, selected_option=option
            )
            await send(door, act)
            await ana.sees(sentence)
            await ana.close()
        assert not errors(log)


async def test_a_menu_item_that_is_not_offered_does_nothing(sqlite_url: str, log: io.StringIO) -> None:
    async with open_door(sqlite_url) as door:
        ana, _ = await card(door)
        await ana.click("Add a contact")
        await ana.fill("First name", "Rosa")
        await ana.fill("Phones", "212 555 0100")
        await ana.submit()
        await ana.sees("Rosa was added")
        (row,) = [block for block in top(door)["blocks"] if block["block_id"].startswith("member:")]
        option = {"text": {"type": "plain_text", "text": "x"}, "value": "promote"}
        act = click(
            door,
            type="overflow",
            action_id="member.menu",
            block_id=row["block_id"],
            selected_option=option,
        )
        await send(door, act)
        await ana.sees(STALE)
        assert not errors(log)


@pytest.mark.parametrize("state", [{}, {"name.first": None}, {"name.first": {"a": {"value": 7}}}, [], None])
async def test_a_form_without_its_values_is_answered(
    state: object, sqlite_url: str, log: io.StringIO
) -> None:
    async with open_door(sqlite_url) as door:
        await door.ana.command("/family client new", channel=FRONT)
        await door.ana.sees("First name")
        payload = submission(door)
        payload["view"]["state"] = {"values": state}
        ack = await send(door, payload)
        assert ack == {
            "response_action": "errors",
            "errors": {"name.first": "Enter a first or a last name."},
        }
        assert not errors(log)


async def test_values_of_any_size_are_answered(database_url: str, log: io.StringIO) -> None:
    async with open_door(database_url) as door:
        await door.ana.command("/family client new", channel=FRONT)
        await door.ana.sees("First name")
        payload = submission(door)
        values = payload["view"]["state"]["values"]
        for block in values.values():
            for entry in block.values():
                entry["value"] = "x" * 3000
        ack = await send(door, payload)
        assert ack is not None
        assert set(ack["errors"]) == {"client.birth_date"}
        payload["view"]["state"]["values"]["client.birth_date"]["form.input"]["value"] = "1984-03-31"
        ack = await send(door, payload)
        assert ack is not None
        assert ack["errors"]["name.first"] == "At most 200 characters, please."
        assert set(ack["errors"]) == {
            "name.first",
            "name.last",
            "name.preferred",
            "client.own_id",
            "reach.email",
            "reach.phones",
        }
        assert not errors(log)


@pytest.mark.parametrize(
    "text", ["\x00", "\ud800", "%", "_" * 3000, "x " * 1500, "'; DROP TABLE clients; --"]
)
async def test_any_text_after_a_command_is_searched_for(
    text: str, database_url: str, log: io.StringIO
) -> None:
    async with open_door(database_url) as door:
        await door.client("Mía", "López", own_id="K-1")
        await door.ana.command(f"/family show Q{text}", channel=FRONT)
        await door.ana.sees("Nobody was found for what you typed.")
        assert not errors(log)


@pytest.mark.parametrize("name", ["A\x00B", "A\ud800B", "A\u202eB\u200d"])
async def test_any_name_is_saved_or_refused_without_an_alarm(
    name: str, database_url: str, log: io.StringIO
) -> None:
    async with open_door(database_url) as door:
        await door.ana.command("/family client new", channel=FRONT)
        await door.ana.sees("First name")
        payload = submission(door)
        payload["view"]["state"]["values"]["name.first"]["form.input"]["value"] = name
        ack = await send(door, payload)
        assert ack is not None
        assert "was added." in str(ack)
        assert not errors(log)


async def test_a_payload_that_lacks_what_every_payload_has_is_acked(
    sqlite_url: str, log: io.StringIO
) -> None:
    async with open_door(sqlite_url) as door:
        await card(door)
        nobody = click(door) | {"user": {}}
        assert await send(door, nobody) is None
        nothing = click(door, action_id="card.open", value=7) | {"view": {"id": "V1"}}
        assert await send(door, nothing) is None
        assert not errors(log)
