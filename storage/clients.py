"""The clients of one workspace."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import BindParameter, bindparam, literal, select, union_all

from bot.domain.client import Client, ClientDetails, own_id_equality
from bot.domain.email import login_equality
from bot.domain.ids import ClientId, StaffId
from bot.domain.person import PersonDetails
from storage.client_rows import FEW_CLIENTS_BY_NAME, PICKABLE_RANKS, STATUS_RANK, client_columns, client_from
from storage.client_tokens import whole_name
from storage.client_writing import ClientWriting, NewClients
from storage.column_types import Words
from storage.import_met import IS_MET
from storage.key_lists import among, key_list
from storage.person_search import clients_like
from storage.phones import phones_asked, phones_of
from storage.questions import Question, Questions
from storage.recent_use import write_use
from storage.reindexing import reindex_next
from storage.tables import client_phones, clients
from storage.workspace_connection import IN_WORKSPACE, AnySelect, WorkspaceConnection

_CLIENTS = select(*client_columns(clients)).where(clients.c.workspace_id == IN_WORKSPACE)
_OF_THIS_CLIENT: BindParameter[str] = bindparam("of_client")

_LOCKED = (
    _CLIENTS.where(clients.c.id.in_(bindparam("of_clients", expanding=True)))
    .order_by(clients.c.id)
    # Weaker than FOR UPDATE: rows that only refer to a client need not wait.
    .with_for_update(key_share=True)
)
_NOTHING = literal("", literal_execute=True)
"""Written out, and no parameter: only so does SQLite see that an index of some of the rows will do."""
_HOLDERS_OF_OWN_IDS = _CLIENTS.where(
    among(clients.c.own_key, "wanted_own_keys"), clients.c.own_key != _NOTHING
)
_WITH_LOGIN = _CLIENTS.where(
    clients.c.login == bindparam("wanted_login"), clients.c.status_rank.in_(PICKABLE_RANKS)
).order_by(*FEW_CLIENTS_BY_NAME)
_EVERY_RANK = clients.c.status_rank.in_(STATUS_RANK.values())
"""The indices begin with it."""
_ALIKE = _CLIENTS.where(
    clients.c.id.in_(
        union_all(
            *(
                select(clients.c.id).where(
                    clients.c.workspace_id == IN_WORKSPACE,
                    _EVERY_RANK,
                    column == bindparam(wanted, type_=Words),
                    column != "",
                )
                for column, wanted in (
                    (clients.c.whole_name, "wanted_name"),
                    (clients.c.login, "wanted_login"),
                )
            )
        )
    )
).order_by(*FEW_CLIENTS_BY_NAME)
_UNMET = _CLIENTS.where(~IS_MET)
_UNMET_WITH = tuple(_UNMET.where(among(column, "keys")) for column in (clients.c.whole_name, clients.c.login))
_UNMET_OF = tuple(statement.where(_EVERY_RANK) for statement in _UNMET_WITH)
_WITHOUT_OWN_ID = (
    # The name is asked for so that SQLite takes the index of these few, and not one of all.
    select(clients.c.whole_name)
    .where(clients.c.workspace_id == IN_WORKSPACE, clients.c.own_key == _NOTHING, clients.c.whole_name >= "")
    .limit(1)
)
_WITH_ZERO_IN_FRONT = (
    select(clients.c.own_key)
    .where(
        clients.c.workspace_id == IN_WORKSPACE,
        clients.c.own_key >= "0",
        clients.c.own_key < "1",
        clients.c.own_key != _NOTHING,
    )
    .limit(1)
)
"""Whether there is such an own id at all: in most practices there is none, and no more is asked."""
_WIDEST_NUMBER = 10
"""Digits that own ids have where they are filled up with zeros."""
_UNMET_WITHOUT_OWN_ID_OF = tuple(statement.where(clients.c.own_key == _NOTHING) for statement in _UNMET_WITH)


def one_client(client_id: ClientId) -> Questions[Client | None]:
    """Ask for a client."""
    rows = yield Question(_one, {}, {"of_client": client_id})
    if not rows:
        return None
    phones = yield from phones_asked(client_phones.c.client_id, client_phones, [client_id])
    return client_from(rows[0], phones.get(client_id, ()))


def _one() -> AnySelect:
    return _CLIENTS.where(clients.c.id == _OF_THIS_CLIENT)


class SqlClients:
    """`bot.services.ports.Clients` in SQL."""

    def __init__(self, connection: WorkspaceConnection) -> None:
        self._connection = connection
        self._writing = ClientWriting(connection)

    async def get(self, client_id: ClientId) -> Client | None:
        """Return a client, or None."""
        return await self._connection.ask(one_client(client_id))

    async def lock(self, client_ids: Collection[ClientId]) -> dict[ClientId, Client]:
        """Return those of the clients that exist, held until the unit ends, taken in order of their ids."""
        if not client_ids:
            return {}
        found = await self._read(_LOCKED, of_clients=sorted(set(client_ids)))
        return {client.id: client for client in found}

    async def hold(self, client_ids: Collection[ClientId]) -> None:
        """Hold clients against other writers until the unit ends, taken in the order of their ids."""
        await self._writing.hold(client_ids)

    async def add(self, client: Client) -> None:
        """Store a new client, findable at once."""
        await self._writing.add((client,))

    async def update(self, client: Client, *, expected_version: int) -> None:
        """Store changed details under `client.version`."""
        await self._writing.change(((client, expected_version),))

    async def add_all(self, clients: Sequence[Client]) -> None:
        """Store many new clients in a few statements."""
        await self._writing.add(clients)

    def prepared(self, clients: Sequence[Client]) -> NewClients:
        """Compute what storing new clients takes."""
        return NewClients.made_of(clients)

    async def add_prepared(self, prepared: object) -> None:
        """Store new clients that `prepared` returned."""
        if not isinstance(prepared, NewClients):
            raise TypeError("not prepared for here")
        await self._writing.add_made(prepared)

    async def update_all(self, changed: Sequence[tuple[Client, int]]) -> None:
        """Store many clients, each with the version expected of it, in a few statements."""
        await self._writing.change(changed)

    async def reindex_next(self, *, after: ClientId | None, most: int) -> Sequence[ClientId]:
        """Compute anew what the next clients by id are found by, and return whose it was."""
        return await reindex_next(self._connection, after=after, most=most)

    async def use(self, client_ids: Sequence[ClientId], *, by: StaffId, at: datetime) -> None:
        """Remember that a person has used clients, the latest last."""
        await write_use(self._connection, client_ids, by=by, at=at)

    async def with_email(self, address: str) -> tuple[Client, ...]:
        """Return the clients whose address opens the same login, the deceased not among them."""
        return await self._read(_WITH_LOGIN, wanted_login=login_equality(address))

    async def with_own_id(self, own_id: str) -> Client | None:
        """Return the client with this own id in whatever case, or None."""
        return (await self.with_own_ids((own_id,))).get(own_id_equality(own_id))

    async def with_own_ids(self, own_ids: Collection[str]) -> dict[str, Client]:
        """Return the clients with these own ids in whatever case, each by its `own_id_equality`."""
        keys = {own_id_equality(own_id) for own_id in own_ids} - {""}
        if not keys:
            return {}
        found = await self._read(_HOLDERS_OF_OWN_IDS, wanted_own_keys=key_list(keys))
        return {own_id_equality(client.details.own_id): client for client in found}

    async def with_zeros_before(self, own_ids: Collection[str]) -> dict[str, Client]:
        """Return the clients whose own id is one of these numbers behind zeros, each by the number alone."""
        keys = map(own_id_equality, own_ids)
        numbers = {key for key in keys if key.isascii() and key.isdecimal() and not key.startswith("0")}
        if not numbers or not await self._connection.rows(_WITH_ZERO_IN_FRONT):
            return {}
        padded = (key.zfill(width) for key in numbers for width in range(len(key) + 1, _WIDEST_NUMBER + 1))
        found = await self.with_own_ids([*padded])
        return {key.lstrip("0"): client for key, client in found.items()}

    async def alike(self, details: ClientDetails) -> tuple[Client, ...]:
        """Return clients with the same folded name or the same e-mail."""
        name = whole_name(details)
        login = login_equality(details.email) if details.email else ""
        return await self._read(_ALIKE, wanted_name=name, wanted_login=login) if name or login else ()

    async def unmet_alike(
        self, details: Sequence[ClientDetails], import_id: str, *, only_without_own_id: bool = False
    ) -> tuple[Client, ...]:
        """Return the clients alike one of several, those left out whom rows of an import were about."""
        if not details or (only_without_own_id and not await self._connection.rows(_WITHOUT_OWN_ID)):
            # In most practices everybody has an id: then there is nobody to compare thousands of names with.
            return ()
        by_name, by_login = _UNMET_WITHOUT_OWN_ID_OF if only_without_own_id else _UNMET_OF
        names = {whole_name(each) for each in details} - {""}
        logins = {login_equality(each.email) for each in details if each.email}
        found: dict[ClientId, Client] = {}
        for statement, keys in ((by_name, names), (by_login, logins)):
            if keys:
                alike = await self._read(statement, of_import=import_id, keys=key_list(keys))
                found.update((client.id, client) for client in alike)
        return tuple(found.values())

    async def like_person(self, details: PersonDetails, *, limit: int) -> tuple[Client, ...]:
        """Return the pickable clients who have a name, an e-mail or a number in common with a contact."""
        statement = _CLIENTS.where(clients.c.id.in_(clients_like(details)))
        return await self._read(statement.order_by(*FEW_CLIENTS_BY_NAME).limit(limit))

    async def _read(self, statement: AnySelect, **values: object) -> tuple[Client, ...]:
        rows = await self._connection.rows(statement, **values)
        ids = [row[0] for row in rows]
        phones = await phones_of(self._connection, client_phones.c.client_id, client_phones, ids)
        return tuple(client_from(row, phones.get(row[0], ())) for row in rows)
