"""The one writer and reader of the append-only record."""

import dataclasses
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import bindparam, or_, select

from bot.domain.history import Act, HistoryEntry
from bot.domain.ids import ClientId, PersonId, StaffId
from bot.domain.staff import Surface
from storage.tables import history
from storage.workspace_connection import IN_WORKSPACE, AnySelect, WorkspaceConnection

MAX_ACCOUNTS = 2
"""An entry stands on the accounts of a link's two clients at most."""

_APPEND = history.insert().returning(history.c.number)
_ENTRIES = select(
    history.c.number,
    history.c.at,
    history.c.actor_id,
    history.c.actor_name,
    history.c.surface,
    history.c.act,
    history.c.subject_id,
    history.c.client_id,
    history.c.other_client_id,
    history.c.person_id,
    history.c.before,
    history.c.after,
    history.c.undoes,
).where(history.c.workspace_id == IN_WORKSPACE)
_OF_CLIENT = _ENTRIES.where(
    or_(
        history.c.client_id == bindparam("of_client"),
        history.c.other_client_id == bindparam("of_client"),
    )
).order_by(history.c.number.desc())
_OF_SUBJECT = _ENTRIES.where(history.c.subject_id == bindparam("of_subject")).order_by(history.c.number)
_NUMBERED = _ENTRIES.where(history.c.number.in_(bindparam("numbers", expanding=True)))
_UNDOING = _ENTRIES.where(history.c.undoes.in_(bindparam("numbers", expanding=True)))
_OF_SUBJECTS = _ENTRIES.where(
    history.c.subject_id.in_(bindparam("of_subjects", expanding=True)),
    history.c.number <= bindparam("until"),
).order_by(history.c.number)
_SINCE = _ENTRIES.where(
    history.c.number > bindparam("since"),
    or_(
        history.c.subject_id.in_(bindparam("of_subjects", expanding=True)),
        history.c.person_id == bindparam("of_person"),
    ),
).order_by(history.c.number)


class SqlHistory:
    """`bot.services.ports.History` in SQL."""

    def __init__(self, connection: WorkspaceConnection) -> None:
        self._connection = connection

    async def append(self, entry: HistoryEntry) -> HistoryEntry:
        """Store an entry and return it with its number; ValueError for one on more than two accounts."""
        row = await self._connection.insert_and_return(_APPEND, _row(entry))
        return dataclasses.replace(entry, number=row[0])

    async def append_all(self, entries: Sequence[HistoryEntry]) -> None:
        """Store many entries, numbered in their order; ValueError for one on more than two accounts."""
        await self._connection.insert(history, *map(_row, entries))

    async def of_client(
        self, client_id: ClientId, *, limit: int, before: int | None = None, skip: int = 0
    ) -> tuple[HistoryEntry, ...]:
        """Return the entries about a client's account, newest first, those below number `before` if given."""
        statement = _OF_CLIENT.limit(limit).offset(skip)
        if before is not None:
            statement = statement.where(history.c.number < before)
        return tuple(map(_entry_from, await self._connection.rows(statement, of_client=client_id)))

    async def of_subject(self, subject_id: str) -> tuple[HistoryEntry, ...]:
        """Return the entries of one client, link or contact, oldest first."""
        return tuple(map(_entry_from, await self._connection.rows(_OF_SUBJECT, of_subject=subject_id)))

    async def of_subjects(self, subject_ids: Collection[str], *, until: int) -> tuple[HistoryEntry, ...]:
        """Return the entries of several clients, links or contacts up to number `until`, oldest first."""
        if not subject_ids:
            return ()
        rows = await self._connection.rows(_OF_SUBJECTS, of_subjects=sorted(subject_ids), until=until)
        return tuple(map(_entry_from, rows))

    async def since(
        self, number: int, *, subject_ids: Collection[str], person_id: PersonId | None
    ) -> tuple[HistoryEntry, ...]:
        """Return the entries after a number about some subjects or a contact person, oldest first."""
        rows = await self._connection.rows(
            _SINCE, since=number, of_subjects=sorted(subject_ids), of_person=person_id
        )
        return tuple(map(_entry_from, rows))

    async def numbered(self, numbers: Collection[int]) -> dict[int, HistoryEntry]:
        """Return those of the entries that exist, by number."""
        found = await self._some(_NUMBERED, numbers)
        return {entry.number: entry for entry in found}

    async def undoing(self, numbers: Collection[int]) -> dict[int, HistoryEntry]:
        """Return the entries that undo some others, by the number of the undone one."""
        found = await self._some(_UNDOING, numbers)
        return {entry.undoes: entry for entry in found if entry.undoes is not None}

    async def _some(self, statement: AnySelect, numbers: Collection[int]) -> tuple[HistoryEntry, ...]:
        if not numbers:
            return ()
        rows = await self._connection.rows(statement, numbers=sorted(numbers))
        return tuple(map(_entry_from, rows))


def _row(entry: HistoryEntry) -> dict[str, object]:
    if len(entry.client_ids) > MAX_ACCOUNTS:
        raise ValueError("an entry of the history stands on two accounts at most")
    client_id, other_client_id, *_ = (*entry.client_ids, None, None)
    return {
        "at": entry.at,
        "actor_id": entry.by,
        "actor_name": entry.by_name,
        "surface": entry.surface.value,
        "act": entry.act.value,
        "subject_id": entry.subject_id,
        "client_id": client_id,
        "other_client_id": other_client_id,
        "person_id": entry.person_id,
        "before": dict(entry.before) if entry.before is not None else None,
        "after": dict(entry.after) if entry.after is not None else None,
        "undoes": entry.undoes,
    }


def _entry_from(values: Sequence[Any]) -> HistoryEntry:
    number, at, by, by_name, surface, act, subject, client, other, person, before, after, undoes = values
    return HistoryEntry(
        at=at,
        by=StaffId(by),
        by_name=by_name,
        surface=Surface(surface),
        act=Act(act),
        subject_id=subject,
        client_ids=tuple(ClientId(each) for each in (client, other) if each is not None),
        person_id=PersonId(person) if person is not None else None,
        before=before,
        after=after,
        undoes=undoes,
        number=number,
    )
