"""The form in which a client is found: matches to choose from, and a type-ahead to search again."""

from dataclasses import dataclass

from bot.domain.ids import ClientId
from bot.domain.staff import FULL_READER, Reader
from bot.services.ports import FoundClients
from bot.views.blocks import (
    MAX_CHECKBOXES,
    MAX_SELECT_OPTIONS,
    Input,
    Json,
    actions,
    button,
    context,
    modal,
    section,
)
from bot.views.client_choice import NOBODY, client_choices, total_text
from bot.views.form_state import FormState
from bot.views.ids import ActionId, BlockId, Purpose, ViewId
from bot.views.initials import found_for
from bot.views.metadata import Metadata, opaque_id
from bot.views.sentences import say

MOST_MATCHES = MAX_SELECT_OPTIONS
"""As many matches as a select holds are offered; more are found by typing."""


def find_form(
    purpose: Purpose,
    matches: FoundClients | None = None,
    *,
    reader: Reader = FULL_READER,
    is_anybody_here: bool = True,
) -> Json:
    """Return the form.

    Args:
        purpose: what the client is looked for.
        matches: what the text after the command matched; None when there was no text.
        reader: whom it is made for.
        is_anybody_here: whether the practice has a client at all; else the form says how they get in, and can
            still be searched, for they may come in while it is open.
    """
    matches = found_for(matches, reader) if matches is not None else None
    blocks: list[Json] = [section(say(f"find.purpose.{purpose}"))]
    if not is_anybody_here:
        blocks = [section(say("find.no_clients")), section(say("find.no_clients_import"))]
    elif matches is not None and matches.clients:
        blocks += _matches(matches)
    elif matches is not None:
        blocks.append(section(say("find.nobody" if reader.may_change else "find.nobody_to_see")))
    blocks.append(_search(again=matches is not None, optional=bool(matches and matches.clients)))
    if reader.may_change:
        blocks.append(actions(button(say("find.add_client"), ActionId.CLIENT_NEW_OPEN)))
    return modal(
        callback_id=ViewId.CLIENT_FIND,
        title=say("find.title"),
        submit=say("button.continue"),
        close=say("button.cancel"),
        blocks=blocks,
        metadata=Metadata(purpose=purpose).encode(),
    )


def _matches(matches: FoundClients) -> list[Json]:
    field = Input(
        block_id=BlockId.MATCH,
        action_id=ActionId.INPUT,
        label=say("find.matches", count=total_text(matches.total, is_more=matches.is_more)),
        optional=True,
    )
    choices = client_choices(matches.clients[:MOST_MATCHES], matches.reasons)
    if len(choices) <= MAX_CHECKBOXES:
        chosen = choices[0].value if len(choices) == 1 else None
        return [field.radio(choices, chosen)]
    blocks = [field.select(choices, placeholder=say("find.choose"))]
    if matches.is_more or matches.total > len(choices):
        total = total_text(matches.total, is_more=matches.is_more)
        blocks.append(context(say("find.too_many", shown=len(choices), total=total)))
    return blocks


def _search(*, again: bool, optional: bool) -> Json:
    field = Input(
        block_id=BlockId.SEARCH,
        action_id=ActionId.CLIENT_SEARCH,
        label=say("find.search_again" if again else "find.search"),
        hint=say("picker.hint"),
        optional=optional,
    )
    return field.type_ahead(placeholder=say("picker.placeholder"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FindInput:
    """Whom the form says; the type-ahead wins over the matches, being the later thought."""

    client_id: ClientId | None = None


def read_find(state: FormState) -> FindInput:
    """Return whom the form says."""
    chosen = [state.chosen(BlockId.SEARCH), state.chosen(BlockId.MATCH)]
    found = (ClientId(opaque_id(each)) for each in chosen if each and each != NOBODY)
    return FindInput(client_id=next(found, None))
