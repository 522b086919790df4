"""The fields of a client, in the form of a client and in the link form for a new one."""

from dataclasses import dataclass

from bot.domain.client import MAX_NAME_LENGTH, MAX_OWN_ID_LENGTH, Client, ClientDetails, ClientStatus
from bot.domain.errors import Field
from bot.views.blocks import Choice, Input, Json
from bot.views.form_state import FormState, member_of
from bot.views.ids import ActionId, BlockId
from bot.views.reach_fields import email_field, phones_field, read_phones, typed_phones
from bot.views.sentences import say
from bot.views.typed_date import read_typed_date


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientInput:
    """What was typed of a client, as typed."""

    first_name: str = ""
    last_name: str = ""
    preferred_name: str = ""
    own_id: str = ""
    birth_date: str = ""
    email: str = ""
    phones: str = ""
    status: ClientStatus = ClientStatus.ACTIVE
    deceased_on: str = ""

    @classmethod
    def of(cls, client: Client) -> "ClientInput":
        """Return the input that shows what is stored."""
        details = client.details
        return cls(
            first_name=details.first_name,
            last_name=details.last_name,
            preferred_name=details.preferred_name,
            own_id=details.own_id,
            birth_date=details.birth_date.isoformat() if details.birth_date else "",
            email=details.email or "",
            phones=typed_phones(details.phones),
            status=details.status,
            deceased_on=details.deceased_on.isoformat() if details.deceased_on else "",
        )

    @property
    def name(self) -> str:
        """The name as far as it is typed."""
        return " ".join(part for part in (self.first_name.strip(), self.last_name.strip()) if part)


def client_fields(given: ClientInput, *, with_status: bool) -> list[Json]:
    """Return the inputs of a client; the status is asked only of one who is there already."""
    blocks = [
        _line(BlockId.FIRST_NAME, "field.first_name").text(given.first_name, most=MAX_NAME_LENGTH),
        _line(BlockId.LAST_NAME, "field.last_name").text(given.last_name, most=MAX_NAME_LENGTH),
        _line(BlockId.PREFERRED_NAME, "field.preferred_name").text(
            given.preferred_name, most=MAX_NAME_LENGTH
        ),
        _line(BlockId.BIRTH_DATE, "field.birth_date", hint="field.date_hint").text(given.birth_date, most=40),
        _line(BlockId.OWN_ID, "field.own_id", hint="field.own_id_hint").text(
            given.own_id, most=MAX_OWN_ID_LENGTH
        ),
        email_field(given.email),
        phones_field(given.phones),
    ]
    if not with_status:
        return blocks
    status = Input(
        block_id=BlockId.STATUS, action_id=ActionId.FORM_CHOICE, label=say("field.status"), dispatch=True
    )
    choices = [Choice(text=say(f"status.{each}"), value=each) for each in ClientStatus]
    blocks.append(status.radio(choices, given.status))
    if given.status is ClientStatus.DECEASED:
        line = _line(BlockId.DECEASED_ON, "field.deceased_on", hint="field.date_hint")
        blocks.append(line.text(given.deceased_on, most=40))
    return blocks


def _line(block_id: BlockId, label: str, *, hint: str | None = None) -> Input:
    return Input(
        block_id=block_id,
        action_id=ActionId.INPUT,
        label=say(label),
        hint=say(hint) if hint else "",
        optional=True,
    )


def read_client(state: FormState) -> ClientInput:
    """Return what was typed."""
    return ClientInput(
        first_name=state.text(BlockId.FIRST_NAME),
        last_name=state.text(BlockId.LAST_NAME),
        preferred_name=state.text(BlockId.PREFERRED_NAME),
        own_id=state.text(BlockId.OWN_ID),
        birth_date=state.text(BlockId.BIRTH_DATE),
        email=state.text(BlockId.EMAIL),
        phones=state.text(BlockId.PHONES),
        status=member_of(ClientStatus, state.chosen(BlockId.STATUS)) or ClientStatus.ACTIVE,
        deceased_on=state.text(BlockId.DECEASED_ON),
    )


def read_client_details(state: FormState) -> ClientDetails:
    """Return the details to be checked and saved.

    Raises:
        InvalidInput: when a date cannot be read.
    """
    typed = read_client(state)
    return ClientDetails(
        first_name=typed.first_name,
        last_name=typed.last_name,
        preferred_name=typed.preferred_name,
        own_id=typed.own_id,
        birth_date=read_typed_date(typed.birth_date, Field.BIRTH_DATE),
        email=typed.email or None,
        phones=read_phones(state),
        status=typed.status,
        deceased_on=read_typed_date(typed.deceased_on, Field.DECEASED_ON),
    )
