"""A telephone number of a client or a contact person."""

from dataclasses import dataclass
from enum import StrEnum

MAX_NUMBER_LENGTH = 40
MAX_PHONES = 5
"""How many numbers one person has in a form; no rule of the field, just what fits on a screen."""


class PhoneLabel(StrEnum):
    """What a number is for."""

    MOBILE = "mobile"
    HOME = "home"
    WORK = "work"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """One number: E.164 where it could be parsed, else as typed (R37)."""

    number: str
    label: PhoneLabel = PhoneLabel.MOBILE
