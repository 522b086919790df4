"""Walking along a workspace's chain, from the first place there is, and checking each entry on the way."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, select

from bot.domain.audit import Fault, TrailBroken, Verdict
from bot.domain.history import Act
from storage.tables import history, history_anchors, history_chain, history_values
from storage.trail import canonical
from storage.trail.canonical import EntryFields
from storage.trail.keys import KeyRing
from storage.workspace_connection import IN_WORKSPACE, WorkspaceConnection

PORTION = 500
"""Entries in memory at once."""

_FIELDS = tuple(history.c[name] for name in EntryFields._fields)
_CHAIN = (
    select(
        history_chain.c.place,
        history_chain.c.number,
        history_chain.c.version,
        history_chain.c.key_id,
        history_chain.c.mac,
        history_values.c.salt,
        history_values.c.before,
        history_values.c.after,
        *_FIELDS,
    )
    .select_from(
        history_chain.outerjoin(
            history,
            and_(
                history.c.workspace_id == history_chain.c.workspace_id,
                history.c.number == history_chain.c.number,
            ),
        ).outerjoin(
            history_values,
            and_(
                history_values.c.workspace_id == history_chain.c.workspace_id,
                history_values.c.number == history_chain.c.number,
            ),
        )
    )
    .where(history_chain.c.workspace_id == IN_WORKSPACE, history_chain.c.place > bindparam("after"))
    .order_by(history_chain.c.place)
    .limit(PORTION)
)
_ANCHOR = (
    select(
        history_anchors.c.place,
        history_anchors.c.number,
        history_anchors.c.mac,
        history_anchors.c.at,
        history_anchors.c.key_id,
        history_anchors.c.seal,
    )
    .where(history_anchors.c.workspace_id == IN_WORKSPACE)
    .order_by(history_anchors.c.place.desc())
    .limit(1)
)
_ERASURES = select(history.c.number, history.c.client_id, history.c.person_id).where(
    history.c.workspace_id == IN_WORKSPACE, history.c.act == Act.VALUES_ERASED.value
)


class Anchor(NamedTuple):
    """The place up to which entries were dropped, and how it is sealed."""

    place: int
    number: int
    mac: bytes
    at: datetime
    key_id: str
    seal: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One entry that fits."""

    place: int
    number: int
    mac: bytes
    at: datetime


class Walk:
    """One walk along the chain of the connection's workspace."""

    def __init__(self, connection: WorkspaceConnection, keys: KeyRing) -> None:
        self._connection = connection
        self._keys = keys
        self.dropped = 0
        self.place = 0
        """The last place that fits."""
        self.mac: bytes | None = None
        self._erased_until: dict[str, int] = {}

    async def begin(self) -> Anchor | None:
        """Find where the chain begins, and return the anchor it hangs on, if it has one.

        Raises:
            TrailBroken: the anchor is not one of ours.
        """
        row = await self._connection.row(_ANCHOR)
        if row is None:
            return None
        anchor = Anchor(*row)
        self.dropped = self.place = anchor.place
        self.mac = anchor.mac
        key = self._keys.get(anchor.key_id)
        if key is None:
            raise self.broken(Fault.OTHER_KEY, anchor.place, anchor.number)
        sealed = canonical.anchor_bytes(
            workspace_id=self._connection.workspace_id,
            place=anchor.place,
            number=anchor.number,
            mac=anchor.mac,
            at=anchor.at,
        )
        if not key.made(anchor.seal, sealed):
            raise self.broken(Fault.ANCHOR, anchor.place, anchor.number)
        return anchor

    async def steps(self) -> AsyncIterator[Step]:
        """Yield every entry behind the beginning, each checked.

        Raises:
            TrailBroken: at the first that does not fit.
        """
        await self._read_erasures()
        while rows := await self._connection.rows(_CHAIN, after=self.place):
            for row in rows:
                yield self._checked(row)

    def broken(self, fault: Fault, place: int | None = None, number: int | None = None) -> TrailBroken:
        """Return the error for what does not fit at the present place, or at another."""
        return TrailBroken(
            Verdict(
                checked=self.place - self.dropped,
                fault=fault,
                place=place,
                number=number,
                dropped=self.dropped,
            )
        )

    def _checked(self, row: Sequence[Any]) -> Step:
        place, number, version, key_id, mac, salt, before, after, *columns = row
        fields = EntryFields(*columns)
        if place != self.place + 1:
            raise self.broken(Fault.MISSING, self.place + 1)
        if fields.number is None:
            raise self.broken(Fault.MISSING, place, number)
        key = self._keys.get(key_id)
        if key is None:
            raise self.broken(Fault.OTHER_KEY, place, number)
        try:
            data = canonical.entry_bytes(
                fields,
                workspace_id=self._connection.workspace_id,
                place=place,
                previous=self.mac,
                version=version,
            )
        except ValueError:
            raise self.broken(Fault.CHANGED, place, number) from None
        if not key.made(mac, data):
            raise self.broken(Fault.CHANGED, place, number)
        self._check_values(fields, place, salt, before, after)
        self.place, self.mac = place, mac
        return Step(place=place, number=number, mac=mac, at=fields.at)

    def _check_values(
        self, fields: EntryFields, place: int, salt: bytes | None, before: str | None, after: str | None
    ) -> None:
        if salt is None:
            if fields.values_digest is not None and not self._was_erased(fields):
                raise self.broken(Fault.VALUES_MISSING, place, fields.number)
        elif canonical.values_digest(salt=salt, before=before, after=after) != fields.values_digest:
            raise self.broken(Fault.VALUES_CHANGED, place, fields.number)

    def _was_erased(self, fields: EntryFields) -> bool:
        about = (fields.client_id, fields.other_client_id, fields.person_id)
        return any(each is not None and fields.number < self._erased_until.get(each, 0) for each in about)

    async def _read_erasures(self) -> None:
        for number, *about in await self._connection.rows(_ERASURES):
            for each in about:
                if each is not None:
                    self._erased_until[each] = max(number, self._erased_until.get(each, 0))
