"""Telling the responsible staff in a direct message what was announced to them."""

import asyncio
from contextlib import suppress

import structlog

from bot.domain.errors import StorageUnavailable
from bot.domain.ids import WorkspaceId
from bot.services.announcing import Announcing
from bot.services.ports import StaffNotices, Telling

LOOK_SECONDS = 2.0
"""How often to look for something to tell; changes come from every process and surface."""

_log = structlog.get_logger(__name__)


class TellingStaff:
    """Tells what is to be told, one after the other, until it is ended.

    Whoever could not be told for now is told later; a process that ends in between tells once more.

    Args:
        announcing: knows what is to be told.
        staff_notices: tells it.
        workspace_id: whose staff.
        looks_every: after how many seconds without anything to tell it looks again.
    """

    def __init__(
        self,
        *,
        announcing: Announcing,
        staff_notices: StaffNotices,
        workspace_id: WorkspaceId,
        looks_every: float = LOOK_SECONDS,
    ) -> None:
        self._announcing = announcing
        self._staff_notices = staff_notices
        self._workspace_id = workspace_id
        self._looks_every = looks_every
        self._ending = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Begin to look."""
        self._task = asyncio.create_task(self._keep_telling(), name="announcements")

    async def end(self) -> None:
        """End after what is under way."""
        self._ending.set()
        if self._task is not None:
            await self._task

    async def tell(self) -> int:
        """Tell what is due now, and return how many announcements were told."""
        told = 0
        for due in await self._announcing.due(self._workspace_id):
            if self._ending.is_set():
                break
            match await self._staff_notices.tell(self._workspace_id, due.notice):
                case Telling.DONE:
                    await self._announcing.told(self._workspace_id, due.id)
                    told += 1
                case Telling.NEVER:
                    await self._announcing.hand_on(self._workspace_id, due)
                case Telling.LATER:
                    continue
        return told

    async def _keep_telling(self) -> None:
        while not self._ending.is_set():
            told = 0
            try:
                told = await self.tell()
            except StorageUnavailable as error:
                _log.warning("announcements.unknown", exc_info=error)
            if not told:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._ending.wait(), timeout=self._looks_every)
