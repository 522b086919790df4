"""E-mail addresses as the client portal compares them."""

MAX_EMAIL_LENGTH = 254
"""RFC 5321 4.5.3.1.3: a path has 256 octets, two of them its brackets."""


def login_equality(address: str) -> str:
    """Return the form under which two addresses open the same login: trimmed and casefolded (R14)."""
    return address.strip().casefold()


def same_login(one: str | None, other: str | None) -> bool:
    """Say whether two addresses open one login; an absent address equals none (R14)."""
    return bool(one and other) and login_equality(one or "") == login_equality(other or "")
