"""Sending mails over a few connections, each with one mail in the air at a time.

Before a mail goes on a connection, what became of the one before it is kept: that is done while the server is
told whom the mail is for, and waited for before the mail itself. A process that ends in between sends again
what was in the air: one mail a connection at most, with the same Message-ID.
"""

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

import structlog

from bot.adapters.mail_composing import Envelope, MailFrom, compose
from bot.adapters.mail_pace import MailPace
from bot.adapters.result_keeping import TRIES_TO_KEEP, ResultKeeping, Standing
from bot.adapters.smtp_sending import ServerUnavailable, SmtpSending
from bot.domain.ids import CopyId, WorkspaceId
from bot.domain.mail_copy import Answer, SendResult
from bot.services.outbox import Decided, Letter, Outbox, Tried
from bot.services.ports import Clock

FRESH_SECONDS = 20.0
"""How long mails are sent without asking whether the worker still has them; far less than their lease."""
STANDS_SECONDS = 0.005
"""How old the answer may be, when a mail goes, that what was decided about it stands. It is asked for while
the server is told whom the mail is for; where that takes longer, as with a server far away, once more."""
MAILS_A_LANE = 5
"""A further connection is opened for so many mails that wait: it costs as much as some of them do."""
LANE_REST_SECONDS = 60.0
"""How long a connection is not tried that the server refused, while it serves another."""

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Lane:
    """A connection, and what became of its last mail while only this process knows."""

    sending: SmtpSending
    last: Tried | None = None
    keeping: asyncio.Future[Standing] | None = None
    rests_until: float = 0.0

    def begin_to_keep(self, keeping: ResultKeeping) -> None:
        """Begin to keep what became of the last mail, and to ask whether the decision stands."""
        if self.keeping is None:
            self.keeping = keeping.begin(self.last)

    async def kept(self, keeping: ResultKeeping) -> Standing:
        """Wait until it is kept, and say what was answered.

        Raises:
            StorageUnavailable: it could not be kept.
        """
        self.begin_to_keep(keeping)
        if self.keeping is None:
            raise RuntimeError("nothing was begun")
        try:
            # Whoever is told to stop waits no longer, and it goes on.
            standing = await asyncio.shield(self.keeping)
        except Exception:
            self.keeping = None
            raise
        self.keeping = self.last = None
        return standing

    @property
    def has_kept_all(self) -> bool:
        """Whether nothing is on its way to the database, or has to go there."""
        return self.keeping is None and self.last is None


@dataclass(slots=True, kw_only=True)
class _Round:
    """The mails of one decision: those that wait, and those that have to be decided about again."""

    mail_from: MailFrom
    keeping: ResultKeeping
    waiting: deque[Letter]
    written: dict[CopyId, Envelope | None] = field(default_factory=dict)
    """Those of them that are written already, and go only while the decision stands."""
    left: list[CopyId] = field(default_factory=list)
    changed: bool = False
    failed: BaseException | None = None
    began: float = field(default_factory=time.monotonic)


class MailLanes:
    """The connections of one worker; a server that allows fewer has its mail over those."""

    def __init__(
        self,
        connections: Sequence[SmtpSending],
        *,
        outbox: Outbox,
        workspace_id: WorkspaceId,
        worker: str,
        clock: Clock,
        pace: MailPace,
        fresh_seconds: float = FRESH_SECONDS,
        tries_to_keep: Sequence[float] = TRIES_TO_KEEP,
    ) -> None:
        self._lanes = [_Lane(sending) for sending in connections]
        self._outbox = outbox
        self._workspace_id = workspace_id
        self._worker = worker
        self._clock = clock
        self._pace = pace
        self._fresh_seconds = fresh_seconds
        self._tries_to_keep = tries_to_keep
        self._next = asyncio.Lock()
        self._ending = False

    def end(self) -> None:
        """Have no further mail go out."""
        self._ending = True

    async def close(self) -> None:
        """Say goodbye on every connection."""
        await asyncio.gather(*(lane.sending.close() for lane in self._lanes))

    async def send(self, decided: Decided, mail_from: MailFrom) -> list[CopyId]:
        """Send mails while what was decided holds; return those that have to be decided about again.

        Raises:
            ServerUnavailable: the mail server cannot be reached on any connection.
            StorageUnavailable: what became of a mail could not be kept.
        """
        lanes = self._usable(len(decided.letters))
        if not any(lane.sending.is_connected for lane in lanes):
            # On one of them first: a server that is away, or refuses us, is asked once.
            await lanes[0].sending.connect()
        keeping = ResultKeeping(
            outbox=self._outbox,
            workspace_id=self._workspace_id,
            worker=self._worker,
            decided=decided,
            tries=self._tries_to_keep,
        )
        round_ = _Round(mail_from=mail_from, keeping=keeping, waiting=deque(decided.letters))
        tasks = [asyncio.create_task(self._serve(lane, round_)) for lane in lanes]
        try:
            await asyncio.wait(tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)
            await self._keep_all(keeping)
        if round_.failed is not None:
            raise round_.failed
        return [*round_.left, *(letter.copy.id for letter in round_.waiting)]

    def _usable(self, mails: int) -> list[_Lane]:
        """Return the connections for so many mails: those that are there, and no more new ones than pay."""
        now, most = time.monotonic(), 1 + mails // MAILS_A_LANE
        able = [lane for lane in self._lanes if lane.sending.is_connected or lane.rests_until <= now]
        able.sort(key=lambda lane: not lane.sending.is_connected)
        return (able or self._lanes)[:most]

    async def _serve(self, lane: _Lane, round_: _Round) -> None:
        """Send mails on one connection until there are no more."""
        try:
            while (letter := await self._taken(round_)) is not None:
                try:
                    sent = await self._send(lane, letter, round_)
                except ServerUnavailable:
                    round_.waiting.appendleft(letter)
                    lane.rests_until = time.monotonic() + LANE_REST_SECONDS
                    _log.warning("outbox.connection_refused")
                    return
                if not sent:
                    round_.left.append(letter.copy.id)
        except Exception as error:  # noqa: BLE001 - raised once the mails in the air on the others have arrived
            round_.failed, round_.changed = error, True

    async def _taken(self, round_: _Round) -> Letter | None:
        """Return the next mail when its turn has come, or None where no more is to be sent of this round."""
        # One connection after the other: none waits for its turn longer than the pace asks for.
        async with self._next:
            if time.monotonic() - round_.began > self._fresh_seconds or not self._goes_on(round_):
                return None
            # However long this takes, which may be a minute: a turn that is not used comes no sooner again.
            await self._pace.turn()
            return round_.waiting.popleft() if self._goes_on(round_) else None

    def _goes_on(self, round_: _Round) -> bool:
        return bool(round_.waiting) and not round_.changed and not self._ending

    async def _send(self, lane: _Lane, letter: Letter, round_: _Round) -> bool:
        """Send a mail, unless what was decided about it is otherwise by now: False."""
        written = self._written(letter, round_)
        lane.begin_to_keep(round_.keeping)
        if written is None:
            await lane.kept(round_.keeping)
            lane.last = Tried(copy=letter.copy, result=SendResult(answer=Answer.REFUSED, code="address"))
            return True

        async def still_so() -> bool:
            standing = await lane.kept(round_.keeping)
            if standing.holds and not standing.is_younger_than(STANDS_SECONDS):
                standing = await round_.keeping.begin(None)
            return standing.holds or await self._still_decided(letter, round_)

        result = await lane.sending.send(
            written, if_still=still_so, meanwhile=lambda: self._write_ahead(round_)
        )
        if not lane.has_kept_all:
            # It was refused before anybody asked.
            await lane.kept(round_.keeping)
        if result is not None:
            lane.last = Tried(copy=letter.copy, result=result, message_id=written.message_id)
        return result is not None

    async def _keep_all(self, keeping: ResultKeeping) -> None:
        """Keep what became of the last mail of each connection, and come back when nothing is under way."""
        kept = (lane.kept(keeping) for lane in self._lanes if not lane.has_kept_all)
        ended = await asyncio.gather(*kept, return_exceptions=True)
        await keeping.finish()
        for each in ended:
            if isinstance(each, BaseException):
                raise each

    async def _still_decided(self, letter: Letter, round_: _Round) -> bool:
        """Decide anew about a mail that is as good as sent, since something has changed."""
        round_.changed = True
        anew = await self._outbox.ready(self._workspace_id, self._worker, (letter.copy.id,))
        return anew.letters == (letter,)

    def _write_ahead(self, round_: _Round) -> None:
        """Write the next mail, while the server thinks about this one."""
        if self._goes_on(round_) and (following := round_.waiting[0]).copy.id not in round_.written:
            round_.written[following.copy.id] = self._composed(following, round_.mail_from)

    def _written(self, letter: Letter, round_: _Round) -> Envelope | None:
        """Return a mail as it goes to the server, or None where it cannot be written."""
        if letter.copy.id in round_.written:
            return round_.written.pop(letter.copy.id)
        return self._composed(letter, round_.mail_from)

    def _composed(self, letter: Letter, mail_from: MailFrom) -> Envelope | None:
        try:
            return compose(letter, mail_from, at=self._clock.now())
        except Exception as error:  # noqa: BLE001 - whatever cannot be written is refused, and stops no other mail
            _log.warning("outbox.unwritable", kind=type(error).__name__)
            return None
