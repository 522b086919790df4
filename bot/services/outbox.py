"""The outbox: what is due is taken, decided about again, sent by a worker, and what became of it is kept.

A worker takes mails under a lease. Whatever happens to it, its mails come back when the lease has run out,
and at most the one that was in the air is sent again, with the same Message-ID.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from bot.domain.client import Client
from bot.domain.email import same_login
from bot.domain.ids import CopyId, NoticeId, WorkspaceId
from bot.domain.mail_copy import Answer, CopyState, MailCopy, SendResult
from bot.domain.notice import Notice
from bot.domain.recipients import Reason, Verdict
from bot.services.bounces import pause_address
from bot.services.expansion import expand
from bot.services.mail_decisions import record_decision
from bot.services.ports import Clock, Grounds, Lease, NewId, Storage, UnitOfWork
from bot.services.recipients import Decision, decision_of, decisions_of

LEASE = timedelta(minutes=5)
"""Longer than sending the mails of one notice; before those of the next it is lengthened."""

MOST_SKEW = timedelta(minutes=10)
"""How far the clocks of two workers may be apart before one takes the other's lease for a mistake."""

MOST_TRIES = 12
"""With the waits below a mail is tried for some twenty hours."""

FORGOTTEN_AT_ONCE = 200
"""In one transaction, so that nobody who writes waits for long."""

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
JITTER = 0.25
"""A quarter more or less, so that what failed together is not tried again together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail that is to be sent now: it was decided about in this moment.

    `client` is whose notice it is, or None where nobody can say.
    """

    copy: MailCopy
    notice: Notice
    client: Client | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Mails that are to be sent, and what that was decided on.

    Attributes:
        letters: notice by notice.
        grounds: while these are the same, and the day is, the decision holds.
        day: the day in the practice's time zone.
        taken: how many mails the worker had taken: those not among the letters are not to be sent.
    """

    letters: tuple[Letter, ...]
    grounds: Grounds
    day: date
    taken: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A mail as it was taken, the Message-ID it was sent with if it was, and what the mail server said."""

    copy: MailCopy
    result: SendResult
    message_id: str = ""


class Outbox:
    """What the workers ask for; each method is one transaction."""

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        new_id: NewId,
        chance: random.Random | None = None,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._new_id = new_id
        self._chance = chance or random.Random()  # noqa: S311 - it spreads waits and keeps no secret

    async def open_due(self, workspace_id: WorkspaceId, *, limit: int) -> int:
        """Decide who receives the notices whose time has come, and return how many those were (R21)."""
        now, today = self._clock.now(), self._clock.today()
        async with self._storage.writing(workspace_id) as unit:
            due = await unit.notices.due(now, limit=limit)
            for notice_id in due:
                notice = await unit.notices.get(notice_id)
                if notice is not None:
                    decision = await decision_of(unit, notice.request, today=today)
                    expanded = await expand(unit, notice, decision, at=now, new_id=self._new_id)
                    await record_decision(
                        unit, notice, expanded.copies, at=now, again=True, displaced=expanded.displaced
                    )
                    await unit.notices.open(notice_id)
            return len(due)

    async def recover(self, workspace_id: WorkspaceId) -> int:
        """Put back what workers had taken that have ended, and return how many mails that were."""
        now = self._clock.now()
        async with self._storage.writing(workspace_id) as unit:
            return await unit.copies.recover(
                now=now,
                lease_at_most=now + LEASE + MOST_SKEW,
                due_at_most=now + (1 + JITTER) * LONGEST_WAIT + MOST_SKEW,
            )

    async def claim(self, workspace_id: WorkspaceId, worker: str, *, limit: int) -> tuple[MailCopy, ...]:
        """Take mails that are due for a worker; nobody else gets them until its lease has run out."""
        now = self._clock.now()
        async with self._storage.writing(workspace_id) as unit:
            return await unit.copies.claim(self._lease(worker, now), now=now, limit=limit)

    async def take(self, workspace_id: WorkspaceId, worker: str, *, limit: int) -> Decided:
        """Take mails that are due for a worker, and decide about them: `claim` and `ready` in one."""
        now = self._clock.now()
        async with self._storage.writing(workspace_id) as unit:
            held = await unit.copies.claim(self._lease(worker, now), now=now, limit=limit)
            return await self._decide_anew(unit, held, now=now)

    async def ready(self, workspace_id: WorkspaceId, worker: str, copy_ids: Sequence[CopyId]) -> Decided:
        """Decide about mails that a worker has, and return those to send.

        Who was unlinked, switched off, barred or has another address meanwhile gets no mail; who would
        receive now and did not when it was queued gets a mail of their own, in its turn.
        """
        now = self._clock.now()
        async with self._storage.writing(workspace_id) as unit:
            held = await unit.copies.still_held(copy_ids, self._lease(worker, now))
            return await self._decide_anew(unit, held, now=now)

    async def _decide_anew(self, unit: UnitOfWork, held: Sequence[MailCopy], *, now: datetime) -> Decided:
        # Read first: what changes while the rest is read makes the decision an old one, and not a wrong one.
        grounds, day = await unit.copies.grounds(), self._clock.today()
        of_notice: dict[NoticeId, list[MailCopy]] = {}
        for copy in held:
            of_notice.setdefault(copy.notice_id, []).append(copy)
        notices = await unit.notices.several(of_notice) if of_notice else {}
        requests = [notices[notice_id].request for notice_id in of_notice]
        decisions = await decisions_of(unit, requests, today=day) if requests else ()
        letters: list[Letter] = []
        for (notice_id, copies), decision in zip(of_notice.items(), decisions, strict=True):
            letters += await self._decide_again(unit, notices[notice_id], copies, decision, now=now)
        return Decided(letters=tuple(letters), grounds=grounds, day=day, taken=len(held))

    async def still_holds(self, workspace_id: WorkspaceId, decided: Decided) -> bool:
        """Say whether a decision would be the same in this moment."""
        same = await self._storage.sent_mail.unchanged(workspace_id, decided.grounds)
        return same and decided.day == self._clock.today()

    async def _decide_again(
        self, unit: UnitOfWork, notice: Notice, held: Sequence[MailCopy], decision: Decision, *, now: datetime
    ) -> list[Letter]:
        verdicts = {verdict.key: verdict for verdict in decision.verdicts}
        client = decision.family.client if decision.family else None
        letters, dropped = [], []
        for copy in held:
            against = _against(copy, verdicts.get(copy.recipient_key))
            if against is None:
                letters.append(Letter(copy=copy, notice=notice, client=client))
            else:
                dropped.append(replace(copy, state=CopyState.SUPPRESSED, reason=against))
                await unit.copies.update(dropped[-1])
        if dropped:
            # The inbox is free again, for somebody who shares it or for the new address.
            expanded = await expand(unit, notice, decision, at=now, new_id=self._new_id)
            gone = [copy for copy in dropped if copy.recipient_key not in verdicts]
            copies = (*expanded.copies, *gone)
            await record_decision(unit, notice, copies, at=now, again=True, displaced=expanded.displaced)
        return letters

    async def settle(
        self, workspace_id: WorkspaceId, worker: str, tried: Sequence[Tried], *, decided: Decided
    ) -> bool:
        """Keep what trying to send mails came to, and say whether a decision would still be the same.

        Args:
            workspace_id: whose they are.
            worker: who has tried.
            tried: the mails, each with what became of it; kept together.
            decided: what was decided about the mails that come next.
        """
        now = self._clock.now()
        taken = [each for each in tried if each.result.answer is Answer.TAKEN]
        others = [each for each in tried if each.result.answer is not Answer.TAKEN]
        same: bool | None = None
        if taken:
            sent = [self._after(each, now=now) for each in taken]
            stored, same = await self._storage.sent_mail.keep(workspace_id, sent, since=decided.grounds)
            others += [each for each in taken if each.copy.id not in stored]
        if others:
            await self._settle_others(workspace_id, worker, others, now=now)
        if same is None or others:
            return await self.still_holds(workspace_id, decided)
        return same and decided.day == self._clock.today()

    async def _settle_others(
        self, workspace_id: WorkspaceId, worker: str, tried: Sequence[Tried], *, now: datetime
    ) -> None:
        async with self._storage.writing(workspace_id) as unit:
            # In one order everywhere, so that two units never wait for each other.
            for each in sorted(tried, key=lambda each: each.copy.id):
                after = self._after(each, now=now)
                # What was taken over counts whoever has the mail by now: it must not be sent again.
                taken = each.result.answer is Answer.TAKEN
                stored = await unit.copies.update(after, held_by=None if taken else worker)
                if stored and each.result.answer is Answer.NO_SUCH_ADDRESS:
                    await pause_address(unit, each.copy, code=each.result.code, at=now)

    async def forget_content(self, workspace_id: WorkspaceId, *, days: int) -> int:
        """Forget what notices said whose last mail went so many days ago; return how many notices those were.

        The record of every mail stays.
        """
        before, forgotten = self._clock.now() - timedelta(days=days), 0
        while True:
            async with self._storage.writing(workspace_id) as unit:
                portion = await unit.notices.forget_content(before=before, limit=FORGOTTEN_AT_ONCE)
            forgotten += portion
            if portion < FORGOTTEN_AT_ONCE:
                return forgotten

    async def put_back(self, workspace_id: WorkspaceId, worker: str) -> int:
        """Put back what a worker has taken and not tried, and return how many mails that were."""
        async with self._storage.writing(workspace_id) as unit:
            return await unit.copies.release(worker)

    def _after(self, each: Tried, *, now: datetime) -> MailCopy:
        attempts, message_id = each.copy.attempts + 1, each.message_id or each.copy.message_id
        tried = partial(replace, each.copy, attempts=attempts, message_id=message_id, result=each.result.code)
        match each.result.answer:
            case Answer.TAKEN:
                return tried(state=CopyState.SENT, sent_at=now)
            case Answer.LATER if attempts < MOST_TRIES:
                return tried(state=CopyState.QUEUED, due_at=now + self._wait(attempts))
            case Answer.LATER:
                return tried(state=CopyState.DEAD)
            case _:
                return tried(state=CopyState.FAILED)

    def _wait(self, attempts: int) -> timedelta:
        """Return how long to wait after so many tries: each time twice as long, up to a limit."""
        wait = min(FIRST_WAIT * (1 << (attempts - 1)), LONGEST_WAIT)
        return wait * self._chance.uniform(1 - JITTER, 1 + JITTER)

    def _lease(self, worker: str, now: datetime) -> Lease:
        return Lease(worker=worker, until=now + LEASE)


def _against(copy: MailCopy, verdict: Verdict | None) -> Reason | None:
    """Return why a mail that was queued is not sent after all, or None where nothing stands against it."""
    if verdict is None:
        return Reason.UNLINKED
    if not same_login(copy.address, verdict.address):
        return Reason.ADDRESS_CHANGED if verdict.address else Reason.NO_ADDRESS
    # An inbox gets one mail of an occasion in any case; this one is its mail.
    if verdict.receives or verdict.reason is Reason.SAME_INBOX:
        return None
    return verdict.reason
