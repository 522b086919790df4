"""The database: opened from an address, brought up to date, and the units of work on it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Self

from bot.domain.ids import WorkspaceId
from storage.address import DatabaseAddress, Engine
from storage.engine import open_engine
from storage.errors import failures_sorted
from storage.finding import SqlFinding
from storage.patience import PATIENCE, Patience
from storage.postgresql import READING_OPTIONS, WRITING_OPTIONS, count_rows
from storage.reading_lanes import ReadingLanes
from storage.refolding import everybody_anew
from storage.revision import is_up_to_date
from storage.search_indices import rebuild_search_indices, without_search_indices
from storage.sent_mail import SqlSentMail
from storage.server_lanes import SENDING, SearchingLanes, ServerLanes
from storage.sqlite import WRITING, empty_journal
from storage.tables import IMPORT_TABLES, metadata
from storage.trail.trail import Trail
from storage.unit_of_work import SqlUnitOfWork, Units
from storage.workspace_guard import READ_ONLY, guard
from storage.workspaces import Workspaces
from storage.writing_lane import WritingLane

_AT_ONCE = 500
"""Clients in one unit of a reindex: some hundred milliseconds."""
_BESIDE_OTHERS = 50
"""The same where it goes on beside the work of the bot, of which nobody is to notice anything."""


class Database:
    """A SQLite file or a PostgreSQL database; `bot.services.ports.Storage` in SQL.

    Belongs to the event loop that first uses it.
    """

    def __init__(
        self, address: DatabaseAddress, patience: Patience, trail: Trail, *, writes_much: bool = False
    ) -> None:
        self.address = address
        self.trail = trail
        self._engine = open_engine(address, patience, writes_much=writes_much)
        guard(self._engine.sync_engine)
        on_sqlite = address.engine is Engine.SQLITE
        reading = {} if on_sqlite else READING_OPTIONS
        writing = {WRITING: True} if on_sqlite else WRITING_OPTIONS
        self._reading = Units(
            self._engine.execution_options(**reading, **{READ_ONLY: True}),
            patience=patience,
            trail=trail,
        )
        self._writing = Units(
            self._engine.execution_options(**writing),
            patience=patience,
            trail=trail,
            one_at_a_time=on_sqlite,
        )
        self._sending = (
            ServerLanes(address.dsn, patience, settings=SENDING)
            if address.path is None
            else WritingLane(address.path, patience, turn=self._writing.turn)
        )
        self._sent_mail = SqlSentMail(self._sending)
        self._lanes = (
            SearchingLanes(address.dsn, patience)
            if address.path is None
            else ReadingLanes(address.path, patience)
        )
        self._finding = SqlFinding(self._reading, self._lanes)
        self._workspaces = Workspaces(self._engine.execution_options(**writing))

    @classmethod
    def open(
        cls,
        url: str,
        *,
        patience: Patience = PATIENCE,
        audit_key: str | None = None,
        audit_folder: Path | None = None,
        writes_much: bool = False,
    ) -> Self:
        """Open a database; a missing SQLite file is created, a server is not asked yet.

        Args:
            url: the address as `DatabaseAddress.parse` reads it.
            patience: how long units wait before they fail with StorageUnavailable.
            audit_key: what the history is chained with; unless given it is made once and kept in a file.
            audit_folder: where that file is, and that of the chains' ends, if not in their usual place.
            writes_much: whether thousands of rows come in, for which SQLite is given more memory.

        Raises:
            InvalidAddress: the address names no database that Kinward can use.
            StorageUnavailable: the SQLite file can be neither opened nor created.
        """
        with failures_sorted():
            address = DatabaseAddress.parse(url)
            trail = Trail(address, key=audit_key, folder=audit_folder)
            return cls(address, patience, trail, writes_much=writes_much)

    async def migrate(self) -> None:
        """Bring the tables up to date; processes that start at the same time wait for each other.

        Raises:
            StorageUnavailable: the database is locked, hung or gone.
        """
        with failures_sorted():
            if await is_up_to_date(self._engine):
                return
            from storage.migrating import migrate  # noqa: PLC0415 - Alembic is needed for this alone, and slow to import

            await migrate(self.address, trail=self.trail)

    @asynccontextmanager
    async def first_load(self) -> AsyncIterator[None]:
        """Have a crowd come into an empty database inside the block; nobody is found before its end.

        The indices of the search are made then, each sorted once. What is broken off is mended by `reindex`.

        Raises:
            StorageUnavailable: the database is locked, hung or gone.
        """
        with failures_sorted():
            async with without_search_indices(self.address):
                yield
        await self.settle()

    async def reindex(
        self, workspace_id: WorkspaceId, *, told: Callable[[int], None] = lambda _: None
    ) -> None:
        """Rebuild everything that clients are found by, in short units: staff keep working meanwhile.

        Args:
            workspace_id: whose clients.
            told: is told after each unit how many clients are done.

        Raises:
            StorageUnavailable: the database is locked, hung or gone; what is done is done.
        """
        with failures_sorted():
            await rebuild_search_indices(self.address)
        async for done in everybody_anew(partial(self.writing, workspace_id), at_once=_AT_ONCE):
            told(done)
        await self._workspaces.say_folded(workspace_id)
        await self.settle()

    async def fold_anew(self, workspace_id: WorkspaceId) -> AsyncIterator[None]:
        """Have everybody found by the folding of this version; where they are already, there is no step.

        What is broken off between two steps begins again the next time.

        Raises:
            StorageUnavailable: the database is locked, hung or gone.
        """
        if not await self._workspaces.is_folded_otherwise(workspace_id):
            return
        async for _ in everybody_anew(partial(self.writing, workspace_id), at_once=_BESIDE_OTHERS):
            yield
        await self._workspaces.say_folded(workspace_id)
        await self.settle()

    @property
    def has_one_writer(self) -> bool:
        """Whether whoever writes keeps all others waiting, as in SQLite, and not who wants the same rows."""
        return self.address.engine is Engine.SQLITE

    async def settle(self, *, imports_only: bool = False) -> None:
        """Have the database count what it holds; to be called at the end of any bulk of writes.

        With `imports_only` it counts what imports keep between their batches, and nothing of the roster.

        PostgreSQL plans by statistics, and has none of rows that have just come in: until it counts them
        of its own accord, some minutes later, a search of a thousand clients takes hundreds of milliseconds.
        SQLite plans without.

        Raises:
            StorageUnavailable: the database is locked, hung or gone.
        """
        if self.address.engine is Engine.POSTGRESQL:
            with failures_sorted():
                await count_rows(self._engine, IMPORT_TABLES if imports_only else metadata.sorted_tables)

    async def sweep(self) -> bool:
        """Have nothing of what was deleted stand beside the database any more; for the end of an erasure.

        SQLite writes over what is deleted, and keeps pages of before in its journal until that is emptied.
        PostgreSQL has its own times for that (see its VACUUM).

        Returns:
            False where somebody was reading all the while; the journal is emptied some time later then.

        Raises:
            StorageUnavailable: the database is hung or gone.
        """
        if self.address.engine is not Engine.SQLITE:
            return True
        with failures_sorted():
            return await empty_journal(self._engine)

    async def close(self) -> None:
        """Close every connection, those that were given up included."""
        await self._lanes.close()
        await self._sending.close()
        await self._reading.settle()
        await self._writing.settle()
        self.trail.heads.write()
        await self._engine.dispose()

    async def ensure_workspace(self, workspace_id: WorkspaceId, name: str) -> None:
        """Have a workspace stand in the database under this name.

        Raises:
            StorageUnavailable: the database is locked, hung or gone.
        """
        await self._workspaces.ensure(workspace_id, name)

    async def workspaces(self) -> tuple[tuple[WorkspaceId, str], ...]:
        """Return id and name of every workspace, by id.

        Raises:
            StorageUnavailable: the database is locked, hung or gone.
        """
        return await self._workspaces.all()

    async def has_audit_key(self) -> bool:
        """Say whether the history can go on: whether its chains were written with a key that is here.

        Raises:
            StorageUnavailable: the database is locked, hung or gone, or the file of the key is.
        """
        ids = await self._workspaces.audit_key_ids()
        return all(self.trail.keys.get(key_id) is not None for key_id in ids)

    @property
    def sent_mail(self) -> SqlSentMail:
        """What is asked between two mails."""
        return self._sent_mail

    @property
    def finding(self) -> SqlFinding:
        """What is read by itself and at once."""
        return self._finding

    def reading(self, workspace_id: WorkspaceId) -> AbstractAsyncContextManager[SqlUnitOfWork]:
        """Open a unit that only reads, all of it as of one moment."""
        return self._reading.open(workspace_id)

    def writing(self, workspace_id: WorkspaceId) -> AbstractAsyncContextManager[SqlUnitOfWork]:
        """Open a unit that writes; on SQLite it holds the write lock from the start."""
        return self._writing.open(workspace_id)
