"""Who must not receive whose mail, in one workspace."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import bindparam, select

from bot.domain.ids import ClientId, PersonId, RestrictionId, StaffId
from bot.domain.must_not_receive import Barred, Lifting, MustNotReceive, RestrictionClass
from storage.portions import portions
from storage.tables import clients, must_not_receive, people
from storage.workspace_connection import IN_WORKSPACE, WorkspaceConnection

_c = must_not_receive.c
_COLUMNS = (
    _c.id,
    _c.client_id,
    _c.person_id,
    _c.barred_client_id,
    _c.address,
    _c["class"],
    _c.document,
    _c.expires_on,
    _c.recorded_at,
    _c.recorded_by,
    _c.recorded_by_name,
    _c.lifted_at,
    _c.lifted_by,
    _c.lifted_by_name,
    _c.lifted_reason,
)
_ENTRIES = (
    select(
        *_COLUMNS,
        people.c.first_name,
        people.c.last_name,
        people.c.email,
        clients.c.first_name,
        clients.c.last_name,
        clients.c.email,
    )
    .select_from(
        must_not_receive.outerjoin(
            people, (people.c.workspace_id == _c.workspace_id) & (people.c.id == _c.person_id)
        ).outerjoin(
            clients, (clients.c.workspace_id == _c.workspace_id) & (clients.c.id == _c.barred_client_id)
        )
    )
    .where(_c.workspace_id == IN_WORKSPACE)
    .order_by(_c.id)
)
_OF_CLIENT = _ENTRIES.where(_c.client_id == bindparam("of_client"))
_STANDING = _OF_CLIENT.where(_c.lifted_at.is_(None))
_STANDING_OF_SEVERAL = _ENTRIES.where(
    _c.client_id.in_(bindparam("of_clients", expanding=True)), _c.lifted_at.is_(None)
)
_ONE = _ENTRIES.where(_c.id == bindparam("of_entry"))
_LIFT = must_not_receive.update().where(
    _c.workspace_id == IN_WORKSPACE, _c.id == bindparam("of_entry"), _c.lifted_at.is_(None)
)
_BECAME = must_not_receive.update().where(
    _c.workspace_id == IN_WORKSPACE, _c.person_id == bindparam("of_person"), _c.barred_client_id.is_(None)
)


class SqlRestrictions:
    """`bot.services.ports.Restrictions` in SQL."""

    def __init__(self, connection: WorkspaceConnection) -> None:
        self._connection = connection

    async def of_client(
        self, client_id: ClientId, *, even_lifted: bool = False
    ) -> tuple[MustNotReceive, ...]:
        """Return the entries of a client, oldest first."""
        statement = _OF_CLIENT if even_lifted else _STANDING
        return tuple(map(_entry_from, await self._connection.rows(statement, of_client=client_id)))

    async def of_several(self, client_ids: Collection[ClientId]) -> tuple[MustNotReceive, ...]:
        """Return the entries of some clients that nobody has lifted, oldest first."""
        found: list[MustNotReceive] = []
        for portion in portions(sorted(set(client_ids))):
            rows = await self._connection.rows(_STANDING_OF_SEVERAL, of_clients=portion)
            found += map(_entry_from, rows)
        return tuple(found)

    async def get(self, restriction_id: RestrictionId) -> MustNotReceive | None:
        """Return an entry, or None."""
        row = await self._connection.row(_ONE, of_entry=restriction_id)
        return _entry_from(row) if row is not None else None

    async def add(self, entry: MustNotReceive) -> None:
        """Store a new entry."""
        await self._connection.insert(
            must_not_receive,
            {
                "id": entry.id,
                "client_id": entry.client_id,
                "person_id": entry.barred.person_id,
                "barred_client_id": entry.barred.client_id,
                "address": entry.barred.address,
                "class": entry.why.value,
                "document": entry.document,
                "expires_on": entry.expires_on,
                "recorded_at": entry.recorded_at,
                "recorded_by": entry.recorded_by,
                "recorded_by_name": entry.recorded_by_name,
            },
        )

    async def lift(self, entry: MustNotReceive) -> bool:
        """Store an entry's lifting, and say whether nobody had lifted it before."""
        lifting = entry.lifting
        if lifting is None:
            return False
        values = {
            "lifted_at": lifting.at,
            "lifted_by": lifting.by,
            "lifted_by_name": lifting.by_name,
            "lifted_reason": lifting.reason,
        }
        return await self._connection.change(_LIFT.values(values), of_entry=entry.id) == 1

    async def person_became_client(self, person_id: PersonId, client_id: ClientId) -> None:
        """Have the entries about a contact person be about the client too whom they became."""
        await self._connection.change(_BECAME.values(barred_client_id=client_id), of_person=person_id)


def _entry_from(row: Sequence[Any]) -> MustNotReceive:
    (entry_id, client_id, person_id, barred_client_id, address, why, document, expires_on) = row[:8]
    (at, by, by_name, lifted_at, lifted_by, lifted_by_name, reason) = row[8:15]
    (first, last, person_email, client_first, client_last, client_email) = row[15:]
    lifting = None
    if lifted_at is not None:
        lifting = Lifting(at=lifted_at, by=StaffId(lifted_by), by_name=lifted_by_name, reason=reason)
    # Where the person became a client, the client is who they are now.
    names = (client_first, client_last) if barred_client_id is not None else (first, last)
    return MustNotReceive(
        id=RestrictionId(entry_id),
        client_id=ClientId(client_id),
        barred=Barred(
            person_id=PersonId(person_id) if person_id is not None else None,
            client_id=ClientId(barred_client_id) if barred_client_id is not None else None,
            address=address,
        ),
        why=RestrictionClass(why),
        document=document,
        expires_on=expires_on,
        recorded_at=at,
        recorded_by=StaffId(by),
        recorded_by_name=by_name,
        lifting=lifting,
        present_addresses=tuple(each for each in (person_email, client_email) if each),
        name=" ".join(part for part in names if part),
    )
