"""The form in which a contact becomes a client: the client's fields, filled in with what is known (R2)."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.client import Client
from bot.domain.family import ContactPerson
from bot.domain.kinship import MAX_OWN_WORD_LENGTH, Kinship
from bot.domain.person import Person
from bot.views.blocks import Input, Json, context, modal
from bot.views.client_fields import ClientInput, client_fields
from bot.views.form_state import FormState
from bot.views.ids import ActionId, BlockId, ViewId
from bot.views.metadata import MOST_ASKED_ABOUT, Metadata
from bot.views.questions import NO_QUESTIONS, Questions, question_blocks
from bot.views.reach_fields import typed_phones
from bot.views.sentences import say
from bot.views.wording import names_of


def client_input_of(person: Person) -> ClientInput:
    """Return the client's input as far as the contact person's details fill it in."""
    details = person.details
    return ClientInput(
        first_name=details.first_name,
        last_name=details.last_name,
        email=details.email or "",
        phones=typed_phones(details.phones),
    )


def become_form(
    given: ClientInput,
    *,
    client: Client,
    contact: ContactPerson,
    other_clients: int,
    metadata: Metadata,
    inverse_words: str = "",
    questions: Questions = NO_QUESTIONS,
    above: Sequence[Json] = (),
) -> Json:
    """Return the form; other clients who have the contact are counted and not named (R36).

    `above` is what is said first: what others changed meanwhile.
    """
    name, related = names_of(client, contact)
    blocks = [
        *above,
        *question_blocks(questions),
        context(say("become.about", name=related, client=name)),
        *client_fields(given, with_status=False),
    ]
    if contact.side.label.kinship is Kinship.OTHER:
        words = Input(
            block_id=BlockId.INVERSE_WORDS,
            action_id=ActionId.INPUT,
            label=say("relationship.own_words", other=name, client=related),
        )
        blocks.append(words.text(inverse_words, most=MAX_OWN_WORD_LENGTH))
    if other_clients:
        blocks.append(context(say("become.other_clients", name=related, count=other_clients)))
    if contact.person.details.language:
        blocks.append(context(say("become.language", language=contact.person.details.language)))
    blocks.append(context(say("link.changes_nothing_else")))
    return modal(
        callback_id=ViewId.CONTACT_BECOME,
        title=say("become.title"),
        submit=say("become.submit"),
        close=say("button.cancel"),
        blocks=blocks,
        metadata=replace(
            metadata, asked_about=tuple(each.id for each in questions.duplicates[:MOST_ASKED_ABOUT])
        ).encode(),
    )


def read_inverse_words(state: FormState) -> str:
    """Return what was typed for the other side."""
    return state.text(BlockId.INVERSE_WORDS)
