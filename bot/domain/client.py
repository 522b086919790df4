"""A client: a person the practice sees, as the roster knows them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.email import same_login
from bot.domain.folding import fold
from bot.domain.ids import ClientId, StaffId
from bot.domain.phone import Phone

MAX_NAME_LENGTH = 200
MAX_OWN_ID_LENGTH = 60
MOST_OWNERS = 10


def own_id_equality(own_id: str) -> str:
    """Return the form under which two of the practice's own ids are the same: "K-5" is "k-5"."""
    return own_id.strip().casefold()


class ClientStatus(StrEnum):
    """Where the client stands with the practice."""

    ACTIVE = "active"
    ARCHIVED = "archived"
    DECEASED = "deceased"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientDetails:
    """What staff enter of a client; checked and tidied by the client service."""

    first_name: str = ""
    last_name: str = ""
    preferred_name: str = ""
    own_id: str = ""
    birth_date: date | None = None
    email: str | None = None
    phones: tuple[Phone, ...] = ()
    status: ClientStatus = ClientStatus.ACTIVE
    deceased_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """A member of staff who is responsible for a client, under the name they had when chosen (R44)."""

    id: StaffId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A client as stored; `version` grows with each change and tells two savers apart.

    `mail_opt_out` says that they want no notification e-mails of their own. Those with whom they share
    still receive (R26). Where nobody is among the `owners`, those are responsible whom the settings name.
    """

    id: ClientId
    details: ClientDetails
    version: int = 1
    mail_opt_out: bool = False
    owners: tuple[Owner, ...] = ()

    @property
    def name(self) -> str:
        """First and last name in one, as it is read out."""
        first, last = self.details.first_name, self.details.last_name
        return f"{first} {last}" if first and last else first or last

    @property
    def display_name(self) -> str:
        """The name with the preferred one in brackets, where there is one and it differs."""
        preferred = self.details.preferred_name
        if not preferred or preferred == self.details.first_name:
            return self.name
        return f"{self.name} ({preferred})"

    @property
    def birth_year(self) -> int | None:
        """What tells namesakes apart (R13)."""
        return self.details.birth_date.year if self.details.birth_date else None

    @property
    def email(self) -> str | None:
        """The address that the portal and the notifications use."""
        return self.details.email

    @property
    def phones(self) -> tuple[Phone, ...]:
        """The client's numbers, the first one first."""
        return self.details.phones

    @property
    def is_pickable(self) -> bool:
        """Say whether pickers offer this client: the deceased are not offered (R60)."""
        return self.details.status is not ClientStatus.DECEASED

    def is_minor(self, *, today: date, majority: int = 18) -> bool:
        """Say whether the client is known to be under age; born on 29 February, of age on 1 March (R62)."""
        born = self.details.birth_date
        if born is None:
            return False
        had_birthday = (today.month, today.day) >= (born.month, born.day)
        return today.year - born.year - (0 if had_birthday else 1) < majority

    def shares_login_with(self, other: "Client") -> bool:
        """Say whether one portal login may open both accounts: computed, never stored (R14)."""
        return same_login(self.email, other.email)


def may_be_the_same(client: Client, details: ClientDetails) -> bool:
    """Say whether `details` may describe `client` (R12).

    Same name and birth date, or same e-mail and a similar first name. An equal address with
    another birth date is the ordinary family case and no duplicate.
    """
    theirs = client.details
    both_born = theirs.birth_date is not None and details.birth_date is not None
    if both_born and theirs.birth_date != details.birth_date:
        return False
    same_name = fold(client.name) == fold(f"{details.first_name} {details.last_name}")
    if same_name and (theirs.birth_date == details.birth_date or not both_born):
        return True
    return same_login(theirs.email, details.email) and similar_first_name(
        theirs.first_name, details.first_name
    )


def similar_first_name(one: str, other: str) -> bool:
    """Say whether two first names may be the same person's: equal folded, or one the start of the other."""
    left, right = fold(one), fold(other)
    shorter, longer = sorted((left, right), key=len)
    return bool(shorter) and (left == right or (len(shorter) >= 3 and longer.startswith(shorter)))  # noqa: PLR2004 - "Al" is the start of too many names
