"""Every mail on record, by client; and what is exported of one that reached the wrong person (P12)."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.client import Client
from bot.domain.errors import Field, InvalidInput, NotFound, Problem
from bot.domain.folding import tidy
from bot.domain.history import Act, HistoryEntry
from bot.domain.ids import ClientId, CopyId, RelationId
from bot.domain.mail_copy import MailCopy, Misdirected
from bot.domain.must_not_receive import MAX_LIFTING_REASON_LENGTH
from bot.domain.notice import NoticeSource
from bot.domain.staff import Actor
from bot.domain.staff_role import Right
from bot.services.audit import Audit, entry_by
from bot.services.ports import Clock, Storage, UnitOfWork
from bot.services.rights import needs

MAX_NOTE_LENGTH = MAX_LIFTING_REASON_LENGTH


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """What an accounting of a misdirected copy needs (45 CFR 164.528): which, whose, to whom, when, why.

    Attributes:
        copy: the mail, with who marked it and when.
        client: whose notice it was.
        subject: of the notice.
        attachments: the names of the files of the notice.
        source: where the notice came in.
        requested_by: who asked for it.
        notice_queued_at: when.
        relation_history: what was recorded of the relation over which it was shared, oldest first.
    """

    copy: MailCopy
    client: Client
    subject: str
    attachments: tuple[str, ...]
    source: NoticeSource
    requested_by: str
    notice_queued_at: datetime
    relation_history: tuple[HistoryEntry, ...]


class Copies:
    """Reads the record; nothing in it is ever deleted."""

    def __init__(self, *, storage: Storage, clock: Clock, audit: Audit | None = None) -> None:
        self._storage = storage
        self._clock = clock
        self._audit = audit

    @needs(Right.SEE_CLIENTS)
    async def copies_of(
        self, actor: Actor, client_id: ClientId, *, limit: int = 20, before: CopyId | None = None
    ) -> tuple[MailCopy, ...]:
        """Return the mails of a client's notices, sent or not, newest first; a look at them is on record.

        Args:
            actor: who looks.
            client_id: whose notices.
            limit: how many at most.
            before: only mails older than this one: the next page.

        Raises:
            NotFound: there is no such client in this workspace.
        """
        async with self._storage.reading(actor.workspace_id) as unit:
            if await unit.clients.get(client_id) is None:
                raise NotFound
            found = await unit.copies.of_client(client_id, limit=limit, before=before)
        if self._audit is not None:
            self._audit.looked(actor, Act.COPIES_SEEN, client_id)
        return found

    @needs(Right.SEE_CLIENTS)
    async def last_over(self, actor: Actor, relation_id: RelationId) -> tuple[MailCopy, ...]:
        """Return the last copy that went out over a relation, of each direction in which one did (R28)."""
        async with self._storage.reading(actor.workspace_id) as unit:
            relation = await unit.relations.get(relation_id)
            if relation is None:
                return ()
            return await unit.copies.last_sent_over(relation_id, relation.client_ids)

    @needs(Right.CHANGE_CLIENTS)
    async def mark_misdirected(
        self, actor: Actor, client_id: ClientId, copy_id: CopyId, *, note: str = ""
    ) -> MailCopy:
        """Record that a mail reached somebody whom it should not have reached.

        Marking it again changes nothing: who was first stays on record.

        Raises:
            NotFound: this client has no such mail, or it was never sent.
            InvalidInput: the note is too long.
        """
        tidied = tidy(note)
        if len(tidied) > MAX_NOTE_LENGTH:
            problem = Problem(field=Field.REASON, key="reason.too_long", values={"max": MAX_NOTE_LENGTH})
            raise InvalidInput(problem)
        async with self._storage.writing(actor.workspace_id) as unit:
            copy = await _sent_copy(unit, client_id, copy_id)
            if copy.misdirected is None:
                mark = Misdirected(at=self._clock.now(), by=actor.staff_id, by_name=actor.name, note=tidied)
                copy = replace(copy, misdirected=mark)
                await unit.copies.update(copy)
                await unit.history.append(self._entry(actor, Act.MAIL_MISDIRECTED, copy, subject_id=copy.id))
            return copy

    @needs(Right.SEE_TRAIL)
    async def incident(self, actor: Actor, client_id: ClientId, copy_id: CopyId) -> Incident:
        """Return what is to be exported of a mail that was marked as misdirected.

        Raises:
            NotFound: this client has no such mail, or it was not marked.
        """
        # A writing unit, because a mail is read under a lock.
        async with self._storage.writing(actor.workspace_id) as unit:
            copy = await _sent_copy(unit, client_id, copy_id)
            if copy.misdirected is None:
                raise NotFound
            # What is taken out is on record in the unit that reads it.
            await unit.history.append(self._entry(actor, Act.DATA_EXPORTED, copy, subject_id="incident"))
            return await _incident(unit, copy)

    def _entry(self, actor: Actor, act: Act, copy: MailCopy, *, subject_id: str) -> HistoryEntry:
        return entry_by(
            actor,
            act,
            at_clock=self._clock,
            subject_id=subject_id,
            client_ids=() if copy.client_id is None else (copy.client_id,),
            after={"copy": copy.id},
        )


async def _sent_copy(unit: UnitOfWork, client_id: ClientId, copy_id: CopyId) -> MailCopy:
    copy = await unit.copies.get(copy_id)
    if copy is None or copy.client_id != client_id or copy.sent_at is None:
        raise NotFound
    return copy


async def _incident(unit: UnitOfWork, copy: MailCopy) -> Incident:
    notice = await unit.notices.get(copy.notice_id)
    client = await unit.clients.get(copy.client_id) if copy.client_id is not None else None
    if notice is None or client is None:
        raise NotFound
    history = await unit.history.of_subject(copy.relation_id) if copy.relation_id is not None else ()
    content = notice.request.content
    return Incident(
        copy=copy,
        client=client,
        subject=content.subject,
        attachments=tuple(each.filename for each in content.attachments),
        source=notice.request.source,
        requested_by=notice.request.requested_by,
        notice_queued_at=notice.queued_at,
        relation_history=history,
    )
