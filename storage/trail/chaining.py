"""Chaining what a unit recorded, as the last thing before it commits.

The end of a workspace's chain is a row that several processes want. It is locked when nothing else is asked
for any more, so nobody who holds it waits for anybody, and no deadlock can come of it.
"""

import secrets
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from storage.several_rows import in_hundreds
from storage.sqlite_connection import OneTripConnection
from storage.tables import history_values
from storage.trail import canonical
from storage.trail.canonical import EntryFields
from storage.trail.heads import Head
from storage.trail.keys import KeyRing
from storage.trail.trail import Trail
from storage.workspace_connection import WorkspaceConnection


class WrongAuditKey(RuntimeError):  # noqa: N818 - named for what is wrong
    """The chain was written with a key that this process does not have: going on would break it."""


class Values(NamedTuple):
    """What an entry keeps in the erasable table."""

    number: int
    salt: bytes
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewValues:
    """The values of an entry that has no number yet."""

    salt: bytes = field(default_factory=lambda: secrets.token_bytes(canonical.SALT_BYTES))
    before: str | None
    after: str | None

    @property
    def digest(self) -> bytes:
        """What the chain holds of them."""
        return canonical.values_digest(salt=self.salt, before=self.before, after=self.after)


def new_values(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> NewValues | None:
    """Return what is kept of the values of an entry, or None where it has none."""
    if before is None and after is None:
        return None
    return NewValues(before=canonical.values_text(before), after=canonical.values_text(after))


class Chaining:
    """What a unit has recorded and not chained yet."""

    def __init__(self, connection: WorkspaceConnection, trail: Trail) -> None:
        self._connection = connection
        self._trail = trail
        self._entries: list[EntryFields] = []
        self._values: list[Values] = []

    def add(self, fields: EntryFields, values: NewValues | None) -> None:
        """Take an entry that was inserted."""
        self._entries.append(fields)
        if values is not None:
            self._values.append(Values(fields.number, values.salt, values.before, values.after))

    async def settle_values(self) -> None:
        """Write the values now: somebody in this unit is about to read them."""
        values, self._values = self._values, []
        await self._connection.insert(history_values, *(each._asdict() for each in values))

    async def finish(self) -> Head | None:
        """Chain what was recorded; the unit commits next. Return the new end of the chain, if it moved.

        Raises:
            WrongAuditKey: the chain was written with another key.
            StorageUnavailable: the database does not answer, or there is no key.
        """
        if not self._entries:
            return None
        batch = _Batch(
            workspace_id=self._connection.workspace_id,
            keys=self._trail.keys,
            entries=self._entries,
            values=self._values,
        )
        self._entries, self._values = [], []
        driver = self._connection.driver
        if isinstance(driver, OneTripConnection):
            # All of it in one trip to the driver's thread: it is asked of every act.
            await self._connection.finish(driver.in_thread(batch.write_sqlite))
        else:
            await self._connection.finish(batch.write_postgresql(driver))
        return batch.head


class _Link(NamedTuple):
    place: int
    number: int
    mac: bytes


# The driver is asked directly here, past the guard: each statement names the workspace of the batch.
_SQLITE_HEAD = "SELECT place, key_id, mac FROM history_heads WHERE workspace_id = ?"
_SQLITE_VALUES = "INSERT INTO history_values (workspace_id, number, salt, before, after)"
_SQLITE_CHAIN = "INSERT INTO history_chain (workspace_id, place, number, version, key_id, mac)"
_SQLITE_NEW_HEAD = (
    "INSERT INTO history_heads (workspace_id, place, key_id, mac, seal) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (workspace_id) DO UPDATE SET place = excluded.place, key_id = excluded.key_id,"
    " mac = excluded.mac, seal = excluded.seal"
)
_POSTGRESQL_BEGUN = (
    "INSERT INTO history_heads (workspace_id, place, key_id, mac, seal) VALUES ($1, 0, '', '', '')"
    " ON CONFLICT DO NOTHING"
)
_POSTGRESQL_HEAD = "SELECT place, key_id, mac FROM history_heads WHERE workspace_id = $1 FOR UPDATE"
_POSTGRESQL_WRITE = """
    WITH kept AS (
        INSERT INTO history_values (workspace_id, number, salt, before, after)
        SELECT $1, * FROM unnest($2::bigint[], $3::bytea[], $4::text[], $5::text[])
    ), chained AS (
        INSERT INTO history_chain (workspace_id, version, key_id, place, number, mac)
        SELECT $1, $6, $7, * FROM unnest($8::bigint[], $9::bigint[], $10::bytea[])
    )
    UPDATE history_heads SET place = $11, key_id = $7, mac = $12, seal = $13 WHERE workspace_id = $1
"""


class _Batch:
    """The entries of one unit, on their way into the chain."""

    def __init__(
        self, *, workspace_id: str, keys: KeyRing, entries: list[EntryFields], values: list[Values]
    ) -> None:
        self._workspace_id = workspace_id
        self._keys = keys
        self._entries = entries
        self._values = values
        self.head: Head | None = None

    def write_sqlite(self, connection: sqlite3.Connection) -> None:
        """Write on SQLite, where the unit holds the write lock already; called in the driver's thread."""
        workspace = self._workspace_id
        links = self._links(connection.execute(_SQLITE_HEAD, (workspace,)).fetchone())
        values = [(workspace, *each) for each in self._values]
        key_id = self._keys.current.id
        chained = [(workspace, place, number, canonical.VERSION, key_id, mac) for place, number, mac in links]
        for begun, rows in ((_SQLITE_VALUES, values), (_SQLITE_CHAIN, chained)):
            for sql, several in in_hundreds(begun, rows):
                connection.executemany(sql, several)
        last = links[-1]
        connection.execute(_SQLITE_NEW_HEAD, (workspace, last.place, key_id, last.mac, self._seal(last)))

    async def write_postgresql(self, connection: Any) -> None:  # noqa: ANN401 - asyncpg's, which has no types
        """Write on PostgreSQL: lock the end of the chain, then all in one statement."""
        workspace = self._workspace_id
        head = await connection.fetchrow(_POSTGRESQL_HEAD, workspace)
        if head is None:
            await connection.execute(_POSTGRESQL_BEGUN, workspace)
            head = await connection.fetchrow(_POSTGRESQL_HEAD, workspace)
        links = self._links(head)
        last = links[-1]
        await connection.execute(
            _POSTGRESQL_WRITE,
            workspace,
            *_columns(self._values, 4),
            canonical.VERSION,
            self._keys.current.id,
            *_columns(links, 3),
            last.place,
            last.mac,
            self._seal(last),
        )

    def _links(self, head: Any) -> list[_Link]:  # noqa: ANN401 - a row of either driver
        place, key_id, previous = head or (0, "", None)
        if place and self._keys.get(key_id) is None:
            raise WrongAuditKey("the history was written with another audit key")
        links = []
        for fields in self._entries:
            place += 1
            data = canonical.entry_bytes(
                fields,
                workspace_id=self._workspace_id,
                place=place,
                previous=previous if place > 1 else None,
            )
            previous = self._keys.current.code(data)
            links.append(_Link(place, fields.number, previous))
        self.head = Head(workspace_id=self._workspace_id, place=place, mac=links[-1].mac)
        return links

    def _seal(self, last: _Link) -> bytes:
        sealed = canonical.head_bytes(workspace_id=self._workspace_id, place=last.place, mac=last.mac)
        return self._keys.current.code(sealed)


def _columns(rows: list[Any], count: int) -> list[list[Any]]:
    """Return the columns of some rows, as unnest() takes them."""
    return [[row[index] for row in rows] for index in range(count)]
