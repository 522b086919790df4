"""Opaque ids: ULIDs, which sort by the time they were made and so keep database indexes compact."""

from ulid import ULID


def new_ulid() -> str:
    """Return a new id of 26 letters and digits."""
    return str(ULID())
