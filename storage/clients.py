"""The clients of one workspace."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import BindParameter, bindparam, or_, select
from sqlalchemy.exc import IntegrityError

from bot.domain.client import Client, ClientDetails, ClientStatus, own_id_equality
from bot.domain.email import login_equality
from bot.domain.errors import ChangedMeanwhile, Field, InvalidInput, Problem
from bot.domain.ids import ClientId
from bot.domain.person import PersonDetails
from bot.services.ports import FoundClients
from storage import client_search
from storage.client_rows import FEW_CLIENTS_BY_NAME, client_columns, client_from, client_row
from storage.client_tokens import tokens_of, whole_name
from storage.errors import violated_constraint
from storage.person_search import clients_like
from storage.phones import phone_rows, phones_of
from storage.tables import client_phones, client_tokens, clients
from storage.workspace_connection import IN_WORKSPACE, AnySelect, WorkspaceConnection

_CLIENTS = select(*client_columns(clients)).where(clients.c.workspace_id == IN_WORKSPACE)
_OF_THIS_CLIENT: BindParameter[str] = bindparam("of_client")

_ONE = _CLIENTS.where(clients.c.id == _OF_THIS_CLIENT)
_LOCKED = (
    _CLIENTS.where(clients.c.id.in_(bindparam("of_clients", expanding=True)))
    .order_by(clients.c.id)
    # Weaker than FOR UPDATE: rows that only refer to a client need not wait.
    .with_for_update(key_share=True)
)
_UPDATE = clients.update().where(
    clients.c.workspace_id == IN_WORKSPACE,
    clients.c.id == _OF_THIS_CLIENT,
    clients.c.version == bindparam("expected_version"),
)
_DELETE_PHONES = client_phones.delete().where(
    client_phones.c.workspace_id == IN_WORKSPACE, client_phones.c.client_id == _OF_THIS_CLIENT
)
_DELETE_TOKENS = client_tokens.delete().where(
    client_tokens.c.workspace_id == IN_WORKSPACE, client_tokens.c.client_id == _OF_THIS_CLIENT
)
_HOLDER_OF_OWN_ID = _CLIENTS.where(clients.c.own_key == bindparam("wanted_own_key"))
_WITH_LOGIN = _CLIENTS.where(
    clients.c.login == bindparam("wanted_login"), clients.c.status != ClientStatus.DECEASED.value
).order_by(*FEW_CLIENTS_BY_NAME)


class SqlClients:
    """`bot.services.ports.Clients` in SQL."""

    def __init__(self, connection: WorkspaceConnection) -> None:
        self._connection = connection

    async def get(self, client_id: ClientId) -> Client | None:
        """Return a client, or None."""
        found = await self._read(_ONE, of_client=client_id)
        return found[0] if found else None

    async def lock(self, client_ids: Collection[ClientId]) -> dict[ClientId, Client]:
        """Return those of the clients that exist, held until the unit ends, taken in order of their ids."""
        if not client_ids:
            return {}
        found = await self._read(_LOCKED, of_clients=sorted(set(client_ids)))
        return {client.id: client for client in found}

    async def add(self, client: Client) -> None:
        """Store a new client, findable at once."""
        try:
            async with self._connection.savepoint():
                await self._connection.insert(clients, client_row(client))
        except IntegrityError as error:
            await self._refuse_taken_own_id(error, client)
            raise
        await self._write_phones_and_tokens(client)

    async def update(self, client: Client, *, expected_version: int) -> None:
        """Store changed details under `client.version`."""
        row = client_row(client)
        del row["id"]
        try:
            async with self._connection.savepoint():
                met = await self._connection.change(
                    _UPDATE.values(row), of_client=client.id, expected_version=expected_version
                )
        except IntegrityError as error:
            await self._refuse_taken_own_id(error, client)
            raise
        if met != 1:
            raise ChangedMeanwhile
        await self._connection.change(_DELETE_PHONES, of_client=client.id)
        await self._connection.change(_DELETE_TOKENS, of_client=client.id)
        await self._write_phones_and_tokens(client)

    async def search(
        self, text: str, *, limit: int, leave_out_family_of: ClientId | None = None
    ) -> FoundClients:
        """Return the first pickable clients that match every word of `text`."""
        found = client_search.matching(text, limit=limit, leave_out_family_of=leave_out_family_of)
        rows = await self._connection.rows(found.statement, **found.values)
        if not rows:
            return FoundClients(clients=(), total=0)
        return FoundClients(clients=await self._with_phones([row[1:] for row in rows]), total=rows[0][0])

    async def exact(self, text: str) -> tuple[Client, ...]:
        """Return the pickable clients whose whole name, own id, e-mail or phone is `text`, folded."""
        found = client_search.exactly(text)
        return await self._read(found.statement, **found.values)

    async def with_email(self, address: str) -> tuple[Client, ...]:
        """Return the clients whose address opens the same login, the deceased not among them."""
        return await self._read(_WITH_LOGIN, wanted_login=login_equality(address))

    async def with_own_id(self, own_id: str) -> Client | None:
        """Return the client with this own id in whatever case, or None."""
        found = await self._read(_HOLDER_OF_OWN_ID, wanted_own_key=own_id_equality(own_id))
        return found[0] if found else None

    async def alike(self, details: ClientDetails) -> tuple[Client, ...]:
        """Return clients with the same folded name or the same e-mail."""
        criteria = []
        if name := whole_name(details):
            criteria.append(clients.c.whole_name == name)
        if details.email:
            criteria.append(clients.c.login == login_equality(details.email))
        if not criteria:
            return ()
        return await self._read(_CLIENTS.where(or_(*criteria)).order_by(*FEW_CLIENTS_BY_NAME))

    async def like_person(self, details: PersonDetails, *, limit: int) -> tuple[Client, ...]:
        """Return the pickable clients who have a name, an e-mail or a number in common with a contact."""
        ids = select(client_tokens.c.client_id).where(
            client_tokens.c.workspace_id == IN_WORKSPACE, clients_like(details)
        )
        statement = _CLIENTS.where(clients.c.status != ClientStatus.DECEASED.value, clients.c.id.in_(ids))
        return await self._read(statement.order_by(*FEW_CLIENTS_BY_NAME).limit(limit))

    async def _read(self, statement: AnySelect, **values: object) -> tuple[Client, ...]:
        return await self._with_phones(await self._connection.rows(statement, **values))

    async def _with_phones(self, rows: Sequence[Sequence[Any]]) -> tuple[Client, ...]:
        ids = [row[0] for row in rows]
        phones = await phones_of(self._connection, client_phones.c.client_id, client_phones, ids)
        return tuple(client_from(row, phones.get(row[0], ())) for row in rows)

    async def _write_phones_and_tokens(self, client: Client) -> None:
        phones = phone_rows("client_id", client.id, client.details.phones)
        await self._connection.insert(client_phones, *phones)
        tokens = sorted(tokens_of(client.details))
        await self._connection.insert(
            client_tokens,
            *({"client_id": client.id, "kind": kind.value, "token": token} for kind, token in tokens),
        )

    async def _refuse_taken_own_id(self, error: IntegrityError, client: Client) -> None:
        if violated_constraint(error) != "uq_clients_own_id":
            return
        holder = await self.with_own_id(client.details.own_id)
        name = holder.display_name if holder else ""
        raise InvalidInput(Problem(field=Field.OWN_ID, key="own_id.taken", values={"name": name})) from error
