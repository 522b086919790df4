"""Which notification e-mails of a client also go to a related person (R20, R29, R51)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.ids import StaffId


class Category(StrEnum):
    """Kinds of notification e-mails that can be shared (R29). Account mail is never among them (R23)."""

    APPOINTMENTS = "appointments"
    PAYMENTS = "payments"
    SUPERBILLS = "superbills"
    FORMS_DOCUMENTS = "forms_documents"
    OTHER = "other"


EVERY_CATEGORY = frozenset(Category)


class Basis(StrEnum):
    """Why the practice may share: asked each time sharing is switched on (R51)."""

    CLIENT_AGREED_VERBALLY = "client_agreed_verbally"
    CLIENT_AGREED_IN_WRITING = "client_agreed_in_writing"
    PARENT_OF_MINOR = "parent_of_minor"
    PERSONAL_REPRESENTATIVE = "personal_representative"
    AUTHORIZATION = "authorization"


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingChoice:
    """What staff chose for one direction: which categories, and on what basis.

    No category means off. An authorization has an expiry date; no other basis needs one.
    """

    categories: frozenset[Category] = frozenset()
    basis: Basis | None = None
    expires_on: date | None = None

    @property
    def is_on(self) -> bool:
        """Say whether anything is shared."""
        return bool(self.categories)


NOT_SHARED = SharingChoice()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """Sharing that is on, in one direction: who recorded it, when, and on what basis."""

    categories: frozenset[Category]
    basis: Basis | None
    expires_on: date | None
    recorded_by: StaffId
    recorded_at: datetime

    @property
    def choice(self) -> SharingChoice:
        """What a form shows of it."""
        return SharingChoice(categories=self.categories, basis=self.basis, expires_on=self.expires_on)

    @property
    def is_everything(self) -> bool:
        """Say whether every category is shared, as the master switch does."""
        return self.categories == EVERY_CATEGORY

    def carries_codes(self) -> bool:
        """Say whether Superbills are among them: they carry diagnosis and service codes (R29)."""
        return Category.SUPERBILLS in self.categories


def likely_bases(*, client_is_minor: bool) -> tuple[Basis, ...]:
    """Return every basis, the likely one first (R51)."""
    if client_is_minor:
        first = Basis.PARENT_OF_MINOR
        return (first, *(basis for basis in Basis if basis is not first))
    return tuple(Basis)
