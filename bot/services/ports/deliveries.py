"""What was carried out already, of what is sent or delivered twice."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol


class Submissions(Protocol):
    """Which submissions were carried out: a second one of the same key has no effect (R11)."""

    async def claim(self, key: str) -> str | None:
        """Take the key for this unit and return None, or return the subject of the unit that had it before.

        Waits for another unit that holds the key and has not ended.
        """
        ...

    async def settle(self, key: str, subject_id: str) -> None:
        """Remember what a claimed submission was about."""
        ...


class Deliveries(Protocol):
    """What was taken up of what Slack delivers, which it may deliver again, to any process."""

    async def take_up(self, keys: Collection[str], at: datetime) -> frozenset[str]:
        """Take the keys up, and return those that nobody had taken up before.

        Waits for another unit that takes one of them up and has not ended.
        """
        ...

    async def forget(self, *, before: datetime) -> int:
        """Forget what was taken up before a moment, and return how many that were."""
        ...
