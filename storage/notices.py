"""The notices of one workspace."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import BindParameter, Integer, bindparam, exists, or_, select

from bot.domain.ids import ClientId, NoticeId
from bot.domain.mail_copy import DEAD_LETTERS, CopyState
from bot.domain.notice import Attachment, Notice, NoticeCategory, NoticeContent, NoticeRequest, NoticeSource
from storage.column_types import Moment
from storage.tables import mail_copies, notice_attachments, notices
from storage.workspace_connection import IN_WORKSPACE, AnyRow, WorkspaceConnection

_c = notices.c
_COLUMNS = (
    _c.id,
    _c.client_id,
    _c.addressed_to,
    _c.category,
    _c.subject,
    _c.text,
    _c.html,
    _c.original,
    _c.source,
    _c.requested_by,
    _c.send_at,
    _c.event_id,
    _c.idempotency_key,
    _c.queued_at,
    _c.opened,
)
# Most have none, and then nobody need ask for them.
_HAS_ATTACHMENTS = (
    exists()
    .where(notice_attachments.c.workspace_id == IN_WORKSPACE, notice_attachments.c.notice_id == _c.id)
    .label("has_attachments")
)
_SEVERAL = select(*_COLUMNS, _HAS_ATTACHMENTS).where(
    _c.workspace_id == IN_WORKSPACE, _c.id.in_(bindparam("of_notices", expanding=True))
)
_ATTACHMENTS = (
    select(
        notice_attachments.c.notice_id,
        notice_attachments.c.filename,
        notice_attachments.c.content_type,
        notice_attachments.c.content,
    )
    .where(
        notice_attachments.c.workspace_id == IN_WORKSPACE,
        notice_attachments.c.notice_id.in_(bindparam("of_notices", expanding=True)),
    )
    .order_by(notice_attachments.c.notice_id, notice_attachments.c.position)
)
_BEFORE: BindParameter[datetime] = bindparam("before", type_=Moment)
_WITH_KEY = select(_c.id, _c.digest).where(
    _c.workspace_id == IN_WORKSPACE, _c.idempotency_key == bindparam("key")
)
_DUE = (
    select(_c.id)
    .where(
        _c.workspace_id == IN_WORKSPACE,
        _c.opened.is_(False),
        _c.send_at <= bindparam("now", type_=_c.send_at.type),
    )
    .order_by(_c.send_at, _c.id)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True)
)
_OPEN = (
    notices.update()
    .where(_c.workspace_id == IN_WORKSPACE, _c.id == bindparam("of_notice"))
    .values(opened=True)
)
_m = mail_copies.c
_STILL_NEEDED = exists().where(
    _m.workspace_id == IN_WORKSPACE,
    _m.notice_id == _c.id,
    or_(
        _m.state.in_([CopyState.QUEUED, CopyState.SENDING, *sorted(DEAD_LETTERS)]),
        _m.misdirected_at.is_not(None),
        _m.queued_at >= _BEFORE,
        _m.sent_at >= _BEFORE,
    ),
)
_FORGETTABLE = select(_c.id).where(
    _c.workspace_id == IN_WORKSPACE,
    _c.opened,
    _c.queued_at < _BEFORE,
    # What is forgotten already has none of these: a notice without a subject has a text.
    or_(_c.subject != "", _c.text != "", _c.html != "", _c.original.is_not(None)),
    ~_STILL_NEEDED,
)
_FORGET = (
    notices.update()
    .where(_c.workspace_id == IN_WORKSPACE, _c.id.in_(bindparam("of_notices", expanding=True)))
    .values(subject="", text="", html="", original=None)
)
_FORGET_ATTACHMENTS = notice_attachments.delete().where(
    notice_attachments.c.workspace_id == IN_WORKSPACE,
    notice_attachments.c.notice_id.in_(bindparam("of_notices", expanding=True)),
)


class SqlNotices:
    """`bot.services.ports.Notices` in SQL."""

    def __init__(self, connection: WorkspaceConnection) -> None:
        self._connection = connection

    async def add(self, notice: Notice, *, digest: str) -> bool:
        """Store a new notice with its content; False, and nothing is stored, where its key is taken."""
        row = {**_row(notice), "digest": digest}
        if notice.request.idempotency_key is None:
            await self._connection.insert(notices, row)
        elif not await self._connection.insert_unless_there(
            notices, row, unique=(_c.workspace_id, _c.idempotency_key)
        ):
            return False
        await self._connection.insert(
            notice_attachments,
            *(
                {
                    "notice_id": notice.id,
                    "position": position,
                    "filename": each.filename,
                    "content_type": each.content_type,
                    "content": each.content,
                }
                for position, each in enumerate(notice.request.content.attachments)
            ),
        )
        return True

    async def get(self, notice_id: NoticeId) -> Notice | None:
        """Return a notice with its content, or None."""
        return (await self.several((notice_id,))).get(notice_id)

    async def several(self, notice_ids: Collection[NoticeId]) -> dict[NoticeId, Notice]:
        """Return those of the notices that exist, with their content."""
        rows = await self._connection.rows(_SEVERAL, of_notices=sorted(notice_ids))
        attached: dict[str, list[Attachment]] = {row[0]: [] for row in rows if row[-1]}
        if attached:
            for notice_id, filename, kind, content in await self._connection.rows(
                _ATTACHMENTS, of_notices=sorted(attached)
            ):
                attached[notice_id].append(Attachment(filename=filename, content_type=kind, content=content))
        return {NoticeId(row[0]): _notice_from(row, tuple(attached.get(row[0], ()))) for row in rows}

    async def with_key(self, idempotency_key: str) -> tuple[NoticeId, str] | None:
        """Return the notice with a key, and the digest of what it said, or None."""
        row = await self._connection.row(_WITH_KEY, key=idempotency_key)
        return (NoticeId(row[0]), str(row[1])) if row is not None else None

    async def due(self, now: datetime, *, limit: int) -> tuple[NoticeId, ...]:
        """Return notices whose time has come and that nobody has opened, held until the unit ends."""
        rows = await self._connection.rows(_DUE, now=now, most=limit)
        return tuple(NoticeId(row[0]) for row in rows)

    async def open(self, notice_id: NoticeId) -> None:
        """Note that its time has come."""
        await self._connection.change(_OPEN, of_notice=notice_id)

    async def forget_content(self, *, before: datetime, limit: int) -> int:
        """Forget what notices said that nobody needs any more, and return how many those were."""
        rows = await self._connection.rows(_FORGETTABLE.limit(limit), before=before)
        if rows:
            ids = [row[0] for row in rows]
            await self._connection.change(_FORGET_ATTACHMENTS, of_notices=ids)
            await self._connection.change(_FORGET, of_notices=ids)
        return len(rows)


def _notice_from(row: AnyRow, attachments: tuple[Attachment, ...]) -> Notice:
    (found_id, client_id, addressed_to, category, subject, text, html, original) = row[:8]
    (source, requested_by, send_at, event_id, key, queued_at, opened, _) = row[8:]
    content = NoticeContent(subject=subject, text=text, html=html, attachments=attachments, original=original)
    request = NoticeRequest(
        client_id=ClientId(client_id) if client_id is not None else None,
        addressed_to=addressed_to,
        category=NoticeCategory(category),
        content=content,
        source=NoticeSource(source),
        requested_by=requested_by,
        send_at=send_at,
        event_id=event_id,
        idempotency_key=key,
    )
    return Notice(id=NoticeId(found_id), request=request, queued_at=queued_at, opened=opened)


def _row(notice: Notice) -> dict[str, object]:
    request = notice.request
    return {
        "id": notice.id,
        "client_id": request.client_id,
        "addressed_to": request.addressed_to,
        "category": request.category.value,
        "subject": request.content.subject,
        "text": request.content.text,
        "html": request.content.html,
        "original": request.content.original,
        "source": request.source.value,
        "requested_by": request.requested_by,
        "send_at": request.send_at,
        "event_id": request.event_id,
        "idempotency_key": request.idempotency_key,
        "queued_at": notice.queued_at,
        "opened": notice.opened,
    }
