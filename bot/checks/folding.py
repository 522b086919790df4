"""Whether people are found as this version looks for them. Nothing is changed."""

from bot.checks.asking import asked_of
from bot.checks.finding import Finding, State
from storage.folding_standing import folded_otherwise_in


async def check_folding(url: str) -> Finding | None:
    """Look whether names are stored as they are looked for; None where they are, or nobody can say.

    Args:
        url: the address of the database.
    """
    if not await asked_of(url, folded_otherwise_in):
        return None
    told = (
        "an older Kinward stored some names in another way, and does not find them all. `kinward run` mends "
        "that beside its work, `kinward clients reindex` at once."
    )
    return Finding(what="Finding clients", state=State.NOTE, told=told)
