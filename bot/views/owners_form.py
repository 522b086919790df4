"""The form in which somebody of the staff is made responsible for a client (R44)."""

from bot.domain.client import MOST_OWNERS, Client
from bot.domain.ids import StaffId
from bot.domain.staff import FULL_READER, Reader
from bot.views.blocks import Input, Json, modal
from bot.views.form_state import FormState
from bot.views.ids import ActionId, BlockId, ViewId
from bot.views.initials import client_for
from bot.views.metadata import Metadata
from bot.views.people_fields import people_field
from bot.views.sentences import say


def owners_form(client: Client, *, page: int = 0, reader: Reader = FULL_READER) -> Json:
    """Return the form; `page` is the page of the card below."""
    field = Input(
        block_id=BlockId.OWNERS,
        action_id=ActionId.INPUT,
        label=say("owners.label", client=client_for(client, reader).display_name),
        hint=say("owners.hint"),
        optional=True,
    )
    return modal(
        callback_id=ViewId.OWNERS,
        title=say("owners.title"),
        submit=say("button.save"),
        close=say("button.cancel"),
        blocks=[people_field(field, [each.id for each in client.owners], most=MOST_OWNERS)],
        metadata=Metadata(client_id=client.id, version=client.version, page=page).encode(),
    )


def read_owners(state: FormState) -> tuple[StaffId, ...]:
    """Return who was chosen."""
    return tuple(map(StaffId, state.users(BlockId.OWNERS)))
