"""Rebuilding what clients are found by."""

import asyncio

from bot.cli.workspace import workspace_in
from bot.config import PracticeSettings
from bot.log import set_up_logging
from bot.without_slack import opened_database


def reindexed(workspace: str | None) -> int:
    """Rebuild it and return of how many clients."""
    settings = PracticeSettings.from_environment()
    set_up_logging(settings.log_format)
    return asyncio.run(_reindex(settings, workspace))


async def _reindex(settings: PracticeSettings, workspace: str | None) -> int:
    done = [0]
    async with opened_database(settings.database_url) as database:
        await database.reindex(await workspace_in(database, workspace), told=done.append)
    return done[-1]
