"""One transaction in one workspace: how it begins, what it offers, and how it ends whatever happens."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.errors import StorageUnavailable
from bot.domain.ids import WorkspaceId
from storage.address_pauses import SqlAddressPauses
from storage.announcements import SqlAnnouncements
from storage.api_tokens import SqlApiTokens
from storage.audit_trail import SqlAuditTrail
from storage.clients import SqlClients
from storage.deliveries import SqlDeliveries
from storage.errors import failures_sorted
from storage.history import SqlHistory
from storage.import_memory import SqlImportMemory
from storage.imports import SqlImports
from storage.mail_copies import SqlCopies
from storage.mail_rules import SqlMailRules
from storage.many_families import SqlFamilies
from storage.must_not_receive import SqlRestrictions
from storage.notices import SqlNotices
from storage.patience import Patience
from storage.people import SqlPeople
from storage.relations import SqlRelations
from storage.sent_summaries import SqlSentSummaries
from storage.settings import SqlPracticeSettings
from storage.submissions import SqlSubmissions
from storage.trail.chaining import Chaining
from storage.trail.trail import Trail
from storage.workspace_connection import WorkspaceConnection
from storage.workspace_guard import UNIT_WORKSPACE


class SqlUnitOfWork:
    """The repositories of one transaction."""

    def __init__(self, connection: WorkspaceConnection, trail: Trail) -> None:
        self._clients = SqlClients(connection)
        self._people = SqlPeople(connection)
        self._relations = SqlRelations(connection)
        self._families = SqlFamilies(connection)
        chaining = Chaining(connection, trail)
        self._history = SqlHistory(connection, chaining)
        self._audit = SqlAuditTrail(connection, trail)
        self.chaining = chaining
        self._submissions = SqlSubmissions(connection)
        self._deliveries = SqlDeliveries(connection)
        self._settings = SqlPracticeSettings(connection)
        self._sent_summaries = SqlSentSummaries(connection)
        self._import_memory = SqlImportMemory(connection)
        self._imports = SqlImports(connection)
        self._notices = SqlNotices(connection)
        self._copies = SqlCopies(connection)
        self._address_pauses = SqlAddressPauses(connection)
        self._mail_rules = SqlMailRules(connection)
        self._announcements = SqlAnnouncements(connection)
        self._api_tokens = SqlApiTokens(connection)
        self._restrictions = SqlRestrictions(connection)

    @property
    def clients(self) -> SqlClients:
        """The clients."""
        return self._clients

    @property
    def people(self) -> SqlPeople:
        """The contact persons."""
        return self._people

    @property
    def relations(self) -> SqlRelations:
        """Links and contacts."""
        return self._relations

    @property
    def families(self) -> SqlFamilies:
        """Many clients with their relations at once."""
        return self._families

    @property
    def history(self) -> SqlHistory:
        """The record of changes."""
        return self._history

    @property
    def audit(self) -> SqlAuditTrail:
        """The record as a whole: read, checked, and what may ever be taken out of it."""
        return self._audit

    @property
    def submissions(self) -> SqlSubmissions:
        """The submissions already carried out."""
        return self._submissions

    @property
    def deliveries(self) -> SqlDeliveries:
        """What was taken up of what Slack delivers."""
        return self._deliveries

    @property
    def imports(self) -> SqlImports:
        """The imports under way."""
        return self._imports

    @property
    def settings(self) -> SqlPracticeSettings:
        """What the practice has chosen, and who has which role."""
        return self._settings

    @property
    def sent_summaries(self) -> SqlSentSummaries:
        """The summaries that stand in direct messages."""
        return self._sent_summaries

    @property
    def import_memory(self) -> SqlImportMemory:
        """What an import has learnt from its rows."""
        return self._import_memory

    @property
    def notices(self) -> SqlNotices:
        """The notices."""
        return self._notices

    @property
    def copies(self) -> SqlCopies:
        """The mail of each notice to each recipient."""
        return self._copies

    @property
    def address_pauses(self) -> SqlAddressPauses:
        """The addresses that do not work."""
        return self._address_pauses

    @property
    def mail_rules(self) -> SqlMailRules:
        """What the practice says its mail is about."""
        return self._mail_rules

    @property
    def api_tokens(self) -> SqlApiTokens:
        """The tokens of systems that hand in notices."""
        return self._api_tokens

    @property
    def announcements(self) -> SqlAnnouncements:
        """What staff are to be told."""
        return self._announcements

    @property
    def restrictions(self) -> SqlRestrictions:
        """Who must not receive whose mail."""
        return self._restrictions


class Units:
    """Begins and ends units of work on one engine.

    Args:
        engine: where the connections come from, with the options of their transactions.
        one_at_a_time: whether units wait in line. SQLite lets one transaction write at a time and has those
            that wait ask again and again; a queue is quicker, and fair.
        patience: how long a unit waits in line.
        trail: what the units chain their entries of the history with.
    """

    def __init__(
        self, engine: AsyncEngine, *, patience: Patience, trail: Trail, one_at_a_time: bool = False
    ) -> None:
        self._engine = engine
        self._trail = trail
        self._patience = patience
        self._line = asyncio.Semaphore(1) if one_at_a_time else None
        self._abandoned: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def open(self, workspace_id: WorkspaceId) -> AsyncIterator[SqlUnitOfWork]:
        """Open a unit: committed when the block ends, rolled back when it raises.

        Raises:
            StorageUnavailable: the database is locked, hung or gone. Where only the answer to the commit
                was lost, nobody can know whether it was carried out; otherwise nothing was changed.
        """
        async with self.turn():
            connection = AsyncConnection(self._engine)
            calls = WorkspaceConnection(connection, workspace_id)
            committing = False
            try:
                await calls.finish(_begin(connection, workspace_id))
                unit = SqlUnitOfWork(calls, self._trail)
                yield unit
                head = await unit.chaining.finish()
                committing = True
                await calls.finish(connection.commit())
            except (asyncio.CancelledError, GeneratorExit, StorageUnavailable):
                # Nobody can say in what state the connection is, and it may be stuck: it is given up,
                # and not waited for.
                self._abandon(connection, calls.pending, let_finish=committing)
                raise
            except BaseException:
                await self._roll_back(connection, calls)
                raise
            # Nothing is asked of the database any more: the connection goes back to the pool as it is.
            await connection.close()
            if head is not None:
                self._trail.heads.note(head)

    async def settle(self) -> None:
        """Wait until every connection that was given up is closed."""
        while self._abandoned:
            await asyncio.wait(tuple(self._abandoned))

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait in line, where units do, and have one's turn inside the block.

        Raises:
            StorageUnavailable: others have had theirs for too long.
        """
        if self._line is None:
            yield
            return
        if self._line.locked():
            with failures_sorted():
                async with asyncio.timeout(self._patience.lock):
                    await self._line.acquire()
        else:
            await self._line.acquire()
        try:
            yield
        finally:
            self._line.release()

    async def _roll_back(self, connection: AsyncConnection, calls: WorkspaceConnection) -> None:
        try:
            await calls.finish(connection.rollback())
            await calls.finish(connection.close())
        except (asyncio.CancelledError, StorageUnavailable):
            self._abandon(connection, calls.pending, let_finish=False)
            raise

    def _abandon(
        self, connection: AsyncConnection, pending: asyncio.Future[Any] | None, *, let_finish: bool
    ) -> None:
        task = asyncio.ensure_future(_give_up(connection, pending, let_finish=let_finish))
        self._abandoned.add(task)
        task.add_done_callback(self._abandoned.discard)


async def _begin(connection: AsyncConnection, workspace_id: WorkspaceId) -> None:
    await connection.start()
    synchronous = connection.sync_connection
    if synchronous is None:
        raise StorageUnavailable("the connection was not opened")
    # Nothing is asked of the database for this, so SQLAlchemy's synchronous side does it at once.
    synchronous.execution_options(**{UNIT_WORKSPACE: workspace_id})
    await connection.begin()


async def _give_up(
    connection: AsyncConnection, pending: asyncio.Future[Any] | None, *, let_finish: bool
) -> None:
    """Close a connection for good, once the call that is still under way on it has ended."""
    if pending is not None and not pending.done():
        if not let_finish:
            pending.cancel()
        await asyncio.wait((pending,))
    if connection.sync_connection is None:
        return
    await connection.invalidate()
    await connection.close()
