"""Who must not receive a client's mail, whatever else is recorded (R50)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.email import same_block
from bot.domain.ids import ClientId, PersonId, RestrictionId, StaffId

MAX_DOCUMENT_LENGTH = 200
MAX_LIFTING_REASON_LENGTH = 500


class RestrictionClass(StrEnum):
    """Why somebody must not receive. Only those see it who may lift the entry."""

    CLIENT_REQUEST = "client_request"
    COURT_ORDER = "court_order"
    SAFETY = "safety"


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """Whom an entry is about: a contact person, another client, an address.

    One of the three, or a contact person together with the client they became (R2).
    """

    person_id: PersonId | None = None
    client_id: ClientId | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifting:
    """When, by whom and why an entry was lifted; it is never deleted."""

    at: datetime
    by: StaffId
    by_name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MustNotReceive:
    """One entry: somebody, or an address, must not get any mail of one client.

    `present_addresses` are those that the person or client has now, wherever they are recorded: the mail of
    somebody else with the same inbox would reach them too.
    """

    id: RestrictionId
    client_id: ClientId
    barred: Barred
    why: RestrictionClass
    recorded_by: StaffId
    recorded_by_name: str
    recorded_at: datetime
    document: str = ""
    expires_on: date | None = None
    lifting: Lifting | None = None
    present_addresses: tuple[str, ...] = ()
    name: str = ""
    """The present name of the person or client, for those who may see the entry."""

    def counts_on(self, day: date) -> bool:
        """Say whether it holds on a day: not lifted, and its last day has not passed."""
        return self.lifting is None and (self.expires_on is None or day <= self.expires_on)

    def is_about(self, *, person_id: PersonId | None, client_id: ClientId | None) -> bool:
        """Say whether it is about this very person or client."""
        barred = self.barred
        return (person_id is not None and person_id == barred.person_id) or (
            client_id is not None and client_id == barred.client_id
        )

    def is_about_address(self, address: str) -> bool:
        """Say whether mail to an address may reach whom it is about; compared by block equality."""
        known = (self.barred.address, *self.present_addresses)
        return any(same_block(each, address) for each in known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Restrictions:
    """The entries of one client, as of one day."""

    entries: Collection[MustNotReceive] = ()
    day: date

    def bar(
        self,
        address: str | None,
        *,
        person_id: PersonId | None = None,
        client_id: ClientId | None = None,
    ) -> bool:
        """Say whether a person, a client or an address must not receive."""
        return any(
            entry.is_about(person_id=person_id, client_id=client_id)
            or (address is not None and entry.is_about_address(address))
            for entry in self.entries
            if entry.counts_on(self.day)
        )
