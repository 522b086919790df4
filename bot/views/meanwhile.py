"""What others changed while a form was open: said above it; below, what was typed stays (R10, R36).

A field that the person did not touch shows what is stored by now. Slack keeps what stands in an input as long
as its ids stay, so such an input gets another action id; readers go by the block id.
"""

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from bot.domain.ids import ClientId
from bot.services.history import HistoryRow
from bot.views.blocks import Json, context, section
from bot.views.form_state import FormState
from bot.views.history import by_and_at
from bot.views.history_lines import entry_lines, entry_sentence
from bot.views.ids import ANEW
from bot.views.restored_form import as_sent
from bot.views.sentences import say

MOST_TOLD = 5
"""Changes told above a form, the newest; who wants to know more opens the history."""

_BLOCK = "meanwhile.told"


def kept_above(block: Json, key: str) -> Json:
    """Return a block that stays above a form where that is drawn anew."""
    return {**block, "block_id": f"{_BLOCK}:{key}"}


def meanwhile_blocks(rows: Sequence[HistoryRow], client_id: ClientId, zone: tzinfo) -> list[Json]:
    """Return what was changed, by whom and when, in plain words, oldest first.

    Args:
        rows: what was recorded after the form was opened, oldest first.
        client_id: from whose account it is told.
        zone: the practice's time zone.
    """
    blocks = [section(f"⚠ {say('meanwhile.about')}", block_id=f"{_BLOCK}:about")]
    for number, row in enumerate(rows[-MOST_TOLD:]):
        lines = entry_lines(row, client_id) or [entry_sentence(row, client_id)]
        told = context("\n".join((by_and_at(row.entry, zone), *lines)))
        blocks.append({**told, "block_id": f"{_BLOCK}:{number}"})
    if len(rows) > MOST_TOLD:
        more = context(say("list.more", count=len(rows) - MOST_TOLD))
        blocks.append({**more, "block_id": f"{_BLOCK}:more"})
    return blocks


def told_above(view: Mapping[str, object]) -> list[Json]:
    """Return what was said above a form, to say it again where the form is drawn anew."""
    blocks = view.get("blocks")
    return [
        as_sent(block)
        for block in (blocks if isinstance(blocks, list) else [])
        if isinstance(block, Mapping) and str(block.get("block_id", "")).startswith(_BLOCK)
    ]


def shown_anew(view: Json, state: FormState, mark: str) -> Json:
    """Return a form in which inputs show their initial values, also where something else stood before.

    Args:
        view: the form as it is to be seen.
        state: what stands in its inputs until now.
        mark: what tells this drawing of the form from those before: the versions it shows.
    """
    blocks = view["blocks"]
    drawn = [_anew(block, state, mark) for block in blocks] if isinstance(blocks, list) else blocks
    return {**view, "blocks": drawn}


def _anew(block: Json, state: FormState, mark: str) -> Json:
    element = block.get("element")
    if block.get("type") != "input" or not isinstance(element, dict):
        return block
    block_id = str(block.get("block_id", ""))
    if not state.has(block_id) or _initial(element) == _present(element, block_id, state):
        return block
    return {**block, "element": {**element, "action_id": f"{element['action_id']}{ANEW}{mark}"}}


def _initial(element: Mapping[str, object]) -> object:
    match element.get("type"):
        case "plain_text_input" | "email_text_input" | "number_input":
            return element.get("initial_value", "")
        case "datepicker":
            return element.get("initial_date", "")
        case "checkboxes":
            options = element.get("initial_options", [])
            return {option["value"] for option in options} if isinstance(options, list) else set()
        case _:
            option = element.get("initial_option")
            return option.get("value") if isinstance(option, Mapping) else None


def _present(element: Mapping[str, object], block_id: str, state: FormState) -> object:
    match element.get("type"):
        case "plain_text_input" | "email_text_input" | "number_input":
            return state.text(block_id)
        case "datepicker":
            day = state.day(block_id)
            return day.isoformat() if day else ""
        case "checkboxes":
            return set(state.ticked(block_id))
        case _:
            return state.chosen(block_id)
