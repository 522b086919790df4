"""What an import remembers between its batches, in SQL."""

from collections.abc import Collection, Mapping

from sqlalchemy import bindparam, select

from bot.domain.ids import ClientId, LinkId, PersonId
from bot.services.ports.import_memory import RelationSide, StatedPlace
from storage.clearing import Clearing
from storage.portions import portions
from storage.tables import import_places, import_references
from storage.workspace_connection import IN_WORKSPACE, WorkspaceConnection

CLIENT = "client"
PERSON = "person"

_MEANT = select(import_references.c.name, import_references.c.meant_id).where(
    import_references.c.workspace_id == IN_WORKSPACE,
    import_references.c.run == bindparam("of_run"),
    import_references.c.kind == bindparam("of_kind"),
    import_references.c.name.in_(bindparam("names", expanding=True)),
)
_NEXT_CLIENTS = (
    select(import_places.c.client_id)
    .where(
        import_places.c.workspace_id == IN_WORKSPACE,
        import_places.c.run == bindparam("of_run"),
        import_places.c.place > 0,
    )
    .distinct()
    .order_by(import_places.c.client_id)
    .limit(bindparam("most"))
)
_PLACES = (
    select(import_places.c.client_id, import_places.c.relation_id, import_places.c.place)
    .where(
        import_places.c.workspace_id == IN_WORKSPACE,
        import_places.c.run == bindparam("of_run"),
        import_places.c.place > 0,
        import_places.c.client_id.in_(bindparam("of_clients", expanding=True)),
    )
    .order_by(import_places.c.client_id, import_places.c.place, import_places.c.relation_id)
)
_STATED = select(import_places.c.client_id, import_places.c.relation_id).where(
    import_places.c.workspace_id == IN_WORKSPACE,
    import_places.c.run == bindparam("of_run"),
    import_places.c.client_id.in_(bindparam("of_clients", expanding=True)),
)
_FORGET_PLACES = import_places.delete().where(
    import_places.c.workspace_id == IN_WORKSPACE,
    import_places.c.run == bindparam("of_run"),
    import_places.c.client_id.in_(bindparam("of_clients", expanding=True)),
)
_FORGET = tuple(Clearing(table, table.c.run) for table in (import_references, import_places))
_REFERENCE_KEY = (
    import_references.c.workspace_id,
    import_references.c.run,
    import_references.c.kind,
    import_references.c.name,
)
_PLACE_KEY = (
    import_places.c.workspace_id,
    import_places.c.run,
    import_places.c.client_id,
    import_places.c.relation_id,
)


class SqlImportMemory:
    """`bot.services.ports.ImportMemory` in SQL."""

    def __init__(self, connection: WorkspaceConnection) -> None:
        self._connection = connection

    async def remember_clients(self, run: str, clients: Mapping[str, ClientId]) -> None:
        """Note which client a reference of the files means."""
        await self._remember(run, CLIENT, clients)

    async def clients_named(self, run: str, references: Collection[str]) -> dict[str, ClientId]:
        """Return those clients whom references of the files mean, by reference."""
        return {name: ClientId(meant) for name, meant in await self._meant(run, CLIENT, references)}

    async def remember_people(self, run: str, people: Mapping[str, PersonId]) -> None:
        """Note which contact person a key of the files means."""
        await self._remember(run, PERSON, people)

    async def people_keyed(self, run: str, keys: Collection[str]) -> dict[str, PersonId]:
        """Return those contact persons whom keys of the files mean, by key."""
        return {name: PersonId(meant) for name, meant in await self._meant(run, PERSON, keys)}

    async def remember_places(self, run: str, places: Collection[StatedPlace]) -> None:
        """Note the places that rows state."""
        rows = [
            {"run": run, "client_id": each.client_id, "relation_id": each.relation_id, "place": each.place}
            for each in places
        ]
        if rows:
            await self._connection.insert_those_not_there(
                import_places, rows, unique=_PLACE_KEY, returning=import_places.c.relation_id
            )

    async def stated_of(self, run: str, client_ids: Collection[ClientId]) -> frozenset[RelationSide]:
        """Return those sides of some clients' relations that rows of the import were about already."""
        found: set[RelationSide] = set()
        for portion in portions(sorted(set(client_ids))):
            rows = await self._connection.rows(_STATED, of_run=run, of_clients=portion)
            # A contact's id is looked up the same way as a link's.
            found.update((ClientId(client_id), LinkId(relation_id)) for client_id, relation_id in rows)
        return frozenset(found)

    async def next_places(self, run: str, *, clients: int) -> tuple[StatedPlace, ...]:
        """Return the stated places of the next so many clients who have any, each client's by place."""
        found = await self._connection.rows(_NEXT_CLIENTS, of_run=run, most=clients)
        if not found:
            return ()
        rows = await self._connection.rows(_PLACES, of_run=run, of_clients=[row[0] for row in found])
        return tuple(
            StatedPlace(client_id=ClientId(client_id), relation_id=LinkId(relation_id), place=place)
            for client_id, relation_id, place in rows
        )

    async def forget_places(self, run: str, client_ids: Collection[ClientId]) -> None:
        """Forget what rows stated of some clients' relations."""
        for portion in portions(sorted(set(client_ids))):
            await self._connection.change(_FORGET_PLACES, of_run=run, of_clients=portion)

    async def forget(self, run: str, *, limit: int) -> int:
        """Forget some of what was noted for an import, and return how much that was."""
        forgotten = 0
        for clearing in _FORGET:
            if forgotten < limit:
                forgotten += await clearing.some(self._connection, run, most=limit - forgotten)
        return forgotten

    async def _remember(self, run: str, kind: str, meant: Mapping[str, str]) -> None:
        rows = [{"run": run, "kind": kind, "name": name, "meant_id": each} for name, each in meant.items()]
        if rows:
            await self._connection.insert_those_not_there(
                import_references, rows, unique=_REFERENCE_KEY, returning=import_references.c.name
            )

    async def _meant(self, run: str, kind: str, names: Collection[str]) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for portion in portions(sorted(set(names))):
            rows = await self._connection.rows(_MEANT, of_run=run, of_kind=kind, names=portion)
            found += [(str(name), str(meant)) for name, meant in rows]
        return found
