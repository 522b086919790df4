"""The mails of one workspace: who takes them to send them, and what became of them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import BindParameter, Integer, and_, bindparam, func, or_, select

from bot.domain.email import login_equality
from bot.domain.ids import ClientId, CopyId, NoticeId, RelationId
from bot.domain.mail_copy import AT_ONCE, CopyState, MailCopy
from bot.services.ports import Grounds, Lease
from storage.column_types import Moment
from storage.mail_copy_rows import COPY_COLUMNS, FATE_COLUMNS, copy_from, copy_row, fate_row
from storage.tables import address_pauses, history_heads, mail_copies, must_not_receive
from storage.workspace_connection import IN_WORKSPACE, AnySelect, WorkspaceConnection

_c = mail_copies.c
_QUEUED, _SENDING = CopyState.QUEUED.value, CopyState.SENDING.value


def _moment(name: str) -> BindParameter[datetime]:
    return bindparam(name, type_=Moment)


_MOST: BindParameter[int] = bindparam("most", type_=Integer)
_COPIES = select(*COPY_COLUMNS).where(_c.workspace_id == IN_WORKSPACE)
_ONE = _COPIES.where(_c.id == bindparam("of_copy")).with_for_update(key_share=True)
_OF_NOTICE = (
    _COPIES.where(_c.notice_id == bindparam("of_notice")).order_by(_c.id).with_for_update(key_share=True)
)
_OF_CLIENT = _COPIES.where(_c.client_id == bindparam("of_client")).order_by(_c.id.desc())
_LAST_OVER = _COPIES.where(
    _c.id.in_(
        select(func.max(_c.id))
        .where(
            _c.workspace_id == IN_WORKSPACE,
            # By the index of the clients: there is none of the relations.
            _c.client_id.in_(bindparam("of_clients", expanding=True)),
            _c.relation_id == bindparam("over_relation"),
            _c.sent_at.is_not(None),
        )
        .group_by(_c.client_id)
    )
).order_by(_c.id.desc())
_IN_STATES = _COPIES.where(_c.state.in_(bindparam("states", expanding=True))).order_by(_c.due_at, _c.id)
_WAITING_FOR_INBOX = _COPIES.where(
    _c.held_event == bindparam("of_event"), _c.inbox == bindparam("of_inbox"), _c.state == _QUEUED
).with_for_update(key_share=True, skip_locked=True)
_WITH_RETURN = _COPIES.where(_c.return_token == bindparam("token")).with_for_update(key_share=True)
_WITH_STOP = _COPIES.where(_c.stop_token == bindparam("token")).with_for_update(key_share=True)
_DUE = (
    _COPIES.where(_c.state == _QUEUED, _c.due_at <= _moment("now"))
    .order_by(_c.due_at, _c.id)
    .limit(_MOST)
    .with_for_update(key_share=True, skip_locked=True)
)
_HELD = (
    _COPIES.where(
        _c.id.in_(bindparam("of_copies", expanding=True)),
        _c.state == _SENDING,
        _c.worker == bindparam("of_worker"),
    )
    .order_by(_c.id)
    .with_for_update(key_share=True)
)
_THIS = mail_copies.update().where(_c.workspace_id == IN_WORKSPACE, _c.id == bindparam("of_copy"))
_FATE = {name: bindparam(f"new_{name}", type_=_c[name].type) for name in FATE_COLUMNS}
# Made once: a statement that is made anew for each mail is read and compiled anew for each.
_SETTLE = _THIS.values(_FATE)
_SUPPRESS = _THIS.values({**_FATE, "inbox": None})
_OF_WORKER = _c.worker == bindparam("of_worker")
_SETTLE_HELD, _SUPPRESS_HELD = _SETTLE.where(_OF_WORKER), _SUPPRESS.where(_OF_WORKER)
_UNTIL = _moment("new_until")
_LENGTHEN = (
    mail_copies.update()
    .where(_c.workspace_id == IN_WORKSPACE, _c.id.in_(bindparam("of_copies", expanding=True)))
    .values(leased_until=_UNTIL)
)
_TAKE = _LENGTHEN.values(state=_SENDING, worker=bindparam("new_worker"))
_PUT_BACK = {"state": _QUEUED, "worker": None, "leased_until": None}
_RELEASE = (
    mail_copies.update()
    .where(_c.workspace_id == IN_WORKSPACE, _c.state == _SENDING, _c.worker == bindparam("of_worker"))
    .values(_PUT_BACK)
)
_RECOVER = (
    mail_copies.update()
    .where(
        _c.workspace_id == IN_WORKSPACE,
        _c.state == _SENDING,
        or_(_c.leased_until < _moment("now"), _c.leased_until > _moment("lease_at_most")),
    )
    .values(_PUT_BACK)
)
_HURRY = (
    mail_copies.update()
    .where(
        _c.workspace_id == IN_WORKSPACE,
        and_(_c.state == _QUEUED, _c.due_at > _moment("due_at_most")),
        _c.attempts > 0,
    )
    .values(due_at=AT_ONCE)
)
_REMOVE = mail_copies.delete().where(
    _c.workspace_id == IN_WORKSPACE, _c.id == bindparam("of_copy"), _c.attempts == 0
)
_GROUNDS = select(
    select(history_heads.c.place).where(history_heads.c.workspace_id == IN_WORKSPACE).scalar_subquery(),
    *(
        select(func.count()).select_from(table).where(table.c.workspace_id == IN_WORKSPACE).scalar_subquery()
        for table in (must_not_receive, address_pauses)
    ),
)


class SqlCopies:
    """`bot.services.ports.Copies` in SQL."""

    def __init__(self, connection: WorkspaceConnection) -> None:
        self._connection = connection

    async def add(self, copy: MailCopy) -> bool:
        """Store a mail; False, and nothing is stored, where the inbox gets another of the same occasion."""
        unique = (_c.workspace_id, _c.held_event, _c.inbox)
        return await self._connection.insert_unless_there(mail_copies, copy_row(copy), unique=unique)

    async def remove(self, copy_id: CopyId) -> None:
        """Take away a mail that was never tried, to decide about it anew."""
        await self._connection.change(_REMOVE, of_copy=copy_id)

    async def get(self, copy_id: CopyId) -> MailCopy | None:
        """Return a mail, held against other writers until the unit ends, or None."""
        return await self._one(_ONE, of_copy=copy_id)

    async def of_notice(self, notice_id: NoticeId) -> tuple[MailCopy, ...]:
        """Return every mail of a notice, held against other writers until the unit ends, oldest first."""
        return tuple(map(copy_from, await self._connection.rows(_OF_NOTICE, of_notice=notice_id)))

    async def of_client(
        self, client_id: ClientId, *, limit: int, before: CopyId | None = None
    ) -> tuple[MailCopy, ...]:
        """Return the mails of a client's notices, newest first, those before one of them if given."""
        statement = _OF_CLIENT.limit(limit)
        if before is not None:
            statement = statement.where(_c.id < before)
        return tuple(map(copy_from, await self._connection.rows(statement, of_client=client_id)))

    async def last_sent_over(
        self, relation_id: RelationId, client_ids: Collection[ClientId]
    ) -> tuple[MailCopy, ...]:
        """Return the last copy that was sent over a relation, of the notices of each of these clients."""
        rows = await self._connection.rows(
            _LAST_OVER, over_relation=relation_id, of_clients=sorted(client_ids)
        )
        return tuple(map(copy_from, rows))

    async def in_states(self, states: Collection[CopyState], *, limit: int) -> tuple[MailCopy, ...]:
        """Return mails in some states, oldest first."""
        wanted = sorted(state.value for state in states)
        return tuple(map(copy_from, await self._connection.rows(_IN_STATES.limit(limit), states=wanted)))

    async def waiting_for_inbox(self, copy: MailCopy) -> MailCopy | None:
        """Return the mail of the same occasion that waits to go to the inbox of a mail, or None."""
        inbox = login_equality(copy.address or "")
        return await self._one(_WAITING_FOR_INBOX, of_event=copy.event_key, of_inbox=inbox)

    async def with_return_token(self, token: str) -> MailCopy | None:
        """Return the mail whose return path has a token, or None."""
        return await self._one(_WITH_RETURN, token=token)

    async def with_stop_token(self, token: str) -> MailCopy | None:
        """Return the mail whose recipient stops it with a token, or None."""
        return await self._one(_WITH_STOP, token=token)

    async def claim(self, lease: Lease, *, now: datetime, limit: int) -> tuple[MailCopy, ...]:
        """Take mails that are due, the longest due first; those that somebody else has are left out."""
        found = tuple(map(copy_from, await self._connection.rows(_DUE, now=now, most=limit)))
        if found:
            ids = [copy.id for copy in found]
            await self._connection.change(
                _TAKE, of_copies=ids, new_worker=lease.worker, new_until=lease.until
            )
        return found

    async def still_held(self, copy_ids: Collection[CopyId], lease: Lease) -> tuple[MailCopy, ...]:
        """Return those of the mails that the worker still has, oldest first, and lengthen its lease."""
        rows = await self._connection.rows(_HELD, of_copies=sorted(copy_ids), of_worker=lease.worker)
        if rows:
            ids = [row[0] for row in rows]
            await self._connection.change(_LENGTHEN, of_copies=ids, new_until=lease.until)
        return tuple(map(copy_from, rows))

    async def update(self, copy: MailCopy, *, held_by: str | None = None) -> bool:
        """Store what became of a mail, which nobody has taken any more; `held_by` as the port says."""
        values = {f"new_{name}": value for name, value in fate_row(copy).items()}
        suppressed = copy.state is CopyState.SUPPRESSED
        if held_by is None:
            statement = _SUPPRESS if suppressed else _SETTLE
            return await self._connection.change(statement, of_copy=copy.id, **values) == 1
        statement = _SUPPRESS_HELD if suppressed else _SETTLE_HELD
        return await self._connection.change(statement, of_copy=copy.id, of_worker=held_by, **values) == 1

    async def grounds(self) -> Grounds:
        """Return what decisions made from now on rest on."""
        row = await self._connection.row(_GROUNDS)
        place, restrictions, pauses = row if row is not None else (0, 0, 0)
        return Grounds(place=place or 0, restrictions=restrictions, pauses=pauses)

    async def release(self, worker: str) -> int:
        """Put back what a worker has taken and not tried, and return how many mails that were."""
        return await self._connection.change(_RELEASE, of_worker=worker)

    async def recover(self, *, now: datetime, lease_at_most: datetime, due_at_most: datetime) -> int:
        """Put back what was taken by workers that have ended, and return how many mails that were."""
        found = await self._connection.change(_RECOVER, now=now, lease_at_most=lease_at_most)
        return found + await self._connection.change(_HURRY, due_at_most=due_at_most)

    async def _one(self, statement: AnySelect, **values: object) -> MailCopy | None:
        row = await self._connection.row(statement, **values)
        return copy_from(row) if row is not None else None
