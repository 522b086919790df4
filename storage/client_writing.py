"""Writing clients, one or many at once: their rows, their numbers and what they are found by."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Self

from sqlalchemy import BindParameter, Table, bindparam, literal, select
from sqlalchemy.exc import IntegrityError

from bot.domain.client import Client, own_id_equality
from bot.domain.errors import ChangedMeanwhile, Field, InvalidInput, Problem
from storage.client_rows import STATUS_RANK, client_columns, client_from, client_row
from storage.client_tokens import Findable, findable
from storage.errors import violated_constraint
from storage.key_lists import among, key_list
from storage.phones import found_digits, phones_of
from storage.portions import portions
from storage.tables import client_phones, client_tokens, clients
from storage.workspace_connection import IN_WORKSPACE, WorkspaceConnection

_OF_THIS_CLIENT: BindParameter[str] = bindparam("of_client")
_COLUMNS = tuple(column.name for column in clients.c if column.name != "workspace_id")
_PRESENT = (
    select(*(clients.c[name] for name in _COLUMNS))
    .where(clients.c.workspace_id == IN_WORKSPACE, among(clients.c.id, "of_clients"))
    .order_by(clients.c.id)
    .with_for_update(key_share=True)
)
_HELD = (
    select(clients.c.id)
    .where(clients.c.workspace_id == IN_WORKSPACE, among(clients.c.id, "of_clients"))
    .order_by(clients.c.id)
    .with_for_update(key_share=True)
)
_CHANGE = clients.update().where(clients.c.workspace_id == IN_WORKSPACE, clients.c.id == _OF_THIS_CLIENT)
_CHANGE = _CHANGE.values(
    {column: bindparam(f"new_{column.name}") for column in clients.c if not column.primary_key}
)
_FORGET_PHONES, _FORGET_TOKENS = (
    table.delete().where(table.c.workspace_id == IN_WORKSPACE, among(table.c.client_id, "of_clients"))
    for table in (client_phones, client_tokens)
)
_MAKING_TOKENS = ("first_name", "last_name", "preferred_name", "own_id", "status_rank")
"""What the tokens of a client are made of."""
_HOLDERS = select(clients.c.own_key, *client_columns(clients)).where(
    clients.c.workspace_id == IN_WORKSPACE,
    clients.c.own_key.in_(bindparam("wanted_own_keys", expanding=True)),
    # Written out, and no parameter: only so does SQLite see that the index of those who have one will do.
    clients.c.own_key != literal("", literal_execute=True),
)

MANY = 100
"""From so many on rows go in by the driver's own bulk way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewClients:
    """New clients with all rows of theirs; to make them takes longer than the database does."""

    clients: Sequence[Client]
    columns: tuple[str, ...]
    rows: Sequence[tuple[object, ...]]
    phones: Sequence[tuple[object, ...]]
    tokens: Sequence[tuple[object, ...]]

    @classmethod
    def made_of(cls, clients: Sequence[Client]) -> Self:
        """Make the rows of some clients."""
        found = [findable(client.details) for client in clients]
        rows = [client_row(client, terms) for client, terms in zip(clients, found, strict=True)]
        return cls(
            clients=clients,
            # Every row is made by the same function, its columns in the same order.
            columns=tuple(rows[0]) if rows else (),
            rows=[tuple(row.values()) for row in rows],
            phones=_all_phones(clients),
            tokens=_all_tokens(clients, found),
        )


class ClientWriting:
    """Writes clients in the unit of a connection."""

    def __init__(self, connection: WorkspaceConnection) -> None:
        self._connection = connection

    async def add(self, added: Sequence[Client]) -> None:
        """Store new clients, all or none.

        Raises:
            InvalidInput: own ids belong to other clients.
        """
        await self.add_made(NewClients.made_of(added))

    async def add_made(self, made: NewClients) -> None:
        """Store new clients whose rows are made, all or none.

        Raises:
            InvalidInput: own ids belong to other clients.
        """
        if not made.clients:
            return
        try:
            async with self._connection.savepoint():
                await self._insert(clients, made.columns, made.rows)
                if len(made.clients) >= MANY:
                    # By the driver's bulk way, which begins no transaction by itself.
                    await self._insert_what_belongs_to(made.phones, made.tokens)
                    return
        except IntegrityError as error:
            await self._refuse_taken_own_ids(error, made.clients)
            raise
        await self._insert_what_belongs_to(made.phones, made.tokens)

    async def change(self, changed: Sequence[tuple[Client, int]]) -> None:
        """Store the details of clients whose versions are the expected ones, all or none.

        Raises:
            ChangedMeanwhile: a version is another.
            InvalidInput: own ids belong to other clients.
        """
        present = {
            str(row[0]): dict(zip(_COLUMNS, row, strict=True))
            for row in await self._connection.rows(
                _PRESENT, of_clients=key_list([client.id for client, _ in changed])
            )
        }
        if any(
            client.id not in present or present[client.id]["version"] != expected
            for client, expected in changed
        ):
            raise ChangedMeanwhile
        new = [client for client, _ in changed]
        found = [findable(client.details) for client in new]
        rows = list(map(client_row, new, found))
        differing = [_what_differs(present[each.id], row) for each, row in zip(new, rows, strict=True)]
        try:
            async with self._connection.savepoint():
                for names, values in _by_what_differs(rows, differing).items():
                    await self._connection.change_tuples(clients, names, values)
        except IntegrityError as error:
            await self._refuse_taken_own_ids(error, new)
            raise
        ids = [each.id for each in new]
        numbers = await phones_of(self._connection, client_phones.c.client_id, client_phones, ids)
        await self._replace_phones(
            [
                each
                for each, names in zip(new, differing, strict=True)
                if "status_rank" in names or numbers.get(each.id, ()) != each.phones
            ]
        )
        renamed = [any(name in _MAKING_TOKENS for name in names) for names in differing]
        await self._replace_tokens(list(compress(new, renamed)), list(compress(found, renamed)))

    async def hold(self, client_ids: Collection[str]) -> None:
        """Hold clients against other writers until the unit ends, taken in the order of their ids."""
        # On SQLite whoever writes holds everything.
        if client_ids and not self._connection.on_sqlite:
            await self._connection.rows(_HELD, of_clients=key_list(client_ids))

    async def write_again(self, present: Sequence[Client]) -> None:
        """Store clients as they are, with all that is computed of them."""
        found = [findable(client.details) for client in present]
        await self._connection.change_each(_CHANGE, list(map(_new_values, present, found)))
        await self._replace_phones(present)
        await self._replace_tokens(present, found)

    async def _replace_phones(self, written: Sequence[Client]) -> None:
        if written:
            of_clients = key_list([client.id for client in written])
            await self._connection.change(_FORGET_PHONES, of_clients=of_clients)
            await self._insert(client_phones, _PHONE_COLUMNS, _all_phones(written))

    async def _replace_tokens(self, written: Sequence[Client], found: Sequence[Findable]) -> None:
        if written:
            of_clients = key_list([client.id for client in written])
            await self._connection.change(_FORGET_TOKENS, of_clients=of_clients)
            await self._insert(client_tokens, _TOKEN_COLUMNS, _all_tokens(written, found))

    async def _insert_what_belongs_to(
        self, phones: Sequence[tuple[object, ...]], tokens: Sequence[tuple[object, ...]]
    ) -> None:
        await self._insert(client_phones, _PHONE_COLUMNS, phones)
        await self._insert(client_tokens, _TOKEN_COLUMNS, tokens)

    async def _insert(
        self, table: Table, columns: Sequence[str], records: Sequence[Sequence[object]]
    ) -> None:
        if len(records) >= MANY:
            await self._connection.insert_records(table, columns, records)
        else:
            rows = (dict(zip(columns, record, strict=True)) for record in records)
            await self._connection.insert(table, *rows)

    async def _refuse_taken_own_ids(self, error: IntegrityError, written: Sequence[Client]) -> None:
        if violated_constraint(error) != "uq_clients_own_id":
            return
        holders: dict[str, Client] = {}
        keys = {own_id_equality(client.details.own_id) for client in written} - {""}
        for portion in portions(sorted(keys)):
            for own_key, *values in await self._connection.rows(_HOLDERS, wanted_own_keys=portion):
                holders[own_key] = client_from(values, ())
        problems = []
        for client in written:
            own_key = own_id_equality(client.details.own_id)
            holder = holders.setdefault(own_key, client)
            if own_key and holder.id != client.id:
                name = holder.display_name
                problems.append(Problem(field=Field.OWN_ID, key="own_id.taken", values={"name": name}))
        raise InvalidInput(*problems) from error


def _what_differs(old: Mapping[str, object], row: Mapping[str, object]) -> tuple[str, ...]:
    """Return the columns in which a row is to be changed."""
    return tuple([name for name, value in row.items() if old[name] != value])


def _by_what_differs(
    rows: Iterable[Mapping[str, object]], differing: Iterable[tuple[str, ...]]
) -> dict[tuple[str, ...], list[tuple[object, ...]]]:
    """Return the new values of rows with their ids, by the columns that differ.

    An index is written anew wherever one of its columns is given a value, be it the same. Most changes are of
    a few shapes, and touch few indices.
    """
    found: dict[tuple[str, ...], list[tuple[object, ...]]] = {}
    for row, names in zip(rows, differing, strict=True):
        if names:
            found.setdefault(names, []).append((*(row[name] for name in names), row["id"]))
    return found


def _new_values(client: Client, found: Findable) -> dict[str, object]:
    row = client_row(client, found)
    return {"of_client": client.id, **{f"new_{name}": value for name, value in row.items()}}


def _all_phones(written: Sequence[Client]) -> list[tuple[object, ...]]:
    return [record for each in written for record in _phones(each)]


def _all_tokens(written: Sequence[Client], found: Sequence[Findable]) -> list[tuple[object, ...]]:
    return [record for each, terms in zip(written, found, strict=True) for record in _tokens(each, terms)]


_PHONE_COLUMNS = ("client_id", "position", "number", "label", "digits", "status_rank")


def _phones(client: Client) -> Iterator[tuple[object, ...]]:
    rank = STATUS_RANK[client.details.status]
    for position, phone in enumerate(client.phones):
        number = phone.number
        yield client.id, position, number, str(phone.label), found_digits(number), rank


_TOKEN_COLUMNS = ("client_id", "kind", "token", "status_rank", "words")


def _tokens(client: Client, found: Findable) -> Iterator[tuple[object, ...]]:
    if found.tokens:
        rank, words = STATUS_RANK[client.details.status], found.words
        for kind, token in found.tokens:
            yield client.id, str(kind), token, rank, words
