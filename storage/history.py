"""The one writer and reader of the append-only record."""

import dataclasses
import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, bindparam, func, or_, select

from bot.domain.history import Act, HistoryEntry, Kind
from bot.domain.ids import ClientId, PersonId, StaffId
from bot.domain.staff import Surface
from storage.many_rows import MANY
from storage.tables import history, history_values
from storage.trail.canonical import EntryFields
from storage.trail.chaining import Chaining, NewValues, new_values
from storage.workspace_connection import IN_WORKSPACE, AnySelect, WorkspaceConnection

MAX_ACCOUNTS = 2
"""An entry stands on the accounts of a link's two clients at most."""

_NAMES = EntryFields._fields[1:]
"""The columns of a row, in the order in which it is chained; the database gives the number in front."""
_Row = tuple[
    datetime, str, str, str, str, str, str, str | None, str | None, str | None, bytes | None, int | None
]

_APPEND = history.insert().returning(history.c.number)
_APPEND_ALL = history.insert().returning(history.c.number, sort_by_parameter_order=True)
_NEXT_NUMBERS = select(func.nextval("history_number_seq")).select_from(
    func.generate_series(1, bindparam("how_many", type_=Integer)).table_valued("place")
)
"""PostgreSQL's next numbers; it counts the column by a sequence of this name."""
_COLUMNS: tuple[ColumnElement[Any], ...] = (
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
    history_values.c.before,
    history_values.c.after,
    history.c.undoes,
    history.c.values_digest,
)
_WITH_VALUES = history.outerjoin(
    history_values,
    and_(
        history_values.c.workspace_id == history.c.workspace_id, history_values.c.number == history.c.number
    ),
)
IN_HISTORY = select(*_COLUMNS).select_from(_WITH_VALUES).where(history.c.workspace_id == IN_WORKSPACE)
"""The entries of the unit's workspace, of every kind, as `entry_from` reads them."""
_CHANGES = IN_HISTORY.where(history.c.kind == Kind.CHANGE.value)
_LAST = select(func.last_insert_rowid())
"""The number that SQLite gave last on this connection: asked of the table, it would sort its entries."""
_OF_CLIENT = _CHANGES.where(
    or_(
        history.c.client_id == bindparam("of_client"),
        history.c.other_client_id == bindparam("of_client"),
    )
).order_by(history.c.number.desc())
_OF_SUBJECT = _CHANGES.where(history.c.subject_id == bindparam("of_subject")).order_by(history.c.number)
_NUMBERED = IN_HISTORY.where(history.c.number.in_(bindparam("numbers", expanding=True)))
_UNDOING = IN_HISTORY.where(history.c.undoes.in_(bindparam("numbers", expanding=True)))
_OF_SUBJECTS = _CHANGES.where(
    history.c.subject_id.in_(bindparam("of_subjects", expanding=True)),
    history.c.number <= bindparam("until"),
).order_by(history.c.number)
_SINCE = _CHANGES.where(
    history.c.number > bindparam("since"),
    or_(
        history.c.subject_id.in_(bindparam("of_subjects", expanding=True)),
        history.c.person_id == bindparam("of_person"),
    ),
).order_by(history.c.number)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class NewEntries:
    """The rows of entries that have no number yet, and their values."""

    rows: Sequence[_Row]
    values: Sequence[NewValues | None]


class SqlHistory:
    """`bot.services.ports.History` in SQL."""

    def __init__(self, connection: WorkspaceConnection, chaining: Chaining) -> None:
        self._connection = connection
        self._chaining = chaining

    async def append(self, entry: HistoryEntry) -> HistoryEntry:
        """Store an entry and return it with its number; ValueError for one on more than two accounts."""
        values = new_values(entry.before, entry.after)
        row = _row(entry, values)
        (number,) = await self._connection.insert_and_return(_APPEND, dict(zip(_NAMES, row, strict=True)))
        self._chaining.add(EntryFields(number, *row), values)
        return dataclasses.replace(entry, number=number)

    async def append_all(self, entries: Sequence[HistoryEntry]) -> None:
        """Store many entries, numbered in their order; ValueError for one on more than two accounts."""
        await self.append_prepared(self.prepared(entries))

    def prepared(self, entries: Sequence[HistoryEntry]) -> NewEntries:
        """Compute what storing entries takes; ValueError for one on more than two accounts."""
        values = [new_values(entry.before, entry.after) for entry in entries]
        rows = [_row(entry, kept) for entry, kept in zip(entries, values, strict=True)]
        return NewEntries(rows=rows, values=values)

    async def append_prepared(self, prepared: object) -> None:
        """Store entries that `prepared` returned, numbered in their order."""
        if not isinstance(prepared, NewEntries):
            raise TypeError("not prepared for here")
        if not prepared.rows:
            return
        numbers = await self._insert(prepared.rows)
        for number, row, kept in zip(numbers, prepared.rows, prepared.values, strict=True):
            self._chaining.add(EntryFields(number, *row), kept)

    async def _insert(self, rows: Sequence[_Row]) -> Sequence[int]:
        if self._connection.on_sqlite:
            # Nobody else writes meanwhile, so their numbers follow each other; to have SQLite return each
            # takes five times as long.
            await self._connection.insert_tuples(history, _NAMES, rows)
            found = await self._connection.rows(_LAST)
            last = int(found[0][0])
            return range(last - len(rows) + 1, last + 1)
        if len(rows) < MANY:
            named = [dict(zip(_NAMES, row, strict=True)) for row in rows]
            return [row[0] for row in await self._connection.insert_and_return_each(_APPEND_ALL, named)]
        # To take the numbers first and copy the rows takes the server half as long as to return each number.
        found = await self._connection.rows(_NEXT_NUMBERS, how_many=len(rows))
        numbers = [int(row[0]) for row in found]
        numbered = [(number, *row) for number, row in zip(numbers, rows, strict=True)]
        await self._connection.insert_tuples(history, EntryFields._fields, numbered)
        return numbers

    async def of_client(
        self, client_id: ClientId, *, limit: int, before: int | None = None, skip: int = 0
    ) -> tuple[HistoryEntry, ...]:
        """Return the entries about a client's account, newest first, those below number `before` if given."""
        statement = _OF_CLIENT.limit(limit).offset(skip)
        if before is not None:
            statement = statement.where(history.c.number < before)
        return await self._read(statement, of_client=client_id)

    async def of_subject(self, subject_id: str) -> tuple[HistoryEntry, ...]:
        """Return the entries of one client, link or contact, oldest first."""
        return await self._read(_OF_SUBJECT, of_subject=subject_id)

    async def of_subjects(self, subject_ids: Collection[str], *, until: int) -> tuple[HistoryEntry, ...]:
        """Return the entries of several clients, links or contacts up to number `until`, oldest first."""
        if not subject_ids:
            return ()
        return await self._read(_OF_SUBJECTS, of_subjects=sorted(subject_ids), until=until)

    async def since(
        self, number: int, *, subject_ids: Collection[str], person_id: PersonId | None
    ) -> tuple[HistoryEntry, ...]:
        """Return the entries after a number about some subjects or a contact person, oldest first."""
        return await self._read(_SINCE, since=number, of_subjects=sorted(subject_ids), of_person=person_id)

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
        return await self._read(statement, numbers=sorted(numbers))

    async def _read(self, statement: AnySelect, **values: object) -> tuple[HistoryEntry, ...]:
        await self._chaining.settle_values()
        return tuple(map(entry_from, await self._connection.rows(statement, **values)))


def _row(entry: HistoryEntry, values: NewValues | None) -> _Row:
    """Return the values of `_NAMES`."""
    if len(entry.client_ids) > MAX_ACCOUNTS:
        raise ValueError("an entry of the history stands on two accounts at most")
    client_id, other_client_id, *_ = (*entry.client_ids, None, None)
    return (
        entry.at,
        entry.by,
        entry.by_name,
        str(entry.surface),
        str(entry.kind),
        str(entry.act),
        entry.subject_id,
        client_id,
        other_client_id,
        entry.person_id,
        values.digest if values else None,
        entry.undoes,
    )


def entry_from(row: Sequence[Any]) -> HistoryEntry:
    """Return the entry that a row of `IN_HISTORY` makes."""
    number, at, by, by_name, surface, act, subject, client, other, person, *kept = row
    before, after, undoes, digest = kept
    return HistoryEntry(
        at=at,
        by=StaffId(by),
        by_name=by_name,
        surface=Surface(surface),
        act=Act(act),
        subject_id=subject,
        client_ids=tuple(ClientId(each) for each in (client, other) if each is not None),
        person_id=PersonId(person) if person is not None else None,
        before=json.loads(before) if before is not None else None,
        after=json.loads(after) if after is not None else None,
        undoes=undoes,
        number=number,
        erased=digest is not None and before is None and after is None,
    )
