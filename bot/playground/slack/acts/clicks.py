"""A person uses a button, a menu or a select that tells the app at once."""

import copy

from bot.playground.slack.acks import NotAnsweredError
from bot.playground.slack.acts.outcome import DONE, NotPossibleError, interact, person_of, unanswered
from bot.playground.slack.acts.surfaces import InMessage, InView, find_surface
from bot.playground.slack.hub import Hub
from bot.playground.slack.inputs import STATEFUL, find_element, fits
from bot.playground.slack.people import Person
from bot.playground.slack.wire import Json


async def act(hub: Hub, user: str, *, surface: Json, chosen: Json, state: object = None) -> Json:
    """Send a block_actions; answers once the app has acked it, or its three seconds have run out.

    Args:
        hub: the local Slack.
        user: who acts.
        surface: where, as the page describes it.
        chosen: block_id, action_id, and what was chosen under the name Slack gives it.
        state: `state.values` as they stand in the client.
    """
    person = person_of(hub, user)
    place = find_surface(hub, person, surface)
    found = find_element(place.blocks, str(chosen.get("block_id")), str(chosen.get("action_id")))
    if found is None:
        raise NotPossibleError("This is no longer there.")
    block, element = found
    if block["type"] == "input" and not block["dispatch_action"]:
        raise NotPossibleError("This input tells the app nothing before the form is sent.")
    place.report(state)
    action = {
        **_told(place, element, chosen),
        "block_id": block["block_id"],
        "action_ts": hub.timestamps.next(),
    }
    try:
        await interact(hub, _payload(hub, person, place, action), accepts=False)
    except NotAnsweredError as missing:
        return unanswered(missing)
    return DONE


def _told(place: InView | InMessage, element: Json, chosen: Json) -> Json:
    """Describe the action: what the element is, and what was chosen in it."""
    kind, action_id = element["type"], element["action_id"]
    action: Json = {"type": kind, "action_id": action_id}
    if kind == "button":
        named = ("text", "value", "style", "url", "confirm")
        return action | {name: copy.deepcopy(element[name]) for name in named if name in element}
    if kind == "overflow":
        value = (chosen.get("selected_option") or {}).get("value")
        option = next((option for option in element["options"] if option["value"] == value), None)
        if option is None:
            raise NotPossibleError("The menu does not offer this.")
        return action | {"selected_option": copy.deepcopy(option)}
    field = STATEFUL[kind]
    if field.key in chosen and not fits(element, chosen[field.key]):
        raise NotPossibleError("This is not offered.")
    if field.key in chosen:
        entry = {"type": kind, field.key: chosen[field.key]}
        place.report({chosen["block_id"]: {action_id: entry}})
    return action | {field.key: _value_in(place, chosen["block_id"], action_id)[field.key]}


def _value_in(place: InView | InMessage, block_id: str, action_id: str) -> Json:
    values = (
        place.view["state"]["values"] if isinstance(place, InView) else place.message.values_for(place.user)
    )
    entry: Json = copy.deepcopy(values[block_id][action_id])
    return entry


def _payload(hub: Hub, person: Person, place: InView | InMessage, action: Json) -> Json:
    if isinstance(place, InView):
        home = place.view["type"] == "home"
        trigger = hub.triggers.issue(person.id, from_view=None if home else place.view["id"])
        return {**hub.payloads.click_in_view(person, place.view, action), "trigger_id": trigger}
    message = place.message
    url = hub.response_urls.issue(user=person.id, channel=message.channel, message_ts=message.ts)
    return {
        **hub.payloads.click_in_message(person, message, action),
        "trigger_id": hub.triggers.issue(person.id),
        "response_url": f"{hub.origin}/actions/{hub.workspace.team.id}/{url}",
    }


def report_state(hub: Hub, user: str, *, surface: Json, state: object) -> Json:
    """Take what stands in the inputs of a surface, without telling the app."""
    find_surface(hub, person_of(hub, user), surface).report(state)
    hub.changes.notify()
    return DONE
