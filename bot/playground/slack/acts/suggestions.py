"""A person types into a select whose options come from the app."""

from bot.playground.slack.acks import NotAnsweredError
from bot.playground.slack.acts.outcome import NotPossibleError, failed, interact, person_of, refuse_ack
from bot.playground.slack.acts.surfaces import InView, find_surface
from bot.playground.slack.block_kit import suggestion_problems
from bot.playground.slack.block_kit.completed import completed_suggestion
from bot.playground.slack.hub import Hub
from bot.playground.slack.inputs import find_element
from bot.playground.slack.wire import Json

DEFAULT_MIN_QUERY_LENGTH = 3
NOTHING: Json = {"ok": True, "options": []}
NO_OPTIONS = "The options could not be loaded."


async def suggest(hub: Hub, user: str, *, surface: Json, within: tuple[str, str], value: str) -> Json:
    """Ask the app for options for the element with this block_id and action_id.

    With less typed than the element asks for, the app is not asked at all.
    """
    person = person_of(hub, user)
    place = find_surface(hub, person, surface)
    block_id, action_id = within
    found = find_element(place.blocks, block_id, action_id)
    if found is None or found[1]["type"] != "external_select":
        raise NotPossibleError("There is nothing to search in.")
    if len(value) < found[1].get("min_query_length", DEFAULT_MIN_QUERY_LENGTH):
        return NOTHING
    asked = {"block_id": block_id, "action_id": action_id, "value": value}
    payload = (
        hub.payloads.suggestion_in_view(person, place.view, asked)
        if isinstance(place, InView)
        else hub.payloads.suggestion_in_message(person, place.message, asked)
    )
    try:
        ack = await interact(hub, payload, accepts=True)
    except NotAnsweredError:
        return failed(NO_OPTIONS)
    answer = ack.payload or {}
    problems = suggestion_problems(answer)
    if problems:
        refuse_ack(hub, "block_suggestion", "invalid_options", answer, *map(str, problems))
        return failed(NO_OPTIONS)
    return {"ok": True, **completed_suggestion(answer)}
