"""The form of a client, new or to be edited."""

from collections.abc import Sequence

from bot.domain.client import Client
from bot.views.blocks import Json, context, modal
from bot.views.client_fields import ClientInput, client_fields
from bot.views.ids import ViewId
from bot.views.metadata import MOST_ASKED_ABOUT, Metadata
from bot.views.questions import NO_QUESTIONS, Questions, question_blocks
from bot.views.sentences import say


def new_client_form(given: ClientInput, *, metadata: Metadata, questions: Questions = NO_QUESTIONS) -> Json:
    """Return the form for a new client."""
    asked_about = tuple(client.id for client in questions.duplicates[:MOST_ASKED_ABOUT])
    return modal(
        callback_id=ViewId.CLIENT_NEW,
        title=say("client.new_title"),
        submit=say("button.save"),
        close=say("button.cancel"),
        blocks=[
            *question_blocks(questions),
            *client_fields(given, with_status=False),
            context(say("form.no_notes")),
        ],
        metadata=Metadata(purpose=metadata.purpose, asked_about=asked_about).encode(),
    )


def edit_client_form(
    given: ClientInput,
    *,
    client: Client,
    metadata: Metadata,
    questions: Questions = NO_QUESTIONS,
    above: Sequence[Json] = (),
) -> Json:
    """Return the form of a client who is there already; `above` is what others changed meanwhile."""
    return modal(
        callback_id=ViewId.CLIENT_EDIT,
        title=say("client.edit_title"),
        submit=say("button.save"),
        close=say("button.cancel"),
        blocks=[
            *above,
            *question_blocks(questions),
            context(say("client.edit_about", client=client.display_name)),
            *client_fields(given, with_status=True),
            context(say("form.no_notes")),
        ],
        metadata=metadata.encode(),
    )
