"""Asking a database that is there and up to date; what else is the matter with it is told elsewhere."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.domain.errors import StorageUnavailable
from storage.address import DatabaseAddress
from storage.standing import standing_of

Answer = TypeVar("Answer")


async def asked_of(url: str, question: Callable[[DatabaseAddress], Awaitable[Answer]]) -> Answer | None:
    """Return the answer, or None where the database is not there, not up to date or cannot be asked.

    Args:
        url: the address of the database.
        question: what is asked of it.
    """
    address = DatabaseAddress.parse(url)
    if address.path is not None and not address.path.exists():
        return None
    try:
        standing = await standing_of(address)
        return await question(address) if standing.revision == standing.newest else None
    except StorageUnavailable:
        return None
