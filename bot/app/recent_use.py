"""Whom people have opened or changed lately, written down beside the work: nobody waits for it."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress

import structlog

from bot.domain.errors import StorageUnavailable
from bot.domain.ids import ClientId
from bot.domain.staff import Actor
from bot.handlers.reply import OpenModal, PushModal, ReplaceForm, Reply, UpdateModal
from bot.services.recent_clients import RecentClients
from bot.views.blocks import Json
from bot.views.metadata import UnreadableMetadataError, decode

GATHERED_SECONDS = 1.0
"""For so long what is opened is gathered, to be written at once."""

_log = structlog.get_logger(__name__)


class RecentUse:
    """Sees which clients' windows people are shown, and has it remembered."""

    def __init__(self, recent: RecentClients) -> None:
        self._recent = recent
        self._used: dict[Actor, dict[ClientId, None]] = {}
        self._ending = asyncio.Event()
        self._work: asyncio.Task[None] | None = None

    def note(self, actor: Actor, reply: Reply) -> None:
        """Take note of whom a reply shows."""
        for view in _views(reply):
            client_id = _client_of(view)
            if client_id is None:
                continue
            used = self._used.setdefault(actor, {})
            # The latest stands last.
            used.pop(client_id, None)
            used[client_id] = None
            if self._work is None:
                self._work = asyncio.create_task(self._write_down(), name="recent-use")

    async def finish(self) -> None:
        """Write down what was gathered."""
        self._ending.set()
        if self._work is not None:
            await self._work

    async def _write_down(self) -> None:
        while self._used:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), GATHERED_SECONDS)
            gathered, self._used = self._used, {}
            for actor, used in gathered.items():
                try:
                    await self._recent.use(actor, tuple(used))
                except StorageUnavailable as error:
                    _log.warning("recent_use.unwritten", exc_info=error)
                except Exception as error:  # noqa: BLE001 - nobody awaits this task, and it is only for the order
                    _log.error("recent_use.unwritten", exc_info=error)
        self._work = None


def _views(reply: Reply) -> Iterator[Json]:
    if isinstance(reply.ack, ReplaceForm):
        yield reply.ack.view
    for call in reply.calls:
        if isinstance(call, OpenModal | PushModal | UpdateModal):
            yield call.view


def _client_of(view: Json) -> ClientId | None:
    try:
        return decode(str(view.get("private_metadata", ""))).client_id
    except UnreadableMetadataError:
        return None
