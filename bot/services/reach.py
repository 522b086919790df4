"""Checking how a person can be reached: e-mail address and telephone numbers (R37)."""

import re
from collections.abc import Iterable

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import PhoneNumberFormat, ValidationResult

from bot.domain.email import MAX_EMAIL_LENGTH
from bot.domain.errors import Field
from bot.domain.folding import digits_of, tidy
from bot.domain.phone import MAX_NUMBER_LENGTH, MAX_PHONES, Phone
from bot.services.findings import Findings
from bot.services.plain_reach import is_plain_address, plain_number

MIN_DIGITS = 3
"""The shortest numbers that exist are service numbers such as 112 and 911."""

_ONLY_A_NUMBER = re.compile(r"[+\N{FULLWIDTH PLUS SIGN}]?[\d\s().\-/\N{EN DASH}\N{NON-BREAKING HYPHEN}]+")


def check_email(address: str | None, findings: Findings) -> str | None:
    """Return the address trimmed and otherwise as typed, or None where there is none; syntax only (R37)."""
    typed = (address or "").strip()
    if not typed or is_plain_address(typed):
        return typed or None
    try:
        validate_email(typed, check_deliverability=False)
    except EmailNotValidError:
        findings.add(Field.EMAIL, "email.invalid")
    else:
        # The library measures the address in its ASCII form, the column in characters.
        if len(typed) > MAX_EMAIL_LENGTH:
            findings.add(Field.EMAIL, "email.invalid")
    return typed


def check_phones(phones: Iterable[Phone], *, region: str, findings: Findings) -> tuple[Phone, ...]:
    """Return the numbers as they are stored: E.164 or as typed, empty ones and repetitions left out."""
    kept: dict[str, Phone] = {}
    for phone in phones:
        number = stored_number(phone.number, region=region)
        if not number or number in kept:
            continue
        if len(number) > MAX_NUMBER_LENGTH:
            findings.add(Field.PHONE, "phone.too_long", max=MAX_NUMBER_LENGTH)
        elif not _is_long_enough(number):
            findings.add(Field.PHONE, "phone.too_short")
        kept[number] = Phone(number=number, label=phone.label)
    if len(kept) > MAX_PHONES:
        findings.add(Field.PHONE, "phone.too_many", max=MAX_PHONES)
    return tuple(kept.values())


def _is_long_enough(number: str) -> bool:
    """Say whether there are enough digits in a number; most are nothing but digits behind their plus."""
    plainly = len(number) > MIN_DIGITS and number[1:].isdecimal()
    return plainly or len(digits_of(number)) >= MIN_DIGITS


def stored_number(typed: str, *, region: str) -> str:
    """Return a number in E.164 where it can be parsed for the region, else tidied as typed (R37).

    As typed stay: what has words in it ("ask for Ana"), an extension (E.164 cannot say it), and a
    local number without its area code (its E.164 form would reach somebody else).
    """
    tidied = tidy(typed)
    if plain := plain_number(tidied, region=region):
        return plain
    if not _ONLY_A_NUMBER.fullmatch(tidied):
        return tidied
    try:
        number = phonenumbers.parse(tidied, region)
    except phonenumbers.NumberParseException:
        return tidied
    if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        return tidied
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
