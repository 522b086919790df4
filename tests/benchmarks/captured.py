"""One person's acts at the local Slack, whose payloads are what the benchmarks send."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.payloads import Template
from tests.benchmarks.stand_in import TOLD
from tests.office import FRONT, Office, open_office


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """The payloads of a link, from the command to the form that is sent."""

    command: Template
    """Filled with what follows `/family`."""
    suggestion: Template
    """Filled with what is typed and the client whose form it is."""
    submission: Template
    """Filled with the view, the client, and the other client."""
    form: str
    """The form that the command opens, as JSON."""


async def captured(database_url: str, *, origin: str) -> Captured:
    """Link two clients of an empty database at the local Slack, and return what it sent to the bot.

    Args:
        database_url: the empty database.
        origin: where what the bot tells in answer to a command is to go, under the command's trigger.
    """
    async with open_office(database_url) as office:
        mia = await office.client("Mia", "Lopez", own_id="K-1")
        rosa = await office.client("Rosa", "Lopez", own_id="K-2")
        await _link(office)
        (opened,) = office.slack.traffic.calls("views.open")
        sent = {entry.name: entry.sent for entry in office.slack.traffic.envelopes()}
    submission, command = sent["view_submission"], sent["slash_commands"]
    command = {**command, "response_url": f"{origin}{TOLD}{command['trigger_id']}"}
    # Type-ahead brings no trigger; nothing in it reads like this one.
    return Captured(
        command=_template("slash_commands", command, fills=("link K-1",)),
        suggestion=_template("interactive", sent["block_suggestion"], fills=("lopez ros", mia.id)),
        submission=_template("interactive", submission, fills=(submission["view"]["id"], mia.id, rosa.id)),
        form=json.dumps(opened.sent["view"]),
    )


async def _link(office: Office) -> None:
    ana = office.ana
    await ana.command("/family link K-1", channel=FRONT)
    await ana.sees("Linking another client's account")
    await ana.search("Client", "lopez ros")
    await ana.pick("Client", "Rosa Lopez")
    await ana.sees("Rosa Lopez also gets")
    await ana.choose("Rosa Lopez is the … of Mia Lopez", "mother")
    await ana.submit()
    await ana.sees("Rosa Lopez is now linked")


def _template(kind: str, sent: dict[str, Any], *, fills: Iterable[str]) -> Template:
    return Template(
        kind=kind,
        text=json.dumps(sent),
        user=_user(sent),
        trigger=str(sent.get("trigger_id", "no trigger")),
        fills=tuple(fills),
    )


def _user(sent: dict[str, Any]) -> str:
    user = sent.get("user")
    return str(user["id"] if user else sent["user_id"])
