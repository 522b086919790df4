"""Taking notices in: checked, decided and queued in one transaction, once for each key."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import IdempotencyConflict, NoticeRefused
from bot.domain.ids import NoticeId, WorkspaceId
from bot.domain.mail_copy import MailCopy
from bot.domain.notice import Notice, NoticeRequest
from bot.services.expansion import expand
from bot.services.mail_decisions import record_decision
from bot.services.notice_checks import problems_of, tidied
from bot.services.ports import Bell, Clock, NewId, Storage, UnitOfWork
from bot.services.recipients import decision_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """What asking for a notice came to.

    Attributes:
        notice_id: what it is known by.
        copies: a mail for everybody on the account, with why they receive it or why not. Of a notice for
            later that is what would be so now: who receives it is decided again when its time comes.
        repeated: the same request was made before; nothing was queued now.
    """

    notice_id: NoticeId
    copies: tuple[MailCopy, ...]
    repeated: bool = False


class Notices:
    """The one way in, whether over HTTP, as a mail or from the command line."""

    def __init__(self, *, storage: Storage, clock: Clock, new_id: NewId, bell: Bell | None = None) -> None:
        self._storage = storage
        self._clock = clock
        self._new_id = new_id
        self._bell = bell

    async def queue(self, workspace_id: WorkspaceId, request: NoticeRequest) -> Queued:
        """Queue the mails of a notice, with the decision who receives it, all of it or nothing.

        Raises:
            NotFound: there is no such client in this workspace.
            NoticeRefused: it cannot be sent as it is; every problem of it.
            IdempotencyConflict: the key belongs to a request that said something else.
        """
        now = self._clock.now()
        asked = tidied(request)
        if problems := problems_of(asked, now=now):
            raise NoticeRefused(*problems)
        digest = digest_of(asked)
        async with self._storage.writing(workspace_id) as unit:
            queued = await self._queued_before(unit, asked, digest) or await self._queue(
                unit, asked, digest=digest, now=now
            )
        if self._bell is not None and not queued.repeated:
            self._bell.ring()
        return queued

    async def _queue(self, unit: UnitOfWork, request: NoticeRequest, *, digest: str, now: datetime) -> Queued:
        decision = await decision_of(unit, request, today=self._clock.today())
        is_due = request.send_at is None or request.send_at <= now
        notice = Notice(id=NoticeId(self._new_id()), request=request, queued_at=now, opened=is_due)
        if not await unit.notices.add(notice, digest=digest):
            # Somebody else with the same key was quicker, and has ended by now.
            earlier = await self._queued_before(unit, request, digest)
            if earlier is None:
                raise IdempotencyConflict
            return earlier
        expanded = await expand(unit, notice, decision, at=now, new_id=self._new_id)
        await record_decision(unit, notice, expanded.copies, at=now, displaced=expanded.displaced)
        return Queued(notice_id=notice.id, copies=expanded.copies)

    async def _queued_before(self, unit: UnitOfWork, request: NoticeRequest, digest: str) -> Queued | None:
        if request.idempotency_key is None:
            return None
        earlier = await unit.notices.with_key(request.idempotency_key)
        if earlier is None:
            return None
        notice_id, said = earlier
        if said != digest:
            raise IdempotencyConflict
        return Queued(notice_id=notice_id, copies=await unit.copies.of_notice(notice_id), repeated=True)


def digest_of(request: NoticeRequest) -> str:
    """Return what two requests have in common that ask for the same: a SHA-256 of all they say."""
    digest = hashlib.sha256()
    for part in _parts(request):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def _parts(request: NoticeRequest) -> Iterator[bytes]:
    content = request.content
    said = (
        request.client_id,
        request.addressed_to,
        request.category,
        _moment(request.send_at),
        request.event_id,
        content.subject,
        content.text,
        content.html,
        *((each.filename, each.content_type) for each in content.attachments),
    )
    yield json.dumps(said).encode()
    yield content.original or b""
    for attachment in content.attachments:
        yield attachment.content


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else str(moment.timestamp())
