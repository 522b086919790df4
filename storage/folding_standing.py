"""By which folding the people in a database are found, asked from outside of it and without changing it."""

from sqlalchemy import select

from bot.domain.folding import FOLDING
from bot.domain.ids import WorkspaceId
from storage.address import DatabaseAddress
from storage.engine import open_engine
from storage.errors import failures_sorted
from storage.patience import PATIENCE
from storage.tables import workspaces

_ALL = select(workspaces.c.workspace_id, workspaces.c.folding).order_by(workspaces.c.workspace_id)


async def folded_otherwise_in(address: DatabaseAddress) -> tuple[WorkspaceId, ...]:
    """Return the workspaces whose people are found by another folding than this version's.

    The database must have the tables of this version.

    Raises:
        StorageUnavailable: it is locked, hung or gone.
    """
    with failures_sorted():
        engine = open_engine(address, PATIENCE)
        try:
            async with engine.connect() as connection:
                rows = await connection.execute(_ALL)
                return tuple(WorkspaceId(each) for each, folding in rows if folding != FOLDING)
        finally:
            await engine.dispose()
