"""The form in which one of a client's relations is chosen, to share or to remove."""

from bot.domain.family import Family, LinkedClient, Member
from bot.domain.ids import LinkId, RelationId
from bot.views.blocks import MAX_CHECKBOXES, MAX_SELECT_OPTIONS, Choice, Input, Json, context, modal
from bot.views.form_state import FormState
from bot.views.ids import ActionId, BlockId, Purpose, ViewId
from bot.views.metadata import Metadata, opaque_id
from bot.views.sentences import say
from bot.views.wording import SEPARATOR, distinction, phones_text, stated_label


def relation_choice(family: Family, purpose: Purpose) -> Json:
    """Return the form; Slack's select holds a hundred rows, so the card is named for the rest."""
    field = Input(
        block_id=BlockId.RELATION,
        action_id=ActionId.INPUT,
        label=say(f"choose.{purpose}", client=family.client.display_name),
    )
    choices = [_choice(member) for member in family.members]
    if len(choices) <= MAX_CHECKBOXES:
        blocks = [field.radio(choices)]
    else:
        blocks = [field.select(choices, placeholder=say("find.choose"))]
    if len(choices) > MAX_SELECT_OPTIONS:
        blocks.append(context(say("choose.more_on_card", shown=MAX_SELECT_OPTIONS, total=len(choices))))
    return modal(
        callback_id=ViewId.RELATION_CHOOSE,
        title=say(f"choose.title_{purpose}"),
        submit=say("button.continue"),
        close=say("button.cancel"),
        blocks=blocks,
        metadata=Metadata(client_id=family.client.id, purpose=purpose).encode(),
    )


def _choice(member: Member) -> Choice:
    label = stated_label(member.side.label)
    # The line is cut at its end, so what tells namesakes apart stands before words of any length.
    if isinstance(member, LinkedClient):
        about = (say("kind.linked_client"), distinction(member.client), label)
    else:
        reach = phones_text(member.phones[:1]) or member.email or ""
        about = (say("kind.contact"), reach, label)
    return Choice(
        text=member.name, value=member.relation.id, description=SEPARATOR.join(part for part in about if part)
    )


def read_relation_choice(state: FormState) -> RelationId | None:
    """Return the relation that was chosen."""
    chosen = state.chosen(BlockId.RELATION)
    return LinkId(opaque_id(chosen)) if chosen else None
