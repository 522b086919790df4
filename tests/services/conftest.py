import pytest

from bot.domain.ids import WorkspaceId
from storage.database import Database
from tests.services.practice import Practice


@pytest.fixture
def practice(database: Database) -> Practice:
    return Practice(database)


@pytest.fixture
async def other_practice(database: Database) -> Practice:
    workspace = WorkspaceId("T0OTHER")
    await database.ensure_workspace(workspace, "Another practice")
    return Practice(database, workspace)
