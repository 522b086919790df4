"""What the staff of one workspace are to be told."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, or_, select

from bot.domain.ids import AnnouncementId, ClientId, StaffId
from bot.domain.notice import NoticeCategory
from bot.domain.recipient_changes import Announcement, Receiver, RecipientChange
from storage.column_types import Moment
from storage.questions import Question, Questions
from storage.tables import announcements
from storage.workspace_connection import IN_WORKSPACE, AnySelect, WorkspaceConnection

_c = announcements.c
_NOW: BindParameter[datetime] = bindparam("now", type_=Moment)
_LATEST: BindParameter[datetime] = bindparam("latest", type_=Moment)
_FREE = (
    _c.workspace_id == IN_WORKSPACE,
    # A lease that lasts longer than any is of a clock that was set back.
    or_(_c.leased_until.is_(None), _c.leased_until <= _NOW, _c.leased_until > _LATEST),
)
_DUE = (
    select(_c.id, _c.staff_id, _c.client_id, _c.at, _c.by_name, _c.changes, _c.known_to)
    .where(*_FREE)
    .order_by(_c.at, _c.id)
    .with_for_update(skip_locked=True)
)
_TAKE = announcements.update().where(
    _c.workspace_id == IN_WORKSPACE, _c.id.in_(bindparam("of_these", expanding=True))
)
_SAME_CHANGE = (
    _c.workspace_id == IN_WORKSPACE,
    _c.client_id == bindparam("of_client"),
    _c.at == bindparam("changed_at", type_=Moment),
)
_KNOWN = select(_c.staff_id, _c.known_to).where(*_SAME_CHANGE).with_for_update()
_MAKE_KNOWN = announcements.update().where(*_SAME_CHANGE)
_REMOVE = announcements.delete().where(_c.workspace_id == IN_WORKSPACE, _c.id == bindparam("of_this"))


def anything_asked() -> Questions[bool]:
    """Ask whether there is anything to be told."""
    return bool((yield Question(_any, {}, {})))


def _any() -> AnySelect:
    return select(_c.id).where(_c.workspace_id == IN_WORKSPACE).limit(1)


class SqlAnnouncements:
    """`bot.services.ports.Announcements` in SQL."""

    def __init__(self, connection: WorkspaceConnection) -> None:
        self._connection = connection

    async def add(self, announced: Sequence[Announcement]) -> None:
        """Store what is to be told."""
        await self._connection.insert(announcements, *map(_row, announced))

    async def claim(self, *, now: datetime, until: datetime, limit: int) -> tuple[Announcement, ...]:
        """Take what is to be told, oldest first; nobody else gets it until then."""
        rows = await self._connection.rows(_DUE.limit(limit), now=now, latest=until)
        if rows:
            taken = _TAKE.values(leased_until=until)
            await self._connection.change(taken, of_these=[row[0] for row in rows])
        return tuple(map(_announcement, rows))

    async def known_to(self, client_id: ClientId, at: datetime) -> frozenset[StaffId]:
        """Return who is told of a change, as far as somebody still waits for it."""
        rows = await self._connection.rows(_KNOWN, of_client=client_id, changed_at=at)
        return frozenset[StaffId]().union(*(_staff(*row) for row in rows))

    async def make_known(self, client_id: ClientId, at: datetime, staff: frozenset[StaffId]) -> None:
        """Say with all that still waits of a change who is told of it."""
        known = _MAKE_KNOWN.values(known_to=sorted(staff))
        await self._connection.change(known, of_client=client_id, changed_at=at)

    async def remove(self, announcement_id: AnnouncementId) -> None:
        """Forget an announcement."""
        await self._connection.change(_REMOVE, of_this=announcement_id)


def _row(announced: Announcement) -> dict[str, object]:
    return {
        "id": announced.id,
        "staff_id": announced.staff_id,
        "client_id": announced.client_id,
        "at": announced.at,
        "by_name": announced.by_name,
        "changes": [
            {
                "categories": [category.value for category in change.categories],
                "before": [[each.name, each.address] for each in change.before],
                "after": [[each.name, each.address] for each in change.after],
            }
            for change in announced.changes
        ],
        "known_to": sorted(announced.known_to),
        "leased_until": None,
    }


def _announcement(row: Sequence[Any]) -> Announcement:
    announcement_id, staff_id, client_id, at, by_name, changes, known_to = row
    return Announcement(
        id=AnnouncementId(announcement_id),
        staff_id=StaffId(staff_id),
        client_id=ClientId(client_id),
        at=at,
        by_name=by_name,
        changes=tuple(
            RecipientChange(
                categories=tuple(map(NoticeCategory, change["categories"])),
                before=_receivers(change["before"]),
                after=_receivers(change["after"]),
            )
            for change in changes
        ),
        known_to=_staff(staff_id, known_to),
    )


def _staff(staff_id: str, known_to: Sequence[str] | None) -> frozenset[StaffId]:
    # Of what was kept by an earlier version only the one of the row is known.
    return frozenset(map(StaffId, known_to or [staff_id]))


def _receivers(kept: Sequence[Sequence[str]]) -> tuple[Receiver, ...]:
    return tuple(Receiver(name=name, address=address) for name, address in kept)
