"""The form that asks which entries of the record are shown."""

from bot.domain.client import Client
from bot.domain.errors import Field, InvalidInput, Problem
from bot.domain.history import Kind
from bot.domain.ids import ClientId, StaffId
from bot.domain.staff import FULL_READER, Reader
from bot.views.blocks import Choice, Input, Json, modal
from bot.views.client_choice import NOBODY, client_choice
from bot.views.form_state import FormState, member_of
from bot.views.ids import ActionId, BlockId, ViewId
from bot.views.initials import client_for
from bot.views.metadata import opaque_id
from bot.views.people_fields import person_field
from bot.views.sentences import say
from bot.views.trail_asked import TrailAsked


def trail_form(asked: TrailAsked, client: Client | None = None, *, reader: Reader = FULL_READER) -> Json:
    """Return the form.

    Args:
        asked: what is asked for at present.
        client: the client among that.
        reader: whom it is made for.
    """
    kinds = [Choice(text=say(f"trail.kind_{kind}"), value=kind) for kind in Kind]
    chosen = client_choice(client_for(client, reader)) if client is not None else None
    return modal(
        callback_id=ViewId.TRAIL_FILTER,
        title=say("trail.filter_title"),
        submit=say("trail.show"),
        close=say("button.cancel"),
        blocks=[
            _field(BlockId.TRAIL_KINDS, "kinds").checkboxes(kinds, tuple(asked.kinds)),
            person_field(_field(BlockId.TRAIL_STAFF, "staff"), asked.staff_id),
            _field(BlockId.TRAIL_CLIENT, "client", ActionId.CLIENT_SEARCH).type_ahead(
                chosen, placeholder=say("picker.placeholder")
            ),
            _field(BlockId.TRAIL_SINCE, "since").day(asked.first_day),
            _field(BlockId.TRAIL_UNTIL, "until").day(asked.last_day),
        ],
        metadata=asked.metadata().encode(),
    )


def read_trail(state: FormState) -> TrailAsked:
    """Return what was chosen.

    Raises:
        InvalidInput: the last day is before the first.
        UnreadableMetadataError: what stands for the client is no id.
    """
    kinds = (member_of(Kind, each) for each in state.ticked(BlockId.TRAIL_KINDS))
    staff, client = state.user(BlockId.TRAIL_STAFF), state.chosen(BlockId.TRAIL_CLIENT)
    first, last = state.day(BlockId.TRAIL_SINCE), state.day(BlockId.TRAIL_UNTIL)
    if first is not None and last is not None and last < first:
        raise InvalidInput(Problem(field=Field.LAST_DAY, key="trail.ends_first"))
    return TrailAsked(
        kinds=frozenset(kind for kind in kinds if kind is not None),
        staff_id=StaffId(staff) if staff else None,
        client_id=ClientId(opaque_id(client)) if client and client != NOBODY else None,
        first_day=first,
        last_day=last,
    )


def _field(block_id: BlockId, name: str, action_id: ActionId = ActionId.INPUT) -> Input:
    return Input(block_id=block_id, action_id=action_id, label=say(f"trail.field_{name}"), optional=True)
