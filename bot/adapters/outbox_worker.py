"""The worker: takes what is due, decides about it again, sends it, and keeps what became of it.

On each connection one mail is in the air at a time. Before it nothing is lost, and behind it is kept what the
server said; a process that ends in between sends this one mail again, with the same Message-ID.
"""

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

import structlog

from bot.adapters.bell import LocalBell
from bot.adapters.mail_composing import MailFrom
from bot.adapters.mail_lanes import MailLanes
from bot.adapters.mail_pace import MailPace
from bot.adapters.smtp_sending import ServerUnavailable, SmtpSending
from bot.domain.errors import StorageUnavailable
from bot.domain.ids import WorkspaceId
from bot.services.outbox import Decided, Outbox
from bot.services.ports import Clock
from bot.views.mail import Practice

MAILS_A_CLAIM = 60
"""Their notices are in memory together, each with up to 10 MB of attachments."""
NOTICES_A_TURN = 20
LOOK_SECONDS = 1.0
"""How often to look for what nobody rang for: what is due by now, or was queued by another process."""
RECOVER_SECONDS = 30.0
FORGET_SECONDS = 24 * 60 * 60.0
"""How often what mails said is forgotten, where its days are over."""
LONGEST_REST_SECONDS = 300.0
"""How long to rest at most while the mail server or the database cannot be reached."""
END_SECONDS = 10.0
"""How long the mails in the air may take when the program is asked to stop."""
IDLE_SECONDS = 60.0
"""How long connections stay open over which nothing goes: what a router lets die is found out late."""

_log = structlog.get_logger(__name__)


class OutboxWorker:
    """Sends the mail of one workspace; any number of them may share a queue."""

    def __init__(
        self,
        *,
        outbox: Outbox,
        workspace_id: WorkspaceId,
        connections: Sequence[SmtpSending],
        mail_from: MailFrom,
        clock: Clock,
        bell: LocalBell | None = None,
        pace: MailPace | None = None,
        practice: Callable[[], Awaitable[Practice]] | None = None,
        keep_days: int = 0,
    ) -> None:
        self.name = secrets.token_hex(8)
        self._outbox = outbox
        self._workspace_id = workspace_id
        self._mail_from = mail_from
        self._bell = bell or LocalBell()
        self._lanes = MailLanes(
            connections,
            outbox=outbox,
            workspace_id=workspace_id,
            worker=self.name,
            clock=clock,
            pace=pace or MailPace(None),
        )
        self._practice = practice
        self._asked_to_end = asyncio.Event()
        self._keep_days = keep_days
        self._recovered: float | None = None
        self._opened: float | None = None
        self._forgot: float | None = None
        self._sent: float | None = None
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Work until `end` is called."""
        self._task = asyncio.create_task(self._work(), name="outbox")

    async def end(self) -> None:
        """Let the mails in the air arrive, put the others back, and stop."""
        self._asked_to_end.set()
        self._lanes.end()
        self._bell.ring()
        if self._task is not None:
            done, _ = await asyncio.wait((self._task,), timeout=END_SECONDS)
            if not done:
                self._task.cancel()
                await asyncio.wait((self._task,))
        try:
            await self._outbox.put_back(self._workspace_id, self.name)
        except StorageUnavailable:
            # Its lease runs out.
            _log.warning("outbox.not_put_back")
        await self._lanes.close()

    async def turn(self) -> int:
        """Send what is due now, one claim of it, and return how many mails that were.

        Raises:
            ServerUnavailable: the mail server cannot be reached; everything untried is put back.
            StorageUnavailable: the database cannot.
        """
        now = time.monotonic()
        if self._recovered is None or now - self._recovered >= RECOVER_SECONDS:
            await self._outbox.recover(self._workspace_id)
            self._recovered = now
        if self._keep_days and (self._forgot is None or now - self._forgot >= FORGET_SECONDS):
            await self._outbox.forget_content(self._workspace_id, days=self._keep_days)
            self._forgot = now
        if self._opened is None or now - self._opened >= LOOK_SECONDS:
            await self._outbox.open_due(self._workspace_id, limit=NOTICES_A_TURN)
            self._opened = now
        taken = await self._outbox.take(self._workspace_id, self.name, limit=MAILS_A_CLAIM)
        try:
            await self._send_all(taken)
        except Exception:
            await self._outbox.put_back(self._workspace_id, self.name)
            raise
        if taken.taken < MAILS_A_CLAIM:
            # Nothing waits: what is due next is looked for at once.
            self._opened = None
        return taken.taken

    async def _work(self) -> None:
        rest = 0.0
        while not self._asked_to_end.is_set():
            try:
                if await self.turn():
                    self._sent = time.monotonic()
                else:
                    await self._rest_connections()
                    await self._bell.wait(LOOK_SECONDS)
                rest = 0.0
            except (ServerUnavailable, StorageUnavailable) as error:
                rest = min(max(2 * rest, LOOK_SECONDS), LONGEST_REST_SECONDS)
                _log.warning("outbox.resting", seconds=rest, kind=type(error).__name__)
                await self._rest(rest)
            except Exception as error:  # noqa: BLE001 - logged, and the queue goes on
                # The last net: a mail that nobody can make sense of must not hold up all others.
                rest = min(max(2 * rest, LOOK_SECONDS), LONGEST_REST_SECONDS)
                _log.error("outbox.failed", exc_info=error)
                await self._rest(rest)

    async def _rest_connections(self) -> None:
        if self._sent is not None and time.monotonic() - self._sent > IDLE_SECONDS:
            await self._lanes.close()
            self._sent = None

    async def _rest(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self._asked_to_end.is_set() and (left := until - time.monotonic()) > 0:
            await self._bell.wait(min(left, LOOK_SECONDS))

    async def _send_all(self, taken: Decided) -> None:
        """Send mails; about those of which something may have changed it is decided anew."""
        decided = taken
        while decided.letters:
            if self._practice is not None:
                self._mail_from = replace(self._mail_from, practice=await self._practice())
            left = await self._lanes.send(decided, self._mail_from)
            if not left or self._asked_to_end.is_set():
                break
            decided = await self._outbox.ready(self._workspace_id, self.name, left)
