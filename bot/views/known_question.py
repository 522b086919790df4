"""The question whether a contact is somebody on record already: a contact person, or a client (R35)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.client import Client
from bot.domain.ids import ClientId, PersonId
from bot.domain.likeness import Known, Likeness
from bot.domain.person import Person
from bot.views.blocks import MAX_CHECKBOXES, MAX_OPTION, MAX_SELECT_OPTIONS, Choice, Input, Json, cut
from bot.views.form_state import FormState
from bot.views.ids import ActionId, BlockId
from bot.views.metadata import MOST_ASKED_ABOUT, Metadata, opaque_id
from bot.views.sentences import say
from bot.views.wording import SEPARATOR, distinction, phone_text

SOMEBODY_ELSE = "new"


class _Kind(StrEnum):
    PERSON = "p"
    CLIENT = "c"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAnswer:
    """How it was answered: use this person, link this client, or add somebody else anyway."""

    person_id: PersonId | None = None
    client_id: ClientId | None = None
    somebody_else: bool = False


def known_question(known: Sequence[Known]) -> list[Json]:
    """Return the question, or nothing where nobody is alike."""
    if not known:
        return []
    field = Input(
        block_id=BlockId.KNOWN,
        action_id=ActionId.INPUT,
        label=say("question.known"),
        hint=say("question.known_hint"),
        focus=True,
    )
    anyway = Choice(text=say("question.add_anyway"), value=SOMEBODY_ELSE)
    choices = [*map(_choice, known[: MAX_SELECT_OPTIONS - 1]), anyway]
    if len(choices) <= MAX_CHECKBOXES:
        return [field.radio(choices)]
    return [field.select(choices, placeholder=say("find.choose"))]


def asking(metadata: Metadata, known: Sequence[Known]) -> Metadata:
    """Return what the view remembers with whom it asks about, so that adding anyway is about these people."""
    asked = [each.person for each in known[:MOST_ASKED_ABOUT]]
    return replace(
        metadata,
        asked_about=tuple(each.id for each in asked if isinstance(each, Client)),
        asked_people=tuple(each.id for each in asked if isinstance(each, Person)),
    )


def names_a_client(known: Sequence[Known]) -> bool:
    """Say whether one of them would be linked."""
    return any(isinstance(each.person, Client) for each in known)


def _choice(known: Known) -> Choice:
    person = known.person
    alike = say(
        "question.alike", what=", ".join(say(f"alike.{each}") for each in Likeness if each in known.alike_in)
    )
    if isinstance(person, Client):
        key = "question.linked_already" if known.is_related else "question.link_instead"
        value, name = f"{_Kind.CLIENT}.{person.id}", person.display_name
        about = [alike, distinction(person)]
    else:
        key = "question.contact_already" if known.is_related else "question.use_person"
        value, name = f"{_Kind.PERSON}.{person.id}", person.name
        reach = phone_text(person.phones[0]) if person.phones else person.email or ""
        about = [alike, reach, _elsewhere(known)]
    room = MAX_OPTION - len(say(key, name=""))
    return Choice(
        text=say(key, name=cut(name, room)),
        value=value,
        description=SEPARATOR.join(part for part in about if part),
    )


def _elsewhere(known: Known) -> str:
    """Return of how many clients somebody is a contact; who is one here is told apart by that already."""
    if known.is_related:
        return ""
    if known.clients == 1:
        return say("question.contact_of_one")
    return say("question.contact_of_many", count=known.clients)


def read_known(state: FormState) -> KnownAnswer:
    """Return the answer; a question that was not asked has none."""
    kind, _, chosen = (state.chosen(BlockId.KNOWN) or "").partition(".")
    match kind:
        case _Kind.PERSON:
            return KnownAnswer(person_id=PersonId(opaque_id(chosen)))
        case _Kind.CLIENT:
            return KnownAnswer(client_id=ClientId(opaque_id(chosen)))
        case _:
            return KnownAnswer(somebody_else=kind == SOMEBODY_ELSE)
