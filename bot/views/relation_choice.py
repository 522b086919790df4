"""The form in which one of a client's relations is chosen, to share or to remove."""

from collections.abc import Sequence

from bot.domain.family import Family, LinkedClient, Member
from bot.domain.ids import LinkId, RelationId
from bot.views.blocks import MAX_CHECKBOXES, MAX_SELECT_OPTIONS, Choice, Input, Json, modal
from bot.views.client_choice import NOBODY, offered
from bot.views.form_state import FormState
from bot.views.ids import ActionId, BlockId, Purpose, ViewId
from bot.views.metadata import Metadata, opaque_id
from bot.views.sentences import say
from bot.views.wording import SEPARATOR, distinction, phones_text, stated_label

SUGGESTED = 20
"""Rows offered while one types; more are counted, and found by typing on."""


def relation_choice(family: Family, purpose: Purpose) -> Json:
    """Return the form; of more rows than Slack's select holds, one is found by typing."""
    is_searched = len(family.members) > MAX_SELECT_OPTIONS
    field = Input(
        block_id=BlockId.RELATION,
        action_id=ActionId.RELATION_SEARCH if is_searched else ActionId.INPUT,
        label=say(f"choose.{purpose}", client=family.client.display_name),
        hint=say("choose.search_hint", total=len(family.members)) if is_searched else "",
    )
    choices = relation_choices(family.members)
    if is_searched:
        blocks = [field.type_ahead(placeholder=say("choose.search"))]
    elif len(choices) <= MAX_CHECKBOXES:
        blocks = [field.radio(choices)]
    else:
        blocks = [field.select(choices, placeholder=say("find.choose"))]
    return modal(
        callback_id=ViewId.RELATION_CHOOSE,
        title=say(f"choose.title_{purpose}"),
        submit=say("button.continue"),
        close=say("button.cancel"),
        blocks=blocks,
        metadata=Metadata(client_id=family.client.id, purpose=purpose).encode(),
    )


def relation_choices(members: Sequence[Member]) -> list[Choice]:
    """Return rows of an account as options."""
    return [_choice(member) for member in members]


def relation_suggestions(members: Sequence[Member]) -> Json:
    """Return the answer to a type-ahead request over a client's relations."""
    return offered([_choice(member).as_option() for member in members[:SUGGESTED]], total=len(members))


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
    return LinkId(opaque_id(chosen)) if chosen and chosen != NOBODY else None
