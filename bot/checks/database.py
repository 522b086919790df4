"""Whether the database is there, answers, and has the tables that this version needs. Nothing is changed."""

import os
from pathlib import Path

from bot.checks.finding import Finding, State
from bot.checks.unavailable import sentence_of_unavailable
from bot.domain.errors import StorageUnavailable
from storage.address import DatabaseAddress
from storage.standing import standing_of

_WHAT = "Database"


async def check_database(url: str) -> Finding:
    """Look at a database.

    Args:
        url: its address, as DATABASE_URL has it.
    """
    address = DatabaseAddress.parse(url)
    place = str(address.path.absolute()) if address.path else address.shown
    if address.path is not None and not address.path.exists():
        return _of_new_file(address.path.absolute())
    try:
        standing = await standing_of(address)
    except StorageUnavailable as error:
        told = f"{place}: {sentence_of_unavailable(error)}"
        return Finding(what=_WHAT, state=State.WRONG, told=told)
    if standing.revision is None:
        told = f"{place} has no tables yet; `kinward run` makes them."
        return Finding(what=_WHAT, state=State.NOTE, told=told)
    if not standing.is_known:
        told = f"{place} was written by a newer Kinward ({standing.revision}): update this one."
        return Finding(what=_WHAT, state=State.WRONG, told=told)
    if standing.revision != standing.newest:
        told = (
            f"{place} is as an older Kinward left it ({standing.revision}); the next `kinward run` brings it "
            f"up to date ({standing.newest}). Back it up before."
        )
        return Finding(what=_WHAT, state=State.NOTE, told=told)
    told = f"{standing.server}, up to date ({standing.revision}): {place}"
    return Finding(what=_WHAT, state=State.GOOD, told=told)


def _of_new_file(path: Path) -> Finding:
    there = next(folder for folder in path.parents if folder.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        told = f"{path} is not there, and cannot be made in {there}: see DATABASE_URL."
        return Finding(what=_WHAT, state=State.WRONG, told=told)
    return Finding(what=_WHAT, state=State.NOTE, told=f"{path} is not there yet; `kinward run` makes it.")
