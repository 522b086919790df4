"""Whether the key of the audit trail is kept where it should be. Nothing is made by looking."""

from bot.checks.finding import Finding, State
from storage.address import DatabaseAddress
from storage.trail.files import TrailFiles

_WHAT = "Audit key"


def check_audit_key(url: str, *, is_given: bool) -> Finding:
    """Look at where the key comes from.

    Args:
        url: the address of the database.
        is_given: whether KINWARD_AUDIT_KEY is set.
    """
    if is_given:
        return Finding(what=_WHAT, state=State.GOOD, told="set in KINWARD_AUDIT_KEY; keep a copy of it")
    address = DatabaseAddress.parse(url)
    file = TrailFiles.of(address).key
    place = file.absolute()
    kept = f"kept in {place}" if file.exists() else f"will be made, and kept in {place}"
    if address.path is None:
        here = f"the key is kept in {place}" if file.exists() else f"a key will be made and kept in {place}"
        told = (
            f"KINWARD_AUDIT_KEY is not set, so {here}. Another machine on the same database would "
            "make another key, and be refused: set KINWARD_AUDIT_KEY to the same on all of them."
        )
        return Finding(what=_WHAT, state=State.NOTE, told=told)
    told = f"{kept}; back it up apart from the database"
    return Finding(what=_WHAT, state=State.GOOD, told=told)
