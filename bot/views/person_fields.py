"""The fields of a contact person."""

from dataclasses import dataclass

from bot.domain.client import MAX_NAME_LENGTH
from bot.domain.person import Person, PersonDetails
from bot.views.blocks import Input, Json
from bot.views.form_state import FormState
from bot.views.ids import ActionId, BlockId
from bot.views.reach_fields import email_field, phones_field, read_phones, typed_phones
from bot.views.sentences import say

MAX_LANGUAGE_LENGTH = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonInput:
    """What was typed of a contact person, as typed."""

    first_name: str = ""
    last_name: str = ""
    email: str = ""
    phones: str = ""
    language: str = ""

    @classmethod
    def of(cls, person: Person) -> "PersonInput":
        """Return the input that shows what is stored."""
        details = person.details
        return cls(
            first_name=details.first_name,
            last_name=details.last_name,
            email=details.email or "",
            phones=typed_phones(details.phones),
            language=details.language,
        )

    @property
    def name(self) -> str:
        """The name as far as it is typed."""
        return " ".join(part for part in (self.first_name.strip(), self.last_name.strip()) if part)


def name_fields(given: PersonInput) -> list[Json]:
    """Return the inputs of the name."""
    return [
        _line(BlockId.FIRST_NAME, "field.first_name").text(given.first_name, most=MAX_NAME_LENGTH),
        _line(BlockId.LAST_NAME, "field.last_name").text(given.last_name, most=MAX_NAME_LENGTH),
    ]


def reach_fields(given: PersonInput) -> list[Json]:
    """Return the inputs of phones, e-mail and language."""
    return [
        phones_field(given.phones),
        email_field(given.email),
        _line(BlockId.LANGUAGE, "field.language").text(given.language, most=MAX_LANGUAGE_LENGTH),
    ]


def _line(block_id: BlockId, label: str) -> Input:
    return Input(block_id=block_id, action_id=ActionId.INPUT, label=say(label), optional=True)


def read_person(state: FormState) -> PersonInput:
    """Return what was typed."""
    return PersonInput(
        first_name=state.text(BlockId.FIRST_NAME),
        last_name=state.text(BlockId.LAST_NAME),
        email=state.text(BlockId.EMAIL),
        phones=state.text(BlockId.PHONES),
        language=state.text(BlockId.LANGUAGE),
    )


def read_person_details(state: FormState) -> PersonDetails:
    """Return the details to be checked and saved."""
    typed = read_person(state)
    return PersonDetails(
        first_name=typed.first_name,
        last_name=typed.last_name,
        email=typed.email or None,
        phones=read_phones(state),
        language=typed.language,
    )
