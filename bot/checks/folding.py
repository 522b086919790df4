"""Whether people are found as this version looks for them. Nothing is changed."""

from bot.checks.finding import Finding, State
from bot.domain.errors import StorageUnavailable
from storage.address import DatabaseAddress
from storage.folding_standing import folded_otherwise_in
from storage.standing import standing_of


async def check_folding(url: str) -> Finding | None:
    """Look whether names are stored as they are looked for; None where they are, or nobody can say.

    Args:
        url: the address of the database.
    """
    address = DatabaseAddress.parse(url)
    if address.path is not None and not address.path.exists():
        return None
    try:
        standing = await standing_of(address)
        if standing.revision != standing.newest or not await folded_otherwise_in(address):
            return None
    except StorageUnavailable:
        return None
    told = (
        "an older Kinward stored some names in another way, and does not find them all. `kinward run` mends "
        "that beside its work, `kinward clients reindex` at once."
    )
    return Finding(what="Finding clients", state=State.NOTE, told=told)
