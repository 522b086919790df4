"""The card's rows asked of the drivers themselves: what SQL costs at least on this machine.

Client, links with the linked clients, contacts with their people: three statements in one transaction, as
the card too is read as of one moment. Phones are left out, and nothing is made of the rows.
"""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path

import asyncpg  # type: ignore[import-untyped] # it has no types

from bot.domain.ids import ClientId
from tests.databases import WORKSPACE

Read = Callable[[], Awaitable[int]]
"""Reads the rows and says how many they were."""

_CLIENT = "SELECT * FROM clients WHERE workspace_id = $1 AND id = $2"
_LINKS = """
    SELECT links.*, mine.*, theirs.*, clients.* FROM sides AS mine
    CROSS JOIN links CROSS JOIN sides AS theirs CROSS JOIN clients
    WHERE mine.workspace_id = $1 AND mine.client_id = $2 AND mine.is_active
        AND links.workspace_id = $1 AND links.id = mine.link_id
        AND theirs.workspace_id = $1 AND theirs.relation_id = mine.link_id
        AND theirs.client_id <> mine.client_id
        AND clients.workspace_id = $1 AND clients.id = theirs.client_id"""
_CONTACTS = """
    SELECT contacts.*, mine.*, people.* FROM sides AS mine
    CROSS JOIN contacts CROSS JOIN people
    WHERE mine.workspace_id = $1 AND mine.client_id = $2 AND mine.is_active
        AND contacts.workspace_id = $1 AND contacts.id = mine.contact_id
        AND people.workspace_id = $1 AND people.id = contacts.person_id"""
# SQLite keeps the order of tables that are crossed; joined, it starts at the wrong one.
_STATEMENTS = (_CLIENT, _LINKS, _CONTACTS)


def sqlite_card(path: Path, client: ClientId) -> Read:
    """Return what reads a card with sqlite3, in one trip to a thread."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    statements = [statement.replace("$", "?") for statement in _STATEMENTS]
    values = (WORKSPACE, client)

    def read() -> int:
        connection.execute("BEGIN")
        rows = [connection.execute(statement, values).fetchall() for statement in statements]
        connection.execute("COMMIT")
        return sum(map(len, rows))

    return lambda: asyncio.get_running_loop().run_in_executor(None, read)


async def postgresql_card(url: str, client: ClientId) -> Read:
    """Return what reads a card with asyncpg."""
    connection = await asyncpg.connect(url)

    async def read() -> int:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            return sum([len(await connection.fetch(each, WORKSPACE, client)) for each in _STATEMENTS])

    return read
