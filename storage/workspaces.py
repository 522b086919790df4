"""The workspaces themselves: what every other row belongs to."""

from sqlalchemy import bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.folding import FOLDING
from bot.domain.ids import WorkspaceId
from storage.errors import failures_sorted
from storage.tables import history_heads, workspaces
from storage.workspace_guard import ACROSS_WORKSPACES

_ALL = select(workspaces.c.workspace_id, workspaces.c.name).order_by(workspaces.c.workspace_id)
_OF_THIS = workspaces.c.workspace_id == bindparam("of_workspace")
_FOLDING = select(workspaces.c.folding).where(_OF_THIS)
_FOLDED = workspaces.update().where(_OF_THIS).values(folding=FOLDING)
_KEY_IDS = select(history_heads.c.key_id).distinct()


class Workspaces:
    """Reads and writes the list of workspaces, in transactions of its own."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def ensure(self, workspace_id: WorkspaceId, name: str) -> None:
        """Have a workspace stand in the database under this name; nobody of a new one is folded otherwise."""
        dialect = sqlite if self._engine.dialect.name == "sqlite" else postgresql
        statement = dialect.insert(workspaces)
        statement = statement.on_conflict_do_update(
            index_elements=[workspaces.c.workspace_id], set_={"name": statement.excluded.name}
        )
        with failures_sorted():
            async with self._engine.begin() as connection:
                row = {"workspace_id": workspace_id, "name": name, "folding": FOLDING}
                await connection.execute(statement, [row])

    async def is_folded_otherwise(self, workspace_id: WorkspaceId) -> bool:
        """Say whether people are found by another folding than this version's."""
        with failures_sorted():
            async with self._engine.begin() as connection:
                found = (await connection.execute(_FOLDING, {"of_workspace": workspace_id})).one_or_none()
        return found is not None and found[0] != FOLDING

    async def say_folded(self, workspace_id: WorkspaceId) -> None:
        """Say that everybody is found by the folding of this version."""
        with failures_sorted():
            async with self._engine.begin() as connection:
                await connection.execute(_FOLDED, {"of_workspace": workspace_id})

    async def audit_key_ids(self) -> frozenset[str]:
        """Return the ids of the keys with which the ends of the workspaces' chains were written."""
        statement = _KEY_IDS.execution_options(**{ACROSS_WORKSPACES: "a key is for all workspaces"})
        with failures_sorted():
            async with self._engine.begin() as connection:
                return frozenset((await connection.execute(statement)).scalars())

    async def all(self) -> tuple[tuple[WorkspaceId, str], ...]:
        """Return id and name of every workspace, by id."""
        statement = _ALL.execution_options(**{ACROSS_WORKSPACES: "this is the list of workspaces"})
        with failures_sorted():
            async with self._engine.begin() as connection:
                rows = (await connection.execute(statement)).fetchall()
        return tuple((WorkspaceId(workspace_id), name) for workspace_id, name in rows)
