"""Whether a payload has the shape that every payload has, looked at before anybody reads in it.

Bolt matches listeners by texts and takes objects apart without a look at what they are: a number in the place
of a command would end in a traceback. Slack sends no such thing; somebody who has got hold of a secret might.
"""

from collections.abc import Iterator, Mapping

_TEXTS = (
    "type",
    "subtype",
    "command",
    "callback_id",
    "action_id",
    "block_id",
    "id",
    "user_id",
    "team_id",
    "enterprise_id",
    "api_app_id",
    "bot_id",
    "app_installed_team_id",
    "trigger_id",
    "response_url",
)
_OBJECTS = ("view", "event", "enterprise", "container", "message", "previous_message")
_OBJECTS_OR_IDS = ("user", "team", "channel")
"""An interaction has an object there, an event often the id alone."""
_LISTS = ("actions", "authorizations")
_DEEPEST = 3
"""Deeper than anything that is read before our own parser reads it."""


def is_well_formed(body: Mapping[str, object]) -> bool:
    """Say whether texts, objects and lists stand where they belong, in the payload and the objects in it."""
    return all(_fits(each) for each in _objects(body)) and _has_a_place(body)


def _objects(body: Mapping[str, object], *, depth: int = _DEEPEST) -> Iterator[Mapping[str, object]]:
    """Yield the payload and what of it is taken apart before our own parser does."""
    yield body
    if depth == 0:
        return
    for name in (*_OBJECTS, *_OBJECTS_OR_IDS):
        within = body.get(name)
        if isinstance(within, Mapping):
            yield from _objects(within, depth=depth - 1)
    for name in _LISTS:
        listed = body.get(name)
        for each in listed if isinstance(listed, list) else ():
            if isinstance(each, Mapping):
                yield from _objects(each, depth=depth - 1)


def _fits(part: Mapping[str, object]) -> bool:
    return (
        all(isinstance(part.get(name), str | None) for name in _TEXTS)
        and all(isinstance(part.get(name), Mapping | None) for name in _OBJECTS)
        and all(isinstance(part.get(name), Mapping | str | None) for name in _OBJECTS_OR_IDS)
        and all(_is_list_of_objects(part.get(name)) for name in _LISTS)
    )


def _is_list_of_objects(value: object) -> bool:
    return value is None or (
        isinstance(value, list) and bool(value) and all(isinstance(each, Mapping) for each in value)
    )


def _has_a_place(body: Mapping[str, object]) -> bool:
    """Say whether it is a command, or has that by which the listener of its type is found."""
    kind = body.get("type")
    if kind == "block_actions":
        actions = body.get("actions")
        return isinstance(actions, list) and all(_has(each, "action_id") for each in actions)
    needed = _FOUND_BY.get(str(kind))
    if needed is None:
        return bool(body.get("command") or kind)
    within, name = needed
    return _has(body.get(within) if within else body, name)


_FOUND_BY = {
    "view_submission": ("view", "callback_id"),
    "view_closed": ("view", "callback_id"),
    "block_suggestion": ("", "action_id"),
    "event_callback": ("event", "type"),
    "shortcut": ("", "callback_id"),
    "message_action": ("", "callback_id"),
}


def _has(part: object, name: str) -> bool:
    return isinstance(part, Mapping) and isinstance(part.get(name), str)
