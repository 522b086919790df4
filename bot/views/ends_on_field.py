"""The last day of a relation in its edit form (R5)."""

from datetime import date

from bot.views.blocks import Input, Json
from bot.views.form_state import FormState
from bot.views.ids import ActionId, BlockId
from bot.views.sentences import say


def ends_on_field(ends_on: date | None) -> Json:
    """Return the input for the last day; no day means that no end is known."""
    field = Input(
        block_id=BlockId.ENDS_ON,
        action_id=ActionId.INPUT,
        label=say("relation.ends_on"),
        hint=say("relation.ends_on_hint"),
        optional=True,
    )
    return field.day(ends_on)


def read_ends_on(state: FormState) -> date | None:
    """Return the last day, if one was picked."""
    return state.day(BlockId.ENDS_ON)
