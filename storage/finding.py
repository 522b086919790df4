"""Finding clients: all that one search asks goes to the database in one trip, past SQLAlchemy.

A person types, and each letter is a search: what SQLAlchemy and a thread cost at every statement would be
more than the search itself. The statements are made by it all the same, and read by the guard, once for each
shape of text.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Hashable, Iterator, Mapping
from typing import Any, TypeVar

from bot.domain.client import Client
from bot.domain.family import Family
from bot.domain.ids import ClientId, StaffId, WorkspaceId
from bot.domain.settings import ChosenSettings
from bot.domain.sought import Sought
from bot.domain.staff_access import RolesGiven
from bot.services.ports import FoundClients
from storage.announcements import anything_asked
from storage.client_rows import client_from
from storage.client_search import Asker, search, statements
from storage.clients import one_client
from storage.exact_search import exactly
from storage.family import families_made, family_of
from storage.made_statements import Build, made
from storage.phones import phones_asked
from storage.questions import Fetch, Questions, Rows, answered, answered_by
from storage.reading_lanes import ReadingLanes
from storage.server_lanes import SearchingLanes
from storage.settings import in_force_asked
from storage.tables import client_phones
from storage.unit_of_work import Units

_USUAL = ("", "lopez", "maria lo", "k-1", "+12025550143", "1990-05-05")
"""A text of each kind that people type most; nobody need have the name."""


Result = TypeVar("Result")


class SqlFinding:
    """`bot.services.ports.Finding` in SQL.

    Args:
        units: what is read as of one moment at a server.
        lanes: the connections to the SQLite file or the server.
    """

    def __init__(self, units: Units, lanes: ReadingLanes | SearchingLanes) -> None:
        self._units = units
        self._lanes = lanes

    async def search(
        self,
        workspace_id: WorkspaceId,
        sought: Sought,
        *,
        limit: int,
        by: StaffId | None = None,
        leave_out_family_of: ClientId | None = None,
        with_numbers: bool = True,
    ) -> FoundClients:
        """Return the best pickable clients who have every group of what was typed."""
        asker = Asker(by=by, leave_out=leave_out_family_of)
        return await self._ask(workspace_id, _found(sought, asker, limit=limit, with_numbers=with_numbers))

    async def exact(self, workspace_id: WorkspaceId, text: str) -> tuple[Client, ...]:
        """Return the pickable clients whose whole name, own id, e-mail or phone is `text`, folded."""
        return await self._ask(workspace_id, exactly(text))

    async def client(self, workspace_id: WorkspaceId, client_id: ClientId) -> Client | None:
        """Return a client, or None."""
        return await self._ask(workspace_id, one_client(client_id))

    async def family(self, workspace_id: WorkspaceId, client_id: ClientId) -> Family | None:
        """Return a client with the active relations, as of one moment, or None."""
        if isinstance(self._lanes, ReadingLanes):
            return await self._ask(workspace_id, family_of(client_id))
        async with self._units.open(workspace_id) as unit:
            return await unit.relations.family(client_id)

    async def in_force(self, workspace_id: WorkspaceId) -> tuple[ChosenSettings, RolesGiven]:
        """Return the settings, and everything that was said of anybody's roles, as of one moment."""
        if isinstance(self._lanes, ReadingLanes):
            return await self._ask(workspace_id, in_force_asked())
        async with self._units.open(workspace_id) as unit:
            return await unit.settings.chosen(), await unit.settings.roles()

    async def announcements_wait(self, workspace_id: WorkspaceId) -> bool:
        """Say whether there is anything that staff are to be told."""
        return await self._ask(workspace_id, anything_asked())

    async def _ask(self, workspace_id: WorkspaceId, questions: Questions[Result]) -> Result:
        if isinstance(self._lanes, ReadingLanes):
            return await self._lanes.carry_out(
                lambda connection: _in_file(connection, workspace_id, questions)
            )
        # Each as of its moment: a transaction would be two trips more.
        return await self._lanes.carry_out(
            lambda driver: answered_by(_fetching(driver), workspace_id, questions)
        )

    async def get_ready(self) -> AsyncIterator[None]:
        """Make what is usually asked, which takes a core some milliseconds each; stop at any time.

        A server plans it then, too, which takes it as long again.

        Raises:
            StorageUnavailable: the database is locked, hung or gone.
        """
        on_sqlite = isinstance(self._lanes, ReadingLanes)
        for build, shape in (*families_made(), *_usual()) if on_sqlite else _usual():
            statement = await asyncio.to_thread(made, build, tuple(shape.items()), on_sqlite=on_sqlite)
            if isinstance(self._lanes, SearchingLanes):
                await self._lanes.get_ready(statement.sql, values=len(statement.names))
            yield


def _usual() -> Iterator[tuple[Build, Mapping[str, Hashable]]]:
    for text in ("k-1", "maria lopez"):
        yield _first(exactly(text))
    nobody = ClientId("")
    yield _first(phones_asked(client_phones.c.client_id, client_phones, [nobody]))
    yield _first(one_client(nobody))
    for leaves_out in (True, False):
        for text in _USUAL:
            yield from statements(Sought.read(text), leaves_out=leaves_out)


def _first(questions: Questions[object]) -> tuple[Build, Mapping[str, Hashable]]:
    question = next(questions)
    return question.build, question.shape


def _found(sought: Sought, asker: Asker, *, limit: int, with_numbers: bool) -> Questions[FoundClients]:
    hits = yield from search(sought, asker, limit=limit)
    ids = [row[0] for row in hits.rows] if with_numbers else []
    phones = yield from phones_asked(client_phones.c.client_id, client_phones, ids)
    found = tuple(client_from(row, phones.get(row[0], ())) for row in hits.rows)
    return FoundClients(clients=found, total=hits.total, is_more=hits.is_more)


def _in_file(
    connection: sqlite3.Connection, workspace_id: WorkspaceId, questions: Questions[Result]
) -> Result:
    """Have all questions answered by SQLite, as of one moment; called in the connection's thread."""
    connection.execute("BEGIN").close()
    try:
        return answered(connection, workspace_id, questions)
    finally:
        connection.execute("ROLLBACK").close()


def _fetching(driver: Any) -> Fetch:  # noqa: ANN401 - asyncpg's, which has no types
    async def fetch(sql: str, values: tuple[object, ...]) -> Rows:
        return [tuple(row) for row in await driver.fetch(sql, *values)]

    return fetch
