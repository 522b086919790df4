"""A person sends a form, or closes it."""

from bot.playground.slack.acks import NotAnsweredError
from bot.playground.slack.acts.outcome import (
    DONE,
    TROUBLE,
    NotPossibleError,
    failed,
    interact,
    person_of,
    refuse_ack,
)
from bot.playground.slack.acts.surfaces import InView, find_view
from bot.playground.slack.hub import Hub
from bot.playground.slack.inputs import complaints
from bot.playground.slack.people import Person
from bot.playground.slack.refused import Refused
from bot.playground.slack.wire import Json


async def submit(hub: Hub, user: str, *, view_id: str, state: object = None) -> Json:
    """Send a form, after the checks of Slack's client, and do what the app's ack says."""
    person = person_of(hub, user)
    view = find_view(hub, person, view_id)
    if view["submit"] is None:
        raise NotPossibleError("This view has nothing to send.")
    InView(view).report(state)
    errors = complaints(view["blocks"], view["state"]["values"])
    if errors:
        return {"ok": False, "errors": errors}
    trigger_id = hub.triggers.issue(user, from_view=view_id)
    payload = {**hub.payloads.submission(person, view), "trigger_id": trigger_id}
    try:
        ack = await interact(hub, payload, accepts=True)
    except NotAnsweredError:
        return failed(TROUBLE)
    try:
        outcome = _answered(hub, person, view, ack.payload or {})
    except Refused as refused:
        refuse_ack(hub, "view_submission", refused.error, ack.payload or {}, *refused.messages)
        return failed(TROUBLE)
    hub.show_views(user)
    return outcome


def _answered(hub: Hub, person: Person, view: Json, body: Json) -> Json:
    """Do what the ack of a view_submission says.

    Raises:
        Refused: Slack cannot do it.
    """
    match body.get("response_action"):
        case None if not body:
            hub.views.drop(person.id, view["id"])
        case "clear":
            _only(body)
            hub.views.drop_all(person.id)
        case "update":
            _only(body, "view")
            hub.views.update(view, body.get("view"))
        case "push":
            _only(body, "view")
            hub.views.push(person.id, body.get("view"))
        case "errors":
            _only(body, "errors")
            return {"ok": False, "errors": _errors(view, body.get("errors"))}
        case unknown:
            raise Refused("invalid_response_action", extra={"response_action": unknown})
    return DONE


def _only(body: Json, *fields: str) -> None:
    if set(body) - {"response_action", *fields}:
        raise Refused("invalid_response_payload")


def _errors(view: Json, errors: object) -> dict[str, str]:
    """Read the errors of a form: each must stand under an input block of this very view."""
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors:
        raise Refused("invalid_errors")
    for block_id, text in errors.items():
        if block_id not in inputs:
            raise Refused("error_block_not_found", extra={"block_id": block_id})
        if not isinstance(text, str) or not text:
            raise Refused("invalid_errors")
    return dict(errors)


async def close(hub: Hub, user: str, *, view_id: str, everything: bool = False) -> Json:
    """Close the view on top, or the whole stack; the app hears of it where it asked to."""
    person = person_of(hub, user)
    view = find_view(hub, person, view_id)
    if view["type"] == "home":
        raise NotPossibleError("Home cannot be closed.")
    cleared = everything or view["clear_on_close"]
    if cleared:
        gone = hub.views.drop_all(user)
    else:
        hub.views.drop(user, view_id)
        gone = [view]
    hub.show_views(user)
    for closed in gone:
        if closed["notify_on_close"]:
            try:
                await interact(hub, hub.payloads.closed(person, closed, is_cleared=cleared), accepts=False)
            except NotAnsweredError:
                # Slack says nothing of it either: the view is gone for the person.
                continue
    return DONE
