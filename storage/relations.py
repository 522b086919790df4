"""Links and contacts of one workspace: reading one, and every way of writing them."""

from collections.abc import Mapping, Sequence
from typing import NoReturn

from sqlalchemy import Update, bindparam, case, select
from sqlalchemy.exc import IntegrityError

from bot.domain.errors import AlreadyContact, AlreadyLinked, ChangedMeanwhile, NotFound
from bot.domain.family import Family
from bot.domain.ids import ClientId, ContactId, LinkId, RelationId
from bot.domain.relationship import Contact, Link, Relation
from storage.clients import SqlClients
from storage.errors import violated_constraint
from storage.family import family_of
from storage.relation_rows import (
    CONTACT_COLUMNS,
    LINK_COLUMNS,
    contact_from,
    contact_row,
    life_row,
    link_from,
    link_row,
    side_rows,
)
from storage.sides import side_columns, side_from, side_row
from storage.tables import contacts, links, sides
from storage.workspace_connection import IN_WORKSPACE, AnyRow, WorkspaceConnection

_SIDE = side_columns(sides)
_SIDE_END = len(_SIDE)
_LINK_END = _SIDE_END + len(LINK_COLUMNS)
_SIDES_WITH_RELATION = (
    select(*_SIDE, *LINK_COLUMNS, *CONTACT_COLUMNS)
    .select_from(
        sides.outerjoin(
            links, (links.c.workspace_id == sides.c.workspace_id) & (links.c.id == sides.c.link_id)
        ).outerjoin(
            contacts,
            (contacts.c.workspace_id == sides.c.workspace_id) & (contacts.c.id == sides.c.contact_id),
        )
    )
    .where(sides.c.workspace_id == IN_WORKSPACE)
)
_BY_ID = _SIDES_WITH_RELATION.where(sides.c.relation_id == bindparam("of_relation"))
_ACTIVE_BETWEEN = _SIDES_WITH_RELATION.where(
    links.c.low_client_id == bindparam("low"),
    links.c.high_client_id == bindparam("high"),
    links.c.removed_at.is_(None),
    # As the join says, in the words of the key of the sides.
    sides.c.relation_id == links.c.id,
)

_NOT_REMOVED = links.c.removed_at.is_(None)
_UPDATE = {
    table: table.update().where(
        table.c.workspace_id == IN_WORKSPACE,
        table.c.id == bindparam("of_relation"),
        table.c.version == bindparam("expected_version"),
    )
    for table in (links, contacts)
}
_UPDATE_SIDE = sides.update().where(
    sides.c.workspace_id == IN_WORKSPACE,
    sides.c.relation_id == bindparam("of_relation"),
    sides.c.client_id == bindparam("of_client"),
)

_ORDER = (
    select(sides.c.relation_id, sides.c.link_id)
    .where(
        sides.c.workspace_id == IN_WORKSPACE,
        sides.c.client_id == bindparam("of_client"),
        sides.c.emergency_position.is_not(None),
    )
    .order_by(sides.c.emergency_position)
)
_CLEAR_ORDER = (
    sides.update()
    .where(
        sides.c.workspace_id == IN_WORKSPACE,
        sides.c.client_id == bindparam("of_client"),
        sides.c.emergency_position.is_not(None),
    )
    .values(emergency_position=None)
)


class SqlRelations:
    """`bot.services.ports.Relations` in SQL."""

    def __init__(self, connection: WorkspaceConnection) -> None:
        self._connection = connection

    async def family(self, client_id: ClientId) -> Family | None:
        """Return a client with the active relations, or None."""
        return await self._connection.ask(family_of(client_id))

    async def get(self, relation_id: RelationId) -> Relation | None:
        """Return a link or contact, active or removed, or None."""
        return _relation_from(await self._connection.rows(_BY_ID, of_relation=relation_id))

    async def active_link_between(self, one: ClientId, other: ClientId) -> Link | None:
        """Return the active link of a pair, whichever side is named first."""
        low, high = sorted((one, other))
        found = _relation_from(await self._connection.rows(_ACTIVE_BETWEEN, low=low, high=high))
        return found if isinstance(found, Link) else None

    async def add(self, relation: Link | Contact) -> None:
        """Store a new relation with its sides, emergency positions as they stand on the sides."""
        if isinstance(relation, Link):
            await self._add_link(relation)
        else:
            await self._connection.insert(contacts, contact_row(relation))
        await self._connection.insert(sides, *side_rows(relation))

    async def update(self, relation: Link | Contact, *, expected_version: int) -> None:
        """Store a changed relation and its sides under `relation.version`, the removal included."""
        table = links if isinstance(relation, Link) else contacts
        statement = _UPDATE[table].values(life_row(relation))
        ids = {"of_relation": relation.id, "expected_version": expected_version}
        as_it_is = statement.where(table.c.removed_at.is_(None)) if relation.is_active else statement
        met = await self._connection.change(as_it_is, **ids)
        if met != 1 and relation.is_active:
            met = await self._revive(relation, statement, ids)
        if met != 1:
            raise ChangedMeanwhile
        lost = {} if relation.is_active else {"emergency_position": None}
        for side in relation.sides:
            await self._connection.change(
                _UPDATE_SIDE.values({"is_active": relation.is_active, **side_row(side), **lost}),
                of_relation=relation.id,
                of_client=side.client_id,
            )

    async def emergency_order(self, client_id: ClientId) -> tuple[RelationId, ...]:
        """Return a client's emergency contacts, links and contacts alike, the first to call first."""
        rows = await self._connection.rows(_ORDER, of_client=client_id)
        return tuple(LinkId(relation) if link else ContactId(relation) for relation, link in rows)

    async def set_emergency_order(self, client_id: ClientId, order: Sequence[RelationId]) -> None:
        """Make these active relations the client's emergency contacts, 1..n in this order, and no others.

        Raises:
            NotFound: one of them is not an active relation of the client.
        """
        # All places are given up first: the unique index allows no two in one place, not even midway.
        await self._connection.change(_CLEAR_ORDER, of_client=client_id)
        if not order:
            return
        places = {relation_id: place for place, relation_id in enumerate(order, start=1)}
        statement = (
            sides.update()
            .where(
                sides.c.workspace_id == IN_WORKSPACE,
                sides.c.client_id == bindparam("of_client"),
                sides.c.relation_id.in_(places),
                sides.c.is_active,
            )
            .values(emergency_position=case(places, value=sides.c.relation_id))
        )
        if await self._connection.change(statement, of_client=client_id) != len(order):
            raise NotFound

    async def _add_link(self, link: Link) -> None:
        inserted = await self._connection.insert_unless_there(
            links,
            link_row(link),
            unique=(links.c.workspace_id, links.c.low_client_id, links.c.high_client_id),
            where=_NOT_REMOVED,
        )
        if not inserted:
            await self._refuse_second(link)

    async def _revive(self, relation: Relation, statement: Update, ids: Mapping[str, object]) -> int:
        """Make a removed relation active again, unless another one has taken its place."""
        try:
            async with self._connection.savepoint():
                return await self._connection.change(statement, **ids)
        except IntegrityError as error:
            match violated_constraint(error):
                case "uq_links_active_pair" if isinstance(relation, Link):
                    await self._refuse_second(relation)
                case "uq_contacts_active_person":
                    raise AlreadyContact from error
            raise

    async def _refuse_second(self, link: Link) -> NoReturn:
        present = await self.active_link_between(*link.client_ids)
        other = await SqlClients(self._connection).get(link.other_than(link.added_from))
        if present is None or other is None:
            # The link that was in the way has been removed between two statements.
            raise ChangedMeanwhile
        raise AlreadyLinked(link=present, other=other)


def _relation_from(rows: Sequence[AnyRow]) -> Relation | None:
    """Return the relation that the rows of its sides make, two for a link and one for a contact."""
    if not rows:
        return None
    first, *others = rows
    side = side_from(first[:_SIDE_END])
    if others:
        return link_from(first[_SIDE_END:_LINK_END], side, side_from(others[0][:_SIDE_END]))
    return contact_from(first[_LINK_END:], side)
