"""Roles a person has toward a client, apart from the relationship (R30, R34).

A grandmother can be the legal guardian: never infer a role from a relationship or from another role.
Being an emergency contact has an order of its own and stands on the side, not here (R33).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MAX_DOCUMENT_LENGTH = 120


class Role(StrEnum):
    """What the person may or must do for the client."""

    LEGAL_GUARDIAN = "legal_guardian"
    GUARDIAN_AD_LITEM = "guardian_ad_litem"
    HEALTHCARE_PROXY = "healthcare_proxy"
    CAREGIVER = "caregiver"
    NEXT_OF_KIN = "next_of_kin"
    PAYER = "payer"


DOCUMENTED_ROLES = frozenset({Role.LEGAL_GUARDIAN, Role.GUARDIAN_AD_LITEM, Role.HEALTHCARE_PROXY})
"""Roles that rest on a paper: they may carry its reference and dates (R30)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleHeld:
    """One role of one person toward one client, with the paper it rests on where there is one.

    Raises:
        ValueError: when a role that rests on no paper carries one, or the dates are in the wrong order.
    """

    role: Role
    document: str = ""
    valid_from: date | None = None
    valid_until: date | None = None

    def __post_init__(self) -> None:
        has_paper = bool(self.document or self.valid_from or self.valid_until)
        if has_paper and self.role not in DOCUMENTED_ROLES:
            raise ValueError("only guardians and proxies carry a document")
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError("a role cannot end before it begins")
