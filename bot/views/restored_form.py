"""A form as the person left it, with sentences above it: nothing that was typed is lost."""

from collections.abc import Mapping, Sequence

from bot.views.blocks import Json, section
from bot.views.form_state import FormState

_WARNING = "restored.warning"

# What a view may carry when it is sent; Slack refuses what the server added (id, hash, state, ...).
_SENT = ("type", "callback_id", "title", "submit", "close", "private_metadata")


def restored_form(view: Mapping[str, object], state: FormState, sentences: Sequence[str]) -> Json:
    """Return a form that was submitted, with the values it was submitted with.

    Args:
        view: the view as Slack sent it back.
        state: what was typed and chosen.
        sentences: what is to be said above the form; what an earlier call said is dropped.
    """
    blocks = view.get("blocks")
    kept = (
        [as_sent(block) for block in blocks if isinstance(block, Mapping)] if isinstance(blocks, list) else []
    )
    warnings = [
        section(f"⚠ {sentence}", block_id=f"{_WARNING}:{number}") for number, sentence in enumerate(sentences)
    ]
    restored = {key: _clean_value(view[key]) for key in _SENT if view.get(key)}
    restored["blocks"] = [
        *warnings,
        *(_filled(block, state) for block in kept if not str(block.get("block_id", "")).startswith(_WARNING)),
    ]
    return restored


def _filled(block: Json, state: FormState) -> Json:
    element = block.get("element")
    if block.get("type") != "input" or not isinstance(element, dict):
        return block
    block_id = str(block.get("block_id", ""))
    bare = {key: value for key, value in element.items() if not key.startswith("initial_")}
    return {**block, "element": {**bare, **_initial(bare, block_id, state)}}


def _initial(element: Mapping[str, object], block_id: str, state: FormState) -> Json:
    match element.get("type"):
        case "plain_text_input" | "email_text_input" | "number_input":
            text = state.text(block_id)
            return {"initial_value": text} if text else {}
        case "datepicker":
            day = state.day(block_id)
            return {"initial_date": day.isoformat()} if day else {}
        case "checkboxes":
            options = [
                option for option in _options(element) if option.get("value") in state.ticked(block_id)
            ]
            return {"initial_options": options} if options else {}
        case "users_select" | "multi_users_select":
            return _initial_people(element, block_id, state)
        case "external_select":
            option = state.option(block_id)
            return {"initial_option": as_sent(option)} if option else {}
        case _:
            chosen = state.chosen(block_id)
            options = [option for option in _options(element) if option.get("value") == chosen]
            return {"initial_option": options[0]} if options else {}


def _initial_people(element: Mapping[str, object], block_id: str, state: FormState) -> Json:
    if element.get("type") == "users_select":
        user = state.user(block_id)
        return {"initial_user": user} if user else {}
    users = state.users(block_id)
    return {"initial_users": list(users)} if users else {}


def _options(element: Mapping[str, object]) -> list[Json]:
    groups = element.get("option_groups")
    if isinstance(groups, list):
        return [option for group in groups for option in group["options"]]
    options = element.get("options")
    return list(options) if isinstance(options, list) else []


def as_sent(block: Mapping[str, object]) -> Json:
    """Return a copy in which plain text is what it was: Slack sends `emoji: true` back."""
    copy = {key: _clean_value(value) for key, value in block.items()}
    if copy.get("type") == "plain_text":
        copy["emoji"] = False
    return copy


def _clean_value(value: object) -> object:
    if isinstance(value, Mapping):
        return as_sent(value)
    return [_clean_value(each) for each in value] if isinstance(value, list) else value
