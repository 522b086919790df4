"""When one direction of sharing may be switched on, and what is recorded of it (R20, R27, R51)."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.client import Client, ClientStatus
from bot.domain.errors import Field
from bot.domain.ids import StaffId
from bot.domain.person import Person
from bot.domain.sharing import Basis, Sharing, SharingChoice
from bot.services.findings import Findings
from bot.services.held import name_of
from bot.services.ports import UnitOfWork
from bot.services.recipients import restrictions_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """One direction: the e-mails of `sender` also go to `recipient`; and the fields that ask for it."""

    sender: Client
    recipient: Client | Person
    present: Sharing | None = None
    switch: Field = Field.SHARING
    basis: Field = Field.BASIS
    expires_on: Field = Field.EXPIRES_ON
    address: Field = Field.SHARING
    """Where a missing address is said: at the e-mail input where the form has one (R27)."""
    has_ended: bool = False
    """The relation's last day has passed: over it nothing is shared any more (R21)."""
    must_not_receive: bool = False
    """The recipient is barred from the sender's mail (R50)."""


async def bars(unit: UnitOfWork, sender: Client, recipient: Client | Person, *, today: date) -> bool:
    """Say whether a recipient must not receive a sender's mail, as a person or by the address (R50)."""
    restrictions = await restrictions_of(unit, sender.id, today=today)
    if isinstance(recipient, Client):
        return restrictions.bar(recipient.email, client_id=recipient.id)
    return restrictions.bar(recipient.email, person_id=recipient.id)


def reverse_direction(
    *,
    sender: Client,
    recipient: Client | Person,
    present: Sharing | None = None,
    has_ended: bool = False,
    must_not_receive: bool = False,
) -> Direction:
    """Return a direction that stands under the form's second set of fields."""
    return Direction(
        sender=sender,
        recipient=recipient,
        present=present,
        switch=Field.REVERSE_SHARING,
        basis=Field.REVERSE_BASIS,
        expires_on=Field.REVERSE_EXPIRES_ON,
        address=Field.REVERSE_SHARING,
        has_ended=has_ended,
        must_not_receive=must_not_receive,
    )


def check_sharing(choice: SharingChoice, direction: Direction, *, today: date, findings: Findings) -> None:
    """Note what stands against the choice.

    Switching off, narrowing and leaving as it is are always possible. Switching on and widening ask for
    a basis each time (R51), for a recipient with an address (R27), and for two people alive.
    """
    if not choice.is_on or is_as_present(choice, direction.present):
        return
    if _adds_mail(choice, direction.present):
        _check_people(direction, findings)
        if choice.basis is None:
            findings.add(direction.basis, "basis.needed")
    if choice.basis is Basis.AUTHORIZATION:
        if choice.expires_on is None:
            findings.add(direction.expires_on, "basis.expiry_needed")
        elif choice.expires_on <= today:
            # On its expiry date an authorization has run out (R55).
            findings.add(direction.expires_on, "basis.expiry_past")


def recorded_sharing(
    choice: SharingChoice, present: Sharing | None, *, by: StaffId, at: datetime
) -> Sharing | None:
    """Return what is stored for a checked choice.

    Who recorded it and when belongs to the basis: it stays where nothing changes, and where less is
    shared on the basis that stands.
    """
    if not choice.is_on:
        return None
    if present is not None and is_as_present(choice, present):
        return present
    keeps_basis = present is not None and (choice.basis is None or _same_basis(choice, present))
    if present is not None and keeps_basis and not _adds_mail(choice, present):
        return Sharing(
            categories=choice.categories,
            basis=present.basis,
            expires_on=present.expires_on,
            recorded_by=present.recorded_by,
            recorded_at=present.recorded_at,
        )
    return Sharing(
        categories=choice.categories,
        basis=choice.basis,
        expires_on=_expiry(choice),
        recorded_by=by,
        recorded_at=at,
    )


def is_as_present(choice: SharingChoice, present: Sharing | None) -> bool:
    """Say whether the choice is what is stored already."""
    if present is None:
        return not choice.is_on
    return choice.categories == present.categories and _same_basis(choice, present)


def _same_basis(choice: SharingChoice, present: Sharing) -> bool:
    return choice.basis is present.basis and _expiry(choice) == present.expires_on


def _expiry(choice: SharingChoice) -> date | None:
    return choice.expires_on if choice.basis is Basis.AUTHORIZATION else None


def _adds_mail(choice: SharingChoice, present: Sharing | None) -> bool:
    return present is None or not choice.categories <= present.categories


def _check_people(direction: Direction, findings: Findings) -> None:
    for person in (direction.sender, direction.recipient):
        if isinstance(person, Client) and person.details.status is ClientStatus.DECEASED:
            findings.add(direction.switch, "sharing.deceased", name=name_of(person))
    if direction.has_ended:
        findings.add(direction.switch, "sharing.ended", name=name_of(direction.recipient))
    if direction.must_not_receive:
        findings.add(direction.switch, "sharing.must_not_receive", name=name_of(direction.recipient))
    if not direction.recipient.email:
        findings.add(direction.address, "sharing.no_address", name=name_of(direction.recipient))
