"""The worker: takes what is due, decides about it again, sends it, and keeps what became of it.

One mail is in the air at a time. Before it nothing is lost, and behind it is kept what the server said; a
process that ends in between sends this one mail again, with the same Message-ID.
"""

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace

import structlog

from bot.adapters.bell import LocalBell
from bot.adapters.mail_composing import Envelope, MailFrom, compose
from bot.adapters.mail_pace import MailPace
from bot.adapters.smtp_sending import ServerUnavailable, SmtpSending
from bot.domain.errors import StorageUnavailable
from bot.domain.ids import CopyId, WorkspaceId
from bot.domain.mail_copy import Answer, MailCopy, SendResult
from bot.services.outbox import Decided, Letter, Outbox
from bot.services.ports import Clock
from bot.views.mail import Practice

MAILS_A_CLAIM = 30
"""Their notices are in memory together, each with up to 10 MB of attachments."""
NOTICES_A_TURN = 20
FRESH_SECONDS = 20.0
"""How long mails are sent without asking whether the worker still has them; far less than their lease."""
LOOK_SECONDS = 1.0
"""How often to look for what nobody rang for: what is due by now, or was queued by another process."""
RECOVER_SECONDS = 30.0
FORGET_SECONDS = 24 * 60 * 60.0
"""How often what mails said is forgotten, where its days are over."""
LONGEST_REST_SECONDS = 300.0
"""How long to rest at most while the mail server or the database cannot be reached."""
END_SECONDS = 10.0
"""How long the mail in the air may take when the program is asked to stop."""
_TRIES_TO_KEEP = (0.1, 1.0, 5.0, 15.0, 30.0)

_log = structlog.get_logger(__name__)


class OutboxWorker:
    """Sends the mail of one workspace; any number of them may share a queue."""

    def __init__(
        self,
        *,
        outbox: Outbox,
        workspace_id: WorkspaceId,
        sending: SmtpSending,
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
        self._sending = sending
        self._mail_from = mail_from
        self._clock = clock
        self._bell = bell or LocalBell()
        self._pace = pace or MailPace(None)
        self._practice = practice
        self._asked_to_end = asyncio.Event()
        self._keep_days = keep_days
        self._recovered: float | None = None
        self._forgot: float | None = None
        self._changed = False
        self._last: tuple[MailCopy, SendResult] | None = None
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Work until `end` is called."""
        self._task = asyncio.create_task(self._work(), name="outbox")

    async def end(self) -> None:
        """Let the mail in the air arrive, put the others back, and stop."""
        self._asked_to_end.set()
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
        await self._sending.close()

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
        await self._outbox.open_due(self._workspace_id, limit=NOTICES_A_TURN)
        taken = await self._outbox.take(self._workspace_id, self.name, limit=MAILS_A_CLAIM)
        try:
            await self._send_all(taken)
        except Exception:
            await self._outbox.put_back(self._workspace_id, self.name)
            raise
        return taken.taken

    async def _work(self) -> None:
        rest = 0.0
        while not self._asked_to_end.is_set():
            try:
                if not await self.turn():
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

    async def _rest(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self._asked_to_end.is_set() and (left := until - time.monotonic()) > 0:
            await self._bell.wait(min(left, LOOK_SECONDS))

    async def _send_all(self, taken: Decided) -> None:
        """Send mails; about those of which something may have changed it is decided anew."""
        decided = taken
        try:
            while decided.letters:
                if self._practice is not None:
                    self._mail_from = replace(self._mail_from, practice=await self._practice())
                left = await self._send_decided(decided)
                if not left or self._asked_to_end.is_set():
                    break
                decided = await self._outbox.ready(self._workspace_id, self.name, left)
        finally:
            await self._keep_last(decided)

    async def _send_decided(self, decided: Decided) -> list[CopyId]:
        """Send mails while what was decided holds; return those that have to be decided about again."""
        began, letters, self._changed = time.monotonic(), decided.letters, False
        written = self._written(letters[0])
        for number, letter in enumerate(letters):
            left = [each.copy.id for each in letters[number:]]
            if self._changed or self._asked_to_end.is_set() or time.monotonic() - began > FRESH_SECONDS:
                return left
            await self._pace.turn()
            sending = asyncio.ensure_future(self._send(letter, written, decided))
            try:
                if number + 1 < len(letters):
                    # The next one is written while the server looks at this one.
                    await asyncio.sleep(0)
                    written = self._written(letters[number + 1])
                if not await sending:
                    return left
            finally:
                sending.cancel()
        return []

    def _written(self, letter: Letter) -> Envelope | None:
        """Return a mail as it goes to the server, or None where it cannot be written."""
        try:
            return compose(letter, self._mail_from, at=self._clock.now())
        except Exception as error:  # noqa: BLE001 - whatever cannot be written is refused, and stops no other mail
            _log.warning("outbox.unwritable", kind=type(error).__name__)
            return None

    async def _send(self, letter: Letter, written: Envelope | None, decided: Decided) -> bool:
        """Send a mail, unless what was decided about it is otherwise by now: False."""
        if written is None:
            await self._keep_last(decided)
            self._last = letter.copy, SendResult(answer=Answer.REFUSED, code="address")
            return True
        # What became of the mail before is kept while the server looks at whom this one is for: there is
        # never more than one mail of which only the server knows.
        keeping = asyncio.ensure_future(self._keep_last(decided))

        async def still_so() -> bool:
            same = await keeping
            if same is None:
                same = await self._outbox.still_holds(self._workspace_id, decided)
            return same or await self._still_decided(letter)

        try:
            result = await self._sending.send(written, if_still=still_so)
        finally:
            try:
                await keeping
            finally:
                keeping.cancel()
        if result is not None:
            self._last = replace(letter.copy, message_id=written.message_id), result
        return result is not None

    async def _still_decided(self, letter: Letter) -> bool:
        """Decide anew about a mail that is as good as sent, since something has changed."""
        self._changed = True
        anew = await self._outbox.ready(self._workspace_id, self.name, (letter.copy.id,))
        return anew.letters == (letter,)

    async def _keep_last(self, decided: Decided) -> bool | None:
        """Keep what became of the mail before, and say whether what was decided holds; None if it is kept."""
        if self._last is None:
            return None
        holds = await self._keep(*self._last, decided)
        self._last = None
        return holds

    async def _keep(self, copy: MailCopy, result: SendResult, decided: Decided) -> bool:
        """Keep what became of a mail, and try hard: what is not kept is sent again."""
        for wait in (*_TRIES_TO_KEEP, None):
            try:
                return await self._outbox.settle(self._workspace_id, self.name, copy, result, decided=decided)
            except StorageUnavailable:
                if wait is None:
                    raise
                await asyncio.sleep(wait)
        return False
