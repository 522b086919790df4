"""Many clients with their relations, read and written in a few statements however many they are."""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from sqlalchemy import bindparam, func, select

from bot.domain.client import Client
from bot.domain.family import Family
from bot.domain.ids import ClientId, LinkId, PersonId
from bot.domain.person import Person
from bot.domain.relationship import Contact, Link, Relation
from bot.services.ports.import_memory import RelationSide
from storage.client_rows import client_columns, client_from
from storage.family import read_families
from storage.people import SqlPeople
from storage.phones import phones_of
from storage.portions import portions
from storage.relation_rows import (
    CONTACT_COLUMNS,
    LINK_COLUMNS,
    contact_from,
    contact_row,
    link_from,
    link_row,
    side_rows,
)
from storage.sides import side_columns, side_from
from storage.tables import client_phones, clients, contacts, links, sides
from storage.workspace_connection import IN_WORKSPACE, AnyRow, AnySelect, WorkspaceConnection

_CLIENTS = select(*client_columns(clients)).where(clients.c.workspace_id == IN_WORKSPACE)
_PAGE = _CLIENTS.where(clients.c.id > bindparam("after")).order_by(clients.c.id).limit(bindparam("most"))
_SEVERAL = _CLIENTS.where(clients.c.id.in_(bindparam("of_clients", expanding=True)))

_mine = sides.alias("mine")
_SIDE = side_columns(sides)
_SIDE_END = 1 + len(_SIDE)
_LINK_END = _SIDE_END + len(LINK_COLUMNS)
_BOTH_SIDES = (
    select(sides.c.relation_id, *_SIDE, *LINK_COLUMNS, *CONTACT_COLUMNS)
    .select_from(
        sides.outerjoin(
            links, (links.c.workspace_id == sides.c.workspace_id) & (links.c.id == sides.c.link_id)
        ).outerjoin(
            contacts,
            (contacts.c.workspace_id == sides.c.workspace_id) & (contacts.c.id == sides.c.contact_id),
        )
    )
    .where(
        sides.c.workspace_id == IN_WORKSPACE,
        sides.c.relation_id.in_(
            select(_mine.c.relation_id).where(
                _mine.c.workspace_id == IN_WORKSPACE,
                _mine.c.client_id.in_(bindparam("of_clients", expanding=True)),
            )
        ),
    )
    .order_by(sides.c.relation_id, sides.c.client_id)
)


_WITHOUT_BASIS = (
    select(sides.c.client_id, sides.c.relation_id, func.count().over())
    .where(
        sides.c.workspace_id == IN_WORKSPACE,
        sides.c.is_active,
        sides.c.sharing_categories.is_not(None),
        sides.c.sharing_basis.is_(None),
    )
    .order_by(sides.c.client_id, sides.c.relation_id)
    .limit(bindparam("most"))
)


class SqlFamilies:
    """`bot.services.ports.Families` in SQL."""

    def __init__(self, connection: WorkspaceConnection) -> None:
        self._connection = connection
        self._people = SqlPeople(connection)

    async def page(self, *, after: ClientId | None, limit: int) -> tuple[Client, ...]:
        """Return the next clients by id, whatever their status."""
        return await self._read(_PAGE, after=after or "", most=limit)

    async def clients(self, client_ids: Collection[ClientId]) -> dict[ClientId, Client]:
        """Return those of the clients that exist."""
        found: dict[ClientId, Client] = {}
        for portion in portions(sorted(set(client_ids))):
            found.update((each.id, each) for each in await self._read(_SEVERAL, of_clients=portion))
        return found

    async def of(self, client_ids: Collection[ClientId]) -> dict[ClientId, Family]:
        """Return those of the clients that exist, each as their account shows them."""
        return await read_families(self._connection, client_ids)

    async def people(self, person_ids: Collection[PersonId]) -> dict[PersonId, Person]:
        """Return those of the contact persons that exist."""
        found: dict[PersonId, Person] = {}
        for portion in portions(sorted(set(person_ids))):
            found.update((each.id, each) for each in await self._people.several(portion))
        return found

    async def hold_people(self, person_ids: Collection[PersonId]) -> dict[PersonId, Person]:
        """Return those of the people that exist, held until the unit ends, by id."""
        found: dict[PersonId, Person] = {}
        for portion in portions(sorted(set(person_ids))):
            found.update((each.id, each) for each in await self._people.several(portion, held=True))
        return found

    async def relations_of(self, client_ids: Collection[ClientId]) -> tuple[Relation, ...]:
        """Return every link and contact of some clients, the removed ones too, by id and each once."""
        found: dict[str, Relation] = {}
        for portion in portions(sorted(set(client_ids))):
            rows = await self._connection.rows(_BOTH_SIDES, of_clients=portion)
            found.update((relation.id, relation) for relation in _relations(rows))
        return tuple(found[relation_id] for relation_id in sorted(found))

    async def add_people(self, people: Sequence[Person]) -> None:
        """Store new contact persons, found among those alike at once."""
        await self._people.add_all(people)

    async def add_relations(self, relations: Sequence[Relation]) -> None:
        """Store new relations with their sides, emergency positions as they stand on the sides."""
        added_links = (link_row(each) for each in relations if isinstance(each, Link))
        added_contacts = (contact_row(each) for each in relations if isinstance(each, Contact))
        await self._connection.insert(links, *added_links)
        await self._connection.insert(contacts, *added_contacts)
        await self._connection.insert(sides, *(row for each in relations for row in side_rows(each)))

    async def without_basis(self, *, limit: int) -> tuple[int, tuple[RelationSide, ...]]:
        """Return in how many directions e-mails are shared without a basis, and the first of them."""
        rows = await self._connection.rows(_WITHOUT_BASIS, most=limit)
        # A contact's id is looked up the same way as a link's.
        found = tuple((ClientId(client_id), LinkId(relation_id)) for client_id, relation_id, _ in rows)
        return (rows[0][2] if rows else 0), found

    async def _read(self, statement: AnySelect, **values: object) -> tuple[Client, ...]:
        rows = await self._connection.rows(statement, **values)
        ids = [row[0] for row in rows]
        phones = await phones_of(self._connection, client_phones.c.client_id, client_phones, ids)
        return tuple(client_from(row, phones.get(row[0], ())) for row in rows)


def _relations(rows: Sequence[AnyRow]) -> Iterator[Relation]:
    """Yield the relations that the rows of their sides make, two for a link and one for a contact."""
    for _, of_relation in groupby(rows, key=lambda row: str(row[0])):
        first, *others = of_relation
        side = side_from(first[1:_SIDE_END])
        if others:
            yield link_from(first[_SIDE_END:_LINK_END], side, side_from(others[0][1:_SIDE_END]))
        else:
            yield contact_from(first[_LINK_END:], side)
