"""How somebody is reached: e-mail and phones, the same for clients and contact persons."""

import re
from collections.abc import Iterable

from bot.domain.phone import MAX_NUMBER_LENGTH, MAX_PHONES, Phone, PhoneLabel
from bot.views.blocks import Input, Json
from bot.views.form_state import FormState
from bot.views.ids import ActionId, BlockId
from bot.views.sentences import say
from bot.views.wording import phone_number_text

_LABELLED = re.compile(rf"\s*({'|'.join(PhoneLabel)})\b[\s:,.-]*(.+)", re.IGNORECASE)


def email_field(value: str) -> Json:
    """Return the e-mail input; Slack's own e-mail element checks the address while one types."""
    field = Input(block_id=BlockId.EMAIL, action_id=ActionId.INPUT, label=say("field.email"), optional=True)
    return field.email(value)


def phones_field(value: str) -> Json:
    """Return one input for all numbers, a line each: as quick to paste into as to type."""
    field = Input(
        block_id=BlockId.PHONES,
        action_id=ActionId.INPUT,
        label=say("field.phones"),
        hint=say("field.phones_hint"),
        optional=True,
    )
    return field.text(value, multiline=True, most=(MAX_NUMBER_LENGTH + 20) * MAX_PHONES)


def typed_phones(phones: Iterable[Phone]) -> str:
    """Return numbers as the input shows them: what they are for in front, unless it is a mobile."""
    lines = []
    for phone in phones:
        number = phone_number_text(phone.number)
        lines.append(number if phone.label is PhoneLabel.MOBILE else f"{phone.label} {number}")
    return "\n".join(lines)


def read_phones(state: FormState) -> tuple[Phone, ...]:
    """Return the numbers that were typed, unchecked."""
    phones = []
    for line in state.text(BlockId.PHONES).splitlines():
        if not line.strip():
            continue
        labelled = _LABELLED.fullmatch(line)
        if labelled:
            phones.append(Phone(number=labelled[2].strip(), label=PhoneLabel(labelled[1].casefold())))
        else:
            phones.append(Phone(number=line.strip()))
    return tuple(phones)
