"""A contact person: anyone associated with a client who is not a client (R2)."""

from dataclasses import dataclass

from bot.domain.ids import PersonId
from bot.domain.phone import Phone

MAX_LANGUAGE_LENGTH = 60
"""Room for "Spanish, and some Mixtec", as staff would note it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDetails:
    """What staff enter of a contact person; at least a name, and a phone or an e-mail (R30)."""

    first_name: str = ""
    last_name: str = ""
    email: str | None = None
    phones: tuple[Phone, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A contact person as stored; one person may be a contact of several clients (R36)."""

    id: PersonId
    details: PersonDetails
    version: int = 1

    @property
    def name(self) -> str:
        """First and last name in one, as it is read out."""
        return " ".join(part for part in (self.details.first_name, self.details.last_name) if part)

    @property
    def email(self) -> str | None:
        """Where a copy of a shared e-mail would go."""
        return self.details.email

    @property
    def phones(self) -> tuple[Phone, ...]:
        """The person's numbers, the first one first."""
        return self.details.phones
