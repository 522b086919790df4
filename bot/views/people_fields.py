"""Selects of the people of the workspace; Slack itself offers them, guests among them."""

from collections.abc import Sequence

from bot.views.blocks import MAX_PLACEHOLDER, Input, Json, plain
from bot.views.sentences import say


def person_field(field: Input, chosen: str | None = None) -> Json:
    """Return an input for one person."""
    element: Json = {"type": "users_select", "action_id": field.action_id, **_placeholder("person")}
    if chosen is not None:
        element["initial_user"] = chosen
    return field.around(element)


def people_field(field: Input, chosen: Sequence[str] = (), *, most: int) -> Json:
    """Return an input for several people."""
    element: Json = {
        "type": "multi_users_select",
        "action_id": field.action_id,
        "max_selected_items": most,
        **_placeholder("people"),
    }
    if chosen:
        element["initial_users"] = list(chosen)
    return field.around(element)


def _placeholder(who: str) -> Json:
    return {"placeholder": plain(say(f"picker.{who}"), MAX_PLACEHOLDER)}
