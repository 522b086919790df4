"""A few connections that are taken in turns, for what is asked again and again.

They are apart from those of the units: to take one of theirs and give it back costs as much as a short
question. So they find what they need in their own cache and among their own prepared statements, however many
units there are.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Generic, Protocol, TypeVar

from storage.errors import failures_sorted
from storage.patience import Patience

_LANES = 4
"""More at once would only wait for a core."""


class _Closable(Protocol):
    async def close(self) -> None: ...


Lane = TypeVar("Lane", bound=_Closable)


class Lanes(ABC, Generic[Lane]):
    """Connections of one kind, the one that was given back last taken first.

    Belongs to the event loop that first uses it.
    """

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._turns = asyncio.Semaphore(_LANES)
        self._free: list[Lane] = []

    async def close(self) -> None:
        """Close every connection, when no work is under way any more."""
        while self._free:
            await self._free.pop().close()

    @asynccontextmanager
    async def _lane(self) -> AsyncIterator[Lane]:
        """Hand out a connection for as long as the block takes, which may wait for another to be given back.

        Raises:
            StorageUnavailable: the database is locked, hung or gone.
        """
        with failures_sorted():
            if self._turns.locked():
                async with asyncio.timeout(self._patience.lock):
                    await self._turns.acquire()
            else:
                # At once, which is what this is for.
                await self._turns.acquire()
            try:
                lane = self._given_back() or await self._opened()
                try:
                    yield lane
                except BaseException as error:
                    if await self._kept_after(lane, error):
                        self._free.insert(0, lane)
                    raise
                self._free.append(lane)
            finally:
                self._turns.release()

    def _given_back(self) -> Lane | None:
        while self._free:
            lane = self._free.pop()
            if self._is_open(lane):
                return lane
        return None

    @abstractmethod
    async def _opened(self) -> Lane:
        """Open one more connection."""

    @abstractmethod
    def _is_open(self, lane: Lane) -> bool:
        """Say whether a connection that lay here is still one."""

    @abstractmethod
    async def _kept_after(self, lane: Lane, error: BaseException) -> bool:
        """Say whether a connection is good for more after this, and end it where it is not."""
